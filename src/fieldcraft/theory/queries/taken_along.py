"""What a person offered, claimed and challenged, for the file that they take along."""

from typing import Any
from uuid import UUID

from django.db.models import Model

from fieldcraft.people.access import Actor
from fieldcraft.people.taken_along import Part
from fieldcraft.theory import policy
from fieldcraft.theory.models import Challenge, ClaimText, Invitation, LoopName, Offering
from fieldcraft.theory.queries.purposes import stands
from fieldcraft.theory.queries.purposes_tokens import tokens


def said_by(actor: Actor) -> Part:
    """Five queries, however much it is."""
    if actor.person_id is None:
        return Part()
    own = _offered(actor.person_id, actor)
    by_name = [_offering(each) for each in own if each.by_id]
    named = {name: _rows(model, columns, actor.person_id) for name, (model, columns) in _WRITTEN.items()}
    return Part({"offered": by_name, **named}, {"offered": [_offering(each) for each in own if not each.by_id]})


_WRITTEN: dict[str, tuple[type[Model], str]] = {
    "claimed": (ClaimText, "says because source critics would_see would_change sure review_on at"),
    "challenged": (Challenge, "text__says words at outcome answer answered_at"),
    "loops_named": (LoopName, "name at"),
}


def _rows(model: type[Model], columns: str, person_id: UUID) -> list[dict[str, Any]]:
    found = model._default_manager.filter(by=person_id).order_by("at", "pk")
    return [dict(row) for row in found.values(*columns.split())]


def _offered(person_id: UUID, actor: Actor) -> list[Offering]:
    """Found by making the person's signs anew; named ones also where they do not belong any more."""
    asked = list(policy.visible_invitations(actor).values_list("pk", flat=True))
    made = {token for each in asked for token in tokens(person_id, each)}
    rows = Offering.objects.select_related("invitation__organisation", "theme")
    found = rows.filter(invitation__in=asked, token__in=made) | rows.filter(by=person_id)
    return sorted(found, key=lambda row: (row.invitation.opened_on, row.pk))


def _offering(row: Offering) -> dict[str, Any]:
    asked: Invitation = row.invitation
    return {
        "organisation": asked.organisation.name,
        "question": asked.question,
        "opened_on": asked.opened_on,
        "closes_on": asked.closes_on,
        "sentence": row.sentence,
        "stands": stands(row).value,
        "theme": row.theme.name if row.theme else "",
        "reply": asked.reply,
    }
