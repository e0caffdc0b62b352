"""What changed, for feed readers; and titles, for the editor's list of pages."""

import re
from collections.abc import Callable

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from fieldcraft.engine.words import fold
from fieldcraft.errors import NotFound
from fieldcraft.manual.queries.changes import Change, What, changed_lately
from fieldcraft.manual.queries.reading import page_url
from fieldcraft.manual.queries.resolve import Stack
from fieldcraft.manual.views.asked import stack_or_404
from fieldcraft.people.access import Actor, ActorRequest
from fieldcraft.people.queries import actor_by_feed_key, feed_key

TITLES_SHOWN = 12
_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _reader(request: ActorRequest) -> Actor:
    """Who reads: a feed reader cannot sign in, so its address may carry a person's own key."""
    key = request.GET.get("key", "")
    return (actor_by_feed_key(key) if key else None) or request.actor


def manual_feed(request: ActorRequest, slug: str) -> HttpResponse:
    """What changed lately in the manual, as Atom."""
    stack = stack_or_404(_reader(request), slug)
    return _feed(request, stack, stack.manual.title, reverse("manual:changes", args=[slug]), changed_lately(stack))


def page_feed(request: ActorRequest, slug: str, address: str) -> HttpResponse:
    """What became of one page, as Atom."""
    stack = stack_or_404(_reader(request), slug)
    held = stack.at(address)
    if held is None:
        raise NotFound(_("There is no such page in this manual."))
    changes = changed_lately(stack, page_id=held.page_id)
    return _feed(request, stack, f"{held.title} · {stack.manual.title}", page_url(stack, held), changes)


def _feed(request: ActorRequest, stack: Stack, title: str, path: str, changes: list[Change]) -> HttpResponse:
    own = request.build_absolute_uri(request.path)
    feed = Atom1Feed(_as_xml(title), request.build_absolute_uri(path), None, feed_url=own, feed_guid=own)
    for change in changes:
        feed.add_item(
            _as_xml(change.title),
            request.build_absolute_uri(_revision_url(stack, change)),
            _as_xml(_told(change)),
            author_name=_as_xml(change.by or change.whose),
            unique_id=f"urn:uuid:{change.revision_id}",
            pubdate=change.at,
            updateddate=change.at,
        )
    response = HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    response["Cache-Control"] = "private, no-cache"
    return response


def _told(change: Change) -> str:
    """What happened, why, and what it serves; of a plain change the reason says enough."""
    says_enough = change.what is What.CHANGED and change.why
    said = change.why if says_enough else f"{change.what.label}. {change.why}".rstrip()
    return " · ".join([said, *([_("serves %(pole)s") % {"pole": change.serves}] if change.serves else [])])


def _as_xml(text: str) -> str:
    """Without the signs that XML cannot hold, as word processors leave them in what is pasted."""
    return _NOT_IN_XML.sub(" ", text)


def _revision_url(stack: Stack, change: Change) -> str:
    return reverse("manual:revision", args=[stack.manual.slug, change.revision_id])


def own_key(request: ActorRequest) -> str:
    """What a signed-in reader's feed addresses end with; "" for everybody else, who reads public manuals alone."""
    return f"?key={feed_key(request.user)}" if request.user.is_authenticated else ""


def page_titles(request: ActorRequest, slug: str) -> JsonResponse:
    """Pages whose title holds the letters, those that begin with them first."""
    stack = stack_or_404(request.actor, slug)
    wanted = fold(request.GET.get("q", "")[:100]).strip()
    titles = sorted({held.title for held in stack.read_pages() if wanted in fold(held.title)}, key=_nearness(wanted))
    return JsonResponse({"pages": [{"title": title} for title in titles[:TITLES_SHOWN]]})


def _nearness(wanted: str) -> Callable[[str], tuple[bool, str]]:
    return lambda title: (not fold(title).startswith(wanted), fold(title))
