"""The words in which the sample says what people did with a manual, one step after the other."""

from dataclasses import dataclass

Passages = tuple[tuple[str, str], ...]
"""Old and new wording: every old passage stands in the text exactly once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Put:
    """What somebody put to the team.

    by: who wrote it; yes: the colleague whose yes it had, where the quorum is two; without it, it waits.
    pole: what it serves, where that was said.
    """

    by: str
    yes: str = ""
    reason: str = ""
    pole: str = ""


@dataclass(frozen=True, slots=True)
class Note(_Put):
    """A local note beside a core page, or beside a passage of it."""

    page: str
    body: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Adaptation(_Put):
    """The page below with a few passages in the team's own words."""

    page: str
    changes: Passages


@dataclass(frozen=True, slots=True)
class Own(_Put):
    """A page that only this team has."""

    title: str
    body: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Aside(_Put):
    """A page that the team does not use."""

    page: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody noticed on a page, or on a passage of it.

    replies: who, and what they said.
    answered: who settled it as answered, and with which words.
    """

    page: str
    body: str
    passage: str = ""
    by: str = ""
    replies: tuple[tuple[str, str], ...] = ()
    answered: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Revised(_Put):
    """A later change of a page or note that the manual holds; with the remark that it came from, which it settles."""

    page: str
    changes: Passages
    after: Remark | None = None


@dataclass(frozen=True, slots=True)
class ChangedBack(_Put):
    """The text before the last, again."""

    page: str


Put = Note | Adaptation | Own | Aside | Revised | ChangedBack


@dataclass(frozen=True, slots=True)
class Declined:
    """A draft to which a colleague said no, and why."""

    draft: Put
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A draft that its writer took back, and why."""

    draft: Put
    reason: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a reader from outside suggested; held until somebody of the team lets it stand.

    by: a person of another organisation; "" for somebody without an account, who may give a name in `from_name`.
    """

    page: str
    body: str
    passage: str = ""
    by: str = ""
    from_name: str = ""
    let_stand_by: str = ""
    replies: tuple[tuple[str, str], ...] = ()


Step = Put | Declined | Withdrawn | Remark | Suggestion
