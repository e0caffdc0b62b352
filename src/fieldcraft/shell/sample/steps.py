"""The words in which the sample says what people did with a manual, one step after the other."""

from dataclasses import dataclass

Passages = tuple[tuple[str, str], ...]
"""Old and new wording: every old passage stands in the text exactly once."""


def changed(text: str, changes: Passages) -> str:
    """The text with its passages changed. Raises ValueError where one does not stand in it exactly once."""
    for old, new in changes:
        if text.count(old) != 1:
            raise ValueError(f"This stands {text.count(old)} times in the text, not once: {old}")
        text = text.replace(old, new)
    return text


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
    passed_on: who passed it on to the core, and with which words.
    """

    page: str
    body: str
    passage: str = ""
    by: str = ""
    replies: tuple[tuple[str, str], ...] = ()
    answered: tuple[str, str] | None = None
    passed_on: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Revised(_Put):
    """A later change of a page or note that the manual holds; with the remark that it came from, which it settles.

    title: its new name; section: where it stands from now on; each only where it changes.
    """

    page: str
    changes: Passages = ()
    after: Remark | None = None
    title: str = ""
    section: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class ChangedBack(_Put):
    """The text before the last, again."""

    page: str


@dataclass(frozen=True, slots=True)
class GivenUp(_Put):
    """A page that the manual does not have any more."""

    page: str


@dataclass(frozen=True, slots=True)
class Combined(_Put):
    """A page brought into step with the core: by all that fits, or else by passages that somebody wrote together."""

    page: str
    changes: Passages = ()


@dataclass(frozen=True, slots=True)
class Kept(_Put):
    """A page that stays as it is for so many days, although the core has moved on."""

    page: str
    days: int


@dataclass(frozen=True, slots=True)
class Copied(_Put):
    """A page that the manual did not have, from the manual of another team."""

    page: str
    of: str


Put = Note | Adaptation | Own | Aside | Revised | ChangedBack | GivenUp | Combined | Kept | Copied


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


@dataclass(frozen=True, slots=True)
class Borrowed:
    """Another team's text of a page that the manual has too, laid beside its own; not decided yet."""

    page: str
    of: str
    by: str


@dataclass(frozen=True, slots=True)
class Offered:
    """The manual's text of a page, offered to the core.

    said: who asked or answered about it, and with which words; a person of the core's house asks.
    drawn_in, not_drawn_in: by whom, and why; without either, it waits.
    """

    page: str
    by: str
    reason: str
    is_named: bool = True
    said: tuple[tuple[str, str], ...] = ()
    drawn_in: tuple[str, str] | None = None
    not_drawn_in: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Gathered:
    """Changes that were gathered; given to readers together where there is a note, and waiting where there is none."""

    title: str
    by: str
    changes: tuple[Put, ...]
    note: str = ""


Step = Put | Declined | Withdrawn | Remark | Suggestion | Borrowed | Offered | Gathered
