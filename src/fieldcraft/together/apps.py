"""The together room as a Django application."""

from django.apps import AppConfig


class TogetherConfig(AppConfig):
    """Registers the room under its own name."""

    name = "fieldcraft.together"
    label = "together"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Says what it adds to the file that a person takes along."""
        from fieldcraft.people.taken_along import also_take
        from fieldcraft.together.queries.taken_along import raised_by

        also_take(raised_by)
