"""What an estimate of lagged effects says, as plain values: no array, so that a screen may read it without NumPy."""

from dataclasses import dataclass


class TooLittle(ValueError):
    """There is not enough to estimate anything from; the verdict is "cannot say yet"."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """One effect, in usual weekly swings of the outcome for one usual weekly swing of the cause.

    error: its standard error. low95 to high99: the ends of its intervals. All are nan where nothing can be said.
    """

    effect: float
    error: float
    low95: float
    high95: float
    low99: float
    high99: float


@dataclass(frozen=True, slots=True)
class Link:
    """The lagged effect of one variable on another a week later, all other variables being equal.

    as_exact: the answers taken as they stand. as_noisy: taken as if a part of their movement were noise.
    """

    cause: str
    outcome: str
    as_exact: Estimate
    as_noisy: Estimate


@dataclass(frozen=True, slots=True)
class Fit:
    """All links among the variables, and what they rest on.

    links: each ordered pair once, by cause, then outcome, in the order of `names`; own lags are not among them.
    own_lags: how much of a swing of each variable is left a week later, in the order of `names`.
    people: those with two usable pairs of weeks or more. pairs: usable pairs. net_pairs: pairs less what the means took.
    left_out: people whose answers were left out as careless. groups: how many groups the errors come from.
    weekly: whether each week's common movement was taken out; else that of blocks of four weeks.
    """

    names: tuple[str, ...]
    links: tuple[Link, ...]
    own_lags: tuple[float, ...]
    people: int
    pairs: int
    net_pairs: int
    left_out: int
    groups: int
    weekly: bool

    def link(self, cause: str, outcome: str) -> Link:
        """Raises KeyError where the two are not among the variables, or are one."""
        for link in self.links:
            if (link.cause, link.outcome) == (cause, outcome):
                return link
        raise KeyError(f"{cause} to {outcome}")
