"""Keeps the catalogues of translations in step with the words in code and templates.

`python scripts/translations.py` adds new words to every catalogue (untranslated) and compiles what is there.
`python scripts/translations.py --check` fails when a word is missing, untranslated, loosely matched, or not compiled.
"""

import io
import os
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src/fieldcraft"
LOCALE = SOURCE / "locale"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_noop": None,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}
_PLACE = re.compile(r"%\((\w+)\)[sd]")


def words_in_source() -> Catalog:
    """Every marked word, with where it stands."""
    catalog = Catalog(project="Fieldcraft", charset="utf-8")
    for file in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html"), *SOURCE.rglob("*.txt")]):
        if "locale" not in file.parts and "static" not in file.parts:
            for _line, message, _comments, context in _marked(file):
                catalog.add(message, locations=[(file.relative_to(ROOT).as_posix(), 0)], context=context)
    return catalog


def _marked(file: Path) -> Iterator[Any]:
    text = file.read_text()
    if file.suffix != ".py":
        text = _template_as_calls(text, str(file))
    yield from extract("python", io.BytesIO(text.encode()), KEYWORDS)


def _template_as_calls(text: str, origin: str) -> str:
    """Django's own reading of a template as calls of gettext, one a line so that they are Python."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fieldcraft.config.settings")
    from django.utils.translation.template import templatize

    calls = re.findall(r"(?:_|n?p?gettext)\((?:[^()]|\([^()]*\))*\)", templatize(text, origin=origin))
    return "\n".join(calls)


def catalogues() -> list[Path]:
    return sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def _read(file: Path) -> Catalog:
    with file.open("rb") as stream:
        return read_po(stream, locale=file.parts[-3])


def update(file: Path) -> None:
    """Add what is new, drop what is gone, compile."""
    catalog = _read(file)
    catalog.update(words_in_source(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.project, catalog.msgid_bugs_address, catalog.last_translator, catalog.language_team = (
        "Fieldcraft",
        "",
        "",
        "",
    )
    catalog.creation_date = catalog.revision_date = datetime(2026, 11, 24, tzinfo=UTC)  # no change without a change
    with file.open("wb") as stream:
        write_po(stream, catalog, width=120, sort_output=True)
    with file.with_suffix(".mo").open("wb") as stream:
        write_mo(stream, catalog)


def faults(file: Path) -> list[str]:
    """One line for each thing that is not in order."""
    kept, wanted = _read(file), words_in_source()
    found = [f"missing: {message.id}" for message in wanted if message.id and not kept.get(message.id, message.context)]
    found += [f"no longer used: {each.id}" for each in kept if each.id and not wanted.get(each.id, each.context)]
    for message in kept:
        if message.id:
            found += _faults_of(message)
    with file.with_suffix(".mo").open("rb") as stream:
        compiled = read_mo(stream)
    if _told(compiled) != _told(each for each in kept if _is_whole(each)):
        found.append("not compiled: run scripts/translations.py")
    return [f"{file.parts[-3]}: {line}" for line in found]


def _told(messages: Iterable[Message]) -> dict[tuple[str, ...], tuple[str, ...]]:
    return {_texts(message.id): _texts(message.string) for message in messages if message.id}


def _texts(value: Any) -> tuple[str, ...]:
    """A message's text, or its singular and plurals."""
    return tuple(each or "" for each in (value if isinstance(value, tuple | list) else (value,)))


def _is_whole(message: Message) -> bool:
    return all(_texts(message.string))


def _faults_of(message: Message) -> list[str]:
    if not _is_whole(message):
        return [f"not translated: {message.id}"]
    if message.fuzzy:
        return [f"loosely matched: {message.id}"]
    wanted = {place for text in _texts(message.id) for place in _PLACE.findall(text)}
    found = [set(_PLACE.findall(text)) for text in _texts(message.string)]
    if any(not places <= wanted for places in found) or found[-1] != wanted:  # the singular may leave its number out
        return [f"other places to fill in: {message.id}"]
    return []


if __name__ == "__main__":
    if "--check" in sys.argv:
        problems = [line for file in catalogues() for line in faults(file)]
        sys.exit("\n".join(problems) if problems else None)
    for each in catalogues():
        update(each)
