"""Bringing a whole history in: into a new manual, all of it or nothing, with its ids where they are free."""

import base64
import binascii
import hashlib
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from fieldcraft.audit.actions import record
from fieldcraft.engine.formats.export.history import history_in, is_history
from fieldcraft.errors import Invalid
from fieldcraft.manual.actions.manuals import keep_manual
from fieldcraft.manual.actions.preparing import tell_of_all
from fieldcraft.manual.actions.transfer.apply import store_file
from fieldcraft.manual.actions.transfer.checked import OUTSIDE, Checked, Row, broken, checked, inside
from fieldcraft.manual.actions.writing import Written, bump, index, keep_renderings, written
from fieldcraft.manual.models import Attachment, Audience, Edition, Kind, Manual, Page, Remark, Reply, Revision
from fieldcraft.manual.queries.export.history import KINDS, columns
from fieldcraft.people.actions.community import keep_name_of
from fieldcraft.people.models import Organisation, Team

_AT_ONCE = 400
_IDS, _MOST_OFFSET = 1 << 128, 1 << 40
Ids = Mapping[type[models.Model], Mapping[UUID, UUID]]
Outside = Mapping[type[models.Model], set[UUID]]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something of the file that did not come in; kind: as the file calls it. reason: a sentence."""

    kind: str
    count: int
    reason: str


@dataclass(frozen=True, slots=True)
class Restored:
    """What came in, and what did not."""

    manual: Manual
    pages: int
    revisions: int
    remarks: int
    attachments: int
    left_out: tuple[LeftOut, ...]


def history_at(path: Path) -> Checked | None:
    """The history in a file, looked through; None for any other source. Raises BadSource and Invalid."""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        is_one = is_history(file.read(200))
    return checked(history_in(path.name, path.read_bytes())) if is_one else None


def restore_history(
    *, by: UUID | None, history: Checked, slug: str, organisation: Organisation, title: str = "", audience: str = ""
) -> Restored:
    """A new manual at `slug` with everything that the file holds.

    organisation: keeps the manual where the one that kept it is not here.
    """
    if Manual.objects.filter(slug=slug).exists():
        raise Invalid(_("There is a manual at “%(slug)s” already. Choose another address.") % {"slug": slug})
    given = {
        "slug": slug,
        "title": title or history.manual["title"],
        "audience": audience or history.manual["audience"],
    }
    manual = _manual({**history.manual, **given}, organisation)
    made = _made(history, manual)
    texts, left_out = _texts(made), tuple(_left_out(history, made))
    try:
        with transaction.atomic():
            _store(by, history, manual, made, texts)
    except IntegrityError:
        raise Invalid(_("This history contradicts itself. Export it again; nothing was changed.")) from None
    counts = {kind: len(made[model]) for kind, model in KINDS.items()}
    return Restored(
        manual,
        len(history.rows[Page]),
        counts["revisions"],
        counts["remarks"],
        counts["attachments"],
        left_out,
    )


def _left_out(history: Checked, made: Mapping[type[models.Model], list[Any]]) -> Iterator[LeftOut]:
    """Each kind of which less came in than the file holds, and why."""
    reasons = {
        "remarks": _("They were made on texts of a manual that is not here."),
        "replies": _("They answer remarks that are left out."),
        "attachments": _("The bytes of these files are not in the history: %(names)s.") % {"names": _names(history)},
        "inclusions": _("The manual was built on these, and they are not here: %(names)s. Import them first.")
        % {"names": ", ".join(_absent(history))},
    }
    counts = {kind: len(history.rows[KINDS[kind]]) - len(made[KINDS[kind]]) for kind in list(reasons)[:3]}
    for kind, count in {**counts, "inclusions": len(_absent(history))}.items():
        if count:
            yield LeftOut(kind, count, reasons[kind])


def _names(history: Checked) -> str:
    return ", ".join(row["path"] for row in history.rows[Attachment] if row["content"] is None)


def _absent(history: Checked) -> list[str]:
    here = {manual.slug for manual in _below(history)}
    return [slug for slug in history.inclusions if slug not in here]


def _manual(row: Row, organisation: Organisation) -> Manual:
    """A team's manual whose team is not here becomes one of the organisation's, for the organisation alone."""
    keeper = Organisation.objects.filter(pk=row["organisation"][0]).first() or organisation
    team = Team.objects.filter(pk=row["team"][0], organisation=keeper).first() if row["team"] else None
    values = {column.attname: row[column.name] for column in columns(Manual)}
    manual = Manual(**values, organisation=keeper, team=team)
    if manual.kind == Kind.TEAM and team is None:
        manual.kind = Kind.ORGANISATION
    if manual.audience == Audience.TEAM and team is None:
        manual.audience = Audience.ORGANISATION
    if _here(Manual, [manual.pk]):
        manual.pk = UUID(int=(manual.pk.int + _offset()) % _IDS)
    return manual


def _made(history: Checked, manual: Manual) -> dict[type[models.Model], list[Any]]:
    """Every row as it will stand here; a reference leads to a row that is here, or nowhere."""
    others_pages = _here(Page, [row["id"] for row in history.rows[Page] if row["of"]])
    ids = _ids(history, others_pages)
    outside: Outside = {model: _here(model, _named_outside(history, model)) for model in (Revision, Remark)}
    rows = {model: list(found) for model, found in history.rows.items()}
    rows[Page] = [row for row in rows[Page] if row["id"] not in others_pages]
    rows[Attachment] = [row for row in rows[Attachment] if row["content"] is not None]
    rows[Remark] = [
        row for row in rows[Remark] if row["revision"] in ids[Revision] or row["revision"] in outside[Revision]
    ]
    rows[Remark] = [{**row, "is_from_outside": _is_from_outside(row)} for row in rows[Remark]]
    remarks = {row["id"] for row in rows[Remark]}
    dropped = ids[Remark].keys() - remarks
    rows[Remark] = [{**row, "passed_from": None} if row["passed_from"] in dropped else row for row in rows[Remark]]
    rows[Reply] = [row for row in rows[Reply] if row["remark"] in remarks]
    rows[Revision] = [row if row["remark"] in remarks else {**row, "remark": None} for row in rows[Revision]]
    return {model: [_row(model, row, manual, ids, outside) for row in found] for model, found in rows.items()}


def _is_from_outside(row: Row) -> bool:
    """A history from before it was noted tells it of what is held, and of what has no name of ours."""
    return bool(row["is_from_outside"] or row["is_held"] or row["by"] is None)


def _ids(history: Checked, others_pages: set[UUID]) -> Ids:
    """The id here of each row: its own where that is free."""
    found: dict[type[models.Model], dict[UUID, UUID]] = {}
    offset = _offset()
    for model, rows in history.rows.items():
        ids = [row["id"] for row in rows if "id" in row]
        taken = _here(model, ids) - (others_pages if model is Page else set())
        found[model] = {each: UUID(int=(each.int + offset) % _IDS) if each in taken else each for each in ids}
    return found


def _offset() -> int:
    """What is added to ids that are taken: their moment stays, and so does their order."""
    return secrets.randbelow(_MOST_OFFSET) + 1


def _here(model: type[models.Model], ids: list[UUID]) -> set[UUID]:
    """Which of these rows this installation has."""
    found: set[UUID] = set()
    if model._meta.pk.get_internal_type() == "UUIDField":
        for start in range(0, len(ids), _AT_ONCE):
            some = model._default_manager.filter(pk__in=ids[start : start + _AT_ONCE])
            found |= set(some.values_list("pk", flat=True))
    return found


def _named_outside(history: Checked, target: type[models.Model]) -> list[UUID]:
    named = {
        row[name]
        for model, targets in OUTSIDE.items()
        for row in history.rows[model]
        for name, of in targets.items()
        if of is target
    }
    return [each for each in named if each]


def _row(model: type[models.Model], row: Row, manual: Manual, ids: Ids, outside: Outside) -> models.Model:
    values = {column.attname: row[column.name] for column in columns(model)}
    if "id" in row:
        values["id"] = ids[model][row["id"]]
    for name, target in inside(model).items():
        values[f"{name}_id"] = ids[target][row[name]] if row[name] else None
    for name, target in OUTSIDE.get(model, {}).items():
        values[f"{name}_id"] = ids[target].get(row[name]) or (row[name] if row[name] in outside[target] else None)
    if any(each.name == "manual" for each in model._meta.concrete_fields):
        values["manual_id"] = manual.pk
    made = model(**values)
    if isinstance(made, Attachment):
        made.size = len(_content(row))
    return made


def _content(row: Row) -> bytes:
    try:
        content = base64.b64decode(row["content"], validate=True)
    except (binascii.Error, ValueError, TypeError):
        raise broken(f"attachments, {row['path']}") from None
    if hashlib.sha256(content).hexdigest() != row["sha256"]:
        raise broken(f"attachments, {row['path']}")
    return content


def _texts(made: Mapping[type[models.Model], list[Any]]) -> list[Written]:
    """Every text rendered; the slow part, done before the transaction opens."""
    editions: dict[UUID, Edition] = {edition.pk: edition for edition in made[Edition]}
    return [written(editions[revision.edition_id], revision) for revision in made[Revision]]


def _store(
    by: UUID | None,
    history: Checked,
    manual: Manual,
    made: Mapping[type[models.Model], list[Any]],
    texts: list[Written],
) -> None:
    for person, name in history.people.items():
        keep_name_of(person, name)
    made_at = manual.created_at
    keep_manual(by=by, manual=manual, built_on=_below(history))
    Manual.objects.filter(pk=manual.pk).update(created_at=made_at)
    version = bump(manual)
    for model, rows in made.items():
        for row in rows:
            if hasattr(row, "version"):
                row.version = version
        _create(model, rows)
    for row in history.rows[Attachment]:
        if row["content"] is not None:
            store_file(_content(row))
    keep_renderings(texts)
    index(manual, [text for text in texts if _is_read(text)])
    tell_of_all(manual)
    record(by=by, verb="manual.restored", subject=manual, organisation=manual.organisation_id)


def _below(history: Checked) -> list[Manual]:
    here = {manual.slug: manual for manual in Manual.objects.filter(slug__in=history.inclusions)}
    return [here[slug] for slug in history.inclusions if slug in here]


def _create(model: type[models.Model], rows: Iterable[Any]) -> None:
    """Store the rows with the moments they bring, in place of the present one, which their columns would take."""
    rows = list(rows)
    own = [column.attname for column in model._meta.concrete_fields if getattr(column, "auto_now_add", False)]
    moments = [{name: getattr(row, name) for name in own} for row in rows]
    model._default_manager.bulk_create(rows, batch_size=_AT_ONCE)
    for row, values in zip(rows, moments, strict=True):
        for name, value in values.items():
            setattr(row, name, value)
    if own:
        model._default_manager.bulk_update(rows, own, batch_size=_AT_ONCE)


def _is_read(text: Written) -> bool:
    return text.edition.ended_at is None and text.edition.current_id == text.revision.pk
