"""What of the compass follows from a psychology, so that people can see it, dispute it, and not want it offered.

One list, kept true by tests: each key is asked for where it is offered. What a rule of the whole tool holds cannot be
switched off, and says so. Off means that it is not offered any more; whatever somebody wrote with it stays theirs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fieldcraft.mastery import policy
from fieldcraft.mastery.queries.reflections import shipped_exercises
from fieldcraft.people.access import Actor

HUNCH_FIRST = "hunch-first"
WHICH_FOLLOWED = "which-followed"
WORDS_THAT_RETURN = "words-that-return"
BRINGS = "what-would-it-bring"
PATTERN = "pattern-of-changes"
WHAT_INSTEAD = "what-instead"
DIRECTION_OR_PICTURE = "direction-or-picture"
SPEAKS_AGAINST = "what-speaks-against"


@dataclass(frozen=True, slots=True)
class Switch:
    """Something of the compass. what: where and how it is met; fixed: the rule that holds it, "" where it can go off."""

    key: str
    title: object
    what: object
    fixed: object = ""


_ON_SCREENS = (
    Switch(
        HUNCH_FIRST,
        gettext_lazy("The hunch before the reasons"),
        gettext_lazy("A note of what happened asks first for the hunch, in a box of its own, and only then for reasons."),
    ),
    Switch(
        WHICH_FOLLOWED,
        gettext_lazy("Which did you follow?"),
        gettext_lazy("Later, a note asks whether the hunch or the reasons were followed, and what came of it."),
    ),
    Switch(
        WORDS_THAT_RETURN,
        gettext_lazy("Words that return"),
        gettext_lazy(
            "On one's own device, a word that comes back in one's notes is asked about. It is off until switched on."
        ),
    ),
    Switch(
        BRINGS,
        gettext_lazy("Asking a vision what it would bring"),
        gettext_lazy("A vision can be asked, up to five times over, what it would bring, until a wish is found."),
    ),
    Switch(
        PATTERN,
        gettext_lazy("The pattern after three changes"),
        gettext_lazy("Whoever has changed a vision three times sees their own changes in one sentence, without a verdict."),
    ),
    Switch(
        WHAT_INSTEAD,
        gettext_lazy("What would be there instead?"),
        gettext_lazy("A vision that says only what would be gone is asked, once, what would be there instead."),
    ),
    Switch(
        DIRECTION_OR_PICTURE,
        gettext_lazy("A direction or a picture?"),
        gettext_lazy("A purpose that reads like a target, and a vision that reads like a direction, are asked about once."),
    ),
    Switch(
        SPEAKS_AGAINST,
        gettext_lazy("What speaks against it?"),
        gettext_lazy("Something in the way is asked for one thing that speaks against it, such as a time when it was otherwise."),
    ),
)  # fmt: skip
_HELD_BY_RULE = (
    Switch(
        "purpose-is-not-vision",
        gettext_lazy("Purpose and vision are two things"),
        gettext_lazy("They have screens of their own, and neither is ever made of the other."),
        gettext_lazy("The compass is built on the two being different, and would be another tool without it."),
    ),
    Switch(
        "no-numbers",
        gettext_lazy("No grade, no distance reckoned"),
        gettext_lazy(
            "How far vision and now are apart is set by hand; no number, level or row of weeks judges anybody."
        ),
        gettext_lazy("Nothing in a compass is counted against anybody: that is a rule of the whole tool."),
    ),
    Switch(
        "nothing-required",
        gettext_lazy("Everything can be left out"),
        gettext_lazy("Each question can stay empty, and coming back after a long time is welcome."),
        gettext_lazy("Nothing in a compass is required of anybody: that is a rule of the whole tool."),
    ),
    Switch(
        "not-mine-to-move",
        gettext_lazy("What is not mine to move"),
        gettext_lazy("What somebody says is not theirs to move never becomes their task."),
        gettext_lazy("Nobody is given the organisation's tasks as their own: that is a rule of the whole tool."),
    ),
)


def switches() -> dict[str, Switch]:
    """All of them by key: what screens ask, the exercises, then what a rule holds."""
    exercises = (
        Switch(each.key, each.title, _("One of the exercises to think along.")) for each in shipped_exercises()
    )
    return {each.key: each for each in (*_ON_SCREENS, *exercises, *_HELD_BY_RULE)}


@dataclass(frozen=True, slots=True)
class Off:
    """Something that an organisation does not want offered: why, who said so, and when."""

    reason: str
    by: str
    at: datetime


def switched_off_by(organisation_id: UUID) -> dict[str, Off]:
    """What one organisation switched off, by key; the caller has asked who may see the organisation. One query."""
    rows = policy.switched_off_in({organisation_id}).select_related("by")
    return {row.key: Off(row.reason, row.by.name, row.at) for row in rows}


def not_offered(actor: Actor) -> Mapping[str, tuple[str, ...]]:
    """What is not offered to the actor, each with the reasons given; one query.

    Who works for several organisations has one compass; it misses only what each of them switched off.
    """
    places = {post.organisation_id for post in actor.posts}
    reasons: dict[str, list[str]] = {}
    for row in policy.switched_off_in(places).order_by("at"):
        reasons.setdefault(row.key, []).append(row.reason)
    return {key: tuple(said) for key, said in reasons.items() if len(said) == len(places)}
