"""A compass in one HTML file that opens without a network: every entry with its date, pages by their title."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from html import escape
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from fieldcraft.engine.formats.export.one_file import FilePage, FileWords, Line, one_file
from fieldcraft.errors import NotFound
from fieldcraft.mastery.queries.export.rows import Compass, Row
from fieldcraft.mastery.queries.kinds import KINDS, RETAINED, Kind
from fieldcraft.mastery.queries.shown import pairs_of, what_it_is
from fieldcraft.measures.queries.packs import in_my_language, pack_named

LABELS: dict[str, str | Promise] = {
    "sentence": lazy("What I am here for"),
    "ended_at": lazy("Until"),
    "serves": lazy("It serves"),
    "picture": lazy("The picture"),
    "scope": lazy("Whom it shows"),
    "wish": lazy("Wanted for itself?"),
    "brings": lazy("What it would bring me"),
    "organisation_could": lazy("What the organisation could do towards it"),
    "horizon": lazy("Perhaps by"),
    "hold": lazy("How I hold it"),
    "before": lazy("Before"),
    "after": lazy("After"),
    "kind": lazy("What kind"),
    "why": lazy("Why"),
    "said": lazy("In my words"),
    "seen": lazy("What a camera would have seen"),
    "story": lazy("The story I tell about it"),
    "would_show_me_wrong": lazy("What would show me wrong"),
    "vision_place": lazy("Where I set the vision (from 1 to 10)"),
    "now_place": lazy("Where I set now (from 1 to 10)"),
    "text": lazy("In the way"),
    "whose": lazy("Whose it is to move"),
    "against": lazy("What speaks against it"),
    "gone_at": lazy("Not in the way since"),
    "vision": lazy("Beside the vision"),
    "what": lazy("What I will try"),
    "when": lazy("When"),
    "manual": lazy("In the manual"),
    "page": lazy("The page"),
    "revision": lazy("The page as I read it"),
    "practice": lazy("I was trying"),
    "hunch": lazy("My hunch, before I thought"),
    "happened": lazy("What happened"),
    "reasons": lazy("My reasons"),
    "surprise": lazy("What surprised me"),
    "outcome": lazy("How it went"),
    "hours": lazy("Hours"),
    "with_others": lazy("With others"),
    "followed": lazy("Which I followed"),
    "followed_what": lazy("What came of it"),
    "became_draft": lazy("It became a draft of the page"),
    "became_remark": lazy("It became a remark"),
    "note": lazy("The note"),
    "speaks_for": lazy("It speaks for the belief"),
    "exercise": lazy("Exercise"),
    "title": lazy("Title"),
    "answers": lazy("What I wrote"),
    "wakes_on": lazy("Put away until"),
    "woken": lazy("When it came back"),
    "woken_at": lazy("It came back on"),
    "pack": lazy("Questions"),
    "pack_version": lazy("Their version"),
    "week": lazy("The week of"),
    "line": lazy("What helped, or got in the way"),
    "fits": lazy("Does the picture fit?"),
    "item": lazy("Question"),
    "value": lazy("Answer, from 1 to 7"),
    "on": lazy("Day"),
    "words": lazy("What was that day"),
    "reader": lazy("Who may read it"),
    "thing": lazy("The thing"),
    "until": lazy("Until"),
    "withdrawn_at": lazy("Taken back"),
    "months": lazy("Kept for so many months"),
    "made_at": lazy("Written"),
    "at": lazy("Written"),
}
"""What each column is called for a reader."""

UNSAID = frozenset({"id", "owner", "checkin", "share", "obstacle"})
"""Columns that a reader of the file has no use for: names of rows, and what an entry stands under anyway."""

_BELOW = {"visions": "vision", "obstacles": "obstacle", "checkins": "checkin", "shares": "share"}
"""Lists whose entries have others below them, and by which column those name them."""

_ALWAYS_BELOW = frozenset(kind.list_name for kind in KINDS if kind.goes_with)


def compass_book(compass: Compass) -> bytes:
    """Contents, and every entry under its kind and year, in one HTML file."""
    pages = list(_Book(compass).pages())
    return one_file(
        title=_("My compass"),
        about=_("%(name)s, as it was on %(day)s. Whoever has this file can read it; keep it where only you go.")
        % {"name": compass.owner["name"], "day": date_format(localtime(compass.made_at))},
        contents=[Line(page.title, page.anchor) for page in pages],
        pages=pages,
        words=_file_words(),
    )


@dataclass
class _Book:
    compass: Compass

    def pages(self) -> Iterator[FilePage]:
        """A page for each kind and year in which there is something."""
        for kind in KINDS:
            if kind.list_name in _ALWAYS_BELOW:
                continue
            years: dict[int, list[Row]] = defaultdict(list)
            rows = self.compass.lists[kind.list_name]
            for row in sorted(rows, key=lambda row: row[kind.moment]) if kind.moment else rows:
                years[_year(kind, row)].append(row)
            for year, of_year in sorted(years.items()):
                title = f"{kind.label}, {year}" if year else str(kind.label)
                parts = tuple((self.entry(kind, row), ()) for row in of_year)
                yield FilePage(f"{kind.key}-{year}", title, "", parts)

    def entry(self, kind: Kind, row: Row, level: int = 3) -> str:
        """One entry with its day above and what stands below it."""
        day = row.get(kind.moment) if kind.moment else None
        head = f"<h{level}>{escape(_day(day))}</h{level}>" if day else ""
        return head + "".join(self.said(kind, row)) + "".join(self.below(kind, row))

    def below(self, kind: Kind, row: Row) -> Iterator[str]:
        column = _BELOW.get(kind.list_name)
        for child in KINDS if column else ():
            if child.list_name not in _ALWAYS_BELOW or column != child.goes_with[0]:
                continue
            entries = self._children[child.list_name].get(row["id"], ())
            if entries:
                yield f"<h4>{escape(str(child.label))}</h4>"
            yield from (self.entry(child, each, 5) for each in entries)

    @cached_property
    def _children(self) -> dict[str, dict[UUID, list[Row]]]:
        found: dict[str, dict[UUID, list[Row]]] = {}
        for kind in KINDS:
            if kind.goes_with:
                rows = found.setdefault(kind.list_name, {})
                for row in self.compass.lists[kind.list_name]:
                    rows.setdefault(row[kind.goes_with[0]], []).append(row)
        return found

    def said(self, kind: Kind, row: Row) -> Iterator[str]:
        """Each column that says something, under its name."""
        for field in kind.model._meta.concrete_fields:
            value = row[field.name]
            if field.name in UNSAID or field.name == kind.moment or value in (None, "", []):
                continue
            if kind.goes_with and field.name == kind.goes_with[0]:
                continue
            if field.name == "answers":
                yield "".join(_said(prompt, answer) for prompt, answer in pairs_of(value) if answer)
                continue
            if field.name == "item":
                value = self.asked(row)
            yield _said(str(LABELS[field.name]), self.in_words(kind, field, value))

    def asked(self, answer: Row) -> str:
        """The words of the question, where they ship; else what it is called."""
        pack_id, version = self._packs[answer["checkin"]]
        try:
            items = pack_named(pack_id, version).items
        except NotFound:
            items = ()
        words = (in_my_language(item.text) for item in items if item.key == answer["item"])
        return next(words, "") or str(answer["item"])

    @cached_property
    def _packs(self) -> dict[UUID, tuple[str, int]]:
        return {row["id"]: (row["pack"], row["pack_version"]) for row in self.compass.lists["checkins"]}

    def in_words(self, kind: Kind, field: Any, value: Any) -> str:
        """A value as a reader says it."""
        if kind.list_name == "retentions" and field.name == "kind":
            return str(RETAINED[value][0]) if value in RETAINED else str(value)
        if kind.list_name == "shares" and field.name == "kind":
            return what_it_is(value)
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        if field.is_relation or field.name == "thing":
            return self.names.get(value, str(value))
        match value:
            case bool():
                return _("yes") if value else _("no")
            case list():
                return "\n".join(str(each) for each in value)
            case date():
                return _day(value)
        return str(value)

    @cached_property
    def names(self) -> dict[UUID, str]:
        """What is named by other entries, by the words that it begins with."""
        found = {**self.compass.titles, **self.compass.readers}
        for rows in self.compass.lists.values():
            for row in rows:
                words = next((row[name] for name in _BEGINNINGS if row.get(name)), "")
                found[row["id"]] = words if len(words) <= 120 else f"{words[:119]}…"
        return found


_BEGINNINGS = ("sentence", "picture", "what", "text", "happened", "seen", "title", "words")


def _day(day: date | datetime) -> str:
    return date_format(localtime(day), "DATETIME_FORMAT") if isinstance(day, datetime) else date_format(day)


def _year(kind: Kind, row: Row) -> int:
    if not kind.moment:
        return 0
    at = row[kind.moment]
    return (localtime(at) if isinstance(at, datetime) else at).year


def _said(label: str, text: str) -> str:
    lines = "<br>".join(escape(line) for line in text.splitlines())
    return f"<p><strong>{escape(label)}</strong><br>{lines}</p>" if label else f"<p>{lines}</p>"


def _file_words() -> FileWords:
    return FileWords(
        language=get_language() or "en",
        contents=_("Contents"),
        pages=_("Everything in it"),
        search=_("Search in this file"),
        found=_("found"),
        found_near=_("Nothing for these words. Did you mean “%(instead)s”? Here is what it finds."),
        nothing_found=_("Nothing was found."),
        to_the_pages=_("Skip to the text"),
        to_the_top=_("To the top"),
        note="",
        beside="",
    )
