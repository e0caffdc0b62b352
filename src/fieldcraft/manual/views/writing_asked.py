"""What all writing screens share: which page, which screen, and where it goes on from there."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fieldcraft.errors import Invalid, NotFound
from fieldcraft.manual import policy
from fieldcraft.manual.forms.passages import BesideForm
from fieldcraft.manual.models import Manual, Revision, Standing, State
from fieldcraft.manual.queries.drafts import yeses_needed
from fieldcraft.manual.queries.layers import Held
from fieldcraft.manual.queries.passages import passages_read
from fieldcraft.manual.queries.publications import gathering
from fieldcraft.manual.queries.reading import page_url
from fieldcraft.manual.queries.remarks import RemarkAsRead, remark_as_read, remark_in
from fieldcraft.manual.queries.resolve import Stack, stack_named
from fieldcraft.manual.views.asked import stack_or_404
from fieldcraft.people.access import ActorRequest, require


def page_to_write(request: ActorRequest, slug: str, address: str) -> tuple[Stack, Held]:
    """The page that the actor may write on."""
    stack = stack_or_404(request.actor, slug)
    held = stack.at(address)
    if held is None:
        raise NotFound(_("There is no such page in this manual."))
    require(policy.can_write(request.actor, stack.manual))
    return stack, held


def began_from(based_on: UUID | None) -> UUID:
    """The text that the writer had before them, which every write has to say. Raises Invalid without one."""
    if based_on is None:
        raise Invalid(_("It is not clear which text you began from. Open the page again and copy your words into it."))
    return based_on


def remark_to_answer(request: ActorRequest, stack: Stack, held: Held) -> RemarkAsRead | None:
    """The remark of this page that the change is to come from, for whoever may read it."""
    try:
        found = remark_in(request.actor, stack, UUID(request.POST.get("remark") or request.GET["remark"]))
    except (KeyError, ValueError):
        return None
    return remark_as_read(stack, held, found) if found and found.page_id == held.page_id else None


def to_page(manual: Manual, held: Held) -> HttpResponseRedirect:
    """The page as it is now, wherever the change has put it."""
    stack = stack_named(manual.slug)
    now = stack.covering(held.page_id) if stack else None
    return HttpResponseRedirect(page_url(stack, now)) if stack and now else redirect("manual:contents", manual.slug)


def told(request: ActorRequest, stack: Stack, held: Held | None, made: Revision, sentence: str) -> HttpResponse:
    """After a change: the page where readers have it, the draft where the team is still to agree."""
    if made.state == State.AGREED:
        messages.success(request, sentence)
        return where_it_is(stack, held, made)
    if made.state == State.GATHERED:
        messages.success(request, sentence_of_gathered(made))
        return redirect("manual:draft", stack.manual.slug, made.pk)
    messages.success(request, _("Your team sees your draft now. Readers get it when enough have agreed."))
    return redirect("manual:draft", stack.manual.slug, made.pk)


def sentence_of_gathered(made: Revision) -> str:
    """What comes next for a change that waits to be published with others."""
    title = made.publication.title if made.publication else ""
    return _("Gathered for “%(title)s”. Readers get it when that is published.") % {"title": title}


def where_it_is(stack: Stack, held: Held | None, made: Revision) -> HttpResponse:
    """The manual's own page goes by its own address, whatever lies below; a note stands where the page stands."""
    if held and made.standing == Standing.NOTED:
        return HttpResponseRedirect(page_url(stack, held))
    if held and made.standing == Standing.INHERITED:
        return to_page(stack.manual, held)
    return redirect("manual:page", stack.manual.slug, made.edition.slug)


def screen(request: ActorRequest, name: str, stack: Stack, form: Any, **more: object) -> HttpResponse:
    """A writing screen with its form; 409 when somebody else was quicker, 400 when something is amiss."""
    if isinstance(form, BesideForm) and isinstance(held := more.get("held"), Held):
        form.offer(passages_read(stack, held, form["based_on"].value()))
    found = gathering(stack.manual)
    waits = {"needed": yeses_needed(stack.manual), "gathered_for": found and found[0]}
    context = {"stack": stack, "manual": stack.manual, "form": form, **waits, **more}
    status = 409 if more.get("is_stale") else 400 if form.errors else 200
    return render(request, f"manual/page_{name}.html", context, status=status)
