"""One page of a manual, and what hangs on it."""

from datetime import date
from uuid import UUID

from django.http import FileResponse, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fieldcraft.errors import NotFound
from fieldcraft.kept import Kept
from fieldcraft.manual import policy
from fieldcraft.manual.models import Kind, Standing
from fieldcraft.manual.queries import pages as page_queries
from fieldcraft.manual.queries.contents import contents, neighbours
from fieldcraft.manual.queries.history import readable
from fieldcraft.manual.queries.layers import Held
from fieldcraft.manual.queries.neighbours import may_write_somewhere
from fieldcraft.manual.queries.reading import PageAsRead, backlinks, page_as_read, page_url, revision_as_read
from fieldcraft.manual.queries.remarks import remarks_of_page
from fieldcraft.manual.queries.resolve import Stack
from fieldcraft.manual.queries.steps import open_step_of
from fieldcraft.manual.views.asked import is_known, stack_or_404, tag_of, with_tag
from fieldcraft.people.access import ActorRequest

SHOWN_AS_PICTURE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
_kept: Kept[tuple[PageAsRead, list[Held]]] = Kept(512, most_size=8_000_000)  # signs of text


def page(request: ActorRequest, slug: str, address: str) -> HttpResponse:
    """The page as this manual's reader gets it; former addresses, and its title, lead on to the present one."""
    stack = stack_or_404(request.actor, slug)
    held = stack.at(address)
    if held is None:
        named = stack.titled(address)
        return redirect(page_url(stack, named)) if named else _nothing_here(request, stack, address.replace("-", " "))
    if stack.address(held) != address:
        return HttpResponsePermanentRedirect(page_url(stack, held))
    tag = tag_of(request, stack, timezone.localdate())  # on which it depends what is quiet until when
    if is_known(request, tag):
        return with_tag(HttpResponse(status=304), tag)
    return with_tag(render(request, "manual/page.html", _page_context(request, stack, held)), tag)


def _page_context(request: ActorRequest, stack: Stack, held: Held) -> dict[str, object]:
    read, linking = _read(stack, held)
    found = contents(stack)
    before, after = neighbours(found, held)
    return {
        "stack": stack,
        "manual": stack.manual,
        "read": read,
        "standing": _standing(stack, held),
        "above": found.above.get(held.page_id, ()),
        "before": before and (before.title, page_url(stack, before)),
        "after": after and (after.title, page_url(stack, after)),
        "backlinks": [(each.title, page_url(stack, each)) for each in linking],
        "remarks": remarks_of_page(request.actor, stack, held, read.revision.rendering.html),
        "drafts": stack.drafts_of(held),
        "is_core_text": read.manual.kind == Kind.CORE,
        "address": stack.address(held),
        "is_own": held.manual_id == stack.manual.pk,
        "quiet_until": _quiet_until(stack, read),
        "is_house": policy.is_of_the_house(request.actor, stack.manual),
        "write": policy.can_write(request.actor, stack.manual),
        "copied_from": _copied_from(request, read),
        "may_copy": not policy.can_write(request.actor, stack.manual) and may_write_somewhere(request.actor),
    }


def _copied_from(request: ActorRequest, read: PageAsRead) -> tuple[str, str] | None:
    """Title and address of the manual it was copied from, for those who may read that manual."""
    found = readable(request.actor, [read.copied_from.slug]) if read.copied_from else []
    if not found:
        return None
    there = found[0].covering(read.held.page_id)
    url = page_url(found[0], there) if there else reverse("manual:contents", args=[found[0].manual.slug])
    return found[0].manual.title, url


def _quiet_until(stack: Stack, read: PageAsRead) -> date | None:
    """The day until which the team keeps its own text of a page that the core has moved on from."""
    if not read.core_moved_on or read.held.manual_id != stack.manual.pk:
        return None
    step = open_step_of(stack, read.held.page_id)
    until = step.quiet_until if step else None
    return until if until and until > timezone.localdate() else None


def _read(stack: Stack, held: Held) -> tuple[PageAsRead, list[Held]]:
    """Resolved once for each state of the manual; any change in any layer is another state."""
    key = (stack.manual.pk, stack.state, held.page_id)
    if found := _kept.get(key):
        return found
    read = page_as_read(stack, held)
    return _kept.keep(key, (read, backlinks(stack, held)), size=sum(len(html) for html, _notes in read.parts))


def _standing(stack: Stack, held: Held) -> str:
    """The page's standing in the manual that is being read; what is set aside below is not in use here either."""
    if held.manual_id == stack.manual.pk or held.standing is Standing.SET_ASIDE:
        return held.standing
    has_note = any(note.manual_id == stack.manual.pk for note in stack.notes(held.page_id))
    return "noted" if has_note else "inherited"


def _nothing_here(request: ActorRequest, stack: Stack, title: str) -> HttpResponse:
    context = {
        "stack": stack,
        "manual": stack.manual,
        "title": title[:200],
        "write": policy.can_write(request.actor, stack.manual),
    }
    return render(request, "manual/page_missing.html", context, status=404)


def page_missing(request: ActorRequest, slug: str) -> HttpResponse:
    """Where a link leads that names a page nobody has written; or to the page, if somebody has since."""
    stack = stack_or_404(request.actor, slug)
    title = request.GET.get("title", "")
    held = stack.titled(title)
    return HttpResponseRedirect(page_url(stack, held)) if held else _nothing_here(request, stack, title)


def revision(request: ActorRequest, slug: str, revision_id: UUID) -> HttpResponse:
    """One agreed revision as it was, for ever at this address."""
    stack = stack_or_404(request.actor, slug)
    found = page_queries.revision_in(stack, revision_id)
    held = stack.covering(found.edition.page_id) if found else None
    if found is None:
        raise NotFound(_("There is no such revision in this manual."))
    context = {
        "stack": stack,
        "manual": stack.manual,
        "revision": found,
        "html": revision_as_read(stack, found),
        "page_url": page_url(stack, held) if held else "",
        "is_current": held is not None and found.pk == held.revision_id,
        "whose": found.edition.manual,
    }
    return render(request, "manual/revision.html", context)


def file(request: ActorRequest, slug: str, path: str) -> HttpResponse | FileResponse:
    """A picture or file of the manual; anything but a plain picture is handed over to be saved."""
    stack = stack_or_404(request.actor, slug)
    attachment = page_queries.attachment_in(stack, path)
    if attachment is None or not page_queries.file_of(attachment.sha256).exists():
        raise NotFound(_("There is no such file in this manual."))
    is_picture = attachment.media_type in SHOWN_AS_PICTURE
    response = FileResponse(
        page_queries.file_of(attachment.sha256).open("rb"),
        as_attachment=not is_picture and attachment.media_type != "image/svg+xml",
        filename=path.rpartition("/")[2],
        content_type=attachment.media_type,
    )
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return with_tag(response, f'"{attachment.sha256[:32]}"')
