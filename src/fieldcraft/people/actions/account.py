"""What a person decides about their own account."""

from django.utils.translation import gettext as _

from fieldcraft.errors import Invalid
from fieldcraft.people.access import Actor
from fieldcraft.people.models import Person

THEMES = ("", "light", "dark")


def choose_theme(*, actor: Actor, theme: str) -> None:
    """Light, dark, or "" to follow the device."""
    if theme not in THEMES:
        raise Invalid(_("Choose light, dark, or as on your device."))
    assert actor.person_id  # the view lets nobody in who is not signed in
    Person.objects.filter(pk=actor.person_id).update(theme=theme)
