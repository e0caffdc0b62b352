"""The shell room as a Django application."""

from django.apps import AppConfig

from fieldcraft.shell.later import read_later


class ShellConfig(AppConfig):
    """Registers the room under its own name."""

    name = "fieldcraft.shell"
    label = "shell"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What checks passkeys brings a whole library of ciphers along, which no reader needs."""
        read_later("allauth.mfa.webauthn.internal.auth")
