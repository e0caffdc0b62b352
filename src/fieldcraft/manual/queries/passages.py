"""The words of a page as its reader has them before them, and the passages that something can stand beside."""

import re
from html import unescape
from uuid import UUID

from fieldcraft.manual.models import Rendering

MOST_PASSAGES = 200
LONGEST_PASSAGE = 1_000
_INLINE = re.compile(r"</?(?:a|abbr|b|code|del|em|i|ins|kbd|mark|q|s|small|span|strong|sub|sup)\b[^>]*>")
_ENDS = re.compile(r"</?(?:p|li|h[1-6]|tr|dt|dd|blockquote|pre|ul|ol|dl|table|thead|tbody|div|section|details)\b[^>]*>")


def text_as_seen(html: str) -> str:
    """The words of a rendered text as its reader sees and copies them: markup inside a word leaves no gap."""
    bare = re.sub(r"<[^>]*>", " ", _INLINE.sub("", html))
    return " ".join(unescape(bare).split())


def passages(html: str) -> list[str]:
    """Each heading, paragraph, item and row in its order, once; of a long one as many whole words as a passage may have."""
    found = (_short(words) for part in _ENDS.split(html) if (words := text_as_seen(part)))
    return list(dict.fromkeys(found))[:MOST_PASSAGES]


def passages_of(revision_id: UUID) -> list[str]:
    """Those of a text that there is; none of one that was never shown."""
    rendering = Rendering.objects.filter(pk=revision_id).first()
    return passages(rendering.html) if rendering else []


def _short(words: str) -> str:
    return words if len(words) <= LONGEST_PASSAGE else words[:LONGEST_PASSAGE].rpartition(" ")[0]
