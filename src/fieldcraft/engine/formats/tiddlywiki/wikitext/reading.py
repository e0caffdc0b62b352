"""What is known while one page of wikitext is read: the wiki around it, its dialect, and what could not be carried."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from fieldcraft.engine.formats.document import Loss, LossKind

DEEPEST = 12
"""Blocks inside blocks beyond this are read as plain lines."""


@dataclass(frozen=True, slots=True)
class Macro:
    """A snippet that the wiki itself defines; parameters in their order with what they are when not given."""

    parameters: tuple[tuple[str, str], ...]
    body: str


@dataclass(frozen=True, slots=True)
class Snippet:
    """What a call of a macro stands for, in wikitext."""

    name: str
    wikitext: str


@dataclass(frozen=True, slots=True)
class Wiki:
    """What links, pictures and macros of a page may refer to.

    titles: all pages; a CamelCase word is a link only if it is one of them.
    files: titles of pictures and other files.
    elsewhere: titles whose content lies at an address outside the wiki.
    macros: snippets that hold for all pages.
    """

    titles: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    macros: Mapping[str, Macro] = field(default_factory=dict)


class Dialect(Enum):
    """TiddlyWiki 5, or what was written before it and on TiddlyWeb and TiddlySpace."""

    FIVE = "five"
    CLASSIC = "classic"


@dataclass(slots=True)
class Losses:
    """Counts what could not be carried, keeping the first example of each kind."""

    found: dict[LossKind, tuple[int, str]] = field(default_factory=dict)

    def add(self, kind: LossKind, example: str) -> None:
        count, first = self.found.get(kind, (0, ""))
        self.found[kind] = (count + 1, first or " ".join(example[:400].split())[:120])

    def all(self) -> tuple[Loss, ...]:
        return tuple(Loss(kind, count, example) for kind, (count, example) in self.found.items())


@dataclass(slots=True)
class Allowance:
    """How many more characters snippets may add to the page, so that snippets inside snippets end."""

    left: int


@dataclass(frozen=True, slots=True)
class Block:
    """Something inside a run that is a block of its own in Markdown."""

    text: str


@dataclass(slots=True)
class Reading:
    """One page being read.

    title: what the page is called.
    links_words: whether CamelCase words are links.
    depth: how many blocks or snippets this text lies inside.
    unclosed: elements that were seen to have no end, so that nobody looks for it again.
    filled, unfilled: snippets that came through whole, and those that did not.
    """

    wiki: Wiki
    dialect: Dialect
    losses: Losses
    macros: dict[str, Macro]
    allowance: Allowance
    title: str = ""
    links_words: bool = True
    depth: int = 0
    unclosed: set[str] = field(default_factory=set)
    filled: set[str] = field(default_factory=set)
    unfilled: set[str] = field(default_factory=set)

    def trial(self) -> "Reading":
        """The same page with losses of its own, to see whether a snippet comes through whole."""
        return replace(self, losses=Losses(), depth=self.depth + 1, unclosed=set())

    def judged(self, snippet: Snippet, trial: "Reading") -> bool:
        """Whether the snippet came through whole on its trial; it is remembered."""
        (self.unfilled if trial.losses.found else self.filled).add(snippet.name)
        return not trial.losses.found

    def inside(self) -> "Reading":
        """The same page, one block further in."""
        return replace(self, depth=self.depth + 1, unclosed=set())


def fenced(source: str, word: str = "") -> str:
    """Lines as a code block whose fence is longer than any inside."""
    return f"{(fence := '`' * max(3, longest_run(source) + 1))}{word}\n{source}\n{fence}"


def chip(source: str) -> str:
    """A piece of source on one line, as code."""
    text = " ".join(source.split("\n")).strip() if "\n" in source else source
    if not text.strip():
        return text
    fence = "`" * (longest_run(text) + 1)
    pad = " " if text[0] == "`" or text[-1] == "`" or (text[0] == text[-1] == " ") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def longest_run(text: str) -> int:
    """How many backticks stand together at most."""
    longest = run = 0
    if "`" not in text:
        return 0
    for sign in text:
        run = run + 1 if sign == "`" else 0
        longest = max(longest, run)
    return longest
