"""The people room as a Django application."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Registers the room under its own name."""

    name = "fieldcraft.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
