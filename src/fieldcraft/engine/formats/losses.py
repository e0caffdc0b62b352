"""What a Markdown page holds that its screen will show as it stands instead of carrying it out."""

import re
from collections.abc import Iterator

from fieldcraft.engine.formats.document import Loss, LossKind

_FENCE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})([^\n]*)")
_CODE = re.compile(r"(?<!`)(`{1,3})(?!`)[^`\n]{1,1000}\1(?!`)")
_SIGNS: tuple[tuple[LossKind, re.Pattern[str]], ...] = (
    (LossKind.MACRO, re.compile(r"\{%-?\s*+(?!page\s|end)(?:[^%\n]|%(?!\})|\n(?!\n)){1,600}+%\}")),
    (LossKind.MACRO, re.compile(r"\{\{(?:[^{}\n]){0,400}+\}\}")),
    (LossKind.MACRO, re.compile(r"^[ \t]*(?:!!!|\?\?\?\+?|===)[ \t]+[\w\"][^\n]{0,200}", re.MULTILINE)),
    (LossKind.MACRO, re.compile(r"^[ \t]*:::+[ \t]*[\w{][^\n]{0,200}", re.MULTILINE)),
    (LossKind.MACRO, re.compile(r"%%(?:[^%\n]|%(?!%)){1,400}+%%")),
    (LossKind.HTML, re.compile(r"<(?:script|iframe|style|form|object|embed)\b[^>\n]{0,200}", re.IGNORECASE)),
    (LossKind.WIDGET, re.compile(r"<[A-Z](?=\w*[a-z])\w{0,60}(?:\.\w{1,60})?(?=[\s/>])[^>\n]{0,200}")),
    (LossKind.PRAGMA, re.compile(r"^(?:import[ \t][^\n]{0,300}['\"];?[ \t]*$|export[ \t]+(?:const|default|function)\b[^\n]{0,200})", re.MULTILINE)),
    (LossKind.TRANSCLUSION, re.compile(r"!\[\[[^\]\n]{1,300}\]\]|^[ \t]*-{1,3}8<-{1,3}[^\n]{0,200}", re.MULTILINE)),
    (LossKind.STYLE, re.compile(r"\{:[^{}\n]{1,200}\}")),
)  # fmt: skip


def losses(body: str) -> tuple[Loss, ...]:
    """What is lost, kind by kind; code does not count."""
    prose = without_code(body)
    found: dict[LossKind, list[str]] = {}
    for kind, pattern in _SIGNS:
        if pieces := pattern.findall(prose):
            found.setdefault(kind, []).extend(pieces)
    return tuple(Loss(kind, len(pieces), " ".join(pieces[0].split())[:120]) for kind, pieces in found.items())


def without_code(text: str) -> str:
    """The text without its code; a fence that is never closed goes on to the end."""
    text = without_fences(text)
    return _CODE.sub("", text) if "`" in text else text


def without_fences(text: str) -> str:
    """The text without its code blocks."""
    has_fences = "```" in text or "~~~" in text
    return "\n".join(_outside_fences(text.split("\n"))) if has_fences else text


def _outside_fences(lines: list[str]) -> Iterator[str]:
    fence = ""
    for line in lines:
        bare = line.strip(" \t>\r")
        if fence:
            if bare.startswith(fence) and not bare.strip(fence[0]):
                fence = ""
        elif (found := _FENCE.match(line)) and not (found[1][0] == "`" and "`" in found[2]):
            fence = found[1]
        else:
            yield line
