"""The audit room as a Django application."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Registers the room under its own name."""

    name = "fieldcraft.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
