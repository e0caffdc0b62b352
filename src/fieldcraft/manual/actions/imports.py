"""Bringing a handbook in through the screen: kept, read in the background, carried out after a person's yes."""

import secrets
from collections.abc import Callable, Collection
from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from fieldcraft.engine.formats.document import BadSource, Library
from fieldcraft.errors import Invalid, NotFound
from fieldcraft.manual import policy
from fieldcraft.manual.actions.manuals import new_manual
from fieldcraft.manual.actions.transfer.apply import apply_plan
from fieldcraft.manual.actions.transfer.own_words import Chosen, require_room
from fieldcraft.manual.actions.transfer.plan import below_of, plan_import
from fieldcraft.manual.actions.transfer.source import library_of
from fieldcraft.manual.actions.transfer.summary import summary_of
from fieldcraft.manual.models import Import, Kind, Manual, Progress
from fieldcraft.people.access import Actor, require
from fieldcraft.people.queries import actor_of

KEPT_FOR = timedelta(days=1)
_TOLD_EVERY = 100  # pages


def begin_import(
    *, actor: Actor, name: str, content: bytes, manual: Manual | None, organisation_id: UUID | None, title: str
) -> Import:
    """Keep the file and have it read; into a manual, or for a new one of an organisation."""
    require(policy.can_shape(actor, manual) if manual else policy.can_make(actor, organisation_id))
    assert actor.person_id  # who may shape or make is signed in
    forget_old_imports()
    begun = Import.objects.create(
        by_id=actor.person_id,
        manual=manual,
        organisation_id=None if manual else organisation_id,
        title=title,
        name=Path(name).name[:255],
        upload=_keep(content),
    )
    read_later.enqueue(str(begun.pk))
    return begun


def confirm_import(*, actor: Actor, begun: Import, chosen: Collection[str] = ()) -> None:
    """The person's yes to the plan they saw; refused when the manual has changed since, with a new plan.

    chosen: editions of pages that people here decided on, which get the file's text nevertheless.
    """
    require(policy.can_shape(actor, begun.manual) if begun.manual else policy.can_make(actor, begun.organisation_id))
    ours = [row[0] for row in begun.plan.get("ours", ()) if row[0] in chosen]
    if ours and begun.manual:
        require(policy.can_write(actor, begun.manual))
        require_room(begun.manual, map(UUID, ours))
    values = {"progress": Progress.WORKING, "plan": {**begun.plan, "chosen": ours}}
    if not Import.objects.filter(pk=begun.pk, progress=Progress.PLANNED).update(**values):
        raise NotFound(_("This plan is no longer open. Nothing was changed; choose the file again."))
    if begun.manual and begun.manual.version != begun.seen_version:
        Import.objects.filter(pk=begun.pk).update(progress=Progress.READING)
        read_later.enqueue(str(begun.pk))
        raise Invalid(_("The manual has changed since this plan was made. A new plan is being made; look at it first."))
    carry_out_later.enqueue(str(begun.pk))


def drop_import(*, begun: Import) -> None:
    """Not now: the file and its plan are gone; too late once it is being imported."""
    if begun.progress == Progress.WORKING:
        raise Invalid(_("It is being imported already. Wait until it is done."))
    _forget_file(begun)
    begun.delete()


@task()
def read_later(import_id: str) -> None:
    """Read the kept file and plan what would happen."""
    _run(import_id, _read)


@task()
def carry_out_later(import_id: str) -> None:
    """Do what the plan says, all of it or nothing."""
    _run(import_id, _carry_out)


def _run(import_id: str, step: Callable[[Import], None]) -> None:
    begun = Import.objects.select_related("manual", "by").filter(pk=import_id).first()
    if begun is None:
        return  # the person has dropped it meanwhile
    try:
        step(begun)
    except BadSource as problem:
        _refuse(begun, {"fault": problem.fault.value, "path": problem.path, "detail": problem.detail})
    except Exception as problem:
        _refuse(begun, {})
        # What broke may quote the handbook, and the task's record keeps every word of what it is given here.
        raise RuntimeError(type(problem).__name__).with_traceback(problem.__traceback__) from None


def _read(begun: Import) -> None:
    version = begun.manual.version if begun.manual else 0
    plan = plan_import(_library(begun), begun.manual, below_of(begun.manual))
    begun.plan, begun.total, begun.seen_version = summary_of(plan), len(plan.pages), version
    begun.progress = Progress.PLANNED
    begun.save(update_fields=["plan", "total", "seen_version", "progress"])


def _carry_out(begun: Import) -> None:
    library = _library(begun)
    plan = plan_import(library, begun.manual, below_of(begun.manual))
    manual = begun.manual or _new(begun, library)
    chosen = Chosen(frozenset(map(UUID, begun.plan.get("chosen", ()))), begun.name, actor_of(begun.by))
    applied = apply_plan(by=begun.by_id, manual=manual, plan=plan, chosen=chosen, progress=partial(_tell, begun))
    begun.manual, begun.revisions, begun.progress = manual, applied.revisions, Progress.DONE
    begun.plan |= {"kept": applied.kept, "waiting": applied.waiting}
    _forget_file(begun)
    begun.save(update_fields=["manual", "revisions", "progress", "upload", "plan"])


def _tell(begun: Import, done: int, total: int) -> None:
    if done % _TOLD_EVERY == 0:
        Import.objects.filter(pk=begun.pk).update(done=done, total=total)


def _new(begun: Import, library: Library) -> Manual:
    assert begun.organisation_id
    title = begun.title or library.title or begun.name
    return new_manual(organisation_id=begun.organisation_id, title=title, kind=Kind.ORGANISATION)


def _library(begun: Import) -> Library:
    return library_of(begun.name, (_folder() / begun.upload).read_bytes())


def _refuse(begun: Import, problem: dict[str, str]) -> None:
    _forget_file(begun)
    Import.objects.filter(pk=begun.pk).update(progress=Progress.REFUSED, problem=problem, upload="")


def _folder() -> Path:
    folder: Path = settings.HOME.media / "uploads"
    folder.mkdir(exist_ok=True)
    return folder


def _keep(content: bytes) -> str:
    name = secrets.token_urlsafe(24)
    (_folder() / name).write_bytes(content)
    return name


def _forget_file(begun: Import) -> None:
    if begun.upload:
        (_folder() / begun.upload).unlink(missing_ok=True)
        begun.upload = ""


def forget_old_imports() -> None:
    """Uploads that nobody said yes to within a day are thrown away, and those a stopped server left half read."""
    for begun in Import.objects.filter(begun_at__lt=timezone.now() - KEPT_FOR).exclude(upload=""):
        _refuse(begun, {})
