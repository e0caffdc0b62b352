"""Naming what is in the way, and holding what happened beside a belief; nothing of it is recorded anywhere else."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldcraft.errors import Invalid
from fieldcraft.manual.queries.layers import Held
from fieldcraft.manual.queries.resolve import Stack
from fieldcraft.mastery import policy
from fieldcraft.mastery.actions.compass import as_it_is, expect, needed, owner
from fieldcraft.mastery.models import Obstacle, ObstacleKind, PracticeNote, Vision, Weight
from fieldcraft.people.access import Actor

Place = tuple[Stack, Held]


@transaction.atomic
def name_obstacle(*, actor: Actor, text: str, vision: Vision | None = None, place: Place | None = None) -> Obstacle:
    """Something is in the way: of a vision, on a page of a manual, or of neither in particular."""
    return Obstacle.objects.create(
        owner_id=owner(actor), text=needed(text), vision=as_it_is(actor, vision) if vision else None, **_on(place)
    )


def _on(place: Place | None) -> dict[str, Any]:
    """The columns that name a page."""
    if place is None:
        return {"manual_id": None, "page_id": None}
    stack, held = place
    return {"manual_id": stack.manual.pk, "page_id": held.page_id}


@transaction.atomic
def say_of_obstacle(*, actor: Actor, obstacle: Obstacle, based_on: str, **said: Any) -> Obstacle:
    """Answer one of the questions about it; said: the field and its new value."""
    (name,) = said
    now = as_it_is(actor, obstacle)
    expect(now, based_on, name)
    setattr(now, name, needed(said[name]) if name == "text" else said[name])
    if name == "vision" and now.vision and now.vision.owner_id != actor.person_id:
        raise Invalid(_("Choose one of your own visions."))
    now.save(update_fields=[name])
    return now


@transaction.atomic
def hang_on_page(*, actor: Actor, obstacle: Obstacle, place: Place | None) -> None:
    """It belongs to this page of the manual, or to none."""
    now = as_it_is(actor, obstacle)
    for name, value in _on(place).items():
        setattr(now, name, value)
    now.save(update_fields=["manual", "page"])


@transaction.atomic
def put_out_of_the_way(*, actor: Actor, obstacle: Obstacle) -> None:
    """It is not in the way any more, or not looked at any longer; it is kept."""
    now = as_it_is(actor, obstacle)
    now.gone_at = now.gone_at or timezone.now()
    now.save(update_fields=["gone_at"])


@transaction.atomic
def put_back_in_the_way(*, actor: Actor, obstacle: Obstacle) -> None:
    """It is in the way again."""
    now = as_it_is(actor, obstacle)
    now.gone_at = None
    now.save(update_fields=["gone_at"])


@transaction.atomic
def hold_beside(*, actor: Actor, obstacle: Obstacle, note: PracticeNote, speaks_for: bool) -> Weight:
    """What happened speaks for the belief or against it; said anew, it changes sides."""
    now, held = as_it_is(actor, obstacle), as_it_is(actor, note)
    if now.kind != ObstacleKind.CANNOT_BE_REACHED:
        raise Invalid(_("Notes are held beside a belief that something cannot be reached. Say first that this is one."))
    made, _is_new = Weight.objects.update_or_create(
        owner_id=owner(actor), obstacle=now, note=held, defaults={"speaks_for": speaks_for}
    )
    return made


@transaction.atomic
def take_from_beside(*, actor: Actor, obstacle: Obstacle, note: PracticeNote) -> None:
    """It is on neither side after all; the note itself stays. Doing so twice does no harm."""
    policy.mine(actor, Weight).filter(obstacle=obstacle.pk, note=note.pk).delete()
