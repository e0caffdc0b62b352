"""The theory room as a Django application."""

from django.apps import AppConfig


class TheoryConfig(AppConfig):
    """Registers the room under its own name."""

    name = "fieldcraft.theory"
    label = "theory"
    default_auto_field = "django.db.models.BigAutoField"
