"""The mastery room as a Django application."""

from django.apps import AppConfig


class MasteryConfig(AppConfig):
    """Registers the room under its own name."""

    name = "fieldcraft.mastery"
    label = "mastery"
    default_auto_field = "django.db.models.BigAutoField"
