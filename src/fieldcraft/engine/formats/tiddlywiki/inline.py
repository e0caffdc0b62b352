"""The marks inside a line of wikitext → Markdown."""

import re
from collections.abc import Callable

from fieldcraft.engine.formats.document import LossKind

Report = Callable[[LossKind, str], None]
_PIECES = re.compile(
    r"""(?P<code>``[^\n]+?``|`[^`\n]+`|\{\{\{[^\n]+?\}\}\})
      | \[\[(?P<link>[^\[\]\n]+)\]\]
      | \[ext\[(?P<ext>[^\]\n]+)\]\]
      | \[img[^\[\n]{0,80}\[(?P<image>[^\]\n]+)\]\]
      | (?P<macro><<[^>\n]{1,2000}>>)
      | (?P<transclusion>\{\{[^{}\n]{1,500}\}\})
      | (?P<widget></?\$[a-zA-Z][^>\n]{0,2000}>)
      | (?P<conditional><%[^\n]{0,500}?%>)
      | (?P<html></?(?P<tag>[a-zA-Z][a-zA-Z0-9]*)(?:\s[^<>\n]{0,500})?/?>)
      | (?P<entity>&(?:\#\d{1,7}|\#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,20});)
      | (?P<url>(?:https?|mailto|ftp):[^\s<>{}\[\]`|"\\^]{2,2000}[^\s<>{}\[\]`|"\\^.,;:!?')])
      | (?P<bold>'') | (?P<italic>//) | (?P<under>__) | (?P<strike>~~) | (?P<super>\^\^) | (?P<sub>,,)
      | (?P<style>@@(?:[^@\n;]{0,100};)?)
      | (?P<dash>(?<!-)-{2,3}(?!-))
      | (?P<nolink>~[A-Z][a-z][A-Za-z0-9]*)
      | (?P<camel>(?<![\w/])[A-Z][a-z]+(?:[A-Z][a-z0-9]+)+(?!\w))
      | (?P<sign>[*_\\\[\]<])
      | (?P<lead>^(?:\d{1,9}[.)]|[-+\#>=])(?=\s|$|\#))""",
    re.VERBOSE,
)  # fmt: skip
_KEPT_TAGS = frozenset(
    [
        "b",
        "i",
        "em",
        "strong",
        "u",
        "s",
        "del",
        "ins",
        "sub",
        "sup",
        "kbd",
        "code",
        "br",
        "hr",
        "span",
        "div",
        "p",
        "a",
        "abbr",
        "mark",
        "small",
        "q",
        "cite",
        "table",
        "tr",
        "td",
        "th",
        "tbody",
        "thead",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "pre",
        "blockquote",
        "details",
        "summary",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "img",
        "figure",
        "figcaption",
    ]
)
_OPEN = {"bold": ("**", "**"), "italic": ("*", "*"), "strike": ("~~", "~~"), "under": ("<u>", "</u>"), "super": ("<sup>", "</sup>"), "sub": ("<sub>", "</sub>")}  # fmt: skip
_IS_OUTSIDE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|www\.|\.{0,2}/|#)", re.IGNORECASE)


def inline(text: str, titles: frozenset[str], report: Report) -> str:
    """One line, its marks carried over; `report` hears of what stays as code."""
    open_marks: dict[str, bool] = {}
    is_paired = {name: text.count(sign) // 2 * 2 for name, sign in (("bold", "''"), ("italic", "//"), ("under", "__"), ("strike", "~~"), ("super", "^^"), ("sub", ",,"))}  # fmt: skip

    def piece(found: re.Match[str]) -> str:
        kind = found.lastgroup or ""
        kind = "html" if kind == "tag" else kind
        whole = found[0]
        if kind in _OPEN:
            if is_paired[kind] <= 0:
                return "".join("\\" + sign if sign in "*_~" else sign for sign in whole)
            is_paired[kind] -= 1
            open_marks[kind] = not open_marks.get(kind, False)
            return _OPEN[kind][0 if open_marks[kind] else 1]
        return _piece(kind, found, titles, report)

    return _PIECES.sub(piece, text)


def _piece(  # noqa: C901 — one case a construct
    kind: str, found: re.Match[str], titles: frozenset[str], report: Report
) -> str:
    whole = found[0]
    match kind:
        case "code":
            return _code(whole[3:-3] if whole.startswith("{{{") else whole.strip("`"))
        case "link" | "ext":
            return _link(found[kind], is_page=kind == "link")
        case "image":
            return _image(found[kind])
        case "camel":
            return f"[[{whole}]]" if whole in titles else whole
        case "url":
            return f"<{whole}>"
        case "dash":
            return "–" if len(whole) == 2 else "—"
        case "nolink":
            return whole[1:]
        case "style":
            report(LossKind.STYLE, whole)
            return ""
        case "entity":
            return whole
        case "sign" | "lead":
            return "\\" + whole if kind == "sign" or not whole[0].isdigit() else whole[:-1] + "\\" + whole[-1]
        case "html" if found["tag"].lower() in _KEPT_TAGS:
            return whole
        case _:
            report(LossKind(kind), whole)
            return _code(whole)


def _code(text: str) -> str:
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}" if text else ""


def _link(inner: str, *, is_page: bool) -> str:
    shown, _bar, target = inner.rpartition("|")
    target = target.strip()
    if not is_page or (_IS_OUTSIDE.match(target) and ":" in target.split("/")[0]):
        label = shown or target
        return f"[{label}](<{target}>)"
    return f"[[{inner}]]"


def _image(inner: str) -> str:
    shown, _bar, target = inner.rpartition("|")
    return f"![{shown}](<{target.strip()}>)"
