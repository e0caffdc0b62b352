"""Tiddlers in a single HTML file: the store of `<div>`s, classic or old, and the stores of JSON."""

import re
from collections.abc import Iterator
from html import unescape

from fieldcraft.engine.formats.document import BadSource, Fault
from fieldcraft.engine.formats.tiddlywiki.bundles import json_tiddlers
from fieldcraft.engine.formats.tiddlywiki.fields import Fields

CLASSIC = "text/x-tiddlywiki"
MARKS = re.compile(rb"""\bid\s*=\s*["']?(?:encryptedS|s)toreArea\b|tiddlywiki-tiddler-store""")
_AREA = re.compile(r"""<div\s+id=["']?storeArea["']?([^<>]*)>""", re.IGNORECASE)
_TIDDLER = re.compile(r"""\s*<div((?:\s+[^=\s>]+\s*=\s*(?:"[^"]*"|'[^']*'))*+)\s*>(\s*<pre>)?""", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\s([^=\s>]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_END, _END_WITH_PRE = re.compile(r"</div>", re.IGNORECASE), re.compile(r"</pre>\s*</div>", re.IGNORECASE)
_AREA_END = re.compile(r"\s*+(?:<!--[^>]*+-->\s*+)*+</div>", re.IGNORECASE)
_JSON = re.compile(r"""<script\b[^<>]*\btiddlywiki-tiddler-store\b[^<>]*>""", re.IGNORECASE)
_SCRIPT_END = re.compile(r"</script>", re.IGNORECASE)
_ENCRYPTED = re.compile(r"""<pre\s+id=["']?encryptedStoreArea\b[^<>]*>\s*+[^<]""", re.IGNORECASE)
_ESCAPED = re.compile(r"\\[nsb\\]")
_ESCAPES = {"\\n": "\n", "\\s": "\\", "\\\\": "\\", "\\b": " "}


def html_tiddlers(path: str, text: str) -> Iterator[Fields]:
    """Every tiddler in the file's stores. Raises BadSource for one that is encrypted or cut off."""
    area = _AREA.search(text)
    scripts = list(_JSON.finditer(text))
    if area:
        yield from _divs(path, text, area)
    for script in scripts:
        end = _SCRIPT_END.search(text, script.end())
        if not end:
            raise BadSource(Fault.TRUNCATED, path)
        yield from json_tiddlers(path, text[script.end() : end.start()])
    if not area and not scripts and _ENCRYPTED.search(text):
        raise BadSource(Fault.ENCRYPTED, path)


def _divs(path: str, text: str, area: re.Match[str]) -> Iterator[Fields]:
    at = area.end()
    standing = {} if "display" in area[1] else {"type": CLASSIC}
    while found := _TIDDLER.match(text, at):
        end = (_END_WITH_PRE if found[2] else _END).search(text, found.end())
        if not end:
            raise BadSource(Fault.TRUNCATED, path)
        fields = {name: unescape(one or other) for name, one, other in _ATTRIBUTE.findall(found[1])}
        if old_title := fields.pop("tiddler", ""):
            fields.setdefault("title", old_title)
        yield {**standing, **fields, "text": _text(text[found.end() : end.start()], has_pre=bool(found[2]))}
        at = end.end()
    if not _AREA_END.match(text, at):
        raise BadSource(Fault.TRUNCATED, path)


def _text(source: str, *, has_pre: bool) -> str:
    """Very old files have no `<pre>` and write line breaks as `\\n`."""
    text = unescape(source)
    return text.removeprefix("\n") if has_pre else _ESCAPED.sub(lambda found: _ESCAPES[found[0]], text.strip())
