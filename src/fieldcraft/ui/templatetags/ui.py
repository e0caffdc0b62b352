"""Tags that draw small parts of the look."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from fieldcraft.ui.icons import ICONS

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing beside words that say the same, so it is hidden from screen readers."""
    drawing = f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{ICONS[name]}</svg>'
    return mark_safe(drawing)  # noqa: S308 — our own constant drawings
