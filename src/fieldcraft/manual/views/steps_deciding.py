"""Bringing a page into step place by place, the whole page at the end, and taking or keeping a text as it is."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from fieldcraft.errors import FieldcraftError, Invalid, NotFound, Stale
from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.steps import choose, combine, keep, take, theirs_has_changed
from fieldcraft.manual.forms.steps import ChoiceForm, KeepForm, TakeForm, WholeForm
from fieldcraft.manual.models import Revision
from fieldcraft.manual.queries.combining import OWN, Combination, Place
from fieldcraft.manual.queries.happened import happened, reason_of_theirs, reason_to_give
from fieldcraft.manual.queries.steps import sight_of
from fieldcraft.manual.views.comparing import beside, folded_or_whole
from fieldcraft.manual.views.steps_asked import (
    Asked,
    around_place,
    cards_of,
    chosen_first,
    cut,
    own_text,
    own_words,
    prepared_anew,
    step_screen,
    step_to_decide,
)
from fieldcraft.manual.views.steps_words import flag_words, heading_of
from fieldcraft.manual.views.writing_asked import told
from fieldcraft.people.access import ActorRequest

_Form = TakeForm | KeepForm


def choice(request: ActorRequest, slug: str, step_id: UUID, number: int) -> HttpResponse:
    """One place that needs somebody: its alternatives as cards, and one's own words."""
    asked = step_to_decide(request, slug, step_id)
    if asked.step.settled_at or asked.found is None:
        return redirect("manual:step", slug, step_id)
    place = _place(asked.found, number)
    form = ChoiceForm(request.POST or None)
    sentence = ""
    if request.method == "POST" and form.is_valid():
        sentence = _kept(request, asked, form)
        if not sentence:
            return _onwards(asked, number, form.cleaned_data["key"])
    return _choice_screen(request, asked, place, form, sentence)


def _place(found: Combination, number: int) -> Place:
    if not 1 <= number <= len(found.needing):
        raise NotFound(_("There is no such place on this page any more. Go back to the step."))
    return found.needing[number - 1]


def _kept(request: ActorRequest, asked: Asked, form: ChoiceForm) -> str:
    """Keeps the choice; the sentence that says why not, where the place has changed meanwhile."""
    given = form.cleaned_data
    place = next((each for each in asked.found.needing if each.key == given["key"]), None) if asked.found else None
    if place is None:
        return _("This place has changed since you opened it. Your choice was not taken; look at it once more.")
    text = own_text(place, given["own"]) if given["chosen"] == OWN else ""
    if given["chosen"] == OWN and not text.strip():
        form.add_error("own", _("Write your words first, or choose one of the others."))
        return str(_("Write your words first, or choose one of the others."))
    if given["chosen"] not in {OWN, *(each.name for each in place.region.alternatives)}:
        return _("Choose one of these, or leave the place for now.")
    chosen = {"as": given["chosen"], **({"text": text} if text else {})}
    choose(actor=request.actor, step=asked.step, choices={place.key: chosen})
    return ""


def _onwards(asked: Asked, number: int, key: str) -> HttpResponse:
    """The next place that is still open, from here on, then from the top; the whole page when none is."""
    slug, step_id = asked.stack.manual.slug, asked.step.pk
    is_open = [each for each in asked.found.open if each.key != key] if asked.found else []
    later = [each for each in is_open if each.number > number]
    if following := next(iter([*later, *is_open]), None):
        return redirect("manual:step-choice", slug, step_id, following.number)
    return redirect("manual:step-whole", slug, step_id)


def _choice_screen(request: ActorRequest, asked: Asked, place: Place, form: ChoiceForm, sentence: str) -> HttpResponse:
    chosen = request.POST.get("chosen") or chosen_first(place)
    typed = request.POST.get("own")
    assert asked.found
    first, others = cut(cards_of(asked, place, chosen))
    following = next((each for each in asked.found.needing if each.number == place.number + 1), None)
    return step_screen(
        request, "step_choice", asked, 409 if sentence else 400 if form.is_bound else 200,
        here=place, heading=heading_of(asked.step, place), cards=first, others=others,
        around=around_place(asked, place), chosen=chosen,
        others_chosen=any(card.is_chosen for card in others), own=own_words(place) if typed is None else typed,
        flags=flag_words(place.region.flags), form=form, sentence=sentence, count=len(asked.found.needing),
        following=following, happened=happened(asked.stack, asked.step), reason=reason_of_theirs(asked.step),
    )  # fmt: skip


def whole(request: ActorRequest, slug: str, step_id: UUID) -> HttpResponse:
    """The whole page with all that was chosen; changed once more where somebody wants to, and put to the team."""
    asked = step_to_decide(request, slug, step_id)
    if asked.found is None or (asked.step.settled_at and request.method != "POST"):
        return redirect("manual:step", slug, step_id)
    form = WholeForm(request.POST if request.method == "POST" else None, initial=_begun(asked, asked.found))
    if request.method == "POST" and form.is_valid() and "preview" not in request.POST:
        given = form.cleaned_data
        text = Text(given["title"], given["body"], given["tags"], reason=given["reason"], pole=given["pole"])
        act = _finished(request, asked, text, given)
        return _decided(request, asked, form, act, partial(_whole_screen, request))
    return _whole_screen(request, asked, form)


def _begun(asked: Asked, found: Combination) -> dict[str, object]:
    return {
        "title": found.title_now(),
        "body": found.body_now(),
        "tags": ", ".join(found.tags),
        "reason": reason_to_give(asked.step),
        "based_on": asked.step.ours_id,
        "seen": sight_of(asked.step),
    }


def _finished(request: ActorRequest, asked: Asked, text: Text, given: dict[str, Any]) -> Callable[[], Revision]:
    def act() -> Revision:
        _require_seen(asked, given["seen"])
        if asked.found and asked.found.open:
            raise Invalid(_("Some places still need you. Go on to them first."))
        return combine(actor=request.actor, step=asked.step, text=text, based_on=given["based_on"])

    return act


def _require_seen(asked: Asked, seen: str) -> None:
    """The other text is still the one that was on the screen, so that nothing of a newer one is passed over."""
    if not asked.step.settled_at and seen != sight_of(asked.step):
        raise Stale(theirs_has_changed())


def _decided(
    request: ActorRequest,
    asked: Asked,
    form: Any,
    act: Callable[[], Revision],
    again: Callable[[Asked, Any, str, int], HttpResponse],
) -> HttpResponse:
    """What was decided, or the screen again with all that was typed and why it was not taken."""
    try:
        return told(request, asked.stack, asked.held, act(), _("Done. The page is in step."))
    except Stale as problem:
        return again(*_with_both_as_they_are_now(request, asked, form), str(problem), 409)
    except NotFound as problem:
        return again(asked, form, str(problem), 409)
    except Invalid as problem:
        form.add_error(None, str(problem))
        return again(asked, form, "", 400)


def _with_both_as_they_are_now(request: ActorRequest, asked: Asked, form: Any) -> tuple[Asked, Any]:
    """Once both texts have been shown, what was typed is sent before those; else it would be refused for good."""
    try:
        anew = prepared_anew(request, asked)
    except FieldcraftError:
        return asked, form
    if anew.step.settled_at or (anew.found is None) != (asked.found is None):
        return asked, form
    marks = {"based_on": anew.step.ours_id or "", "seen": sight_of(anew.step)}
    return anew, type(form)({**request.POST.dict(), **marks})


def _whole_screen(
    request: ActorRequest, asked: Asked, form: WholeForm, sentence: str = "", status: int = 200
) -> HttpResponse:
    ours = asked.step.ours
    assert asked.found
    assert ours
    body = request.POST.get("body", asked.found.body_now()).replace("\r\n", "\n")
    fields = [
        (_("Title"), ours.title, request.POST.get("title", asked.found.title_now())),
        (_("Tags"), ", ".join(ours.tags), request.POST.get("tags", ", ".join(asked.found.tags))),
    ]
    path = asked.held.path if asked.held else ""
    shown = beside(asked.stack, path, ours.body, body, fields)
    return step_screen(
        request, "step_whole", asked, 400 if form.errors and status == 200 else status,
        form=form, sentence=sentence, flags=flag_words(asked.found.flags),
        to_yours=beside(asked.stack, path, asked.found.body_now(), body).only_changed() if sentence else None,
        go_on=asked.found.open[0].number if asked.found.open else 0,
        is_changed_here="body" in request.POST and request.POST["body"].replace("\r\n", "\n") != asked.found.body_now(),
        **folded_or_whole(request, shown, request.path),
    )  # fmt: skip


def take_theirs(request: ActorRequest, slug: str, step_id: UUID) -> HttpResponse:
    """The other text as it is, or the page out, and why."""
    asked = step_to_decide(request, slug, step_id)
    form = TakeForm(request.POST or None, initial={**_before_them(asked), "reason": reason_to_give(asked.step)})
    return _asked_why(request, asked, form, "step_take", take)


def keep_ours(request: ActorRequest, slug: str, step_id: UUID) -> HttpResponse:
    """The team's own as it is, and why; until a day, where one is given."""
    asked = step_to_decide(request, slug, step_id)
    form = KeepForm(request.POST or None, initial=_before_them(asked))
    return _asked_why(request, asked, form, "step_keep", keep)


def _before_them(asked: Asked) -> dict[str, object]:
    return {"based_on": asked.step.ours_id, "seen": sight_of(asked.step)}


def _asked_why(
    request: ActorRequest, asked: Asked, form: _Form, name: str, action: Callable[..., Revision]
) -> HttpResponse:
    if asked.step.settled_at and request.method != "POST":
        return redirect("manual:step", asked.stack.manual.slug, asked.step.pk)

    def again(now: Asked, shown: _Form, sentence: str, status: int) -> HttpResponse:
        more = {"shown": _text_shown(now), "happened": happened(now.stack, now.step)}
        return step_screen(request, name, now, status, form=shown, sentence=sentence, **more)

    if request.method == "POST" and form.is_valid():
        return _decided(request, asked, form, partial(_as_asked, request, asked, form, action), again)
    return again(asked, form, "", 400 if form.errors else 200)


def _as_asked(request: ActorRequest, asked: Asked, form: _Form, action: Callable[..., Revision]) -> Revision:
    given = dict(form.cleaned_data)
    _require_seen(asked, given.pop("seen"))
    return action(actor=request.actor, step=asked.step, **given)


def _text_shown(asked: Asked) -> object:
    """The text that readers would have."""
    text, ours = asked.step.theirs, asked.step.ours
    if text is None:
        return None
    path = asked.held.path if asked.held else ""
    return beside(asked.stack, path, ours.body if ours and ours.body else text.body, text.body)
