"""The shell room as a Django application."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    """Registers the room under its own name."""

    name = "fieldcraft.shell"
    label = "shell"
    default_auto_field = "django.db.models.BigAutoField"
