"""The order of a wiki's pages: below each tag as its `list` says, then by title."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from fieldcraft.engine.formats.tiddlywiki.fields import Fields, items


def in_order(pages: Mapping[str, Fields], lists: Mapping[str, str], root_tag: str) -> dict[str, int | None]:
    """Titles in the order of the contents; a number where some tag's list names the page, None elsewhere.

    pages: fields by title. lists: title → title list, of system pages too, since tags may be system pages.
    """
    below: dict[str, list[str]] = defaultdict(list)
    for title in sorted(pages, key=lambda title: (title.casefold(), title)):
        for tag in items(pages[title].get("tags", "")):
            below[tag].append(title)
    named = {tag: items(lists.get(tag, "")) for tag in below}
    ordered = {tag: _listed(titles, named[tag], pages) for tag, titles in below.items()}
    found: dict[str, int | None] = {}
    listed = {title for tag in below for title in named[tag]}
    for start in [root_tag, *sorted(tag for tag in below if named[tag])]:
        for title in _walked(start, ordered):
            found.setdefault(title, len(found) if title in listed else None)
    for title in sorted(pages, key=lambda title: (title.casefold(), title)):
        found.setdefault(title, None)
    return found


def _listed(titles: list[str], first: list[str], pages: Mapping[str, Fields]) -> list[str]:
    """The listed ones first, then the others; `list-before` and `list-after` move single ones."""
    known = set(titles)
    ordered = [title for title in first if title in known]
    named = set(ordered)
    ordered += [title for title in titles if title not in named]
    for title in titles:
        _move(title, ordered, pages[title])
    return ordered


def _move(title: str, ordered: list[str], fields: Fields) -> None:
    before, after = fields.get("list-before"), fields.get("list-after")
    if before is None and not after:
        return
    ordered.remove(title)
    if before is not None:
        place = ordered.index(before) if before in ordered else 0
    else:
        place = ordered.index(after) + 1 if after in ordered else len(ordered)
    ordered.insert(place, title)


def _walked(start: str, ordered: Mapping[str, list[str]]) -> Iterable[str]:
    """Pages below a tag, each followed by those below itself."""
    seen = {start}
    waiting = [*reversed(ordered.get(start, []))]
    while waiting:
        title = waiting.pop()
        if title not in seen:
            seen.add(title)
            yield title
            waiting += reversed(ordered.get(title, []))
