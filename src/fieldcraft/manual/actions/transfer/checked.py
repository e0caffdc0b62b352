"""A history from a file, looked through before anything is stored: every value of its kind, every reference there."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from fieldcraft.engine.formats.export.history import FORMAT
from fieldcraft.errors import Invalid
from fieldcraft.manual.models import Attachment, Edition, Manual, Page, Publication, Remark, Revision, State
from fieldcraft.manual.queries.export.history import KINDS, columns, person_columns

Row = dict[str, Any]
OUTSIDE: dict[type[models.Model], dict[str, type[models.Model]]] = {
    Revision: {"base": Revision, "copied_from": Revision},
    Remark: {"revision": Revision, "passed_from": Remark},
}
"""References to what may be another manual's."""
_FURTHER = {Page: ("of",), Attachment: ("content",)}
_NAMES = ("manual", "inclusions", *KINDS)
_ALWAYS_THERE = {"manual", "pages", "editions", "revisions"}


@dataclass(frozen=True, slots=True)
class Checked:
    """A history whose values can be stored.

    manual: its columns, and `organisation` and `team` as pairs of id and name. inclusions: slugs, nearest first.
    rows: by model, values by column. people: the names of all whom rows refer to.
    """

    manual: Row
    inclusions: tuple[str, ...]
    rows: Mapping[type[models.Model], list[Row]]
    people: dict[UUID, str] = field(default_factory=dict)


def checked(history: Mapping[str, Any]) -> Checked:
    """The history with its values read; what an older one did not know yet is as it is in a new row.

    Raises Invalid for a newer format and for one that is broken.
    """
    if history.get("format") != FORMAT:
        raise Invalid(_("This history comes from a newer Fieldcraft. Bring this one up to date first."))
    if wrong := set(history) - {"format", *_NAMES} or _ALWAYS_THERE - set(history):
        raise broken(min(wrong))
    people: dict[UUID, str] = {}
    rows = {model: _rows(kind, model, history.get(kind, []), people) for kind, model in KINDS.items()}
    found = Checked(_manual(history["manual"]), _inclusions(history.get("inclusions", [])), rows, people)
    _check_references(found)
    _check_order(found)
    return found


def broken(where: str) -> Invalid:
    """The refusal of a history that is not whole."""
    return Invalid(_("This history is broken at “%(where)s”. Export it again; nothing was changed.") % {"where": where})


def _rows(kind: str, model: type[models.Model], given: Any, people: dict[UUID, str]) -> list[Row]:
    if not isinstance(given, list):
        raise broken(kind)
    return [_row(f"{kind} {number}", model, row, people) for number, row in enumerate(given, start=1)]


def _row(where: str, model: type[models.Model], given: Any, people: dict[UUID, str]) -> Row:
    named = {each.name: each for each in columns(model)}
    further = _FURTHER.get(model, ())
    given = _with_defaults(where, given, named, further)
    persons = person_columns(model)
    for name in persons:
        if given[name] is not None:
            person, spoken = _pair(f"{where}, {name}", given[name])
            people[person] = spoken
    plain = {name: given[name] and given[name]["id"] if name in persons else given[name] for name in named}
    return {
        **{name: value_of(f"{where}, {name}", named[name], value) for name, value in plain.items()},
        **{name: given[name] for name in further},
    }


def _with_defaults(where: str, given: Any, named: Mapping[str, models.Field[Any, Any]], further: Sequence[str]) -> Row:
    """The row with what a new one has wherever it was written before there was such a column."""
    if not isinstance(given, dict) or set(given) - {*named, *further} or set(further) - set(given):
        raise broken(where)
    return {name: _default(where, column) for name, column in named.items() if name not in given} | given


def _default(where: str, column: models.Field[Any, Any]) -> Any:
    if column.primary_key or getattr(column, "auto_now_add", False):
        raise broken(where)
    if column.has_default():
        return column.get_default()
    if column.null:
        return None
    if column.blank and isinstance(column, models.CharField | models.TextField):
        return ""
    raise broken(where)


def _pair(where: str, given: Any) -> tuple[UUID, str]:
    """Somebody or something as its id and name."""
    if not isinstance(given, dict) or not isinstance(given.get("name"), str):
        raise broken(where)
    return _uuid(where, given.get("id")), given["name"]


def value_of(where: str, column: models.Field[Any, Any], raw: Any) -> Any:
    """The value as the column takes it. Raises Invalid."""
    if raw is None:
        if not column.null:
            raise broken(where)
        return None
    if isinstance(column, models.UUIDField | models.ForeignKey):
        return _uuid(where, raw)
    if isinstance(column, models.DateTimeField):
        return _moment(where, raw)
    if isinstance(column, models.JSONField):
        return _texts(where, raw, are_pairs=column.name == "fields")
    return _plain(where, column, raw)


def _uuid(where: str, raw: Any) -> UUID:
    try:
        return UUID(raw)
    except (ValueError, AttributeError, TypeError):
        raise broken(where) from None


def _moment(where: str, raw: Any) -> datetime:
    try:
        found = datetime.fromisoformat(raw)
    except (ValueError, TypeError):
        raise broken(where) from None
    if found.tzinfo is None or not 1900 <= found.year <= 2200:
        raise broken(where)
    return found


def _texts(where: str, raw: Any, *, are_pairs: bool) -> Any:
    """A list of texts; for further fields, of pairs of texts."""
    rows = raw if are_pairs else [raw]
    is_whole = isinstance(raw, list) and all(isinstance(row, list) for row in rows)
    if not is_whole or not all(isinstance(text, str) for row in rows for text in row):
        raise broken(where)
    if are_pairs and any(len(row) != 2 for row in rows):
        raise broken(where)
    return raw


def _plain(where: str, column: models.Field[Any, Any], raw: Any) -> Any:
    kinds: dict[type[models.Field[Any, Any]], tuple[type, ...]] = {
        models.CharField: (str,),
        models.TextField: (str,),
        models.BooleanField: (bool,),
        models.FloatField: (int, float),
        models.IntegerField: (int,),
    }
    expected = next(kind for base, kind in kinds.items() if isinstance(column, base))
    if not isinstance(raw, expected) or (isinstance(raw, bool) and bool not in expected):
        raise broken(where)
    if isinstance(raw, float) and not math.isfinite(raw):
        raise broken(where)
    if column.choices is not None and raw and raw not in dict(column.flatchoices):
        raise broken(where)
    try:
        column.run_validators(raw)
    except ValidationError:
        raise broken(where) from None
    return raw


def _manual(given: Any) -> Row:
    named = {each.name: each for each in columns(Manual)}
    given = _with_defaults("manual", given, named, ("organisation", "team"))
    return {
        **{name: value_of(f"manual, {name}", column, given[name]) for name, column in named.items()},
        "organisation": _pair("manual, organisation", given["organisation"]),
        "team": _pair("manual, team", given["team"]) if given["team"] is not None else None,
    }


def _inclusions(given: Any) -> tuple[str, ...]:
    if not isinstance(given, list) or not all(isinstance(row, dict) for row in given):
        raise broken("inclusions")
    slugs = [row.get("slug") for row in given]
    if not all(isinstance(slug, str) and slug for slug in slugs) or len(set(slugs)) != len(slugs):
        raise broken("inclusions")
    return tuple(slugs)


def inside(model: type[models.Model]) -> dict[str, type[models.Model]]:
    """The columns that refer to other rows of the same history."""
    kinds = set(KINDS.values())
    return {
        each.name: each.related_model
        for each in columns(model)
        if isinstance(each, models.ForeignKey)
        and each.related_model in kinds
        and each.name not in OUTSIDE.get(model, ())
    }


def _check_references(history: Checked) -> None:
    ids = {model: [row["id"] for row in rows if "id" in row] for model, rows in history.rows.items()}
    known = {model: set(found) for model, found in ids.items()}
    for kind, model in KINDS.items():
        if len(known[model]) != len(ids[model]):
            raise broken(kind)
        for number, row in enumerate(history.rows[model], start=1):
            for name, target in inside(model).items():
                if row[name] is not None and row[name] not in known[target]:
                    raise broken(f"{kind} {number}, {name}")


def _check_order(history: Checked) -> None:
    """What readers get is an agreed text of that very edition, and no text comes before itself."""
    revisions = {row["id"]: row for row in history.rows[Revision]}
    for number, edition in enumerate(history.rows[Edition], start=1):
        current = revisions.get(edition["current"])
        if current and (current["edition"] != edition["id"] or current["state"] != State.AGREED):
            raise broken(f"editions {number}, current")
    _check_gathered(history)
    for name in ("parent", "redone_from"):
        _check_no_circle(name, {row["id"]: row[name] for row in history.rows[Revision]})


def _check_gathered(history: Checked) -> None:
    """What is gathered waits for something that is not published yet; what readers have waits for nothing."""
    published = {row["id"]: row["published_at"] is not None for row in history.rows[Publication]}
    for number, revision in enumerate(history.rows[Revision], start=1):
        is_out = published.get(revision["publication"])
        is_gathered = revision["state"] == State.GATHERED
        if (is_out is not False) if is_gathered else (is_out is False):
            raise broken(f"revisions {number}, publication")


def _check_no_circle(name: str, before: Mapping[UUID, UUID | None]) -> None:
    settled: set[UUID] = set()
    for start in before:
        way: list[UUID] = []
        at: UUID | None = start
        seen: set[UUID] = set()
        while at is not None and at not in settled:
            if at in seen:
                raise broken(f"revisions, {name}")
            seen.add(at)
            way.append(at)
            at = before[at]
        settled.update(way)
