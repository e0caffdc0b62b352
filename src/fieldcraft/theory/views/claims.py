"""What an organisation states, as sentences: the theory of learning and the psychology, their history and versions."""

from functools import lru_cache
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fieldcraft.errors import Invalid, NotFound
from fieldcraft.people.access import ActorRequest, require
from fieldcraft.people.models import Organisation
from fieldcraft.theory import policy
from fieldcraft.theory.actions.claims import add_link, add_statement, start_from_starter
from fieldcraft.theory.forms.claims import LinkForm, StatementForm
from fieldcraft.theory.models import REQUIRED_PARTS, Claim, Kind, Part, Theory
from fieldcraft.theory.queries.claims import (
    Stated,
    organisation_or_404,
    stated_at,
    stated_now,
    theory_of,
    versions,
)
from fieldcraft.theory.queries.follows import Following, following_in, not_explained
from fieldcraft.theory.queries.loops import rounds
from fieldcraft.theory.queries.measured import measured
from fieldcraft.theory.queries.picture import constructs_of
from fieldcraft.theory.queries.saying import Named
from fieldcraft.theory.queries.texts import version_as_text
from fieldcraft.theory.views.drawing import drawn_part
from fieldcraft.ui.compare import Compared, compared


def stated_screen(
    request: ActorRequest, template: str, organisation: Organisation, kind: Kind, **more: Any
) -> HttpResponse:
    """A screen about what is stated: which of the two it is, and whether the reader keeps it."""
    status = more.pop("status", 200)
    may = policy.can_keep_theory(request.actor, organisation.pk)
    is_psychology = kind == Kind.PSYCHOLOGY
    context = {"organisation": organisation, "kind": kind, "may": may, "is_psychology": is_psychology, **more}
    return render(request, template, context, status=status)


@login_required
def theory(request: ActorRequest, slug: str, kind: Kind) -> HttpResponse:
    """All that is claimed now, sentences first."""
    organisation = organisation_or_404(request.actor, slug)
    found = theory_of(request.actor, organisation, kind)
    stated = stated_now(found)
    more: dict[str, Any] = {"theory": found, "stated": stated, "today": timezone.localdate()}
    if kind == Kind.PSYCHOLOGY:
        return stated_screen(
            request, "theory/psychology.html", organisation, kind, **more, **_psychology(organisation, stated)
        )
    if found and stated:
        things = [(each, each.measure) for each in constructs_of(stated)]
        more |= {**drawn_part(found, stated), "rounds": rounds(found, stated), "things": things}
    return stated_screen(request, "theory/theory.html", organisation, kind, **more)


def _psychology(organisation: Organisation, stated: list[Stated]) -> dict[str, object]:
    following = following_in(organisation.pk)
    rows = [(each, following.of(each.text.follows)) for each in stated]
    parts = [(part, [row for row in rows if row[0].claim.part == part]) for part in Part]
    shown = [(part, claims) for part, claims in parts if claims or part in REQUIRED_PARTS]
    return {"parts": shown, "unexplained": _unexplained(following, stated)}


def _unexplained(following: Following, stated: list[Stated]) -> list[object]:
    return list(not_explained(following, stated)) if stated else []


@login_required
def stated_panel(request: ActorRequest, slug: str) -> HttpResponse:
    """The way to both, for the organisation's page; a screen by itself without it."""
    organisation = organisation_or_404(request.actor, slug)
    is_part = request.headers.get("HX-Request") == "true"
    template = "theory/stated_part.html" if is_part else "theory/stated.html"
    return stated_screen(request, template, organisation, Kind.LEARNING)


@login_required
@require_POST
def theory_start(request: ActorRequest, slug: str, kind: Kind) -> HttpResponse:
    """Begin from the starter."""
    organisation = organisation_or_404(request.actor, slug)
    start_from_starter(actor=request.actor, organisation_id=organisation.pk, kind=kind)
    messages.success(request, _("It stands here now. Change whatever is not so with you."))
    return redirect("theory:theory", slug, kind)


@login_required
def claim_add(request: ActorRequest, slug: str, kind: Kind) -> HttpResponse:
    """Add a link, or a claim of a psychology."""
    organisation = organisation_or_404(request.actor, slug)
    require(policy.can_keep_theory(request.actor, organisation.pk))
    form = _add_form(request, organisation, kind)
    if request.method == "POST" and form.is_valid():
        try:
            made = _added(request, organisation, form)
        except Invalid as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Added. Everybody here can read it, and challenge it."))
            return redirect("theory:claim", slug, made.pk)
    status = 400 if form.is_bound else 200
    return stated_screen(request, "theory/claim_add.html", organisation, kind, form=form, status=status)


def _add_form(request: ActorRequest, organisation: Organisation, kind: Kind) -> Any:
    if kind == Kind.PSYCHOLOGY:
        asked = request.GET.get("part", "")
        return StatementForm(request.POST or None, initial={"part": asked if asked in Part.values else ""})
    found = theory_of(request.actor, organisation, kind)
    here = [Named(each.name, each.measure) for each in constructs_of(stated_now(found))]
    measures = [Named(each.name, each.key) for each in measured(request.actor).values()]
    known = {each.name.casefold() for each in here} | {each.measure for each in here}
    new = [each for each in measures if not {each.name.casefold(), each.measure} & known]
    named = {each.name: each for each in (*here, *new)}
    choices: list[tuple[str, Any]] = [
        (str(label), [(each.name, each.name) for each in group])
        for label, group in ((_("Already in the theory"), here), (_("Measured here"), new))
        if group
    ]
    return LinkForm(request.POST or None, choices=choices, named=named)


def _added(request: ActorRequest, organisation: Organisation, form: Any) -> Claim:
    on: dict[str, Any] = {"actor": request.actor, "organisation_id": organisation.pk, "saying": form.saying}
    reason = form.cleaned_data["reason"]
    if isinstance(form, LinkForm):
        return add_link(**on, cause=form.end("cause"), outcome=form.end("outcome"), reason=reason)
    return add_statement(**on, part=Part(form.cleaned_data["part"]), reason=reason)


def _theory_or_404(request: ActorRequest, organisation: Organisation, kind: Kind) -> Theory:
    found = theory_of(request.actor, organisation, kind)
    if found is None:
        raise NotFound(_("Nothing is stated here yet."))
    return found


@login_required
def theory_history(request: ActorRequest, slug: str, kind: Kind) -> HttpResponse:
    """Every change: who, when, why."""
    organisation = organisation_or_404(request.actor, slug)
    found = _theory_or_404(request, organisation, kind)
    return stated_screen(
        request, "theory/theory_history.html", organisation, kind, theory=found, versions=versions(found)
    )


@login_required
def theory_compare(request: ActorRequest, slug: str, kind: Kind) -> HttpResponse:
    """Any two versions; without saying which, the last change."""
    organisation = organisation_or_404(request.actor, slug)
    found = _theory_or_404(request, organisation, kind)
    new = _number(request, "new", found.version)
    old = _number(request, "old", max(new - 1, 0))
    before, after = stated_at(found, old), stated_at(found, new)
    same = set() if "whole" in request.GET else {each.text.pk for each in before} & {each.text.pk for each in after}
    shown = told_apart(*(version_as_text([each for each in at if each.text.pk not in same]) for at in (before, after)))
    url = f"{reverse('theory:theory-compare', args=[slug, kind])}?old={old}&new={new}"
    more = {"theory": found, "old": old, "new": new, "same": len(same), **as_asked(request, shown, url)}
    return stated_screen(request, "theory/theory_compare.html", organisation, kind, **more)


def _number(request: HttpRequest, name: str, default: int) -> int:
    asked = request.GET.get(name, "")
    return int(asked) if asked.isdecimal() and len(asked) < 9 else default


def told_apart(old: str, new: str) -> Compared:
    """Two texts that stand for ever, compared."""
    return _told_apart(old, new, get_language())


@lru_cache(maxsize=32)
def _told_apart(old: str, new: str, _language: str | None) -> Compared:
    """Kept in memory: a version never changes, and two whole theories take a tenth of a second to compare."""
    return compared(old, new)


def as_asked(request: HttpRequest, shown: Compared, url: str) -> dict[str, object]:
    """What changed first; the whole text when it is asked for."""
    if "whole" in request.GET:
        return {"compared": shown, "only_changed_url": url}
    return {"compared": shown.only_changed(), "whole_text_url": f"{url}&whole=1"}
