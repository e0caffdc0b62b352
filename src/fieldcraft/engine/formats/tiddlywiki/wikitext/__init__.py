"""Wikitext → Markdown; what cannot be carried stays visible as code and is reported."""

from fieldcraft.engine.formats.document import Loss, LossKind
from fieldcraft.engine.formats.losses import losses as markdown_losses
from fieldcraft.engine.formats.tiddlywiki.wikitext.blocks import blocks, markdown_of
from fieldcraft.engine.formats.tiddlywiki.wikitext.macros import Setting, definition, definitions
from fieldcraft.engine.formats.tiddlywiki.wikitext.reading import (
    Allowance,
    Dialect,
    Losses,
    Macro,
    Reading,
    Wiki,
    fenced,
)

MARKDOWN = frozenset({"text/x-markdown", "text/markdown"})
_QUIET = frozenset({"whitespace", "parsermode", "relink", "rules"})
"""Settings that change how the source is laid out, not what it says."""


def to_markdown(text: str, *, wiki: Wiki, tiddler_type: str, title: str = "") -> tuple[str, tuple[Loss, ...]]:
    """The text in Markdown and what was lost.

    title: the page's, since a picture's address depends on the place of the page that shows it.
    """
    if tiddler_type in MARKDOWN:
        return text, markdown_losses(text)
    text = text.replace("\r\n", "\n")
    if tiddler_type == "text/plain":
        return f"{fenced(text.rstrip())}\n" if text.strip() else "", ()
    dialect = Dialect.CLASSIC if tiddler_type == "text/x-tiddlywiki" else Dialect.FIVE
    reading = Reading(wiki, dialect, Losses(), {}, Allowance(10 * len(text) + 10_000), title)
    settings, at = _settings(text, reading) if dialect is Dialect.FIVE else ([], 0)
    made = blocks(text[at:], reading)
    body = markdown_of([*_kept(settings, reading), *made])
    return f"{body}\n" if body else "", reading.losses.all()


def _settings(text: str, reading: Reading) -> tuple[list[Setting], int]:
    """The settings and definitions a page begins with, and where they end; snippets are learnt."""
    found: list[Setting] = []
    at = _after_space(text, 0)
    while setting := definition(text, at):
        found.append(setting)
        if setting.macro is not None:
            reading.macros[setting.name] = setting.macro
        elif setting.kind == "rules" and "wikilink" in setting.name and "except" in setting.name:
            reading.links_words = False
        at = _after_space(text, setting.end)
    return found, at


def _after_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _kept(settings: list[Setting], reading: Reading) -> list[str]:
    """Definitions that were not filled in wherever the page calls them are shown as code."""
    kept = [
        each.source
        for each in settings
        if each.kind not in _QUIET and (each.name not in reading.filled or each.name in reading.unfilled)
    ]
    for source in kept:
        reading.losses.add(LossKind.PRAGMA, source)
    return [fenced("\n".join(kept))] if kept else []


__all__ = ["Macro", "Wiki", "definitions", "to_markdown"]
