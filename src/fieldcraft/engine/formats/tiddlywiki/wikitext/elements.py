"""HTML elements and widgets inside wikitext: what Markdown may hold stays, the rest becomes code that can be seen."""

import re
from functools import lru_cache
from html import escape, unescape

from fieldcraft.engine.formats.document import LossKind
from fieldcraft.engine.formats.paths import names
from fieldcraft.engine.formats.tiddlywiki.wikitext.reading import Block, Reading, chip, fenced
from fieldcraft.engine.formats.tiddlywiki.wikitext.tokens import ATTRIBUTES, TAG

_BLOCKS = names(
    "blockquote center dd details dir div dl dt fieldset figcaption figure footer header h1 h2 h3 h4 h5 h6 hr li main nav "
    "ol p section article aside summary table tbody td tfoot th thead tr ul caption colgroup col"
)
_INLINE = names(
    "a abbr b bdi bdo big br cite code del dfn em i ins kbd label mark q ruby rt rp s samp small span strike strong sub "
    "sup time tt u var wbr"
)
_WHOLE = names(
    "audio button canvas embed form iframe input map math noscript object script select style svg template textarea "
    "video"
)
_KEPT_ATTRIBUTES = names(
    "class id title lang dir href colspan rowspan scope alt src width height name start type open datetime"
)
_WRAPPERS = names(
    "$reveal $button $checkbox $radio $details $let $set $vars $tiddler $keyboard $linkcatcher $fieldmangler $navigator "
    "$eventcatcher $messagecatcher $draggable $droppable $link $parameters $wikify $importvariables $scrollable"
)
_DYNAMIC = re.compile(r"<<|\{\{|^`")
Made = tuple[str | Block, int]


def element(text: str, found: re.Match[str], reading: Reading, *, in_block: bool) -> Made:
    """What the tag stands for, and where to go on reading.

    in_block: whether a block of its own may stand here.
    """
    source = found[0]
    name = re.match(r"</?([\w.$-]+)", source)[1].lower()  # type: ignore[index]
    if name.startswith("$"):
        return _widget(text, found, name, reading, in_block=in_block)
    if name in _WHOLE:
        return _kept_whole(text, found, name, LossKind.HTML, reading, in_block=in_block)
    if name == "pre" and in_block and (end := _end_of(text, found, name, reading)):
        return Block(re.sub(r"\n\s*\n", "\n&#8203;\n", text[found.start() : end])), end
    if name == "img":
        return _picture(attributes(source), source, reading), found.end()
    if name not in _BLOCKS and name not in _INLINE and name != "pre":
        return _shown(source, LossKind.HTML, reading), found.end()
    return _tag(name, source, reading, in_block=in_block), found.end()


def attributes(source: str) -> dict[str, str]:
    """The tag's attributes; those that are worked out when the page is shown keep their marks."""
    found: dict[str, str] = {}
    for name, *values in ATTRIBUTES.findall(source):
        found.setdefault(name, next((value for value in values if value), ""))
    return found


def is_fixed(value: str) -> bool:
    """Whether an attribute's value is simply what it says."""
    return not _DYNAMIC.search(value)


def _tag(name: str, source: str, reading: Reading, *, in_block: bool) -> str | Block:
    given = {} if source.startswith("</") else attributes(source)
    if not all(map(is_fixed, given.values())):
        return _shown(source, LossKind.HTML, reading)
    if "style" in given:
        reading.losses.add(LossKind.STYLE, source)
    kept = "".join(
        f' {key}="{escape(unescape(value))}"' for key, value in given.items() if key.lower() in _KEPT_ATTRIBUTES
    )
    tag = f"</{name}>" if source.startswith("</") else f"<{name}{kept}>"
    if source.endswith("/>") and name not in {"br", "hr", "wbr", "col"}:
        tag += f"</{name}>"
    return Block(tag) if in_block and name in _BLOCKS else tag


def _picture(given: dict[str, str], source: str, reading: Reading) -> str:
    address = given.get("src") or given.get("source") or ""
    if not address or not is_fixed(address) or address.startswith("$:/"):
        return _shown(source, LossKind.HTML, reading)
    if given.keys() & {"width", "height", "style"}:
        reading.losses.add(LossKind.STYLE, source)
    return picture(given.get("alt") or given.get("tooltip") or "", address, reading)


def picture(shown: str, address: str, reading: Reading) -> str:
    """A picture by its title or address; one that the wiki keeps elsewhere is shown from there."""
    if address in reading.wiki.elsewhere:
        reading.losses.add(LossKind.EXTERNAL, address)
        address = reading.wiki.elsewhere[address]
    elif address in reading.wiki.files:
        address = _inside(address, reading)
    label = re.sub(r"([\[\]\\*_`<])", r"\\\1", " ".join(shown.split()))
    return f"![{label}](<{bracketed(address)}>)"


def _inside(title: str, reading: Reading) -> str:
    """The address of a file by its title; a page whose own title holds slashes would look for it beside itself."""
    address = title.replace("%", "%25").replace("#", "%23").replace("?", "%3F")
    return f"/{address}" if "/" in reading.title else address


def bracketed(address: str) -> str:
    """An address as it may stand between angle brackets."""
    return address.strip().replace("<", "%3C").replace(">", "%3E").replace("\n", "%0A").replace("\\", "%5C")


def _widget(text: str, found: re.Match[str], name: str, reading: Reading, *, in_block: bool) -> Made:
    source = found[0]
    if source.startswith("</"):
        return chip(source), found.end()
    if made := _plain_widget(text, found, name, attributes(source), reading):
        return made
    if name in _WRAPPERS:
        return _shown(source, LossKind.WIDGET, reading), found.end()
    return _kept_whole(text, found, name, LossKind.WIDGET, reading, in_block=in_block)


def _plain_widget(
    text: str, found: re.Match[str], name: str, given: dict[str, str], reading: Reading
) -> tuple[str, int] | None:
    """Widgets that only say what Markdown can say too."""
    if not all(map(is_fixed, given.values())):
        return None
    is_single = found[0].endswith("/>")
    if name == "$text" and "text" in given and is_single:
        return re.sub(r"([*_\\\[\]<`])", r"\\\1", " ".join(given["text"].split("\n"))), found.end()
    if name == "$image" and given.get("source"):
        end = found.end() if is_single else _end_of(text, found, name, reading) or found.end()
        return _picture(given, found[0], reading), end
    if name == "$link" and given.get("to"):
        return _link(text, found, given["to"], reading)
    return None


def _link(text: str, found: re.Match[str], to: str, reading: Reading) -> tuple[str, int] | None:
    if found[0].endswith("/>"):
        return f"[[{to}]]", found.end()
    end = _end_of(text, found, "$link", reading)
    shown = text[found.end() : end].rpartition("</")[0] if end else ""
    if not end or len(shown) > 300 or re.search(r"[<{\[\]|]|\n\n", shown):
        return None
    label = " ".join(re.sub(r"''|//|__|`", "", shown).split())
    return (f"[[{label}|{to}]]" if label and label != to else f"[[{to}]]"), end


def _kept_whole(
    text: str, found: re.Match[str], name: str, kind: LossKind, reading: Reading, *, in_block: bool
) -> Made:
    """An element with all it holds, as code."""
    if found[0].startswith("</"):
        return chip(found[0]), found.end()
    end = found.end() if found[0].endswith("/>") else _end_of(text, found, name, reading) or found.end()
    source = text[found.start() : end]
    reading.losses.add(kind, source)
    return (Block(fenced(source)) if in_block and "\n" in source else chip(source)), end


def _shown(source: str, kind: LossKind, reading: Reading) -> str:
    if not source.startswith("</"):
        reading.losses.add(kind, source)
    return chip(source)


@lru_cache(maxsize=256)
def _ends(name: str) -> re.Pattern[str]:
    return re.compile(rf"<(/?){re.escape(name)}(?![\w.$-])", re.IGNORECASE)


_TAG = re.compile(TAG, re.VERBOSE)


def _end_of(text: str, found: re.Match[str], name: str, reading: Reading) -> int | None:
    """Where the element that opens there ends, others of its name inside it passed over."""
    depth = 1
    if name in reading.unclosed:
        return None
    for each in _ends(name).finditer(text, found.end()):
        tag = _TAG.match(text, each.start())
        if each[1]:
            depth -= 1
        elif tag and not tag[0].endswith("/>"):
            depth += 1
        if depth == 0:
            return tag.end() if tag else text.find(">", each.end()) + 1 or len(text)
    reading.unclosed.add(name)
    return None
