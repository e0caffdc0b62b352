"""Taking a manual along: which formats there are, and the file itself."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from fieldcraft.engine.formats.export.history import history_json
from fieldcraft.engine.formats.export.zipped import zipped
from fieldcraft.errors import NotAllowed, NotFound
from fieldcraft.manual import policy
from fieldcraft.manual.queries.export.formats import (
    Extent,
    book_of,
    markdown_of,
    wiki_list_of,
    wiki_page_of,
)
from fieldcraft.manual.queries.export.history import history_for
from fieldcraft.manual.queries.export.pages import aside_of
from fieldcraft.manual.queries.resolve import Stack
from fieldcraft.manual.views.asked import stack_or_404
from fieldcraft.people.access import Actor, ActorRequest

_KINDS = {
    "markdown": ("zip", "application/zip"),
    "html": ("html", "text/html; charset=utf-8"),
    "tiddlywiki": ("html", "text/html; charset=utf-8"),
    "tiddlywiki-json": ("json", "application/json"),
    "json": ("json", "application/json"),
}


def export_page(request: ActorRequest, slug: str) -> HttpResponse:
    """The formats, each as a download; the history only for those whose manual it is."""
    stack = stack_or_404(request.actor, slug)
    context = {
        "stack": stack,
        "manual": stack.manual,
        "extents": [Extent.AS_READ, Extent.OWN] if len(stack.manuals) > 1 else [Extent.AS_READ],
        "has_aside": bool(aside_of(stack, Extent.AS_READ)),
        "may_have_history": policy.is_of_the_house(request.actor, stack.manual),
    }
    return render(request, "manual/export.html", context)


def export_file(request: ActorRequest, slug: str, format: str) -> HttpResponse:
    """The manual in one file to be saved."""
    stack = stack_or_404(request.actor, slug)
    if format not in _KINDS:
        raise NotFound(_("A manual cannot be exported as this. Choose one of the formats from the list."))
    ending, media_type = _KINDS[format]
    extent = Extent.OWN if request.GET.get("extent") == Extent.OWN else Extent.AS_READ
    response = HttpResponse(_content(request.actor, stack, format, extent), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{stack.manual.slug}.{ending}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _content(actor: Actor, stack: Stack, chosen: str, extent: Extent) -> bytes:
    if chosen == "json":
        if not policy.is_of_the_house(actor, stack.manual):
            raise NotAllowed(_("The history is for those whose manual this is. Choose another format."))
        return history_json(history_for(actor, stack.manual))
    if chosen == "markdown":
        return zipped(markdown_of(stack, extent))
    make = {"html": book_of, "tiddlywiki": wiki_page_of, "tiddlywiki-json": wiki_list_of}[chosen]
    return make(stack, extent)
