"""The whole history of a manual as plain values, row by row, every column but those that an import makes anew.

See `docs/reference/history-format.md`.
"""

import base64
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import Field, ForeignKey, Model, Q, QuerySet

from fieldcraft.manual import policy
from fieldcraft.manual.models import (
    Agreement,
    Attachment,
    Edition,
    Inclusion,
    Manual,
    OldName,
    Page,
    Publication,
    Remark,
    Reply,
    Revision,
)
from fieldcraft.manual.queries.export.pages import chunks
from fieldcraft.manual.queries.pages import file_of
from fieldcraft.manual.queries.resolve import chain_of
from fieldcraft.people.access import Actor
from fieldcraft.people.models import Person

Row = dict[str, Any]
UNNAMED: Row = {"slug": "", "title": ""}
"""A manual that this one is not built on: its page was drawn in or copied, and readers may not know from where."""
KINDS: dict[str, type[Model]] = {
    "pages": Page,
    "editions": Edition,
    "publications": Publication,
    "revisions": Revision,
    "agreements": Agreement,
    "remarks": Remark,
    "replies": Reply,
    "old_names": OldName,
    "attachments": Attachment,
}
MADE_ANEW: dict[type[Model], frozenset[str]] = {
    Manual: frozenset({"version", "organisation", "team"}),
    Page: frozenset({"manual"}),
    Edition: frozenset({"version", "manual"}),
    Publication: frozenset({"manual"}),
    Revision: frozenset({"step"}),
    OldName: frozenset({"id", "version", "manual"}),
    Attachment: frozenset({"manual", "size"}),
    Remark: frozenset({"manual"}),
}
"""Columns that a history leaves out: what an import counts itself, the manual, which is the file's own, and steps.

What a step led to is a text of its own; the step is between two manuals, of which the file holds one.
"""


def columns(model: type[Model]) -> list[Field[Any, Any]]:
    """The columns that a history holds of each row."""
    left_out = MADE_ANEW.get(model, frozenset())
    return [field for field in model._meta.concrete_fields if field.name not in left_out]


def whole_history(manual: Manual) -> Row:
    """For commands, which act for the installation itself."""
    return _history(manual, Remark.objects.filter(manual=manual))


def history_for(actor: Actor, manual: Manual) -> Row:
    """As much as the actor may see: a suggestion that is held is for those who keep the manual.

    Neither a note that is not published yet nor whose remark was passed on is for every reader.
    """
    told = _history(manual, policy.visible_remarks(actor, manual))
    if not policy.can_publish(actor, manual):
        told["publications"] = [row if row["published_at"] else {**row, "note": ""} for row in told["publications"]]
    told["remarks"] = [{**row, "passed_from": None} for row in told["remarks"]]
    return told


def _history(manual: Manual, remarks: QuerySet[Remark]) -> Row:
    rows = {kind: list(found) for kind, found in _rows(manual, remarks).items()}
    names = _names(row for found in rows.values() for row in found)
    values = {kind: [_values(row, names) for row in found] for kind, found in rows.items()}
    told, below = {remark.pk for remark in rows["remarks"]}, {each.pk for each in chain_of(manual)}
    for row, revision in zip(values["revisions"], rows["revisions"], strict=True):
        row["remark"] = row["remark"] if revision.remark_id in told else None
    for row, page in zip(values["pages"], rows["pages"], strict=True):
        row["of"] = None if page.manual_id == manual.pk else _named(page.manual) if page.manual_id in below else UNNAMED
    for row in values["attachments"]:
        row["content"] = _content(row["sha256"])
    return {"manual": _manual(manual), "inclusions": _inclusions(manual), **values}


def _rows(manual: Manual, remarks: QuerySet[Remark]) -> dict[str, Iterable[Any]]:
    held = Q(manual=manual) | Q(editions__manual=manual) | Q(remarks__in=remarks)
    old_names = OldName.objects.filter(manual=manual)
    pages = Page.objects.filter(held | Q(pk__in=old_names.values("page"))).select_related("manual")
    return {
        "pages": pages.distinct().order_by("id"),
        "editions": Edition.objects.filter(manual=manual).order_by("id"),
        "publications": Publication.objects.filter(manual=manual).order_by("id"),
        "revisions": Revision.objects.filter(edition__manual=manual).order_by("id"),
        "agreements": Agreement.objects.filter(revision__edition__manual=manual).order_by("id"),
        "remarks": remarks.order_by("id"),
        "replies": Reply.objects.filter(remark__in=remarks).order_by("id"),
        "old_names": old_names.order_by("name"),
        "attachments": Attachment.objects.filter(manual=manual).order_by("id"),
    }


def person_columns(model: type[Model]) -> list[str]:
    """The columns that name a person."""
    return [field.name for field in columns(model) if isinstance(field, ForeignKey) and field.related_model is Person]


def _names(rows: Iterable[Any]) -> dict[UUID, str]:
    """The names of all who wrote, agreed or answered; nothing else of them leaves."""
    by_model = {model: [f"{name}_id" for name in person_columns(model)] for model in KINDS.values()}
    ids = {found for row in rows for name in by_model[type(row)] if (found := getattr(row, name))}
    names: dict[UUID, str] = {}
    for some in chunks(sorted(ids)):
        names |= dict(Person.objects.filter(pk__in=some).values_list("pk", "name"))
    return names


def _values(row: Model, names: dict[UUID, str]) -> Row:
    people = person_columns(type(row))
    found = {}
    for field in columns(type(row)):
        value = getattr(row, field.attname)
        if field.name in people:
            value = {"id": str(value), "name": names.get(value, "")} if value else None
        found[field.name] = _plain(value)
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def _manual(manual: Manual) -> Row:
    values = {field.name: _plain(getattr(manual, field.attname)) for field in columns(Manual)}
    team = manual.team
    return {
        **values,
        "organisation": {"id": str(manual.organisation_id), "name": manual.organisation.name},
        "team": {"id": str(team.pk), "name": team.name} if team else None,
    }


def _inclusions(manual: Manual) -> Sequence[Row]:
    """By name, since the manuals themselves are not in the file."""
    found = Inclusion.objects.filter(manual=manual).select_related("included").order_by("position")
    return [{**_named(inclusion.included), "position": inclusion.position} for inclusion in found]


def _named(manual: Manual) -> Row:
    return {"slug": manual.slug, "title": manual.title}


def _content(sha256: str) -> str | None:
    """None for a file that is gone from the disk."""
    file = file_of(sha256)
    return base64.b64encode(file.read_bytes()).decode() if file.exists() else None
