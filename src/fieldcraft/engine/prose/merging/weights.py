"""How much each feature of a text speaks for it. Made by `scripts/fit_merge_order.py`; do not edit."""

WEIGHTS = {
    "is ours": 1.89,
    "is theirs": 0.56,
    "is the base": 0.2,
    "combines": 1.51,
    "mixes words of one line": -2.62,
    "repeats itself": -1.83,
    "added words lost": -1.75,
    "is of the side that rewrote the page": 0.63,
    "keeps the edit of theirs where it is the larger one": 0.8,
    "puts the addresses of links last": 1.8,
    "is theirs where ours took all out": 0.78,
}
