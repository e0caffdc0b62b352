"""Where in a rendered text something belongs that stands beside a passage of it."""

import re
from html import unescape

from fieldcraft.engine.prose.anchor import Found, Quote, find

_TOKEN = re.compile(r"<[^>]*>|&#?\w+;|\s+|[^<&\s]+|[<&]")
_INLINE = re.compile(r"</?(?:a|abbr|b|code|del|em|i|ins|kbd|mark|q|s|small|span|strong|sub|sup)\b")
_END = re.compile(r"</(?:p|li|h[1-6]|dd|dt|pre|table)>")


def place_of(html: str, passage: str, prefix: str = "", suffix: str = "") -> int | None:
    """Where to cut `html` so that what is put there follows the block that `passage` stands in; None if it is not there.

    passage: words as a reader sees them; white space and markup inside it do not matter.
    prefix, suffix: what stood around it; of several places the one that they fit best, else the first.
    """
    wanted = " ".join(passage.split())
    text, ends = _as_seen(html)
    at = text.find(wanted) if wanted else -1
    if at >= 0 and text.count(wanted) > 1:
        match find(text, Quote(wanted, prefix, suffix)):
            case Found(place):
                at = place.start
    return None if at < 0 else _after_block(html, ends[at + len(wanted) - 1])


def _as_seen(html: str) -> tuple[str, list[int]]:
    """The text a reader sees, and for each sign of it the place in `html` behind it."""
    signs: list[str] = []
    ends: list[int] = []
    for token in _TOKEN.finditer(html):
        seen = _seen(token[0])
        if seen == " " and signs[-1:] in ([" "], []):
            continue
        signs += seen
        is_entity = token[0].startswith("&")
        ends += [token.end() if is_entity else token.start() + number + 1 for number in range(len(seen))]
    return "".join(signs), ends


def _seen(token: str) -> str:
    if token.startswith("<") and len(token) > 1:
        return "" if _INLINE.match(token) else " "
    return " " if token.isspace() else unescape(token)


def _after_block(html: str, at: int) -> int:
    if html.count("<table", 0, at) > html.count("</table>", 0, at):
        return html.find("</table>", at) + len("</table>")
    found = _END.search(html, at)
    if found is None:
        return len(html)
    return found.start() if found[0] == "</li>" else found.end()
