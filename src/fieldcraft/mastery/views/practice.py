"""What I try, what happened, and my own notes beside a page of a manual."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldcraft.errors import NotFound, Stale
from fieldcraft.mastery.actions.practice import (
    Happened,
    change_note,
    change_practice,
    end_practice,
    keep_note,
    keep_practice,
    say_followed,
    take_practice_up,
    throw_away,
)
from fieldcraft.mastery.forms.practice import FollowedForm, NoteChangeForm, NoteForm, PracticeForm
from fieldcraft.mastery.models import Practice, PracticeNote
from fieldcraft.mastery.queries import practice as read
from fieldcraft.mastery.queries import switches
from fieldcraft.mastery.queries.turning import became, has_open_draft, manuals_to_write, may_remark
from fieldcraft.mastery.views.asked import compass, not_offered, screen
from fieldcraft.people.access import ActorRequest

SAID = ("happened", "hunch", "surprise", "reasons", "outcome", "hours", "with_others")


@compass
def practice_list(request: ActorRequest) -> HttpResponse:
    """What is tried at present, the latest notes, and what was tried once."""
    tried = list(read.open_practices(request.actor))
    notes = list(read.my_notes(request.actor)[: read.SHOWN_AT_HOME])
    both = read.placed(request.actor, [*tried, *notes])
    context: dict[str, object] = {
        "tried": both[: len(tried)],
        "ended": read.ended_practices(request.actor)[: read.NOTES_A_SCREEN],
        "notes": both[len(tried) :],
    }
    return screen(request, "mastery/practice_list.html", context)


@compass
def practice_make(request: ActorRequest) -> HttpResponse:
    """Something to try, on a page of a manual or without one."""
    form = PracticeForm(request.POST or None, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        made = keep_practice(
            actor=request.actor, what=sent["what"], when=sent["when"], cited=form.cited, vision_id=sent["vision"]
        )
        messages.success(request, _("Kept. When you have tried it, come back and write what happened."))
        return redirect("mastery:practice", made.pk)
    return _form_screen(request, "mastery/practice_make.html", form, page=_page_asked(request))


@compass
def practice(request: ActorRequest, practice_id: UUID) -> HttpResponse:
    """One thing that is tried, and what happened each time."""
    found = _practice_or_404(request, practice_id)
    match request.POST.get("act"):
        case "end":
            end_practice(actor=request.actor, practice=found)
            messages.success(request, _("Let go. What you wrote about it stays with you."))
            return redirect("mastery:practice-list")
        case "take-up":
            take_practice_up(actor=request.actor, practice=found)
        case "throw-away":
            throw_away(actor=request.actor, thing=found)
            messages.success(request, _("Thrown away. Your notes about it are kept."))
            return redirect("mastery:practice-list")
        case _:
            notes = read.notes_of_practice(request.actor, found)[: read.NOTES_A_SCREEN]
            (placed,) = read.placed(request.actor, [found])
            return screen(request, "mastery/practice.html", {"practice": found, "placed": placed, "notes": notes})
    return redirect("mastery:practice", practice_id)


@compass
def practice_change(request: ActorRequest, practice_id: UUID) -> HttpResponse:
    """Say otherwise what is tried, or when."""
    found = _practice_or_404(request, practice_id)
    begun = {"what": found.what, "when": found.when, "seen": read.state_of(found)}
    form = PracticeForm(request.POST or None, initial=begun)
    problem = None
    if request.method == "POST" and form.is_valid():
        sent = {name: form.cleaned_data[name] for name in ("what", "when", "seen")}
        try:
            change_practice(actor=request.actor, practice=found, **sent)
            return redirect("mastery:practice", practice_id)
        except Stale as stale:
            problem, found = stale, _practice_or_404(request, practice_id)
            form = PracticeForm(going_on(request, found))
    return _form_screen(request, "mastery/practice_change.html", form, practice=found, problem=problem)


@compass
def note_list(request: ActorRequest) -> HttpResponse:
    """All notes, newest first, so many a screen."""
    rows = list(read.my_notes(request.actor, id_asked(request, "before"))[: read.NOTES_A_SCREEN + 1])
    shown = rows[: read.NOTES_A_SCREEN]
    context: dict[str, object] = {
        "notes": read.placed(request.actor, shown),
        "before": shown[-1].pk if len(rows) > len(shown) else "",
    }
    return screen(request, "mastery/note_list.html", context)


@compass
def note_make(request: ActorRequest) -> HttpResponse:
    """What happened, in a minute."""
    tried = read.practice_of(request.actor, id_asked(request, "practice"))
    form = _asking(request, NoteForm(request.POST or None, initial=_begun(request, tried)))
    if request.method == "POST" and form.is_valid():
        made = keep_note(
            actor=request.actor,
            happened=_said(form),
            cited=form.cited,
            practice_id=form.cleaned_data["practice"],
        )
        messages.success(request, _("Kept. It is yours alone."))
        return redirect("mastery:note", made.pk)
    page = _page_asked(request, tried)
    return _form_screen(request, "mastery/note_make.html", form, page=page, practice=tried)


def _begun(request: ActorRequest, tried: Practice | None) -> dict[str, object]:
    """What the address says; of something that was tried, also the page it was on."""
    asked: dict[str, object] = dict(request.GET.items())
    if tried and tried.manual and "page" not in asked:
        page = read.page_cited(request.actor, tried.manual.slug, tried.page_id)
        revision = page.held.revision_id if page else tried.revision_id
        asked |= {"manual": tried.manual.slug, "page": tried.page_id, "revision": revision}
    return asked


@compass
def note(request: ActorRequest, note_id: UUID) -> HttpResponse:
    """One note, the later question, and what became of it."""
    found = note_or_404(request, note_id)
    if request.POST.get("act") == "throw-away":
        throw_away(actor=request.actor, thing=found)
        messages.success(request, _("Thrown away."))
        return redirect("mastery:practice-list")
    begun = {"followed": found.followed, "followed_what": found.followed_what, "seen": read.state_of(found)}
    form = FollowedForm(request.POST or None, initial=begun)
    problem = None
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        try:
            say_followed(
                actor=request.actor,
                note=found,
                followed=sent["followed"],
                what=sent["followed_what"],
                seen=sent["seen"],
            )
            return redirect("mastery:note", note_id)
        except Stale as stale:
            problem, found = stale, note_or_404(request, note_id)
            form = FollowedForm(going_on(request, found))
    return _form_screen(request, "mastery/note.html", form, problem=problem, **_of_note(request, found))


def _of_note(request: ActorRequest, found: PracticeNote) -> dict[str, object]:
    (placed,) = read.placed(request.actor, [found])
    return {
        "note": found,
        "placed": placed,
        "is_later": timezone.localdate(found.made_at) < timezone.localdate(),
        "became": became(request.actor, found),
        "may_remark": may_remark(request.actor, placed.page) and found.became_remark is None,
        "may_draft": bool(manuals_to_write(request.actor, found)) and not has_open_draft(found),
        "not_offered": not_offered(request),
    }


@compass
def note_change(request: ActorRequest, note_id: UUID) -> HttpResponse:
    """Say otherwise what happened."""
    found = note_or_404(request, note_id)
    form = _asking(request, NoteChangeForm(request.POST or None, initial=_as_written(found)), found.hunch)
    problem = None
    if request.method == "POST" and form.is_valid():
        try:
            change_note(actor=request.actor, note=found, happened=_said(form), seen=form.cleaned_data["seen"])
            return redirect("mastery:note", note_id)
        except Stale as stale:
            problem, found = stale, note_or_404(request, note_id)
            form = _asking(request, NoteChangeForm(going_on(request, found)), found.hunch)
    return _form_screen(request, "mastery/note_change.html", form, note=found, problem=problem)


def _asking(request: ActorRequest, form: NoteForm, hunch: str = "") -> NoteForm:
    """Without the hunch where it is not offered, unless one was written: what somebody wrote stays theirs to change."""
    if not hunch and switches.HUNCH_FIRST in not_offered(request):
        del form.fields["hunch"]
    return form


def _as_written(found: PracticeNote) -> dict[str, object]:
    written: dict[str, object] = {name: getattr(found, name) for name in SAID}
    chosen = {True: "yes", False: "no", None: ""}[found.with_others]
    return {**written, "with_others": chosen, "seen": read.state_of(found)}


def _said(form: NoteForm) -> Happened:
    return Happened(**{name: form.cleaned_data[name] for name in SAID if name in form.cleaned_data})


@compass
def page_panel(request: ActorRequest, slug: str, address: str) -> HttpResponse:
    """My own notes on a page: a screen by itself, or the part of one that the page puts in its place."""
    page = read.page_at(request.actor, slug, address)
    if page is None:
        raise NotFound(_("There is no such page, or it is not open to you."))
    is_part = request.headers.get("HX-Request") == "true"
    most = read.SHOWN_BESIDE_PAGE if is_part else read.NOTES_A_SCREEN
    context = {"page": page, "mine": read.on_page(request.actor, page.held.page_id, most), "is_part": is_part}
    return screen(request, "mastery/panel_page_part.html" if is_part else "mastery/panel_page.html", context)


def note_or_404(request: ActorRequest, note_id: UUID) -> PracticeNote:
    """The actor's own note."""
    found = read.note_of(request.actor, note_id)
    if found is None:
        raise NotFound(_("There is no such note of yours. It may have been thrown away."))
    return found


def _practice_or_404(request: ActorRequest, practice_id: UUID) -> Practice:
    found = read.practice_of(request.actor, practice_id)
    if found is None:
        raise NotFound(_("There is nothing of yours here. It may have been thrown away."))
    return found


def going_on(request: HttpRequest, found: Any) -> dict[str, object]:
    """What was sent, to go on from the state of today."""
    return {**request.POST.dict(), "seen": read.state_of(found)}


def id_asked(request: HttpRequest, name: str) -> UUID | None:
    """An id in the address or the form; none where it is not one."""
    try:
        return UUID(request.POST.get(name) or request.GET.get(name, ""))
    except ValueError:
        return None


def _page_asked(request: ActorRequest, tried: Practice | None = None) -> read.PageNow | None:
    """The page that the form cites, for its heading."""
    slug = request.POST.get("manual") or request.GET.get("manual", "")
    if not slug and tried and tried.manual:
        return read.page_cited(request.actor, tried.manual.slug, tried.page_id)
    return read.page_cited(request.actor, slug, id_asked(request, "page"))


def _form_screen(request: ActorRequest, template: str, form: Any, **more: object) -> HttpResponse:
    """A screen with its form; 409 when it was changed elsewhere, 400 when something is amiss."""
    status = 409 if more.get("problem") else 400 if form.is_bound and form.errors else 200
    return screen(request, template, {"form": form, **more}, status)
