"""How much each feature of a text speaks for it. Made by `scripts/fit_merge_order.py`; do not edit."""

WEIGHTS = {
    "is ours": 1.84,
    "is theirs": 0.53,
    "is the base": 0.14,
    "combines": 1.48,
    "mixes words of one line": -2.41,
    "repeats itself": -1.52,
    "added words lost": -1.62,
    "is of the side that rewrote the page": 0.56,
    "keeps the edit of theirs where it is the larger one": 0.71,
    "is theirs where ours took all out": 0.64,
}
