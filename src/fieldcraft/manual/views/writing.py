"""Noting, adapting, adding, setting aside: a plain form each, which works without JavaScript."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fieldcraft.errors import Invalid, NotFound, Stale
from fieldcraft.manual import policy
from fieldcraft.manual.actions.pages import (
    Text,
    adapt_page,
    add_page,
    note_page,
    return_to_core,
    revise,
    set_page_aside,
)
from fieldcraft.manual.forms import AsideForm, NoteForm, TextForm
from fieldcraft.manual.models import Manual, Revision
from fieldcraft.manual.queries.layers import Held
from fieldcraft.manual.queries.pages import edition_of, revision_in
from fieldcraft.manual.queries.reading import page_url
from fieldcraft.manual.queries.resolve import Stack, stack_named
from fieldcraft.manual.views.asked import stack_or_404
from fieldcraft.people.access import ActorRequest, require


def _asked(request: ActorRequest, slug: str, address: str) -> tuple[Stack, Held]:
    """The page that the actor may write on."""
    stack = stack_or_404(request.actor, slug)
    held = stack.at(address)
    if held is None:
        raise NotFound(_("There is no such page in this manual."))
    require(policy.can_write(request.actor, stack.manual))
    return stack, held


def _to_page(manual: Manual, held: Held) -> HttpResponseRedirect:
    """The page as it is now, wherever the change has put it."""
    stack = stack_named(manual.slug)
    now = stack.covering(held.page_id) if stack else None
    return HttpResponseRedirect(page_url(stack, now)) if stack and now else redirect("manual:contents", manual.slug)


def _screen(request: ActorRequest, name: str, stack: Stack, form: Any, **more: object) -> HttpResponse:
    context = {"stack": stack, "manual": stack.manual, "form": form, **more}
    status = 409 if more.get("theirs") else 400 if form.errors else 200
    return render(request, f"manual/page_{name}.html", context, status=status)


def note(request: ActorRequest, slug: str, address: str) -> HttpResponse:
    """A local note beside a page, or beside a passage of it."""
    stack, held = _asked(request, slug, address)
    form = NoteForm(request.POST or None, initial={"quote": request.GET.get("quote", "")})
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        text = Text(held.title, asked["body"], quote=asked["quote"])
        try:
            note_page(actor=request.actor, manual=stack.manual, page_id=held.page_id, text=text)
        except Invalid as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Your note stands beside the page."))
            return _to_page(stack.manual, held)
    return _screen(request, "note", stack, form, held=held, page_url=page_url(stack, held))


def change(request: ActorRequest, slug: str, address: str) -> HttpResponse:
    """Change the manual's own page, or cover the page below with one of its own."""
    stack, held = _asked(request, slug, address)
    current = revision_in(stack, held.revision_id)
    if current is None:
        raise NotFound(_("There is no such page in this manual."))
    form = TextForm(request.POST or None, initial=_before(current))
    is_own = held.manual_id == stack.manual.pk
    more: dict[str, object] = {"held": held, "is_own": is_own, "page_url": page_url(stack, held)}
    if request.method == "POST" and form.is_valid():
        try:
            _keep(request, stack, held, form)
        except Stale as problem:
            return _both_texts(request, stack, form, current, {**more, "sentence": str(problem)})
        except Invalid as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Kept. Readers have your text now."))
            return _to_page(stack.manual, held)
    return _screen(request, "change", stack, form, **more)


def _before(current: Revision) -> dict[str, object]:
    tags = ", ".join(current.tags)
    return {"title": current.title, "body": current.body, "tags": tags, "based_on": current.pk}


def _text(form: TextForm) -> Text:
    asked = form.cleaned_data
    return Text(asked["title"], asked["body"], asked["tags"], reason=asked["reason"], pole=asked["pole"])


def _keep(request: ActorRequest, stack: Stack, held: Held, form: TextForm) -> None:
    based_on = form.cleaned_data["based_on"]
    if based_on is None:
        raise Invalid(_("It is not clear which text you began from. Open the page again and copy your words into it."))
    if held.manual_id == stack.manual.pk:
        edition = edition_of(held)
        revise(actor=request.actor, edition=edition, text=_text(form), based_on=based_on)
        return
    adapt_page(actor=request.actor, manual=stack.manual, page_id=held.page_id, text=_text(form), based_on=based_on)


def _both_texts(
    request: ActorRequest, stack: Stack, form: TextForm, theirs: Revision, more: dict[str, object]
) -> HttpResponse:
    """The second of two savers: both texts are there, and going on is based on the newer one."""
    going_on = TextForm({**dict(request.POST.items()), "based_on": str(theirs.pk)})
    going_on.is_valid()
    return _screen(request, "change", stack, going_on, theirs=theirs, **more)


def add(request: ActorRequest, slug: str) -> HttpResponse:
    """A page that only this manual has."""
    stack = stack_or_404(request.actor, slug)
    require(policy.can_write(request.actor, stack.manual))
    form = TextForm(request.POST or None, initial={"title": request.GET.get("title", "")})
    if request.method == "POST" and form.is_valid():
        try:
            made = add_page(actor=request.actor, manual=stack.manual, text=_text(form))
        except Invalid as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Your page is there."))
            return redirect("manual:page", slug, made.edition.slug)
    return _screen(request, "add", stack, form)


def set_aside(request: ActorRequest, slug: str, address: str) -> HttpResponse:
    """The team does not use a page, and says why."""
    stack, held = _asked(request, slug, address)
    form = AsideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            set_page_aside(actor=request.actor, manual=stack.manual, page_id=held.page_id, reason=reason)
        except Invalid as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Set aside. You can take it back whenever you like."))
            return _to_page(stack.manual, held)
    return _screen(request, "set_aside", stack, form, held=held, page_url=page_url(stack, held))


def return_to_below(request: ActorRequest, slug: str, address: str) -> HttpResponse:
    """Give up this manual's hold: readers get the page below again."""
    stack, held = _asked(request, slug, address)
    below = stack.below(held)
    if held.manual_id != stack.manual.pk or below is None:
        raise NotFound(_("This page is the core's already."))
    if request.method == "POST":
        return_to_core(actor=request.actor, edition=edition_of(held))
        messages.success(request, _("Your readers have the core's text again. Yours is kept in the history."))
        return _to_page(stack.manual, held)
    context = {"stack": stack, "manual": stack.manual, "held": held, "page_url": page_url(stack, held)}
    return render(request, "manual/page_return.html", {**context, "whose": stack.manual_of(below)})
