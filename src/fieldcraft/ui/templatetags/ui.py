"""Tags that draw small parts of the look."""

from collections.abc import Iterable
from html import escape

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

from fieldcraft.engine.words import Piece
from fieldcraft.ui.icons import ICONS
from fieldcraft.ui.own import mark_of

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing beside words that say the same, so it is hidden from screen readers."""
    drawing = f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{ICONS[name]}</svg>'
    return mark_safe(drawing)  # noqa: S308 — our own constant drawings


@register.filter
def marked(pieces: Iterable[Piece]) -> SafeString:
    """A snippet with the words that were looked for marked."""
    shown = (f"<mark>{escape(piece.text)}</mark>" if piece.found else escape(piece.text) for piece in pieces)
    return mark_safe("".join(shown))  # noqa: S308 — every piece is escaped


@register.simple_tag(takes_context=True)
def own_mark(context: Context) -> str:
    """The mark of whoever the page is made for."""
    return mark_of(getattr(context.get("request"), "user", None))
