"""What every picture is made of: a drawing, sentences, a table; and how a drawing is written."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise, lazy
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Table:
    """The facts of a picture. rows: each as long as the head; its first cell names the row."""

    caption: Words
    head: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]


@dataclass(frozen=True, slots=True)
class End:
    """Words that stand above or below a drawing: what they are, and what they say."""

    label: Words
    text: Words


@dataclass(frozen=True, slots=True)
class Chart:
    """What `ui/chart.html` shows, in a page that links `ui/charts.css`.

    svg: in the language that was active when it was drawn; sentences and table follow the reader's language.
    notes: what is pinned to the drawing, where its words do not fit into it; reading: how to read the drawing.
    """

    title: Words
    svg: SafeString
    sentences: tuple[Words, ...]
    table: Table
    above: tuple[End, ...] = ()
    below: tuple[End, ...] = ()
    notes: tuple[Words, ...] = ()
    reading: tuple[Words, ...] = ()


def _filled(message: Any, values: dict[str, Any]) -> str:
    shown = {name: short_day(value) if isinstance(value, date) else value for name, value in values.items()}
    return str(message % shown)


_filled_later = lazy(_filled, str)


def say(message: Words, **values: Any) -> Words:
    """A marked sentence with its places filled when it is read; days are written in the reader's language."""
    return _filled_later(message, values)


def short_day(day: date) -> str:
    """The day in words of the active language."""
    return date_format(day, "DATE_FORMAT")


def drawn(tag: str, *inside: Words, **attributes: object) -> SafeString:
    """An element of a drawing. Attributes: `class_` as class, `stroke_width` as stroke-width; all is escaped."""
    named = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(_short(value))}"' for name, value in attributes.items()
    )
    content = "".join(_escaped(part) for part in inside)
    return mark_safe(f"<{tag}{named}>{content}</{tag}>")  # noqa: S308 — every part is escaped right here


def _escaped(part: Words) -> str:
    return part if isinstance(part, SafeString) else escape(str(part))


def _short(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def percent(value: float) -> str:
    """A place in the drawing, as a share of its width or height."""
    return f"{_short(float(value))}%"


def image(
    *parts: SafeString, key: str, title: Words, told: Iterable[Words], shape: str, **attributes: object
) -> SafeString:
    """The whole drawing as one image with a name and a description.

    key: different for every picture of a page, letters and hyphens; shape: the classes that give it its size.
    """
    return drawn(
        "svg",
        drawn("title", title, id=f"{key}-title"),
        drawn("desc", " ".join(str(sentence) for sentence in told), id=f"{key}-desc"),
        *parts,
        class_=shape,
        role="img",
        aria_labelledby=f"{key}-title",
        aria_describedby=f"{key}-desc",
        **attributes,
    )


def stretched(*parts: SafeString) -> SafeString:
    """Paths in hundredths of the drawing's width and height; lines keep their thickness, whatever the width."""
    return drawn("svg", *parts, viewBox="0 0 100 100", preserveAspectRatio="none", width="100%", height="100%")


def path(points: Iterable[tuple[float, float]], *, class_: str, closes: bool = False) -> SafeString:
    """A line through points in hundredths, for `stretched`."""
    steps = "L".join(f"{_short(float(x))} {_short(float(y))}" for x, y in points)
    return drawn("path", d=f"M{steps}{'Z' if closes else ''}", class_=class_, vector_effect="non-scaling-stroke")
