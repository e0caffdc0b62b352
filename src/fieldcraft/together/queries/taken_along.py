"""What a person raised, for the file that they take along: found by themselves alone, as on the screen of it."""

from typing import Any

from fieldcraft.people.access import Actor
from fieldcraft.people.taken_along import Part
from fieldcraft.together.models import Condition, Voice
from fieldcraft.together.queries.raisings import my_raisings


def raised_by(actor: Actor) -> Part:
    """Three queries, however much it is; what was raised by name also in organisations that were left."""
    mine = my_raisings(actor)
    named = [_row(each.condition, each.raising.helped) for each in mine if each.condition.voice != Voice.UNNAMED]
    unnamed = [_row(each.condition, each.raising.helped) for each in mine if each.condition.voice == Voice.UNNAMED]
    others = Condition.objects.filter(by=actor.person_id, by__isnull=False).exclude(
        pk__in=[each.condition.pk for each in mine]
    )
    named += [_row(row, "") for row in others.select_related("organisation")]
    return Part({"raised": named}, {"raised": unnamed})


def _row(row: Condition, helped: str) -> dict[str, Any]:
    """raised_on: of an unnamed one the first day of its month, which is all that is kept."""
    return {
        "organisation": row.organisation.name,
        "words": row.words,
        "voice": row.voice,
        "raised_on": row.raised_on,
        "shown_on": row.shown_on,
        "stage": row.stage,
        "stage_on": row.stage_on,
        "helped": helped,
    }
