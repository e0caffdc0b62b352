"""Three texts → one with git's markers, for those who ask for them; the only place that writes markers."""

from fieldcraft.engine.prose.merging.lines import by_line
from fieldcraft.engine.prose.merging.regions import Three

_OURS, _BETWEEN, _THEIRS = "<<<<<<< ours\n", "=======\n", ">>>>>>> theirs\n"


def with_markers(base: str, ours: str, theirs: str) -> str:
    """The page combined line by line, with both sides between markers where they touch."""
    return "".join(
        _marked(stretch) if stretch.changed_by_both else stretch.settled
        for stretch in by_line(Three(base, ours, theirs))
    )


def _marked(stretch: Three) -> str:
    return "".join([_OURS, _ended(stretch.ours), _BETWEEN, _ended(stretch.theirs), _THEIRS])


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"
