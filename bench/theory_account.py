"""What the account of all figures costs as an organisation grows: `python -m bench.theory account`."""

import time
from random import Random

from fieldcraft.engine.disclosure import Account, Question, Release, Roster, Team, Thresholds, Window, release

SIZES = (100, 1_000, 5_000)
YEAR_UP_TO, WINDOWS, TEAM, ANSWER = 1_000, 13, 10, 0.85  # a year of 5,000 takes minutes
FIGURES = 12


def account() -> None:
    """A year of an organisation of teams of ten; and a figure of everybody once nobody shares their history."""
    print("### The account: teams of ten, a year, 85 in a hundred answer in a window\n")
    print(
        "| people | figures shown | histories | a year of one item | a window at most | "
        "a figure of all when every history differs |\n|---|---|---|---|---|---|",
        flush=True,
    )
    for people in SIZES:
        year = _year_cells(people) if people <= YEAR_UP_TO else " | | | "
        print(f"| {people:,} | {year} | {_apart(people):.3f} s |", flush=True)
    print()


def _year_cells(people: int) -> str:
    shown, kept, seconds = _year(people)
    return f"{shown} | {kept:,} | {sum(seconds):.2f} s | {max(seconds):.2f} s"


def _year(people: int) -> tuple[int, int, list[float]]:
    """How many figures were shown, how many histories there are then, and the seconds of each window."""
    drawn, names = Random(people), [f"p{number:05}" for number in range(people)]
    teams = tuple(Team(str(at), "all", frozenset(names[at : at + TEAM])) for at in range(0, people, TEAM))
    roster, so_far, before, shown, seconds = Roster("all", teams), Account(), None, 0, []
    for number in range(WINDOWS):
        answers = {one: [drawn.uniform(0, 100)] * 3 for one in names if drawn.random() < ANSWER}
        question = Question("item", Window(number), Thresholds(), b"bench")
        began = time.perf_counter()
        made = release(question, roster, answers, account=so_far, before=before)
        seconds.append(time.perf_counter() - began)
        so_far, before = made.account, made.release
        shown += _direct(made.release)
    return shown, len(set(so_far.kept.place.values())) if so_far.kept else 0, seconds


def _direct(out: Release) -> int:
    return sum(one.direct for one in out.counted)


def _apart(people: int) -> float:
    """Seconds of one figure after so many random ones that hardly two people were in the same."""
    drawn, names, so_far = Random(1), [f"p{number:05}" for number in range(people)], Account()
    for _figure in range(FIGURES):
        so_far = so_far.after(frozenset(one for one in names if drawn.random() < 0.5))
    began = time.perf_counter()
    so_far.after(frozenset(one for one in names if drawn.random() < ANSWER))
    return time.perf_counter() - began
