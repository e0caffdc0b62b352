"""Tideway's quiet colleagues: they check in and raise things, and nobody can enter as them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from fieldcraft.engine.words import slug_of
from fieldcraft.people.actions.community import make_sample_colleagues, make_sample_team
from fieldcraft.people.queries import actor_of, my_teams
from fieldcraft.shell.sample.year.days import moment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from typing import Any

    from fieldcraft.people.access import Actor

TEAMS = {
    "Harbour Street": 12,
    "Mill Lane": 2,
    "Bridge End": 13,
    "Lantern Row": 14,
    "Night Desk": 12,
    "Saltmarsh": 14,
}
"""How many quiet colleagues each team has; Harbour Street and Mill Lane have three besides, who can be entered as."""

_FIRST = (
    "Abena", "Alun", "Anjali", "Basil", "Bronagh", "Carys", "Cyril", "Delphine", "Desmond", "Eilidh", "Esther",
    "Farid", "Fenna", "Gareth", "Gloria", "Harriet", "Hugo", "Imelda", "Ivan", "Jasmin", "Joachim", "Keziah", "Lachlan",
    "Lucia", "Mairi", "Marek", "Nadia", "Neville", "Olive", "Oskar", "Parveen", "Philippa", "Quentin", "Ravi", "Ruth",
    "Siobhan", "Stefan", "Tamsin", "Thandi", "Ursula", "Victor", "Wilma", "Yvonne", "Zachary",
)  # fmt: skip
_LAST = (
    "Achebe", "Barlow", "Castellan", "Dunmore", "Eastwood", "Fairley", "Gilchrist", "Hargreave", "Iqbal", "Jessop",
    "Kaplan", "Lomax", "Moorcroft", "Nkemelu", "Osborn", "Pellow", "Quirke", "Rowntree", "Sandhu", "Tregear", "Upton",
    "Vasquez", "Winterton", "Yardley", "Zielinski",
)  # fmt: skip


def names() -> Iterator[str]:
    """Plausible names, always the same ones; none twice."""
    for number in range(len(_FIRST) * len(_LAST)):
        yield f"{_FIRST[number * 5 % len(_FIRST)]} {_LAST[(number * 7 + number // len(_FIRST)) % len(_LAST)]}"


def make_colleagues(organisation: Any, people: dict[str, Actor], since: date) -> dict[str, list[Actor]]:
    """By team; everybody of these teams belongs to them since a day. people: who is there already, by name."""
    there = {team.name: team for actor in people.values() for team in my_teams(actor)}
    waiting = names()
    return {
        name: _colleagues(there.get(name) or make_sample_team(organisation, name), list(islice(waiting, size)), since)
        for name, size in TEAMS.items()
    }


def _colleagues(team: Any, called: list[str], since: date) -> list[Actor]:
    by_address = {f"{slug_of(name)}@{team.organisation.slug}.example": name for name in called}
    return [actor_of(person) for person in make_sample_colleagues(team=team, names=by_address, since=moment(since))]
