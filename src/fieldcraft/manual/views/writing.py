"""Changing a page and adding one: a plain form, which works without JavaScript."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from fieldcraft.errors import FieldcraftError, Invalid, NotFound, Stale
from fieldcraft.manual import policy
from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.files import add_file
from fieldcraft.manual.actions.pages import adapt_page, add_page, revise
from fieldcraft.manual.forms import TextForm
from fieldcraft.manual.models import Edition, Revision, Standing
from fieldcraft.manual.queries.combining import Told, put_together
from fieldcraft.manual.queries.contents import contents, has_headings, headings, place_in
from fieldcraft.manual.queries.drafts import drafts_of_text
from fieldcraft.manual.queries.history import came_to_nothing, text_of_page
from fieldcraft.manual.queries.layers import Held, OpenDraft
from fieldcraft.manual.queries.pages import revision_in
from fieldcraft.manual.queries.reading import page_url
from fieldcraft.manual.queries.resolve import Stack, stack_named
from fieldcraft.manual.queries.tags import as_spelled
from fieldcraft.manual.views.asked import stack_or_404
from fieldcraft.manual.views.comparing import beside, what_else_changed
from fieldcraft.manual.views.keeping_asked import asked_of_new, same_name_asked
from fieldcraft.manual.views.writing_asked import began_from, page_to_write, remark_to_answer, screen, told
from fieldcraft.people.access import ActorRequest, require


def change(request: ActorRequest, slug: str, address: str) -> HttpResponse:
    """Change the manual's own page, or cover the page below with one of its own."""
    stack, held = page_to_write(request, slug, address)
    if request.method != "POST" and (gathered := gathered_of(stack, held)):
        messages.info(request, _("A change of this page is gathered already; it is this one that you go on with."))
        return redirect("manual:draft-change", slug, gathered.id)
    form = text_form(request, stack, {} if request.method == "POST" else _begun(request, stack, held))
    more: dict[str, object] = {
        "held": held,
        "is_own": held.manual_id == stack.manual.pk,
        "page_url": page_url(stack, held),
        "drafts": partial(drafts_of_text, stack, held),  # for the screen alone; what was sent is kept without asking
        "noticed": partial(remark_to_answer, request, stack, held),
        "keep": f"change {stack.manual.pk} {held.page_id}",
    }
    if request.method == "POST" and form.is_valid():
        return _changed(request, stack, held, form, more)
    return screen(request, "change", stack, form, **more)


def gathered_of(stack: Stack, held: Held) -> OpenDraft | None:
    """The change of the page's text that waits to be published."""
    return next((draft for draft in drafts_of_text(stack, held) if draft.is_gathered), None)


def _begun(request: ActorRequest, stack: Stack, held: Held) -> dict[str, object]:
    """The form's values before anything is written."""
    current = _as_read(stack, held)
    begun = before(_source(request, stack, held) or _set_aside(current) or current)
    return {**begun, "based_on": current.pk, "remark": request.GET.get("remark")}


def _as_read(stack: Stack, held: Held) -> Revision:
    """The text that the page has."""
    current = revision_in(stack, held.revision_id)
    if current is None:
        raise NotFound(_("There is no such page in this manual."))
    return current


def _source(request: ActorRequest, stack: Stack, held: Held) -> Revision | None:
    """The earlier text of the page that a change begins from, where one was asked for."""
    try:
        found = text_of_page(request.actor, stack, held.page_id, UUID(request.GET["from"]))
    except (KeyError, ValueError):
        return None
    return None if found is None or found.edition.standing == Standing.NOTED else found


def _set_aside(current: Revision) -> Revision | None:
    """The text that a page set aside had: the team's own, or the one below."""
    return (current.parent or current.base) if current.standing == Standing.SET_ASIDE else None


def _changed(request: ActorRequest, stack: Stack, held: Held, form: TextForm, more: dict[str, object]) -> HttpResponse:
    old = _as_read(stack, held) if "preview" in request.POST else None  # sending needs no look at the text before
    match kept_open(request, stack, form, old, held.path):
        case TextForm() as anew:
            return screen(request, "change", stack, anew, **more)
        case dict() as shown:
            return screen(request, "change", stack, form, **more, **shown)
    if (asked := same_name_asked(stack, form, held.page_id, held.title)) is not None:
        return screen(request, "change", stack, form, **more, **asked)
    try:
        made = _sent(request, stack, held, form)
        return told(request, stack, held, made, _("Kept. Readers have your text now."))
    except Stale as problem:
        theirs = _by_now(stack, held) or _as_read(stack, held)
        return both_texts(request, "change", stack, form, theirs, {**more, "sentence": str(problem)})
    except Invalid as problem:
        form.add_error(None, str(problem))
    return screen(request, "change", stack, form, **more)


def _by_now(stack: Stack, held: Held) -> Revision | None:
    """The text that readers have by now; somebody may have been quicker while this one was on its way."""
    now = stack_named(stack.manual.slug)
    newest = now.covering(held.page_id) if now else None
    return revision_in(now, newest.revision_id) if now and newest else None


def _sent(request: ActorRequest, stack: Stack, held: Held, form: TextForm) -> Revision:
    based_on, text = began_from(form.cleaned_data["based_on"]), text_of(stack, form)
    if held.manual_id == stack.manual.pk:
        edition = Edition(pk=held.edition_id, manual=stack.manual)  # which one; it is read once its row is held
        return revise(actor=request.actor, edition=edition, text=text, based_on=based_on)
    return adapt_page(actor=request.actor, manual=stack.manual, page_id=held.page_id, text=text, based_on=based_on)


def add(request: ActorRequest, slug: str) -> HttpResponse:
    """A page that only this manual has."""
    stack = stack_or_404(request.actor, slug)
    require(policy.can_write(request.actor, stack.manual))
    form = text_form(request, stack, _to_begin_from(request, stack))
    keep = f"add {stack.manual.pk}"
    if request.method == "POST" and form.is_valid():
        match kept_open(request, stack, form, None):
            case TextForm() as anew:
                return screen(request, "add", stack, anew, keep=keep)
            case dict() as shown:
                return screen(request, "add", stack, form, keep=keep, **shown)
        if (asked := asked_of_new(stack, form)) is not None:
            return screen(request, "add", stack, form, keep=keep, **asked)
        try:
            made = add_page(actor=request.actor, manual=stack.manual, text=text_of(stack, form))
            return told(request, stack, None, made, _("Your page is there."))
        except Invalid as problem:
            form.add_error(None, str(problem))
    return screen(request, "add", stack, form, keep=keep)


def _to_begin_from(request: ActorRequest, stack: Stack) -> dict[str, object]:
    """A page that came to nothing, or the title that a link asked for."""
    try:
        found = came_to_nothing(request.actor, stack, UUID(request.GET["from"]))
    except (KeyError, ValueError):
        found = None
    return {**before(found), "based_on": None} if found else {"title": request.GET.get("title", "")}


def text_form(request: ActorRequest, stack: Stack, initial: dict[str, object]) -> TextForm:
    """The form for a page's text, filled with what was sent or with what there is."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    return form_in(stack, *sent, initial=initial)


def form_in(stack: Stack, *sent: Any, initial: dict[str, Any] | None = None) -> TextForm:
    """The form with what it knows of the manual: its headings, its titles, its files."""
    return TextForm(
        *sent,
        initial=initial,
        sections=partial(headings, stack) if has_headings(stack) else None,
        pages_url=reverse("manual:page-titles", args=[stack.manual.slug]),
        files_url=reverse("manual:file", args=[stack.manual.slug, "-"]).removesuffix("-"),
    )


def before(current: Revision) -> dict[str, object]:
    """The form's values for a text that there is."""
    tags = ", ".join(current.tags)
    return {"title": current.title, "body": current.body, "tags": tags, "based_on": current.pk}


def text_of(stack: Stack, form: TextForm) -> Text:
    """What the form says, as actions take it."""
    asked = form.cleaned_data
    path, place = asked["path"], asked.get("place")
    position = place_in(contents(stack), path or (), last=place == "last") if place or path is not None else None
    return Text(
        asked["title"],
        asked["body"],
        as_spelled(stack, asked["tags"], but=asked["based_on"]),
        section=path,
        position=position,
        reason=asked["reason"],
        pole=asked["pole"],
        remark=asked["remark"],
    )


def kept_open(
    request: ActorRequest, stack: Stack, form: TextForm, old: Revision | None, path: str = ""
) -> TextForm | dict[str, object] | None:
    """The two buttons that do not send the change: a file is put in, or the change is shown beside `old`.

    Gives the form anew, or what the screen shows above it; None when the change is to be sent.
    """
    if "add-file" in request.POST:
        return _with_file(request, stack, form)
    if "preview" in request.POST:
        new = text_of(stack, form)
        fields = what_else_changed(old, new)
        return {"compared": beside(stack, path, old.body if old else "", new.body, fields)}
    return None


def _with_file(request: ActorRequest, stack: Stack, form: TextForm) -> TextForm:
    file = form.cleaned_data["file"]
    if file is None:
        form.add_error("file", _("Choose a picture or file first."))
        return form
    try:
        shown = add_file(actor=request.actor, manual=stack.manual, name=file.name, content=file.read())
    except FieldcraftError as problem:
        form.add_error("file", str(problem))
        return form
    sent = {**request.POST.dict(), "body": f"{form.cleaned_data['body'].rstrip()}\n\n{shown}\n"}
    return form_in(stack, initial=sent)


def _begun_from(request: ActorRequest, stack: Stack, theirs: Revision, based_on: UUID | None) -> Revision | None:
    return text_of_page(request.actor, stack, theirs.edition.page_id, based_on) if based_on else None


def both_texts(
    request: ActorRequest,
    name: str,
    stack: Stack,
    form: TextForm,
    theirs: Revision,
    more: dict[str, Any],
    *,
    began: Revision | None = None,
    goes_on_from: UUID | str | None = None,
) -> HttpResponse:
    """The second of two savers: both texts side by side, and going on is based on the newer one.

    Where they changed different parts, the box holds both together.

    began: what the writer began from, goes_on_from: what going on is based on, where these are no texts that readers have.
    """
    given = form.cleaned_data
    began = began or _begun_from(request, stack, theirs, given["based_on"])
    together = put_together(began, Told(given["title"], given["body"], given["tags"]), theirs) if began else None
    own = {"title": together.title, "body": together.body, "tags": ", ".join(together.tags)} if together else {}
    going_on = form_in(
        stack, {**request.POST.dict(), "based_on": str(theirs.pk if goes_on_from is None else goes_on_from), **own}
    )
    going_on.is_valid()
    both = {
        "theirs": theirs,
        "compared": beside(stack, theirs.edition.path, theirs.body, together.body if together else given["body"]),
        "is_together": together is not None,
        "sent": given["body"],
        "is_stale": True,
    }
    return screen(request, name, stack, going_on, **both, **more)
