"""The look as a Django application."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Registers the design system."""

    name = "fieldcraft.ui"
    label = "ui"
