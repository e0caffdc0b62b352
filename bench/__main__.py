"""`python -m bench [--wiki FOLDER] [--handbook FOLDER] [--short]`: all that can be measured here, as one Markdown report.

--wiki: TiddlyWiki's own documentation as a folder of tiddlers; --handbook: a folder of Markdown pages. Those that are not
given are taken from `../shared/corpora/handbooks`, where that is. A part whose texts or tools are not here says so in a
sentence and is left out. --short leaves out the 20,000 pages, the 1,000 teams, and what takes longest of the rest.
"""

import argparse
import os
import platform
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pysqlite3

from bench import ours, peers
from bench.serving import Load, without_wrk

ROOT = Path(__file__).parents[1]
HANDBOOKS = ROOT.parent / "shared/corpora/handbooks"
TARGETS = {
    "read, signed out": "≤ 1.6 ms · ≥ 1,000",
    "read, signed in": "≤ 6 ms · ≥ 300",
    "search, common word": "≤ 4 ms",
    "search, rare word": "≤ 2.5 ms",
    "memory, MB": "≤ 115, at most 150",
    "import, s": "≤ 20",
    "import again, s": "",
}
PEER_PAGE = "Tiddlers"
PYTHON = sys.executable
OF_THEIR_OWN = {  # each in a process that has loaded nothing else
    "bench.merging": [PYTHON, "-m", "bench.merging"],
    "bench.comparing": [PYTHON, "-m", "bench.comparing"],
    "bench.writing": [PYTHON, "-m", "bench.writing"],
    "bench.writing, on PostgreSQL": [PYTHON, "scripts/with_postgresql.py", PYTHON, "-m", "bench.writing"],
}
LONG = {
    "bench.in_step": [PYTHON, "-m", "bench.in_step"],
    "bench.theory": [PYTHON, "-m", "bench.theory"],
}


def main(wiki: Path | None, handbook: Path | None, *, short: bool) -> list[str]:
    """Prints the report; gives the parts that were begun and did not come to their end."""
    _head()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        wiki = wiki or _unpacked("tiddlywiki", "tw5.com", place)
        handbook = handbook or _unpacked("18f", "pages", place)
        _pages(place, wiki, handbook, short=short)
        eight_years = _unpacked("incident-response", ".", place)
        if eight_years is None:
            _left_out("bench.eight_years", f"the handbook that it reads is not in {HANDBOOKS}")
        further = {"bench.eight_years": [PYTHON, "-m", "bench.eight_years", str(eight_years)]} if eight_years else {}
        opening = {"bench.opening": [PYTHON, "-m", "bench.opening", *([str(wiki)] if wiki else [])]}
        commands = {**OF_THEIR_OWN, **opening, **further, **({} if short else LONG)}
        return [name for name, words in commands.items() if not _came_to_its_end(name, words)]


def _head() -> None:
    names = ("Django", "granian", "pysqlite3")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {versions}, SQLite {pysqlite3.sqlite_version}")
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"{datetime.now(UTC):%d %B %Y}, load of the machine before: {load} (of 1, 5 and 15 minutes)\n", flush=True)


def _unpacked(name: str, inside: str, place: Path) -> Path | None:
    """The texts from beside the project, if they are there."""
    archive = HANDBOOKS / f"{name}.tar.gz"
    if not archive.exists():
        return None
    with tarfile.open(archive) as packed:
        packed.extractall(place, filter="data")
    return place / name / inside


def _left_out(part: str, because: str) -> None:
    print(f"{part} is left out: {because}.\n", flush=True)


def _came_to_its_end(name: str, words: list[str]) -> bool:
    print(f"## {name}\n", flush=True)
    started = time.monotonic()
    code = subprocess.run(words, cwd=ROOT, check=False).returncode
    print(f"\n{name}: {time.monotonic() - started:.0f} s{f', stopped with {code}' if code else ''}\n", flush=True)
    return code == 0


def _pages(place: Path, wiki: Path | None, handbook: Path | None, *, short: bool) -> None:
    """Reading, searching and importing; all of it under load, so none of it without wrk."""
    if handbook is None:
        _left_out("Importing a Markdown handbook", "none was given (HANDBOOK=FOLDER)")
    else:
        _handbook(place, handbook)
    if wiki is None:
        _left_out("Reading and searching", "TiddlyWiki's documentation was not given (WIKI=FOLDER)")
    elif missing := without_wrk():
        _left_out("Reading and searching", missing)
    else:
        _two_thousand(place, wiki)
        if not short:
            _twenty_thousand(place)
            _teams(place, wiki)


def _two_thousand(place: Path, wiki: Path) -> None:
    home = place / "home"
    imports = {
        "import, s": ours.seconds_to_import(home, wiki, "core"),
        "import again, s": ours.seconds_to_import(home, wiki, "core"),
    }
    ours.world(home, "over", "core", "1")
    figures = {**ours.reading(home), **imports, "first visit, kB": ours.first_visit(home)}
    ours.world(home, "bodies", "core", str(place / "texts"))
    beside = {
        "DokuWiki": peers.dokuwiki(place / "texts", place, PEER_PAGE, ours.COMMON, ours.RARE),
        "TiddlyWiki": peers.tiddlywiki(place / "texts", place, PEER_PAGE),
    }
    _table(
        "TiddlyWiki's documentation, three layers (p50 alone · a second by eight)", {"Fieldcraft": figures, **beside}
    )


def _handbook(place: Path, handbook: Path) -> None:
    other = place / "handbook-home"
    twice = [ours.seconds_to_import(other, handbook, "handbook") for _ in range(2)]
    print(
        f"Markdown handbook into a home that did not exist: {twice[0]:.1f} s, again {twice[1]:.1f} s (target 5 s)\n",
        flush=True,
    )


def _twenty_thousand(place: Path) -> None:
    home = place / "large-home"
    ours.world(home, "larger", str(place / "texts"), "20000", str(place / "large"))
    imported = ours.seconds_to_import(home, place / "large", "core")
    ours.world(home, "over", "core", "1")
    figures = {**ours.reading(home, f"{ours.TEAM}p/10000-{_slug_of(place)}/"), "import, s": imported}
    _table("20,000 pages, three layers", {"Fieldcraft": figures})


def _slug_of(place: Path) -> str:
    from fieldcraft.engine.words import slug_of

    texts = sorted((place / "texts").iterdir())
    return slug_of(texts[10000 % len(texts)].read_text().partition("\n")[0])


def _teams(place: Path, wiki: Path) -> None:
    for teams in (10, 1000):
        home = place / f"teams-{teams}"
        ours.seconds_to_import(home, wiki, "core")
        rows = ours.world(home, "over", "core", str(teams))
        figure = ours.teams_in_turn(home, teams, "p/tiddlers/")
        print(
            f"{teams:,} teams over one core, each read in turn: {figure}; rows of teams that wrote nothing: {rows}",
            flush=True,
        )


def _table(title: str, columns: Mapping[str, Mapping[str, Any]]) -> None:
    rows = list(dict.fromkeys(name for column in columns.values() for name in column))
    print(f"### {title}\n\n| | {' | '.join(columns)} | to reach |\n|---|{'---|' * (len(columns) + 1)}")
    for row in rows:
        print(
            f"| {row} | {' | '.join(_cell(column.get(row)) for column in columns.values())} | {TARGETS.get(row, '')} |"
        )
    print(flush=True)


def _cell(value: object) -> str:
    if isinstance(value, Load):
        return f"{value} (p95 {value.p95:.1f} ms)"
    return f"{value:.1f}" if isinstance(value, float) else str(value or "–")


def _asked() -> argparse.Namespace:
    asked = argparse.ArgumentParser(prog="python -m bench", description="Measures all that can be measured here.")
    asked.add_argument("--wiki", type=Path, help="TiddlyWiki's documentation as a folder of tiddlers")
    asked.add_argument("--handbook", type=Path, help="a folder of Markdown pages")
    asked.add_argument("--short", action="store_true", help="without what takes longest")
    return asked.parse_args()


if __name__ == "__main__":
    given = _asked()
    if stopped := main(given.wiki, given.handbook, short=given.short):
        sys.exit(f"Not measured to the end: {', '.join(stopped)}.")
