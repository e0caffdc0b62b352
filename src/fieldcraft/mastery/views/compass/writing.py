"""One question a screen: its form, what it may ask back once, and what happens when two devices answer it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _

from fieldcraft.engine.asking import Asking, Noticed
from fieldcraft.errors import Invalid, Stale
from fieldcraft.mastery.forms.compass import OwnForm
from fieldcraft.mastery.views.asked import screen
from fieldcraft.people.access import ActorRequest

Answers = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Writing:
    """What the screen says around the form.

    about: the person's own words that the question is about.
    out_url, out: the way out, and what it is called. crumbs: label and address of what lies above.
    skip_url: where the next question is; "" where none follows.
    as_it_is: gives the stamp and the words that are kept now; for what exists already.
    """

    heading: str
    button: str
    out_url: str
    about: str = ""
    lead: str = ""
    out: str = ""
    skip_url: str = ""
    crumbs: tuple[tuple[str, str], ...] = ()
    as_it_is: Callable[[], tuple[str, str]] | None = None


Notice = Callable[[Answers], Noticed | None]


def written(
    request: ActorRequest,
    form: OwnForm,
    writing: Writing,
    keep: Callable[[Answers], str],
    notice: Notice | None = None,
) -> HttpResponseBase:
    """Shows the form, or keeps what was answered and goes where `keep` says; what is noticed is asked about once."""
    if request.method != "POST":
        return _shown(request, form, writing)
    if not form.is_valid():
        return _shown(request, form, writing, status=400)
    act = request.POST.get("act")
    noticed = notice(form.cleaned_data) if notice and act != "keep" else None
    if act == "again":
        return _shown(request, form, writing)
    if noticed and noticed.asking not in form.cleaned_data["asked"]:
        _set(form, "asked", f"{form.cleaned_data['asked']} {noticed.asking}".strip())
        words = form.cleaned_data.get("sentence") or form.cleaned_data.get("picture", "")
        return _shown(request, form, writing, noticed=noticed, words=words)
    try:
        return HttpResponseRedirect(keep(form.cleaned_data))
    except Invalid as problem:
        form.add_error(None, str(problem))
        return _shown(request, form, writing, status=400)
    except Stale as problem:
        return _stale(request, form, writing, problem)


def _stale(request: ActorRequest, form: OwnForm, writing: Writing, problem: Stale) -> HttpResponse:
    """Both texts; what was typed here can be kept over the other, knowing it."""
    based_on, theirs = writing.as_it_is() if writing.as_it_is else ("", "")
    _set(form, "based_on", based_on)
    return _shown(request, form, writing, status=409, problem=str(problem), theirs=theirs)


def _set(form: OwnForm, name: str, value: str) -> None:
    """What a hidden field says from here on."""
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data[name] = value  # type: ignore[index]


def _shown(
    request: ActorRequest,
    form: OwnForm,
    writing: Writing,
    *,
    status: int = 200,
    noticed: Noticed | None = None,
    **more: object,
) -> HttpResponse:
    context: dict[str, object] = {
        "form": form,
        "writing": writing,
        "noticed": noticed,
        "why_asked": why_asked(noticed) if noticed else "",
        **more,
    }
    return screen(request, "mastery/vision_question.html", context, status)


def why_asked(noticed: Noticed) -> str:
    """The reason for asking, in one sentence that ends as a question where one helps."""
    match noticed.asking:
        case Asking.TARGET:
            said = _(
                "“%(words)s” sounds like somewhere to arrive, and a purpose is a direction you can go on walking in; might that part belong in a vision?"
            )
        case Asking.DIRECTION:
            said = _("“%(words)s” names a way to go; if you had gone it, what would somebody see and hear?")
        case Asking.AWAY:
            said = _("“%(words)s” says what would be gone; what would be there instead?")
    return said % {"words": noticed.words}


def moment(text: str) -> datetime | None:
    """A moment from an address, from which a list goes on; None for anything else."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found and is_aware(found) else None
