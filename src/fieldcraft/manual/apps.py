"""The manual room as a Django application."""

from django.apps import AppConfig


class ManualConfig(AppConfig):
    """Registers the room under its own name."""

    name = "fieldcraft.manual"
    label = "manual"
    default_auto_field = "django.db.models.BigAutoField"
