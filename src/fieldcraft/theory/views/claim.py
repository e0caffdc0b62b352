"""One claim: what it says, what it said, what speaks against it, and what became of that."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldcraft.errors import FieldcraftError, Invalid, NotFound, Stale
from fieldcraft.people.access import ActorRequest, require
from fieldcraft.theory import policy
from fieldcraft.theory.actions.challenges import answer_challenge, challenge_claim
from fieldcraft.theory.actions.claims import change_claim, drop_claim
from fieldcraft.theory.forms.claims import (
    AnswerForm,
    ChallengeForm,
    DropForm,
    LinkChangeForm,
    SayingForm,
    StatementChangeForm,
    as_written,
)
from fieldcraft.theory.models import ClaimText, Kind
from fieldcraft.theory.queries.claims import Stated, Told, challenge_of, challenges_of, claim_of, texts_of
from fieldcraft.theory.queries.follows import following_in
from fieldcraft.theory.queries.measured import measured_by
from fieldcraft.theory.queries.texts import claim_as_text
from fieldcraft.theory.views.claims import as_asked, stated_screen, told_apart


def _screen(request: ActorRequest, template: str, stated: Stated, **more: Any) -> HttpResponse:
    found = stated.claim.theory
    context = {"stated": stated, "claim": stated.claim, "text": stated.text, "today": timezone.localdate(), **more}
    return stated_screen(request, template, found.organisation, Kind(found.kind), **context)


def _status(form: Any) -> int:
    return 400 if form.is_bound and form.errors else 200


@login_required
def claim(request: ActorRequest, slug: str, claim_id: UUID) -> HttpResponse:
    """What it says and why, open challenges first, and what it said before."""
    stated = claim_of(request.actor, slug, claim_id)
    told = texts_of(stated.claim)
    ends = [(end, measured_by(end.measure)) for end in (stated.claim.source, stated.claim.target) if end]
    more = {
        "challenges": list(challenges_of(stated.claim)),
        "told": list(zip(told, [*(each.text for each in told[1:]), None], strict=True)),
        "follows": following_in(stated.claim.theory.organisation_id).of(stated.text.follows),
        "ends": ends,
        "dropped": _dropped(stated),
        "may_challenge": policy.can_challenge(request.actor, stated.claim.theory.organisation_id),
    }
    return _screen(request, "theory/claim.html", stated, **more)


def _dropped(stated: Stated) -> object:
    """The version that no longer has it: who, when, why."""
    number = stated.claim.dropped_in
    if number is None:
        return None
    return stated.claim.theory.versions.select_related("by").get(number=number)


@login_required
def claim_change(request: ActorRequest, slug: str, claim_id: UUID) -> HttpResponse:
    """Say it otherwise, and why."""
    stated = _kept_by(request, slug, claim_id)
    form = _change_form(request, stated)
    if request.method == "POST" and form.is_valid():
        try:
            _changed(request, stated, form)
            messages.success(request, _("Kept. What it said before stays in its history."))
            return redirect("theory:claim", slug, claim_id)
        except Invalid as problem:
            form.add_error(None, str(problem))
        except Stale as problem:
            again = {**request.POST.dict(), "follows": request.POST.getlist("follows"), "based_on": stated.text.pk}
            return _screen(
                request,
                "theory/claim_change.html",
                stated,
                form=_change_form(request, stated, again),
                problem=problem,
                status=409,
            )
    return _screen(request, "theory/claim_change.html", stated, form=form, status=_status(form))


def _kept_by(request: ActorRequest, slug: str, claim_id: UUID) -> Stated:
    stated = claim_of(request.actor, slug, claim_id)
    require(policy.can_keep_theory(request.actor, stated.claim.theory.organisation_id))
    if stated.claim.dropped_in is not None:
        raise NotFound(_("This is not claimed any more, so there is nothing to change."))
    return stated


def _change_form(request: ActorRequest, stated: Stated, sent: dict[str, object] | None = None) -> SayingForm:
    form_of = StatementChangeForm if stated.claim.part else LinkChangeForm
    form = form_of(sent or request.POST or None, initial=as_written(stated.text))
    form.needs_a_reason()
    return form


def _changed(request: ActorRequest, stated: Stated, form: SayingForm) -> None:
    sent = form.cleaned_data
    change_claim(
        actor=request.actor,
        claim=stated.claim,
        saying=form.saying,
        based_on=sent["based_on"],
        reason=sent["reason"],
    )


@login_required
def claim_drop(request: ActorRequest, slug: str, claim_id: UUID) -> HttpResponse:
    """Claim it no longer."""
    stated = _kept_by(request, slug, claim_id)
    form = DropForm(request.POST or None, initial={"based_on": stated.text.pk})
    if request.method == "POST" and form.is_valid():
        try:
            drop_claim(actor=request.actor, claim=stated.claim, **form.cleaned_data)
            messages.success(request, _("Dropped. It stays in the history, with why."))
            return redirect("theory:theory", slug, Kind(stated.claim.theory.kind))
        except (Invalid, Stale) as problem:
            form.add_error(None, str(problem))
    return _screen(request, "theory/claim_drop.html", stated, form=form, status=_status(form))


@login_required
def claim_compare(request: ActorRequest, slug: str, claim_id: UUID) -> HttpResponse:
    """Any two texts of it."""
    stated = claim_of(request.actor, slug, claim_id)
    told = texts_of(stated.claim)
    old, new = (_text(request, name, told) for name in ("old", "new"))
    shown = told_apart(claim_as_text(stated.claim, old), claim_as_text(stated.claim, new))
    url = f"{reverse('theory:claim-compare', args=[slug, claim_id])}?old={old.pk}&new={new.pk}"
    return _screen(request, "theory/claim_compare.html", stated, old=old, new=new, **as_asked(request, shown, url))


def _text(request: HttpRequest, name: str, told: list[Told]) -> ClaimText:
    found = next((each.text for each in told if str(each.text.pk) == request.GET.get(name)), None)
    if found is None:
        raise NotFound(_("One of these texts is not there."))
    return found


@login_required
def claim_challenge(request: ActorRequest, slug: str, claim_id: UUID) -> HttpResponse:
    """Say what speaks against it."""
    stated = claim_of(request.actor, slug, claim_id)
    form = ChallengeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            challenge_claim(actor=request.actor, claim=stated.claim, words=form.cleaned_data["words"])
            messages.success(request, _("It stands on the claim until it is answered."))
            return redirect("theory:claim", slug, claim_id)
        except Invalid as problem:
            form.add_error(None, str(problem))
    return _screen(request, "theory/claim_challenge.html", stated, form=form, status=_status(form))


@login_required
def challenge(request: ActorRequest, slug: str, challenge_id: UUID) -> HttpResponse:
    """One challenge, and answering it."""
    found = challenge_of(request.actor, slug, challenge_id)
    stated = claim_of(request.actor, slug, found.claim_id)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer_challenge(actor=request.actor, challenge=found, **form.cleaned_data)
            messages.success(request, _("Answered. It stays on the claim, with your answer."))
            return redirect("theory:claim", slug, found.claim_id)
        except (Invalid, Stale) as problem:
            _say(form, problem)
    may = policy.can_answer_challenge(request.actor, stated.claim.theory.organisation_id)
    return _screen(
        request, "theory/claim_answer.html", stated, form=form, challenge=found, may=may, status=_status(form)
    )


def _say(form: AnswerForm, problem: FieldcraftError) -> None:
    form.add_error(None, str(problem))
