"""The theory room as a Django application."""

from django.apps import AppConfig


class TheoryConfig(AppConfig):
    """Registers the room under its own name."""

    name = "fieldcraft.theory"
    label = "theory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Says what it adds to the file that a person takes along, and how many an unnamed condition takes here."""
        from fieldcraft.people.taken_along import also_take
        from fieldcraft.theory.queries.releases import least_of_a_team
        from fieldcraft.theory.queries.taken_along import said_by
        from fieldcraft.together.queries.threshold import ask_for_threshold

        also_take(said_by)
        ask_for_threshold(least_of_a_team)
