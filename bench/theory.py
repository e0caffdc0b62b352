"""The theory's estimator, its verdicts and what figures give away, measured: `python -m bench.theory [PART …]`.

PART: coverage, verdicts, sizes, beside, disclosure, account, pages; all of them without one. Prints Markdown. Worlds and seeds are fixed
(`bench.theory_worlds`, `tests.rules.attacker`). lme4 is measured beside it where R has it, statsmodels where Python has it.
"""

# ruff: noqa: E402 - NumPy reads these when it is imported
import os

for _threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_threads, "1")

import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import product
from typing import Any

import numpy as np

from bench.theory_account import account
from bench.theory_beside import beside
from bench.theory_disclosure import disclosure
from bench.theory_pages import pages
from bench.theory_worlds import NAMES, World, answers, as_rows, truth, values
from fieldcraft.engine.causal.effects import Fit, TooLittle
from fieldcraft.engine.causal.lagged import Answers, fit, share_of_largest_team, sums_of
from fieldcraft.engine.causal.verdict import Basis, Says, Sign, judge

COVERAGE = {(30, 26): 150, (50, 52): 100, (100, 13): 100, (100, 26): 100, (200, 8): 100, (200, 26): 100, (2000, 52): 8}
YEARS = {50: 150, 100: 120, 200: 100, 500: 50, 2000: 8}
LOOKS = (13, 26, 39, 52)
SIZES = {(200, 26): 0.1, (2_000, 52): 0.5, (100_000, 52): 60.0}
NOISE = 0.33
FOUND = {50: 0.17, 100: 0.49, 200: 0.80, 500: 0.99, 2000: 1.0}
PAIRS = [(a, b) for a, b in product(range(8), range(8)) if a != b]


def strength(cause: int, outcome: int) -> float:
    return float(truth()[outcome, cause])


def kind(cause: int, outcome: int) -> str:
    size = abs(strength(cause, outcome))
    return "medium" if size > 0.08 else "small" if size > 0.035 else "absent"


def coverage() -> None:
    """How often 95 % intervals hold the truth, on all links between two variables."""
    print(
        "### Intervals\n\n| people × weeks | replicates | net pairs | 95 % interval holds the truth | … own lags | RMSE | longest bias |"
    )
    print("|---|---|---|---|---|---|---|")
    for (people, weeks), times in COVERAGE.items():
        fits = [_fit(answers(people=people, weeks=weeks, seed=10_000 * people + one), seed=one) for one in range(times)]
        found = np.array(
            [[fitted.link(NAMES[a], NAMES[b]).as_exact for a, b in PAIRS] for fitted in fits], dtype=object
        )
        true = np.array([strength(a, b) for a, b in PAIRS])
        effect = np.vectorize(lambda one: one.effect)(found)
        held = np.vectorize(lambda one, at: one.low95 <= at <= one.high95)(found, true[None, :])
        lags = np.array([fitted.own_lags for fitted in fits]) - np.diag(truth())
        print(
            f"| {people} × {weeks} | {times} | {np.mean([one.net_pairs for one in fits]):,.0f} | {held.mean():.3f} | "
            f"bias {lags.mean():+.3f} | {np.sqrt(((effect - true) ** 2).mean()):.3f} | "
            f"{np.abs((effect - true).mean(axis=0)).max():.3f} |",
            flush=True,
        )
    print()


def _fit(rows: Answers, *, seed: int) -> Fit:
    return fit(sums_of(rows), seed=seed)


def verdicts() -> None:
    """Four looks in a year, items 75 % reliable: what is said of links that are there, and of links that are not."""
    print("### Verdicts over a year of four looks, answers three quarters reliable\n")
    print(
        "| people | years | wrong of an absent link, per link and year | wrong way of a true one | medium links found at week 52 "
        "(trial) | small | absent: no noticeable link | cannot say yet, all links |\n|---|---|---|---|---|---|---|---|"
    )
    for people, years in YEARS.items():
        seen = [_year(people, 77_000_000 + 1_000 * people + one) for one in range(years)]
        at_end = [(kind_, says[-1]) for year in seen for kind_, says in year]
        wrong = [any(one in _CALLS for one in says) for year in seen for kind_, says in year if kind_ == "absent"]
        turned = [Says.OTHER_WAY in says for year in seen for kind_, says in year if kind_ != "absent"]
        shares = [
            _share(at_end, "medium", Says.SUPPORTS), _share(at_end, "small", Says.SUPPORTS),
            _share(at_end, "absent", Says.NOT_NOTICEABLE),
        ]  # fmt: skip
        unsaid = np.mean([says is Says.CANNOT_SAY_YET for _kind, says in at_end])
        print(
            f"| {people} | {years} | {np.mean(wrong):.3f} | {np.mean(turned):.3f} | {shares[0]:.2f} ({FOUND[people]:.2f}) | "
            f"{shares[1]:.2f} | {shares[2]:.2f} | {unsaid:.2f} |",
            flush=True,
        )
    print()


_CALLS = {Says.SUPPORTS, Says.OTHER_WAY}


def _share(seen: list[tuple[str, Says]], of: str, wanted: Says) -> float:
    return float(np.mean([says is wanted for kind_, says in seen if kind_ == of]))


def _year(people: int, seed: int) -> list[tuple[str, list[Says]]]:
    """For each link what was said at each look; a link is stated the way it truly goes, an absent one as plus."""
    weekly = values(World(people, LOOKS[-1], NOISE), seed=seed)
    teams = {one: str(one // 10) for one in range(people)}
    said: dict[tuple[int, int], list[Says]] = {pair: [] for pair in PAIRS}
    for look in LOOKS:
        fitted, basis = None, Basis(0, 0, 1.0)
        with suppress(TooLittle):
            sums = sums_of(as_rows(weekly[:, :look]))
            fitted = fit(sums, seed=seed)
            basis = Basis(fitted.people, fitted.net_pairs, share_of_largest_team(sums, teams))
        for a, b in PAIRS:
            stated = Sign.MINUS if kind(a, b) != "absent" and strength(a, b) < 0 else Sign.PLUS
            said[a, b].append(judge(fitted and fitted.link(NAMES[a], NAMES[b]), stated, basis).says)
    return [(kind(*pair), says) for pair, says in said.items()]


def sizes() -> None:
    """All 56 links of the theory, each size in a process of its own; memory is the whole process's, Python included."""
    print(
        "### Seconds and memory, one thread\n\n| people × weeks | check-ins | sums | fit, both runs | together | to reach | memory, MB |"
    )
    print("|---|---|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for (people, weeks), reach in SIZES.items():
            for step in ("make", "measure"):
                command = [
                    sys.executable,
                    "-m",
                    "bench.theory",
                    step,
                    str(people),
                    str(weeks),
                    f"{folder}/rows.npz",
                    str(reach),
                ]
                subprocess.run(command, check=True)
    print()


def _make(people: str, weeks: str, file: str, _reach: str) -> None:
    rows = answers(people=int(people), weeks=int(weeks), seed=5)
    np.savez(file, people=rows.people, weeks=rows.weeks, values=rows.values)


def _measure(people: str, weeks: str, file: str, reach: str) -> None:
    with np.load(file) as kept:
        rows = as_answers(kept["people"], kept["weeks"], kept["values"])
    times = []
    for _again in range(1 if int(people) > 10_000 else 5):
        began = time.perf_counter()
        sums = sums_of(rows)
        between = time.perf_counter()
        fit(sums, seed=1)
        times.append((between - began, time.perf_counter() - between))
    first, second = min(times, key=sum)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"| {int(people):,} × {weeks} | {len(rows.people):,} | {first:.3f} s | {second:.3f} s | {first + second:.3f} s | "
        f"{float(reach):g} s | {memory:,.0f} |",
        flush=True,
    )


def as_answers(people: Any, weeks: Any, found: Any) -> Answers:
    from bench.theory_worlds import SLIDERS

    return Answers(people, weeks, found, NAMES, SLIDERS)


PARTS: dict[str, Callable[[], None]] = {
    "coverage": coverage, "verdicts": verdicts, "sizes": sizes, "beside": beside, "disclosure": disclosure, "account": account,
    "pages": pages,
}  # fmt: skip


def main(words: list[str]) -> None:
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, NumPy {np.__version__}\n", flush=True)
    for word in words or PARTS:
        PARTS[word]()


if __name__ == "__main__":
    os.nice(15)
    match sys.argv[1:]:
        case ["make", *rest]:
            _make(*rest)
        case ["measure", *rest]:
            _measure(*rest)
        case words:
            main(words)
