"""Search over what a reader sees: one function, SQLite's FTS5 or PostgreSQL's text search behind it.

Each stored text is indexed once. What a manual covers is left out after the match, so nothing is copied for any team.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.urls import reverse
from rapidfuzz import process
from rapidfuzz.distance import OSA

from fieldcraft.engine.words import Piece, snippet, words
from fieldcraft.kept import Kept
from fieldcraft.manual.models import Rendering, Word
from fieldcraft.manual.queries.layers import Held
from fieldcraft.manual.queries.reading import page_url
from fieldcraft.manual.queries.resolve import Stack

MOST_TERMS, MOST_CHARACTERS, SHOWN = 12, 400, 20


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that was found, in the manual it was found in."""

    stack: Stack
    held: Held
    snippet: tuple[Piece, ...]

    @property
    def url(self) -> str:
        return page_url(self.stack, self.held)

    @property
    def copy_url(self) -> str:
        """Where the page can be copied into a manual of the reader's own."""
        return reverse("manual:page-copy", args=[self.stack.manual.slug, self.stack.address(self.held)])


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gave.

    instead: the spelling that was used because nothing was found by the given one; "" when it was not needed.
    """

    hits: tuple[Hit, ...]
    instead: str = ""


def search(stacks: Sequence[Stack], text: str) -> Found:
    """Pages with all the words of `text` (the last as a beginning), title above tags above text; any text is safe.

    stacks: the manuals to look through, each as its reader sees it; a page read in several shows in the first.
    """
    terms = tuple(words(text[:MOST_CHARACTERS])[:MOST_TERMS])
    key = (terms, *((stack.manual.slug, stack.state) for stack in stacks))
    return _kept.get(key) or _kept.keep(key, _search(stacks, terms))


_kept: Kept[Found] = Kept(64)
"""What was found lately, under the words and the state of every layer: a team's readers look for the same things."""


def _search(stacks: Sequence[Stack], terms: Sequence[str]) -> Found:
    if not terms:
        return Found(())
    if hits := _hits(stacks, terms):
        return Found(hits)
    better = _respelt(stacks, terms)
    hits = _hits(stacks, better) if better != list(terms) else ()
    return Found(hits, " ".join(better) if hits else "")


def _hits(stacks: Sequence[Stack], terms: Sequence[str]) -> tuple[Hit, ...]:
    manual_ids = {layer.manual_id for stack in stacks for layer in stack.layers if not layer.is_empty}
    most = SHOWN
    while True:
        rows = _matches(manual_ids, terms, most * 3)
        chosen = _as_read(stacks, rows)
        if len(chosen) >= SHOWN or len(rows) < most * 3:
            break
        most *= 4  # a team that covers much hides much of what matched below
    shown = chosen[:SHOWN]
    texts = dict(
        Rendering.objects.filter(pk__in=[held.revision_id for _, held in shown]).values_list("revision_id", "text")
    )
    return tuple(Hit(stack, held, tuple(snippet(texts.get(held.revision_id, ""), terms))) for stack, held in shown)


def _as_read(stacks: Sequence[Stack], editions: Sequence[tuple[UUID, UUID]]) -> list[tuple[Stack, Held]]:
    """Keep what a reader gets: editions that are not covered by a nearer one, nor set aside."""
    chosen: list[tuple[Stack, Held]] = []
    seen: set[UUID] = set()
    for edition_id, page_id in editions:
        for stack in stacks:
            held = stack.covering(page_id)
            if held and held.edition_id == edition_id and edition_id not in seen and held.standing != "set_aside":
                seen.add(edition_id)
                chosen.append((stack, held))
    return chosen


def _matches(manual_ids: set[UUID], terms: Sequence[str], most: int) -> list[tuple[UUID, UUID]]:
    """(edition, page) of matching texts of these manuals, best first."""
    if not manual_ids:
        return []
    match_on = _sqlite if connection.vendor == "sqlite" else _postgresql
    with connection.cursor() as cursor:
        statement, values = match_on(sorted(manual_ids), terms, most)
        cursor.execute(statement, values)
        rows = cursor.fetchall()
    return [(_uuid(edition), _uuid(page)) for edition, page in rows]


def _uuid(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def layer_word(manual_id: UUID) -> str:
    """The manual as a word of the index."""
    return f"l{manual_id.hex}"


def _sqlite(manual_ids: Sequence[UUID], terms: Sequence[str], most: int) -> tuple[str, list[Any]]:
    """Terms are folded words, so quoting them leaves nothing of FTS5's own syntax."""
    layers = " OR ".join(layer_word(manual_id) for manual_id in manual_ids)
    wanted = " AND ".join([*(f'"{term}"' for term in terms[:-1]), f'"{terms[-1]}"*'])
    match = f"layer : ({layers}) AND {{title tags headings body}} : ({wanted})"
    return (
        """SELECT e.edition_id, d.page_id FROM
             (SELECT rowid FROM manual_entry_index WHERE manual_entry_index MATCH %s
              ORDER BY bm25(manual_entry_index, 0, 1000, 60, 8, 1) LIMIT %s) found
           JOIN manual_entry e ON e.id = found.rowid JOIN manual_edition d ON d.id = e.edition_id""",
        [match, most],
    )


def _postgresql(manual_ids: Sequence[UUID], terms: Sequence[str], most: int) -> tuple[str, list[Any]]:
    wanted = " & ".join([*(f"'{term}'" for term in terms[:-1]), f"'{terms[-1]}':*"])
    return (
        """SELECT e.edition_id, d.page_id FROM manual_entry e JOIN manual_edition d ON d.id = e.edition_id,
             to_tsquery('english', %s) wanted
           WHERE e.manual_id = ANY(%s) AND e.vector @@ wanted
           ORDER BY ts_rank_cd('{0.001, 0.01, 0.1, 1.0}', e.vector, wanted) DESC, e.id LIMIT %s""",
        [wanted, list(manual_ids), most],
    )


def _respelt(stacks: Sequence[Stack], terms: Sequence[str]) -> list[str]:
    """Each word that these manuals do not know, replaced by the nearest one they do."""
    manual_ids = {layer.manual_id for stack in stacks for layer in stack.layers if not layer.is_empty}
    return [_nearest(manual_ids, term) for term in terms]


def _nearest(manual_ids: set[UUID], term: str) -> str:
    allowed = 1 if len(term) < 5 else 2
    known: dict[str, int] = {}
    lengths = (len(term) - allowed, len(term) + allowed)
    rows = Word.objects.filter(manual__in=manual_ids, length__range=lengths, times__gt=0)
    for word, times in rows.values_list("word", "times"):
        known[word] = known.get(word, 0) + times
    if len(term) < 3 or term in known:
        return term
    near = process.extract(term, list(known), scorer=OSA.distance, score_cutoff=allowed, limit=20)
    return min(near, key=lambda found: (found[1], found[0][0] != term[0], -known[found[0]]))[0] if near else term
