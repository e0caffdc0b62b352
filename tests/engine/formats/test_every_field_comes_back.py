"""TiddlyWiki's own documentation, read and written again: every field of every tiddler, sign by sign."""

import re
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldcraft.engine.formats.archive import files_of_archive
from fieldcraft.engine.formats.detect import read_source
from fieldcraft.engine.formats.document import Files
from fieldcraft.engine.formats.export.outgoing import outgoing_of
from fieldcraft.engine.formats.export.tiddlywiki import tiddlers
from fieldcraft.engine.formats.tiddlywiki.fields import items
from fieldcraft.engine.formats.tiddlywiki.tiddlers import tiddlers_of

ARCHIVE = Path(__file__).parents[4] / "shared/corpora/handbooks/tiddlywiki.tar.gz"
Tiddler = dict[str, str]


def _documentation() -> Files:
    if not ARCHIVE.exists():
        pytest.skip("TiddlyWiki's documentation to try it on is not beside this checkout.")
    files = files_of_archive(ARCHIVE.read_bytes())
    return {path: content for path, content in files.items() if path.startswith("tiddlywiki/tw5.com/")}


def _came(files: Files) -> Iterator[Tiddler]:
    """A `.tid` by TiddlyWiki's own rule (its `application/x-tiddler`); what is kept in other ways, as it is read here."""
    for path, content in files.items():
        if path.endswith(".tid") and f"{path}.meta" not in files:
            head, *text = re.split(r"\r?\n\r?\n", content.decode())
            named = (line.partition(":") for line in re.split(r"\r?\n", head) if ":" in line and line[0] != "#")
            yield {**{name.strip(): value.strip() for name, _colon, value in named}, "text": "\n\n".join(text)}
    for each in tiddlers_of({path: content for path, content in files.items() if not path.endswith(".tid")}).tiddlers:
        yield each.fields if each.content is None else {**each.fields, "text": b64encode(each.content).decode()}


def _by_title(tiddlers: list[Tiddler]) -> dict[str, dict[str, object]]:
    """Tags however they are set in brackets; a field without a value is none."""
    return {
        each["title"]: {name: items(value) if name == "tags" else value for name, value in each.items() if value}
        for each in tiddlers
    }


def test_every_field_of_tiddlywikis_documentation() -> None:
    files = _documentation()
    came = _by_title(list(_came(files)))

    went = _by_title([each for each in tiddlers(outgoing_of(read_source(files))) if each["title"] != "$:/SiteTitle"])

    assert len(went) > 1600
    assert {title for title, fields in went.items() if fields != came.get(title)} == set()
