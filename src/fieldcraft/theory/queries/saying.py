"""What somebody says when they state a claim, on its way from a form to an action."""

from dataclasses import dataclass
from datetime import date

from fieldcraft.theory.models import Sure


@dataclass(frozen=True, slots=True)
class Named:
    """A construct by its name, and the key of what measures it; "" for one that nobody measures."""

    name: str
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Saying:
    """What a claim says. says: for a psychology, in one's own words; a link's is made of its ends, sign and delay."""

    because: str
    source: str
    would_see: str
    would_change: str
    review_on: date
    sure: str = Sure.HUNCH
    critics: str = ""
    sign: str = ""
    delay: str = ""
    says: str = ""
    follows: tuple[str, ...] = ()
