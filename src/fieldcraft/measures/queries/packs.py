"""What is asked: packs of items with their keys, versions and licences; one file for each version."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from fieldcraft.engine.measure.responses import Cell
from fieldcraft.engine.measure.scoring import ScaleKey, Score, mean_of_means, mean_score, sum_score
from fieldcraft.errors import NotFound

PACKS = Path(__file__).parents[1] / "packs"
OWN_WEEK = "own-week"
Texts = Mapping[str, str]
"""Language → text; English is always there, unless there is no text at all."""


def in_my_language(texts: Texts) -> str:
    """The text in the reader's language, else in English."""
    language = (get_language() or "en").partition("-")[0]
    return texts.get(language) or texts.get("en", "")


@dataclass(frozen=True, slots=True)
class Item:
    """One sentence that is asked.

    text: empty where the wording does not ship. monthly: asked when a month has passed, and optional.
    """

    key: str
    text: Texts
    construct: Texts
    reversed: bool
    monthly: bool


class How(StrEnum):
    """How a scale is made of its items."""

    MEAN = "mean"
    SUM = "sum"
    MEAN_OF_MEANS = "mean of means"


@dataclass(frozen=True, slots=True)
class Scale:
    """What is shown as one picture. parts: one key, or several for a mean of means. ends: what its ends are called."""

    key: str
    title: Texts
    how: How
    parts: tuple[ScaleKey, ...]
    low_end: Texts
    high_end: Texts

    @property
    def low(self) -> float:
        """The lowest there is."""
        return self.parts[0].low * self._times

    @property
    def high(self) -> float:
        """The highest there is."""
        return self.parts[0].high * self._times

    @property
    def _times(self) -> int:
        return len(self.parts[0].items) if self.how is How.SUM else 1


@dataclass(frozen=True, slots=True)
class Pack:
    """One version of what is asked together.

    licence: SPDX, or words; licence_evidence: where it was read. known: what is known of how well it measures.
    interval_days: how often it may be asked at most. low, high: the ends of the answers.
    """

    id: str
    version: int
    title: Texts
    source: Texts
    licence: Texts
    licence_evidence: Texts
    needs_permission: bool
    validated: bool
    interval_days: int
    low: int
    high: int
    low_end: Texts
    high_end: Texts
    why: Texts
    known: Texts
    items: tuple[Item, ...]
    scales: tuple[Scale, ...]

    @property
    def has_wording(self) -> bool:
        """Whether the items' texts ship with it."""
        return all(item.text for item in self.items)


def scored(scale: Scale, answers: Mapping[str, Cell]) -> Score:
    """The scale's own number from one person's answers of one time, from scale.low to scale.high."""
    match scale.how:
        case How.MEAN:
            return mean_score(answers, scale.parts[0])
        case How.SUM:
            return sum_score(answers, scale.parts[0])
        case How.MEAN_OF_MEANS:
            return mean_of_means(answers, scale.parts)


def latest_packs() -> tuple[Pack, ...]:
    """The latest version of every pack: the check-in first, the others by name."""
    newest = {pack.id: pack for pack in sorted(_all().values(), key=lambda pack: pack.version)}
    return tuple(sorted(newest.values(), key=lambda pack: (pack.id != OWN_WEEK, pack.id)))


def pack_named(pack_id: str, version: int | None = None) -> Pack:
    """A pack by its id, the latest version without one. Raises NotFound."""
    if version is not None and (pack_id, version) in _all():
        return _all()[pack_id, version]
    found = [pack for pack in latest_packs() if pack.id == pack_id and version is None]
    if not found:
        raise NotFound()
    return found[0]


@cache
def scale_named(pack_id: str, version: int, key: str) -> Scale | None:
    """A scale of one version of a pack; None where that version has no such scale. Raises NotFound without the pack."""
    return next((scale for scale in pack_named(pack_id, version).scales if scale.key == key), None)


@cache
def _all() -> Mapping[tuple[str, int], Pack]:
    """Every version of every pack, by id and version; the files are part of the program and never change while it runs."""
    read = [_pack(tomllib.loads(file.read_text(encoding="utf-8"))) for file in sorted(PACKS.glob("*.toml"))]
    return {(pack.id, pack.version): pack for pack in read}


def _pack(said: dict[str, Any]) -> Pack:
    ends = said.get("ends", {})
    items = tuple(_item(each) for each in said["items"])
    plain = ("id", "version", "title", "source", "licence_evidence", "needs_permission", "why", "known")
    return Pack(
        **{name: said[name] for name in (*plain, "interval_days", "low", "high")},
        licence=said["licence"] if isinstance(said["licence"], dict) else {"en": said["licence"]},
        validated=said["validated"] == "yes",
        low_end=ends.get("low", {}),
        high_end=ends.get("high", {}),
        items=items,
        scales=tuple(_scales(said, items)),
    )


def _item(said: dict[str, Any]) -> Item:
    return Item(
        said["key"], said.get("text", {}), said.get("construct", {}), said.get("reversed", False), said.get("monthly", False)
    )  # fmt: skip


def _scales(said: dict[str, Any], items: tuple[Item, ...]) -> Iterator[Scale]:
    turned = frozenset(item.key for item in items if item.reversed)
    ends = said.get("ends", {})
    for scale in said["scales"]:
        parts = tuple(
            ScaleKey(tuple(keys), turned & set(keys), scale.get("least", len(keys)), said["low"], said["high"])
            for keys in scale.get("parts", [scale.get("items")])
        )
        low_end, high_end = scale.get("low", ends.get("low", {})), scale.get("high", ends.get("high", {}))
        yield Scale(scale["key"], scale["title"], How(scale["how"]), parts, low_end, high_end)
