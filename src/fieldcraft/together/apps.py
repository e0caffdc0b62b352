"""The together room as a Django application."""

from django.apps import AppConfig


class TogetherConfig(AppConfig):
    """Registers the room under its own name."""

    name = "fieldcraft.together"
    label = "together"
    default_auto_field = "django.db.models.BigAutoField"
