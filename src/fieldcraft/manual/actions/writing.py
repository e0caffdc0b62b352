"""The steps that every change of a page is made of: a new version, a revision, and all that is derived from it.

Other actions use these inside their own transaction; nothing here asks who may.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from posixpath import dirname, join, normpath
from uuid import UUID

from django.db import connection

from fieldcraft.engine.words import fold, name_key, words
from fieldcraft.manual.models import Edition, Entry, Link, Manual, Rendering, Revision, Word
from fieldcraft.manual.queries.search import layer_word
from fieldcraft.rows import id_of, key_of, rows
from fieldcraft.ui.markdown import Heading, LinkTo, Rendered, render

_BATCH = 400
_TEXTS = "SELECT title, tags, body FROM manual_entry WHERE edition_id IN (%s)"
_SEARCHED = ["layer", "title", "tags", "headings", "body"]


def bump(manual: Manual) -> int:
    """Raise the manual's version and hold its row until the end of the transaction, so that versions commit in order."""
    raised = "UPDATE manual_manual SET version = version + 1 WHERE id = %s RETURNING version"
    manual.version = rows(raised, manual.pk)[0][0]  # one statement, which Django's own words do not give
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
    return _kept(edition, revision, Rendering.objects.get(pk=revision.pk))


def kept_of_many(texts: Sequence[tuple[Edition, Revision]]) -> list[Written]:
    """As `kept`; one query for a few hundred."""
    found: dict[UUID, Rendering] = {}
    for some in _batches([revision.pk for _edition, revision in texts]):
        found |= Rendering.objects.in_bulk(list(some))
    return [_kept(edition, revision, found[revision.pk]) for edition, revision in texts]


def _kept(edition: Edition, revision: Revision, rendering: Rendering) -> Written:
    links = tuple(LinkTo(**{"to": "", **link}) for link in rendering.links)
    headings = tuple(Heading(*heading) for heading in rendering.headings)
    return Written(edition, revision, Rendered(rendering.html, links, headings, rendering.text))


def keep_renderings(texts: Sequence[Written]) -> None:
    """Store the rendering of each revision; it never changes."""
    Rendering.objects.bulk_create([_rendering(text) for text in texts], batch_size=_BATCH)


def rendered_anew(revisions: Sequence[Revision]) -> None:
    """For the rare text that was changed after it was kept: renderings that there are become those of its words by now."""
    for some in _batches([revision.pk for revision in revisions]):
        there = set(Rendering.objects.filter(pk__in=some).values_list("pk", flat=True))
        texts = [written(Edition(pk=each.edition_id), each) for each in revisions if each.pk in there]
        Rendering.objects.filter(pk__in=there).delete()
        keep_renderings(texts)


def derive(manual: Manual, texts: Sequence[Written]) -> None:
    """Keep the renderings of the editions' new current texts and index them."""
    keep_renderings(texts)
    index(manual, texts)


def index(manual: Manual, texts: Sequence[Written]) -> None:
    """Store what search and backlinks need of current texts, in place of what the editions' former texts gave."""
    entries = [_entry(manual, text) for text in texts]
    former: Counter[str] = Counter()
    for some in _batches([text.edition.pk for text in texts]):
        former.update(_vocabulary(rows(_TEXTS, list(some))))
    Entry.objects.bulk_create(
        entries, batch_size=_BATCH, update_conflicts=True, unique_fields=["edition"], update_fields=_SEARCHED
    )
    _keep_links(manual, {text.edition.pk: _link_names(text) for text in texts})
    _count_words(manual.pk, _vocabulary((entry.title, entry.tags, entry.body) for entry in entries), former)


def _keep_links(manual: Manual, names: dict[UUID, set[str]]) -> None:
    """Store under which names each edition asks for pages, where it asks for others than before."""
    former: dict[UUID, set[str]] = {edition: set() for edition in names}
    for some in _batches(list(names)):
        for edition, name in rows("SELECT edition_id, name FROM manual_link WHERE edition_id IN (%s)", list(some)):
            former[id_of(edition)].add(name)
    changed = [edition for edition in names if names[edition] != former[edition]]
    for some in _batches([edition for edition in changed if former[edition]]):
        Link.objects.filter(edition__in=some).delete()
    links = [Link(manual=manual, edition_id=edition, name=name) for edition in changed for name in names[edition]]
    Link.objects.bulk_create(links, batch_size=_BATCH)


def underive(manual: Manual, editions: Sequence[Edition]) -> None:
    """Forget what was derived from editions that readers no longer get."""
    gone: Counter[str] = Counter()
    for some in _batches([edition.pk for edition in editions]):
        gone.update(_vocabulary(rows(_TEXTS, list(some))))
        Entry.objects.filter(edition__in=some).delete()
        Link.objects.filter(edition__in=some).delete()
    _count_words(manual.pk, Counter(), gone)


def forget_former_words(manual: Manual) -> None:
    """Words that stand nowhere any more, and what SQLite's index keeps of former texts until it tidies up by itself."""
    Word.objects.filter(manual=manual, times=0).delete()
    if connection.vendor == "sqlite":
        rows("INSERT INTO manual_entry_index(manual_entry_index) VALUES ('rebuild')")


def _batches(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    return (ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH))


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


def _vocabulary(texts: Iterable[tuple[str, ...]]) -> Counter[str]:
    """How often each word stands in title, tags and body of each."""
    found: Counter[str] = Counter()
    for text in texts:
        found.update(words(" ".join(text)))
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
    counts = [(word, count) for word, count in change.items() if count]
    for start in range(0, len(counts), _BATCH):
        _add_counts(manual_id, counts[start : start + _BATCH])


def _add_counts(manual_id: UUID, counts: Iterable[tuple[str, int]]) -> None:
    """One statement a batch: both databases know this upsert."""
    key = key_of(manual_id)
    with connection.cursor() as cursor:
        cursor.executemany(
            """INSERT INTO manual_word (manual_id, word, length, times) VALUES (%s, %s, %s, %s)
               ON CONFLICT (manual_id, word) DO UPDATE SET times =
               CASE WHEN manual_word.times + %s > 0 THEN manual_word.times + %s ELSE 0 END""",
            [(key, word, len(word), max(count, 0), count, count) for word, count in counts],
        )


def unique_slugs(taken: set[str], slug: str) -> str:
    """The slug, or with a number behind it where the manual has it already; notes that it is taken now."""
    tried, number = slug, 2
    while tried in taken:
        tried, number = f"{slug}-{number}", number + 1
    taken.add(tried)
    return tried
