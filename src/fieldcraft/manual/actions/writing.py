"""The steps that every change of a page is made of: a new version, a revision, and all that is derived from it.

Other actions use these inside their own transaction; nothing here asks who may.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from posixpath import dirname, join, normpath
from uuid import UUID

from django.db import connection
from django.db.models import F

from fieldcraft.engine.words import fold, name_key, words
from fieldcraft.manual.models import Edition, Entry, Link, Manual, Rendering, Revision
from fieldcraft.manual.queries.search import layer_word
from fieldcraft.ui.markdown import Heading, LinkTo, Rendered, render

_BATCH = 400


def bump(manual: Manual) -> int:
    """Raise the manual's version and hold its row until the end of the transaction, so that versions commit in order."""
    Manual.objects.filter(pk=manual.pk).update(version=F("version") + 1)
    manual.refresh_from_db(fields=["version"])
    return manual.version


@dataclass(frozen=True, slots=True)
class Written:
    """An agreed revision with its rendering, ready to be stored with others in few statements."""

    edition: Edition
    revision: Revision
    rendered: Rendered


def written(edition: Edition, revision: Revision) -> Written:
    """Render the text; the slow part, to be done before the transaction opens."""
    return Written(edition, revision, render(revision.body))


def kept(edition: Edition, revision: Revision) -> Written:
    """The revision with the rendering that was kept when it was a draft."""
    rendering = Rendering.objects.get(pk=revision.pk)
    links = tuple(LinkTo(**{"to": "", **link}) for link in rendering.links)
    headings = tuple(Heading(*heading) for heading in rendering.headings)
    return Written(edition, revision, Rendered(rendering.html, links, headings, rendering.text))


def keep_renderings(texts: Sequence[Written]) -> None:
    """Store the rendering of each revision; it never changes."""
    Rendering.objects.bulk_create([_rendering(text) for text in texts], batch_size=_BATCH)


def derive(manual: Manual, texts: Sequence[Written]) -> None:
    """Keep the renderings of the editions' new current texts and index them."""
    keep_renderings(texts)
    index(manual, texts)


def index(manual: Manual, texts: Sequence[Written]) -> None:
    """Store what search and backlinks need of current texts, in place of what the editions' former texts gave."""
    editions = [text.edition for text in texts]
    forgotten = _forget(editions)
    entries = [_entry(manual, text) for text in texts]
    Entry.objects.bulk_create(entries, batch_size=_BATCH)
    links = [Link(manual=manual, edition=text.edition, name=name) for text in texts for name in _link_names(text)]
    Link.objects.bulk_create(links, batch_size=_BATCH)
    _count_words(manual.pk, _vocabulary(entries), forgotten)


def underive(manual: Manual, editions: Sequence[Edition]) -> None:
    """Forget what was derived from editions that readers no longer get."""
    _count_words(manual.pk, Counter(), _forget(editions))


def _forget(editions: Sequence[Edition]) -> Counter[str]:
    ids = [edition.pk for edition in editions]
    gone: Counter[str] = Counter()
    for start in range(0, len(ids), _BATCH):
        old = Entry.objects.filter(edition__in=ids[start : start + _BATCH])
        gone.update(_vocabulary(old))
        old.delete()
        Link.objects.filter(edition__in=ids[start : start + _BATCH]).delete()
    return gone


def _rendering(text: Written) -> Rendering:
    rendered = text.rendered
    return Rendering(
        revision=text.revision,
        html=rendered.html,
        links=[{name: value for name, value in asdict(link).items() if value} for link in rendered.links],
        headings=[[heading.level, heading.id, heading.text] for heading in rendered.headings],
        text=rendered.text,
    )


def _entry(manual: Manual, text: Written) -> Entry:
    return Entry(
        edition=text.edition,
        manual=manual,
        layer=layer_word(manual.pk),
        title=fold(text.revision.title),
        tags=fold(" ".join(text.revision.tags)),
        headings=fold(" ".join(heading.text for heading in text.rendered.headings)),
        body=fold(text.rendered.text),
    )


def _vocabulary(entries: Iterable[Entry]) -> Counter[str]:
    found: Counter[str] = Counter()
    for entry in entries:
        found.update(words(f"{entry.title} {entry.tags} {entry.body}"))
    return Counter({word: times for word, times in found.items() if 3 <= len(word) <= 40 and not word.isdigit()})


def _link_names(text: Written) -> set[str]:
    """Every name under which the text asks for another page; a picture asks for none."""
    names: set[str] = set()
    for link in text.rendered.links:
        if link.by == "title":
            names |= {name_key(link.to), name_key(link.other)}
        elif link.by == "path":
            names.add(path_from(text.edition.path, link))
    return names - {""}


def path_from(path: str, link: LinkTo) -> str:
    """Where a relative link on the page imported from `path` leads, as a path inside the source."""
    if link.to.startswith("/"):
        return normpath(link.to).strip("/")[:500]
    return normpath(join(dirname(path), link.to)).lstrip("./")[:500]


def _count_words(manual_id: UUID, added: Counter[str], removed: Counter[str]) -> None:
    change = Counter(added)
    change.subtract(removed)
    rows = [(word, count) for word, count in change.items() if count]
    for start in range(0, len(rows), _BATCH):
        _add_counts(manual_id, rows[start : start + _BATCH])


def _add_counts(manual_id: UUID, rows: Iterable[tuple[str, int]]) -> None:
    """One statement a batch: both databases know this upsert."""
    key = manual_id.hex if connection.vendor == "sqlite" else manual_id
    with connection.cursor() as cursor:
        cursor.executemany(
            """INSERT INTO manual_word (manual_id, word, length, times) VALUES (%s, %s, %s, %s)
               ON CONFLICT (manual_id, word) DO UPDATE SET times =
               CASE WHEN manual_word.times + %s > 0 THEN manual_word.times + %s ELSE 0 END""",
            [(key, word, len(word), max(count, 0), count, count) for word, count in rows],
        )


def unique_slugs(taken: set[str], slug: str) -> str:
    """The slug, or with a number behind it where the manual has it already; notes that it is taken now."""
    tried, number = slug, 2
    while tried in taken:
        tried, number = f"{slug}-{number}", number + 1
    taken.add(tried)
    return tried
