"""Stating, changing and dropping claims; each change is a new version of the theory, and nothing said is written over."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldcraft.audit.actions import record
from fieldcraft.errors import Invalid, Stale
from fieldcraft.ids import uuid7
from fieldcraft.mastery.queries.switches import switches
from fieldcraft.people.access import Actor, require
from fieldcraft.theory import policy
from fieldcraft.theory.models import Claim, ClaimText, Construct, Delay, Kind, Part, Sign, Sure, Test, Theory, Version
from fieldcraft.theory.queries.saying import Named, Saying
from fieldcraft.theory.queries.starter import Starter, StarterClaim, starter
from fieldcraft.theory.queries.texts import sentence_of

A_YEAR = timedelta(days=365)
LONGEST = 4_000


@transaction.atomic
def start_from_starter(*, actor: Actor, organisation_id: UUID, kind: Kind) -> Theory:
    """Begin with the starter as version 1, every line of it open to change."""
    theory = _held(actor, organisation_id, kind)
    if theory.version:
        raise Invalid(_("Something is stated here already. Add to it, or change it."))
    begin = starter(kind)
    number = _next_version(actor, theory, begin.reason)
    named = _starter_constructs(theory, begin, number)
    for key, said in zip(_in_order(len(begin.claims)), begin.claims, strict=True):
        ends = {"source": named.get(said.cause), "target": named.get(said.outcome)}
        claim = Claim.objects.create(id=key, theory=theory, **ends, part=said.part, key=said.key, since=number)
        _say(actor, claim, _of_starter(said), number)
    record(by=actor.person_id, verb="theory.started", subject=theory, organisation=organisation_id)
    return theory


def _starter_constructs(theory: Theory, begin: Starter, number: int) -> dict[str, Construct]:
    return {
        each.key: Construct.objects.create(id=key, theory=theory, name=each.name, measure=each.measure, since=number)
        for key, each in zip(_in_order(len(begin.constructs)), begin.constructs, strict=True)
    }


def _in_order(count: int) -> list[UUID]:
    """Ids whose order is that of what gets them, although all of it is made in the same moment."""
    return sorted(uuid7() for _each in range(count))


def _of_starter(said: StarterClaim) -> Saying:
    return Saying(
        because=f"{said.because}\n\n{said.idea}",
        source=said.source,
        would_see=said.would_see,
        would_change=said.would_change,
        review_on=timezone.localdate() + A_YEAR,
        sure=said.sure,
        critics=said.critics,
        sign=said.sign,
        delay=said.delay,
        says=said.says,
        follows=said.follows,
    )


@transaction.atomic
def add_link(
    *, actor: Actor, organisation_id: UUID, cause: Named, outcome: Named, saying: Saying, reason: str = ""
) -> Claim:
    """Claim that more of one thing goes with more, or less, of another."""
    theory = _held(actor, organisation_id, Kind.LEARNING)
    if saying.sign not in Sign.values or saying.delay not in Delay.values:
        raise Invalid(_("Say whether there is more or less of it, and after about how long."))
    number = _next_version(actor, theory, reason)
    source, target = _construct(theory, cause, number), _construct(theory, outcome, number)
    if source == target:
        raise Invalid(_("A link joins two different things."))
    try:
        with transaction.atomic():
            claim = Claim.objects.create(theory=theory, source=source, target=target, since=number)
    except IntegrityError as problem:
        raise Invalid(_("This link is there already. Change it, or say what is missing in a challenge.")) from problem
    _say(actor, claim, saying, number)
    record(by=actor.person_id, verb="claim.added", subject=claim, organisation=organisation_id)
    return claim


@transaction.atomic
def add_statement(*, actor: Actor, organisation_id: UUID, part: Part, saying: Saying, reason: str = "") -> Claim:
    """Claim something of how people function."""
    theory = _held(actor, organisation_id, Kind.PSYCHOLOGY)
    number = _next_version(actor, theory, reason)
    claim = Claim.objects.create(theory=theory, part=part, since=number)
    _say(actor, claim, saying, number)
    record(by=actor.person_id, verb="claim.added", subject=claim, organisation=organisation_id)
    return claim


@transaction.atomic
def change_claim(*, actor: Actor, claim: Claim, saying: Saying, based_on: UUID, reason: str) -> ClaimText:
    """Say it otherwise, and why; what it said before stays, and a test of that ends with what it found."""
    now, number = _as_read(actor, claim, based_on, reason)
    text = _say(actor, now, saying, number)
    record(by=actor.person_id, verb="claim.changed", subject=now, organisation=now.theory.organisation_id)
    return text


@transaction.atomic
def drop_claim(*, actor: Actor, claim: Claim, based_on: UUID, reason: str) -> None:
    """Claim it no longer, and say why; it stays in the history, with everything that was said of it."""
    now, number = _as_read(actor, claim, based_on, reason)
    now.dropped_in = number
    now.save(update_fields=["dropped_in"])
    for construct in (now.source, now.target):
        if construct and not _is_joined(construct):
            Construct.objects.filter(pk=construct.pk).update(ended_in=number)
    record(by=actor.person_id, verb="claim.dropped", subject=now, organisation=now.theory.organisation_id)


def _is_joined(construct: Construct) -> bool:
    links = Claim.objects.filter(theory=construct.theory_id, dropped_in=None)
    return links.filter(source=construct).exists() or links.filter(target=construct).exists()


def _held(actor: Actor, organisation_id: UUID, kind: Kind) -> Theory:
    """The organisation's theory of this kind, made when there is none, and nobody else's to change until the end."""
    require(policy.can_keep_theory(actor, organisation_id))
    Theory.objects.get_or_create(organisation_id=organisation_id, kind=kind)
    return Theory.objects.select_for_update().get(organisation_id=organisation_id, kind=kind)


def _as_read(actor: Actor, claim: Claim, based_on: UUID, reason: str) -> tuple[Claim, int]:
    """The claim as it is now and the number of the version to come; refused when it is not any more as it was read."""
    theory = _held(actor, claim.theory.organisation_id, Kind(claim.theory.kind))
    now = Claim.objects.select_related("source", "target", "theory").get(pk=claim.pk)
    if now.current_id != based_on or now.dropped_in is not None:
        raise Stale(_("This claim was changed since you opened it. Read what it says now, and write yours again."))
    if not reason.strip():
        raise Invalid(_("Say why, in a sentence. Whoever looks back will want to know."))
    Test.objects.filter(claim=now, ended_on=None).update(ended_on=timezone.localdate())
    return now, _next_version(actor, theory, reason)


def _next_version(actor: Actor, theory: Theory, reason: str) -> int:
    theory.version += 1
    theory.save(update_fields=["version"])
    why = reason.replace("\r\n", "\n").strip()
    Version.objects.create(theory=theory, number=theory.version, reason=why, by_id=actor.person_id)
    return theory.version


def _construct(theory: Theory, named: Named, number: int) -> Construct:
    """The one of this name, whatever the size of its letters; made when there is none."""
    name = " ".join(named.name.split())
    if not name or len(name) > 80:
        raise Invalid(_("Name what there is more or less of in a few words, up to eighty letters."))
    found = Construct.objects.filter(theory=theory, ended_in=None, name__iexact=name).first()
    return found or Construct.objects.create(theory=theory, name=name, measure=named.measure, since=number)


def _say(actor: Actor, claim: Claim, saying: Saying, number: int) -> ClaimText:
    said = _tidied(claim, saying)
    text = ClaimText.objects.create(
        claim=claim,
        version=number,
        by_id=actor.person_id,
        says=_sentence(claim, said),
        **{name: getattr(said, name) for name in _AS_SAID},
        follows=list(said.follows),
    )
    claim.current = text
    claim.save(update_fields=["current"])
    return text


_NEEDED = ("because", "source", "would_see", "would_change")
_AS_SAID = (*_NEEDED, "critics", "sign", "delay", "sure", "review_on")


def _tidied(claim: Claim, saying: Saying) -> Saying:
    """With everything that a claim needs; refused where something is missing."""
    words: dict[str, Any] = {name: _tidy(getattr(saying, name)) for name in (*_NEEDED, "critics", "says")}
    missing = [name for name in (*_NEEDED, *(("says",) if claim.part else ())) if not words[name]]
    if missing:
        raise Invalid(
            _(
                "A claim says why, where that comes from, what you would see, and what would change your mind. Fill in each."
            )
        )
    if max(map(len, words.values())) > LONGEST or saying.sure not in Sure.values:
        raise Invalid(_("Keep each part to a few paragraphs, and say how sure you are."))
    return replace(saying, **words, follows=_known(saying.follows))


def _tidy(words: str) -> str:
    return words.replace("\r\n", "\n").strip()


def _known(keys: Sequence[str]) -> tuple[str, ...]:
    known = switches()
    return tuple(key for key in keys if key in known)


def _sentence(claim: Claim, said: Saying) -> str:
    if claim.source is None or claim.target is None:
        return said.says
    return sentence_of(claim.source.name, claim.target.name, said.sign, said.delay)
