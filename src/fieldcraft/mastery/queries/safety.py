"""What an organisation says about whom to call."""

from fieldcraft.mastery import policy
from fieldcraft.mastery.models import Safety
from fieldcraft.people.access import Actor
from fieldcraft.people.models import Organisation


def safety_of(actor: Actor, organisation: Organisation) -> Safety | None:
    """What this organisation of the actor's says; None when it has said nothing yet."""
    return policy.safeties(actor).filter(pk=organisation.pk).first()


def mark_of(said: Safety | None) -> str:
    """Tells one version of it from the next; "" when there is none."""
    return said.set_at.isoformat() if said else ""
