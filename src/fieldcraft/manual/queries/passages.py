"""The words of a page as its reader has them before them, and the passages that something can stand beside."""

import re
from html import unescape
from itertools import accumulate
from uuid import UUID

from fieldcraft.engine.prose.anchor import Quote, quote_at
from fieldcraft.manual.models import Rendering, Revision, Standing, State
from fieldcraft.manual.queries.layers import Held
from fieldcraft.manual.queries.resolve import Stack

MOST_PASSAGES = 200
LONGEST_PASSAGE = 1_000
_ID = re.compile(r"[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}")
_INLINE = re.compile(r"</?(?:a|abbr|b|code|del|em|i|ins|kbd|mark|q|s|small|span|strong|sub|sup)\b[^>]*>")
_ENDS = re.compile(r"</?(?:p|li|h[1-6]|tr|dt|dd|blockquote|pre|ul|ol|dl|table|thead|tbody|div|section|details)\b[^>]*>")


def text_as_seen(html: str) -> str:
    """The words of a rendered text as its reader sees and copies them: markup inside a word leaves no gap."""
    bare = re.sub(r"<[^>]*>", " ", _INLINE.sub("", html))
    return " ".join(unescape(bare).split())


def passages(html: str) -> list[Quote]:
    """Each heading, paragraph, item and row in its order, with what stands before it; of a long one whole words only."""
    said = [words for part in _ENDS.split(html) if (words := text_as_seen(part))]
    text = " ".join(said)
    starts = accumulate((len(words) + 1 for words in said), initial=0)
    found = (quote_at(text, at, at + len(_short(words))) for at, words in zip(starts, said, strict=False))
    return list({(each.prefix, each.exact): each for each in found}.values())[:MOST_PASSAGES]


def passages_read(stack: Stack, held: Held, began: object) -> list[Quote]:
    """Those of the text of this page that somebody says they had before them; else of the one that readers have now."""
    read = _read(stack, held, str(began or ""))
    rendering = Rendering.objects.filter(pk=read).first() or Rendering.objects.filter(pk=held.revision_id).first()
    return passages(rendering.html) if rendering else []


def _read(stack: Stack, held: Held, began: str) -> UUID:
    if began == str(held.revision_id) or not _ID.fullmatch(began):
        return held.revision_id
    layers = [manual.pk for manual in stack.manuals]
    agreed = Revision.objects.filter(edition__page=held.page_id, edition__manual__in=layers, state=State.AGREED)
    found = agreed.exclude(standing=Standing.NOTED).filter(pk=began).first()
    return found.pk if found else held.revision_id


def _short(words: str) -> str:
    return (
        words
        if len(words) <= LONGEST_PASSAGE
        else words[:LONGEST_PASSAGE].rpartition(" ")[0] or words[:LONGEST_PASSAGE]
    )
