"""What an organisation states, now and at any version, and what was said against it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldcraft.errors import NotFound
from fieldcraft.people.access import Actor, Permission
from fieldcraft.people.models import Organisation
from fieldcraft.people.policy import visible_organisations
from fieldcraft.theory import policy
from fieldcraft.theory.models import Challenge, Claim, ClaimText, Kind, Says, Sure, Theory, Verdict, Version


def organisation_or_404(actor: Actor, slug: str) -> Organisation:
    """An organisation that the actor belongs to."""
    found = visible_organisations(actor).filter(slug=slug).first()
    if found is None:
        raise NotFound(_("There is no such organisation, or you do not belong to it."))
    return found


def theory_of(actor: Actor, organisation: Organisation, kind: Kind) -> Theory | None:
    """What the organisation states of this kind; None when it has stated nothing yet."""
    return policy.visible_theories(actor).filter(organisation=organisation, kind=kind).first()


_AGAINST = (Says.OTHER_WAY, Says.NO_LINK)


@dataclass(frozen=True, slots=True)
class Stated:
    """A claim with what it said at the version that is looked at.

    open_challenges: how many await an answer now. verdict: the latest of its open test; "" while there is none.
    """

    claim: Claim
    text: ClaimText
    open_challenges: int = 0
    verdict: str = ""

    @property
    def sure(self) -> str:
        """How sure those who claim it are, in words."""
        return str(Sure(self.text.sure).label)

    @property
    def speaks_against(self) -> bool:
        """Whether what people counted in does."""
        return self.verdict in _AGAINST

    @property
    def tested(self) -> str:
        """What its test says, in words; "" for a claim that is no link."""
        if not self.verdict:
            return _("not tested") if self.claim.source_id else ""
        if self.verdict == Says.SUPPORTS:
            return _("what people counted in supports it")
        return _("what people counted in speaks against it") if self.speaks_against else _("tested: cannot say yet")

    def is_due(self, today: date) -> bool:
        """Whether it was to be looked at again by now."""
        return self.text.review_on <= today


def stated_now(theory: Theory | None) -> list[Stated]:
    """All that is claimed now, in the order in which it was first claimed; one query."""
    if theory is None:
        return []
    rows = _with_standing(Claim.objects.filter(theory=theory, dropped_in=None)).defer(*_ON_ITS_OWN_PAGE)
    return [_stated(row) for row in rows.order_by("since", "pk")]


_LONG = ("because", "source", "critics", "would_see", "would_change")
_ON_ITS_OWN_PAGE = tuple(f"current__{name}" for name in _LONG)


def _with_standing(rows: QuerySet[Claim]) -> QuerySet[Claim]:
    verdicts = Verdict.objects.filter(test__claim=OuterRef("pk"), test__ended_on=None).order_by("-on")
    open_ones = Challenge.objects.filter(claim=OuterRef("pk"), outcome="").order_by().values("claim")
    return rows.select_related("source", "target", "current").annotate(
        waiting=Coalesce(Subquery(open_ones.annotate(number=Count("pk")).values("number")), 0),
        verdict=Subquery(verdicts.values("says")[:1]),
    )


def _stated(row: Claim) -> Stated:
    assert row.current is not None  # a claim is never kept without its text
    return Stated(row, row.current, getattr(row, "waiting", 0), getattr(row, "verdict", "") or "")


def stated_at(theory: Theory, number: int) -> list[Stated]:
    """All that was claimed in one version; two queries. Raises NotFound for a version that never was."""
    if not 0 <= number <= theory.version:
        raise NotFound(_("There is no such version."))
    until = ClaimText.objects.filter(version__lte=number)
    rows = Claim.objects.filter(theory=theory, since__lte=number).exclude(dropped_in__lte=number)
    found = rows.select_related("source", "target").prefetch_related(Prefetch("texts", until, to_attr="until"))
    return [Stated(row, getattr(row, "until")[-1]) for row in found.order_by("since", "pk")]  # noqa: B009 — of a prefetch


def claim_of(actor: Actor, slug: str, claim_id: UUID) -> Stated:
    """One claim of one of the actor's organisations, dropped or not."""
    rows = _with_standing(policy.visible_claims(actor).filter(theory__organisation__slug=slug, pk=claim_id))
    found = rows.select_related("theory__organisation", "current__by").first()
    if found is None:
        raise NotFound(_("There is no such claim, or it is not open to you."))
    return _stated(found)


def claim_following(actor: Actor, key: str, organisation: Organisation | None = None) -> Claim | None:
    """The claim from which something of the compass follows; None where none says so.

    organisation: whose psychology; without one, any of the actor's.
    """
    claims = policy.visible_claims(actor).filter(theory__kind=Kind.PSYCHOLOGY, dropped_in=None)
    claims = claims.filter(theory__organisation=organisation) if organisation else claims
    rows = claims.select_related("current", "theory__organisation").order_by(
        "theory__organisation__name", "since", "pk"
    )
    return next((row for row in rows if row.current and key in row.current.follows), None)


def versions(theory: Theory) -> QuerySet[Version]:
    """Every change of it, the latest first: who, when, why."""
    return Version.objects.filter(theory=theory).select_related("by").order_by("-number")


@dataclass(frozen=True, slots=True)
class Told:
    """What a claim said from one version on, and why it was changed then."""

    text: ClaimText
    reason: str


def texts_of(claim: Claim) -> list[Told]:
    """Everything the claim has said, the latest first; two queries."""
    texts = list(ClaimText.objects.filter(claim=claim).select_related("by").order_by("-version"))
    numbers = [text.version for text in texts]
    reasons = dict(
        Version.objects.filter(theory=claim.theory_id, number__in=numbers).values_list("number", "reason")
    )  # fmt: skip
    return [Told(text, reasons.get(text.version, "")) for text in texts]


def challenges_for(actor: Actor) -> list[Challenge]:
    """Those that wait for the actor's answer, and the actor's own that were answered lately; one query."""
    keeps = actor.organisations_where(Permission.KEEP_THEORY)
    lately = timezone.now() - ANSWERED_LATELY
    asked = Q(outcome="", claim__theory__organisation__in=keeps) & ~Q(by=actor.person_id)
    told = Q(by=actor.person_id, answered_at__gte=lately)
    rows = policy.visible_challenges(actor).filter(asked | told).order_by("at")
    return list(rows.select_related("claim__theory__organisation", "text", "by"))


ANSWERED_LATELY = timedelta(days=14)


def reviews_due(actor: Actor, today: date) -> list[tuple[Theory, int]]:
    """What the actor's organisations state and the actor keeps, with how many claims were to be looked at again by now; one query."""
    keeps = actor.organisations_where(Permission.KEEP_THEORY)
    is_due = Q(claims__dropped_in=None, claims__current__review_on__lte=today)
    rows = policy.visible_theories(actor).filter(organisation__in=keeps).annotate(due=Count("claims", filter=is_due))
    return [(row, row.due) for row in rows.filter(due__gt=0).select_related("organisation").order_by("pk")]


def challenges_of(claim: Claim) -> QuerySet[Challenge]:
    """What was said against it: what is open first, then the latest."""
    rows = Challenge.objects.filter(claim=claim).select_related("by", "answered_by", "text")
    return rows.order_by(F("answered_at").desc(nulls_first=True), "-at")


def challenge_of(actor: Actor, slug: str, challenge_id: UUID) -> Challenge:
    """One challenge that the actor may read."""
    rows = policy.visible_challenges(actor).filter(claim__theory__organisation__slug=slug, pk=challenge_id)
    found = rows.select_related("claim__theory__organisation", "claim__current", "text", "by").first()
    if found is None:
        raise NotFound(_("There is no such challenge, or it is not open to you."))
    return found


def links_of(stated: Sequence[Stated]) -> list[Stated]:
    """Those that join two constructs."""
    return [each for each in stated if each.claim.source_id]
