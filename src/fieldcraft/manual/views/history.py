"""What became of a page: its texts, two side by side, and bringing something back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from fieldcraft.errors import NotFound
from fieldcraft.manual import policy
from fieldcraft.manual.actions.pages import UNDO_FOR, bring_back
from fieldcraft.manual.models import Edition, Revision, State
from fieldcraft.manual.queries.contents import contents
from fieldcraft.manual.queries.history import (
    gone_lately,
    held_last,
    history,
    never_agreed,
    text_of_page,
)
from fieldcraft.manual.queries.layers import Held
from fieldcraft.manual.queries.reading import page_url, pages_url
from fieldcraft.manual.queries.resolve import Stack
from fieldcraft.manual.queries.steps import decided_lately
from fieldcraft.manual.views.asked import stack_or_404
from fieldcraft.manual.views.comparing import folded_or_whole, revisions_beside
from fieldcraft.manual.views.feeds import own_key
from fieldcraft.people.access import ActorRequest, require


def _asked(request: ActorRequest, slug: str, address: str) -> tuple[Stack, Held]:
    stack = stack_or_404(request.actor, slug)
    held = stack.at(address) or held_last(request.actor, stack, address)
    if held is None:
        raise NotFound(_("There is no such page in this manual."))
    return stack, held


def _context(stack: Stack, held: Held, **more: object) -> dict[str, object]:
    address = stack.address(held)
    is_gone = stack.covering(held.page_id) is None
    url = reverse("manual:contents", args=[stack.manual.slug]) if is_gone else page_url(stack, held)
    here = {"stack": stack, "manual": stack.manual, "held": held, "page_url": url, "address": address}
    return {**here, "is_gone": is_gone, **more}


def page_history(request: ActorRequest, slug: str, address: str) -> HttpResponse:
    """Every text of the page, newest first: who, when, why, who agreed."""
    stack, held = _asked(request, slug, address)
    told = history(request.actor, stack, held.page_id)
    shown = [(each, _against(stack, held, each)) for each in told]
    write = policy.can_write(request.actor, stack.manual)
    is_house = policy.is_of_the_house(request.actor, stack.manual)
    decided = decided_lately(request.actor, stack, timezone.now() - UNDO_FOR, held.page_id) if is_house else []
    context = _context(stack, held, shown=shown, write=write, decided=decided, feed_key=own_key(request))
    return render(request, "manual/page_history.html", context)


def _against(stack: Stack, held: Held, revision: Revision) -> str:
    """Where the text is compared with the one it came after."""
    old = revision.parent_id or revision.base_id
    return _compare_url(stack, held, old, revision.pk) if old else ""


def _compare_url(stack: Stack, held: Held, old: UUID, new: UUID) -> str:
    path = reverse("manual:page-compare", args=[stack.manual.slug, stack.address(held)])
    return f"{path}?{urlencode({'old': str(old), 'new': str(new)})}"


def page_compare(request: ActorRequest, slug: str, address: str) -> HttpResponse:
    """Two texts of the page side by side; without saying which, the text below and the one readers have."""
    stack, held = _asked(request, slug, address)
    below = stack.below(held)
    old_id = _uuid(request, "old") or (below.revision_id if below else held.revision_id)
    new_id = _uuid(request, "new") or held.revision_id
    old, new = (text_of_page(request.actor, stack, held.page_id, each) for each in (old_id, new_id))
    if old is None or new is None:
        raise NotFound(_("One of these texts is not there, or is not open to you."))
    url = _compare_url(stack, held, old_id, new_id)
    more = {
        "old": old,
        "new": new,
        "only": "only" in request.GET,
        **folded_or_whole(request, revisions_beside(stack, old, new), url),
    }
    return render(request, "manual/page_compare.html", _context(stack, held, **more))


def _uuid(request: HttpRequest, name: str) -> UUID | None:
    try:
        return UUID(request.GET[name])
    except (KeyError, ValueError):
        return None


def gone(request: ActorRequest, slug: str) -> HttpResponse:
    """What was given up in the last thirty days, and bringing it back."""
    stack = stack_or_404(request.actor, slug)
    require(policy.can_write(request.actor, stack.manual))
    shown = gone_lately(stack, timezone.now() - UNDO_FOR)
    if request.method == "POST":
        return _brought_back(request, stack, shown)
    context = {
        "stack": stack,
        "manual": stack.manual,
        "shown": shown,
        "aside": contents(stack).aside,
        "pages_url": pages_url(slug),
        "not_agreed": never_agreed(stack),
    }
    return render(request, "manual/gone.html", context)


def _brought_back(request: ActorRequest, stack: Stack, shown: list[Edition]) -> HttpResponse:
    chosen = next((each for each in shown if str(each.pk) == request.POST.get("edition")), None)
    if chosen is None:
        raise NotFound(_("There is no such page to bring back; somebody may have done so already."))
    made = bring_back(actor=request.actor, edition=chosen)
    if made.state == State.AGREED:
        messages.success(request, _("Brought back."))
        return redirect("manual:gone", stack.manual.slug)
    return redirect("manual:draft", stack.manual.slug, made.pk)
