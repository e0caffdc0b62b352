"""How far the sides have gone from the base, and when it is too far to combine."""

from collections import Counter

from fieldcraft.engine.prose.merging.order import Kept
from fieldcraft.engine.prose.merging.regions import Three
from fieldcraft.engine.prose.tokens import sentence_spans

_LEAST_KEPT = 1 / 3
_FEWEST_SENTENCES = 6  # below it a share says little


def kept_by(texts: Three) -> Kept:
    """The share of the base's sentences that each side still has."""
    base, ours, theirs = _sentences(texts.base), _sentences(texts.ours), _sentences(texts.theirs)
    total = base.total()
    return Kept((base & ours).total() / total, (base & theirs).total() / total) if total else Kept(1.0, 1.0)


def is_far(texts: Three, kept: Kept) -> bool:
    """Whether ours was rewritten or translated: under a third of the base's sentences are left, but it has a text."""
    if kept.ours >= _LEAST_KEPT or not texts.ours.strip():
        return False
    return len(sentence_spans(texts.base)) >= _FEWEST_SENTENCES


def _sentences(text: str) -> Counter[str]:
    return Counter(" ".join(span.of(text).split()) for span in sentence_spans(text))
