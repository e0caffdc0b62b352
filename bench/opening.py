"""Whether TiddlyWiki itself opens what is exported: `python -m bench.opening [WIKI]`.

WIKI: TiddlyWiki's own documentation as a folder of tiddlers; without it, the sample community's manuals alone. TiddlyWiki
loads each exported file and says what it has read; title, tags, fields, dates and text of every tiddler are compared with
what TiddlyWiki reads in the source, where there is one, else with what was written. Needs npm's `tiddlywiki@5.4.1`.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import ours

Tiddlers = dict[str, dict[str, str]]
NEEDED = "TiddlyWiki is not here: npm install -g tiddlywiki@5.4.1"
SAMPLES = ("working-alongside", "harbour-street-manual")
ALL = "[all[tiddlers]!is[system]]"


def main(wiki: Path | None) -> None:
    """Prints a line for each file."""
    if shutil.which("tiddlywiki") is None:
        print(f"What TiddlyWiki opens is left out: {NEEDED}.")
        return
    print("| | tiddlers | read otherwise |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        _compare(Path(folder), wiki)


def _compare(place: Path, wiki: Path | None) -> None:
    home = place / "home"
    ours.command(home, "demo")
    sources: dict[str, Tiddlers | None] = dict.fromkeys(SAMPLES)
    if wiki:
        ours.command(home, "import", str(wiki), "--manual", "wiki", "--json")
        sources["wiki"] = read_by_tiddlywiki(wiki, place)
    for manual, source in sources.items():
        written = {}
        for kind in ("json", "html"):
            file = place / f"{manual}.{kind}"
            ours.command(home, "export", manual, "--format", "tiddlywiki", str(file))
            written = written or _without_system(json.loads(file.read_text()))
            read = read_by_tiddlywiki(file, place)
            other = differences(source, read) if source else differences(written, read)
            missing = written.keys() ^ read.keys()
            print(f"| {manual}, {kind} | {len(read):,} | {len(other | missing)} {_some(other | missing)}|", flush=True)


def read_by_tiddlywiki(source: Path, place: Path) -> Tiddlers:
    """Every tiddler but its own, as TiddlyWiki has it after `--load`."""
    template = "$:/core/templates/exporters/JsonFile"
    words = ["--output", str(place), "--render", ".", "read.json", "text/plain", template, "exportFilter", ALL]
    subprocess.run(["tiddlywiki", "--load", str(source), *words], check=True, capture_output=True)
    return _without_system(json.loads((place / "read.json").read_text()))


def _without_system(tiddlers: list[dict[str, str]]) -> Tiddlers:
    return {each["title"]: each for each in tiddlers if not each["title"].startswith("$:/")}


def differences(source: Tiddlers, read: Tiddlers) -> set[str]:
    """Titles of those that were read and do not say, field by field, what the source says."""
    return {title for title, fields in read.items() if _said(source.get(title, {})) != _said(fields)}


def _said(fields: dict[str, str]) -> dict[str, object]:
    """Tags in any order, which means nothing; a field without a value is none."""
    return {name: sorted(value.split()) if name == "tags" else value for name, value in fields.items() if value}


def _some(titles: set[str]) -> str:
    return f"({', '.join(sorted(titles)[:5])}) " if titles else ""


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
