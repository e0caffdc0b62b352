"""Arranging the drawn picture and naming its loops; neither changes what is claimed, so neither makes a version."""

from django.db import transaction
from django.utils.translation import gettext as _

from fieldcraft.errors import Invalid, NotFound
from fieldcraft.people.access import Actor, require
from fieldcraft.theory import policy
from fieldcraft.theory.models import Construct, LoopName, Theory
from fieldcraft.theory.queries.claims import links_of, stated_now
from fieldcraft.theory.queries.loops import rounds

STEP = 0.04
_WAYS = {"left": (-STEP, 0.0), "right": (STEP, 0.0), "up": (0.0, -STEP), "down": (0.0, STEP)}


@transaction.atomic
def place_construct(*, actor: Actor, construct: Construct, across: float, down: float) -> Construct:
    """Put it somewhere in the picture, 0 to 1 from the left and the top; outside, it stops at the edge."""
    require(policy.can_keep_theory(actor, construct.theory.organisation_id))
    construct.x, construct.y = (min(max(place, 0.0), 1.0) for place in (across, down))
    construct.save(update_fields=["x", "y"])
    return construct


def step_from(across: float, down: float, way: str) -> tuple[float, float]:
    """A step to one side of where it stands now. Raises Invalid for anything but left, right, up and down."""
    if way not in _WAYS:
        raise Invalid(_("Choose one of the buttons."))
    return across + _WAYS[way][0], down + _WAYS[way][1]


@transaction.atomic
def let_picture_place(*, actor: Actor, theory: Theory) -> None:
    """Take back every place that people gave; the picture arranges itself again."""
    require(policy.can_keep_theory(actor, theory.organisation_id))
    Construct.objects.filter(theory=theory).update(x=None, y=None)


@transaction.atomic
def name_loop(*, actor: Actor, theory: Theory, key: str, name: str) -> None:
    """Say what a way round is called; an empty name takes the name away."""
    require(policy.can_keep_theory(actor, theory.organisation_id))
    assert actor.person_id  # who keeps a theory is signed in
    if key not in {each.key for each in rounds(theory, links_of(stated_now(theory))).found}:
        raise NotFound(_("There is no such way round any more. The links may have changed."))
    called = " ".join(name.split())
    if not called:
        LoopName.objects.filter(theory=theory, key=key).delete()
        return
    if len(called) > 80:
        raise Invalid(_("A name of up to eighty letters is enough."))
    LoopName.objects.update_or_create(theory=theory, key=key, defaults={"name": called, "by_id": actor.person_id})
