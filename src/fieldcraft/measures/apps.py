"""The measures room as a Django application."""

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    """Registers the room under its own name."""

    name = "fieldcraft.measures"
    label = "measures"
    default_auto_field = "django.db.models.BigAutoField"
