"""A page as one reader gets it: its text with links that lead somewhere, and whose words these are."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import lru_cache
from html import escape
from posixpath import dirname, join, normpath
from urllib.parse import quote
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

from fieldcraft.engine.words import name_key
from fieldcraft.manual.models import Link, Manual, Rendering, Revision, Standing
from fieldcraft.manual.queries.layers import Held
from fieldcraft.manual.queries.resolve import Stack
from fieldcraft.ui.beside import place_of
from fieldcraft.ui.markdown import LinkTo

_PLACE = re.compile(r'(<a|<img) ((?:[a-z]+="[^"]*" )*?)(href|src)="fc:(\d+)"([^>]*)>(?:([^<]*)</a>)?')
_FIRST_HEADING = re.compile(r'\s*<h2 id="[^"]*">(.*?)</h2>')


@dataclass(frozen=True, slots=True)
class Note:
    """A local note as shown beside its passage.

    revision: its text, with why it is as it is.
    quote: that passage, "" for a note on the page as a whole; around: what stood before and behind it.
    brought_by: who brought it in, where it came from a file that names somebody else.
    """

    held: Held
    manual: Manual
    revision: Revision
    html: SafeString
    quote: str
    around: tuple[str, str]
    by: str
    at: datetime | None
    brought_by: str = ""


@dataclass(frozen=True, slots=True)
class PageAsRead:
    """Everything the page screen says about the text.

    parts: the text, links resolved in this manual, cut where local notes stand, each part with the notes after it.
    page_notes: notes on the page as a whole.
    lost_notes: notes whose passage is not there any more.
    headings: (level, id, words) of what is on this page.
    below: what the page would be without this hold; None when nothing lies below.
    core_moved_on: the page below has another revision than the one that this was last in step with, or is gone.
    core_is_gone: it is gone.
    credits: the teams whose offered text went into it, each once; "" for one that does not want to be named.
    copied_from: the manual it was copied from, as far as that is told; the view asks whether the reader may know.
    """

    held: Held
    manual: Manual
    revision: Revision
    parts: tuple[tuple[SafeString, tuple[Note, ...]], ...]
    page_notes: tuple[Note, ...]
    lost_notes: tuple[Note, ...]
    headings: tuple[tuple[int, str, str], ...]
    below: Held | None
    below_manual: Manual | None
    core_moved_on: bool
    core_is_gone: bool
    credits: tuple[str, ...] = ()
    copied_from: Manual | None = None

    @property
    def by(self) -> str:
        return self.revision.by.name if self.revision.by else ""


def page_as_read(stack: Stack, held: Held) -> PageAsRead:
    """The page's current text in this manual, with its local notes; one query."""
    noted = stack.notes(held.page_id)
    wanted = [held.revision_id, *(note.revision_id for note in noted)]
    found = Rendering.objects.filter(pk__in=wanted).select_related(
        "revision__by", "revision__edition", "revision__copied_from__edition__manual"
    )
    found = found.defer("revision__copied_from__body", "revision__copied_from__header")
    renderings = {rendering.revision_id: rendering for rendering in found}
    own = renderings[held.revision_id]
    below = stack.below(held)
    html = _without_title(filled(stack, held.path, own), held.title)
    notes = [_note(stack, note, renderings[note.revision_id]) for note in noted]
    places = {note.held.edition_id: place_of(html, note.quote, *note.around) for note in notes if note.quote}
    return PageAsRead(
        held=held,
        manual=stack.manual_of(held),
        revision=own.revision,
        parts=_cut(html, [(place, note) for note in notes if (place := places.get(note.held.edition_id)) is not None]),
        page_notes=tuple(note for note in notes if not note.quote),
        lost_notes=tuple(note for note in notes if note.quote and places[note.held.edition_id] is None),
        headings=_headings(own, held.title),
        below=below,
        below_manual=stack.manual_of(below) if below else None,
        core_moved_on=_has_moved_on(below, own.revision),
        core_is_gone=own.revision.base_id is not None and _is_gone(below),
        credits=tuple(dict.fromkeys(own.revision.edition.credits)),
        copied_from=_copied_from(stack, own.revision),
    )


def _copied_from(stack: Stack, revision: Revision) -> Manual | None:
    source = revision.copied_from
    return source.edition.manual if source and source.edition.manual not in stack.manuals else None


def _cut(html: SafeString, placed: Sequence[tuple[int, Note]]) -> tuple[tuple[SafeString, tuple[Note, ...]], ...]:
    """The text in parts, each with the notes that stand behind it."""
    places = sorted({place for place, _note in placed} | {len(html)})
    starts = [0, *places[:-1]]
    return tuple(
        (mark_safe(html[start:end]), tuple(note for place, note in placed if place == end))  # noqa: S308 — cut between blocks
        for start, end in zip(starts, places, strict=True)
    )


def _has_moved_on(below: Held | None, revision: Revision) -> bool:
    if below is None or _is_gone(below):
        return revision.base_id is not None
    return revision.base_id not in {None, below.revision_id}


def _is_gone(below: Held | None) -> bool:
    """Whether readers would have no text without this hold."""
    return below is None or below.standing is Standing.SET_ASIDE


def _note(stack: Stack, held: Held, rendering: Rendering) -> Note:
    revision = rendering.revision
    own, by = revision.by.name if revision.by else "", written_by(revision)
    html = filled(stack, held.path, rendering)
    around = revision.prefix, revision.suffix
    of = stack.manual_of(held)
    return Note(held, of, revision, html, revision.quote, around, by, revision.agreed_at, own if own != by else "")


def written_by(note: Revision) -> str:
    """Of a note that came from a file and that nobody has changed here, whoever the file names."""
    named = "" if note.parent_id else dict(note.fields).get("by", "")
    return str(named) or (note.by.name if note.by else "")


def revision_as_read(stack: Stack, revision: Revision) -> SafeString:
    """An earlier text, with links as they lead today; rendered anew where it was never current."""
    rendering = Rendering.objects.filter(pk=revision.pk).first()
    return filled(stack, revision.edition.path, rendering) if rendering else mark_safe("")


def filled(stack: Stack, path: str, rendering: Rendering) -> SafeString:
    """The rendering's HTML with every numbered place led to where it leads in this manual."""

    def lead(found: re.Match[str]) -> str:
        number = int(found[4])
        if number >= len(rendering.links):
            return escape(found[6] or "")
        return _led(stack, path, rendering.links[number], found)

    return mark_safe(_PLACE.sub(lead, rendering.html))  # noqa: S308 — sanitised when it was rendered


def _led(stack: Stack, path: str, link: dict[str, str], found: re.Match[str]) -> str:
    tag, before, attribute, after, shown = found[1], found[2], found[3], found[5], found[6]
    kind, to = link["by"], link["to"]
    if tag == "<img" or (kind == "path" and _is_file(to)):
        inner = "" if tag == "<img" else f"{shown}</a>" if shown is not None else ""
        return f'{tag} {before}{attribute}="{escape(_file_url(stack, path, to))}"{after}>{inner}'
    held, other_way = _target(stack, path, link)
    label = escape(to) if other_way else shown
    end = f"{label}</a>" if shown is not None else ""
    if held is None:
        url = reverse("manual:page-missing", args=[stack.manual.slug]) + "?" + urlencode({"title": to})
        return f'<a class="missing" href="{escape(url)}"{after}>{end}'
    part = f"#{escape(link['fragment'])}" if link.get("fragment") else ""
    return f'<a {before}href="{escape(page_url(stack, held))}{part}"{after}>{end}'


def _target(stack: Stack, path: str, link: dict[str, str]) -> tuple[Held | None, bool]:
    """The page, and whether `[[a|b]]` was meant the other way round, as some tools write it."""
    if link["by"] != "title":
        return stack.at_path(source_path(path, link["to"])), False
    held = stack.titled(link["to"])
    if held is None and link.get("other"):
        turned = stack.titled(link["other"])
        return turned, turned is not None
    return held, False


def link_url(stack: Stack, path: str, link: LinkTo) -> str:
    """Where a link on the page from `path` leads in this manual; "" when nowhere."""
    if link.by == "file" or (link.by == "path" and _is_file(link.to)):
        return _file_url(stack, path, link.to)
    held, _other_way = _target(stack, path, asdict(link))
    part = f"#{link.fragment}" if link.fragment else ""
    return f"{page_url(stack, held)}{part}" if held else ""


def source_path(path: str, to: str) -> str:
    """Where a relative address on the page from `path` leads inside the source."""
    return normpath(to).strip("/") if to.startswith("/") else normpath(join(dirname(path), to)).lstrip("./")


def _is_file(to: str) -> bool:
    ending = to.rpartition(".")[2].lower() if "." in to.rpartition("/")[2] else ""
    return bool(ending) and ending not in {"md", "markdown", "mdx", "html", "htm"}


def _file_url(stack: Stack, path: str, to: str) -> str:
    return reverse("manual:file", args=[stack.manual.slug, source_path(path, to) or to])


def page_url(stack: Stack, held: Held) -> str:
    """The page's address in this manual."""
    return f"{pages_url(stack.manual.slug)}{quote(stack.address(held))}/"


@lru_cache(maxsize=4096)
def pages_url(slug: str) -> str:
    """What the addresses of all pages of a manual begin with; a list of many asks once."""
    return reverse("manual:page", args=[slug, "-"]).removesuffix("-/")


def _without_title(html: SafeString, title: str) -> SafeString:
    """A text that begins with its own title would show it twice."""
    first = _FIRST_HEADING.match(html)
    if first and name_key(re.sub(r"<[^>]*>", "", first[1])) == name_key(escape(title)):
        return mark_safe(html[first.end() :])  # noqa: S308 — a part of sanitised HTML, cut between blocks
    return html


def _headings(rendering: Rendering, title: str) -> tuple[tuple[int, str, str], ...]:
    headings = [(int(level), str(name), str(text)) for level, name, text in rendering.headings]
    if headings and name_key(headings[0][2]) == name_key(title):
        headings = headings[1:]
    return tuple(headings)


def backlinks(stack: Stack, held: Held, limit: int = 50) -> list[Held]:
    """Pages as read in this manual that link to this one, by title; one query."""
    names = {name_key(each.title) for layer in stack.layers if (each := layer.covers.get(held.page_id))}
    names |= {each.path for layer in stack.layers if (each := layer.covers.get(held.page_id)) and each.path}
    names |= {
        each.path.rpartition(".")[0] for layer in stack.layers if (each := layer.covers.get(held.page_id)) and each.path
    }
    names |= {name for layer in stack.layers for name, page_id in layer.old_names.items() if page_id == held.page_id}
    rows = Link.objects.filter(manual__in=[manual.pk for manual in stack.manuals], name__in=names)
    linking = rows.values_list("edition_id", "edition__page_id").distinct()[:500]
    found = {
        page_id: _as_linked(stack, edition_id, page_id) for edition_id, page_id in linking if page_id != held.page_id
    }
    return sorted((each for each in found.values() if each), key=lambda each: each.title.casefold())[:limit]


def _as_linked(stack: Stack, edition_id: UUID, page_id: UUID) -> Held | None:
    covering = stack.covering(page_id)
    return covering if covering and covering.edition_id == edition_id else None
