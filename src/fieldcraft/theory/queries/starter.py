"""The starter theory and psychology: our own words, each line traceable to its idea, to begin from and to dispute."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from fieldcraft.theory.models import Kind

_FOLDER = Path(__file__).parents[1] / "starter"


@dataclass(frozen=True, slots=True)
class StarterConstruct:
    """Something that there can be more or less of, and the key of what measures it; "" for nothing."""

    key: str
    name: str
    measure: str


@dataclass(frozen=True, slots=True)
class StarterClaim:
    """A claim to begin from. idea: the thought of the discipline that it stands for.

    cause, outcome, sign, delay: of a link, by keys of constructs; part, says, follows: of a psychology.
    """

    key: str
    idea: str
    because: str
    source: str
    critics: str
    would_see: str
    would_change: str
    sure: str
    cause: str = ""
    outcome: str = ""
    sign: str = ""
    delay: str = ""
    part: str = ""
    says: str = ""
    follows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Starter:
    """All that one kind begins with. reason: what its first version says of where it came from."""

    reason: str
    constructs: tuple[StarterConstruct, ...]
    claims: tuple[StarterClaim, ...]


def starter(kind: Kind) -> Starter:
    """What to begin from, in the reader's language where it is there, else in English."""
    language = (get_language() or "en").partition("-")[0]
    return _read(kind.value, language if (_FOLDER / f"{kind.value}.{language}.toml").exists() else "")


@cache
def _read(kind: str, language: str) -> Starter:
    name = f"{kind}.{language}.toml" if language else f"{kind}.toml"
    said = tomllib.loads((_FOLDER / name).read_text("utf-8"))
    constructs = tuple(StarterConstruct(**each) for each in said.get("constructs", ()))
    return Starter(said["reason"], constructs, tuple(_claim(each) for each in said["claims"]))


def _claim(said: dict[str, Any]) -> StarterClaim:
    return StarterClaim(**{**said, "follows": tuple(said.get("follows", ()))})
