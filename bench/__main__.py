"""`python -m bench TIDDLYWIKI_FOLDER HANDBOOK_FOLDER [--short]`: everything, as one Markdown report.

TIDDLYWIKI_FOLDER: TiddlyWiki's own documentation as a folder of tiddlers. HANDBOOK_FOLDER: a Markdown handbook.
--short leaves out the 20,000 pages, the 1,000 teams, and what is measured in processes of its own. Needs wrk (Debian's package of this name).
"""

import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pysqlite3

from bench import merging, ours, peers
from bench.serving import Load

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
OF_THEIR_OWN = ("bench.writing", "bench.in_step", "bench.theory")  # each in a process that has loaded nothing else


def main(wiki: Path, handbook: Path, *, short: bool) -> None:
    _head()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        _two_thousand(place, wiki, handbook)
        if not short:
            _twenty_thousand(place)
            _teams(place, wiki)
    merging.main()
    if not short:
        for name in OF_THEIR_OWN:
            print(f"## {name}\n", flush=True)
            subprocess.run([sys.executable, "-m", name], check=True)


def _head() -> None:
    names = ("Django", "granian", "pysqlite3")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {versions}, SQLite {pysqlite3.sqlite_version}")
    print(f"{datetime.now(UTC):%d %B %Y}\n", flush=True)


def _two_thousand(place: Path, wiki: Path, handbook: Path) -> None:
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


if __name__ == "__main__":
    folders = [Path(word) for word in sys.argv[1:] if not word.startswith("--")]
    main(folders[0], folders[1], short="--short" in sys.argv)
