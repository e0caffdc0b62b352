"""Raising a condition: first in whose name, then what others wrote where it is unnamed, then one's own words.

The voice and the words travel in what is sent and never in an address, so that no list of addresses tells how somebody
raised something; and no message is kept in a session, which would be a trace. The answers are kept by nothing in between, as
are all that begin like these (`shell/middleware.py`).
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from fieldcraft.errors import FieldcraftError, Invalid, NotAllowed, NotFound
from fieldcraft.people.access import ActorRequest
from fieldcraft.people.models import Organisation, Team
from fieldcraft.together.actions.raising import join_condition, raise_for_team, raise_unnamed, raise_with_name
from fieldcraft.together.forms.conditions import RaiseForm
from fieldcraft.together.models import Voice
from fieldcraft.together.queries.pages import Place, place_at
from fieldcraft.together.queries.raisings import joinable, places_to_raise, teams_to_raise_for
from fieldcraft.together.queries.threshold import LEAST, threshold


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for so far, and where it could be raised."""

    act: str
    voice: str
    words: str
    page: Place | None
    organisations: list[Organisation]
    teams: list[Team]

    @property
    def is_team(self) -> bool:
        return self.voice == Voice.TEAM

    @property
    def places(self) -> list[tuple[UUID, str]]:
        found: list[Any] = [*self.teams] if self.is_team else [*self.organisations]
        return [(each.pk, each.name) for each in found]

    def organisation(self, chosen: str) -> Organisation:
        """The one that was chosen, else the first."""
        return next((each for each in self.organisations if str(each.pk) == chosen), self.organisations[0])


@login_required
def condition_raise(request: ActorRequest) -> HttpResponse:
    """Raise something: nothing is kept before its words are sent."""
    asked = _asked(request)
    if request.method != "POST" or asked.voice not in Voice.values or (asked.is_team and not asked.teams):
        return render(request, "together/raise_choose.html", {"asked": asked, "threshold": _thresholds(asked)})
    if asked.act == "join":
        return _joined(request, asked)
    form = _form(request, asked)
    status = 200
    if asked.act == "raise":
        status = _kept(request, asked, form) if form.is_valid() else 400
        if status == 302:
            return redirect("together:mine")
    return _writing(request, asked, form, status)


def _asked(request: ActorRequest) -> Asked:
    sent = request.POST if request.method == "POST" else request.GET
    organisations = places_to_raise(request.actor)
    if not organisations:
        raise NotAllowed(_("You do not belong to an organisation here yet. Ask for an invitation first."))
    return Asked(
        act=sent.get("act", ""),
        voice=sent.get("voice", ""),
        words=request.POST.get("words", ""),
        page=place_at(request.actor, sent.get("manual", ""), sent.get("page", "")),
        organisations=organisations,
        teams=teams_to_raise_for(request.actor),
    )


def _thresholds(asked: Asked) -> int:
    """The largest of the actor's organisations, so that the sentence holds in each."""
    return max([LEAST, *(threshold(each.pk) for each in asked.organisations)])


def _form(request: ActorRequest, asked: Asked) -> RaiseForm:
    first = {"words": asked.words, "voice": asked.voice}
    if asked.page:
        first |= {"manual": asked.page.slug, "page": asked.page.address}
    is_sent = asked.act == "raise"
    return RaiseForm(request.POST if is_sent else None, initial=first, places=asked.places, is_team=asked.is_team)


def _kept(request: ActorRequest, asked: Asked, form: RaiseForm) -> int:
    """The status that answers it: 302 once it is raised; else the form says what is amiss."""
    said: dict[str, Any] = {"actor": request.actor, "words": form.cleaned_data["words"]}
    said["places"] = [asked.page] if asked.page else []
    chosen = form.cleaned_data["place"]
    try:
        match asked.voice:
            case Voice.TEAM:
                raise_for_team(**said, team=next(each for each in asked.teams if str(each.pk) == chosen))
            case Voice.NAMED:
                raise_with_name(**said, organisation=asked.organisation(chosen))
            case _:
                raise_unnamed(**said, organisation=asked.organisation(chosen))
    except Invalid as problem:
        form.add_error("words", str(problem))
        return 400
    return 302


def _joined(request: ActorRequest, asked: Asked) -> HttpResponse:
    try:
        condition_id = UUID(request.POST.get("condition", ""))
    except ValueError:
        raise NotFound(_("There is no such condition.")) from None
    try:
        organisation = asked.organisation(request.POST.get("place", ""))
        join_condition(actor=request.actor, condition_id=condition_id, organisation=organisation)
    except FieldcraftError as problem:
        form = _form(request, asked)
        return _writing(request, asked, form, 404, problem=str(problem))
    return redirect("together:mine")


def _writing(request: ActorRequest, asked: Asked, form: RaiseForm, status: int, *, problem: str = "") -> HttpResponse:
    is_unnamed = asked.voice == Voice.UNNAMED
    listed = [(each, joinable(request.actor, each)) for each in asked.organisations] if is_unnamed else []
    context = {
        "asked": asked,
        "form": form,
        "problem": problem,
        "threshold": _thresholds(asked),
        "joinable": [(each, found) for each, found in listed if found],
        "is_page_left_out": is_unnamed and asked.page is not None and not asked.page.is_for_all,
    }
    return render(request, "together/raise_write.html", context, status=status)
