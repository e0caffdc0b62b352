"""Builds the editor from src/fieldcraft/ui/editor with npm and esbuild, and lists what is in it.

`python scripts/build_editor.py` writes editor.js, LICENSES.txt and PARTS.toml; building twice gives the same bytes.
`python scripts/build_editor.py --check` needs neither network nor Node: it holds the bundle and the sources, with the lock
of what they use, to the hashes in PARTS.toml, so that none can change without the other.
For maintainers; users get the bundle with the repository.
"""

import gzip
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src/fieldcraft/ui/editor"
BUNDLE = ROOT / "src/fieldcraft/ui/static/ui/editor"
STUBS = ("entities", "linkify-it")
MOST_BYTES = 110_000


@dataclass(frozen=True, slots=True)
class Part:
    """A package of which something is in the bundle."""

    name: str
    version: str
    licence: str
    text: str


def build() -> None:
    """`npm ci` in a folder of its own, one minified file, and what it was made of."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "editor"
        shutil.copytree(SOURCE, folder)
        subprocess.run(["npm", "ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder, check=True)
        subprocess.run(_bundling(folder), cwd=folder, check=True)
        parts = _parts(folder)
        BUNDLE.mkdir(parents=True, exist_ok=True)
        (BUNDLE / "editor.js").write_bytes((folder / "out/editor.js").read_bytes())
    _write(BUNDLE / "LICENSES.txt", "\n".join(_licence(part) for part in parts))
    _write(BUNDLE / "PARTS.toml", _list(parts))


def _bundling(folder: Path) -> list[str]:
    return [
        str(folder / "node_modules/.bin/esbuild"),
        "main.js",
        "--bundle",
        "--minify",
        "--format=iife",
        "--target=es2022",
        "--charset=utf8",
        "--legal-comments=none",
        "--log-level=warning",
        "--metafile=out/parts.json",
        "--outfile=out/editor.js",
        *(f"--alias:{name}=./stubs/{name}.js" for name in STUBS),
    ]


def _parts(folder: Path) -> list[Part]:
    """Whatever the bundler says it took something from."""
    inputs = json.loads((folder / "out/parts.json").read_text())["outputs"]["out/editor.js"]["inputs"]
    used = {path.removeprefix("node_modules/").split("/")[0] for path in inputs if path.startswith("node_modules/")}
    return [_part(folder / "node_modules" / name) for name in sorted(used)]


def _part(folder: Path) -> Part:
    says = json.loads((folder / "package.json").read_text())
    texts = [file for file in sorted(folder.iterdir()) if file.name.upper().startswith("LICEN")]
    assert texts, f"{folder.name} brings no licence text"
    return Part(says["name"], says["version"], says["license"], texts[0].read_text().strip())


def _licence(part: Part) -> str:
    return f"{part.name} {part.version} ({part.licence})\n\n{part.text}\n\n{'-' * 72}\n"


def _list(parts: list[Part]) -> str:
    lines = [
        "# What the editor's bundle is made of. Written by scripts/build_editor.py; a test holds the bundle to it.",
        "",
        "[bundle]",
        'file = "editor.js"',
        f'sha256 = "{_hash()}"',
    ]
    for part in parts:
        lines += ["", "[[part]]", f'name = "{part.name}"', f'version = "{part.version}"', f'licence = "{part.licence}"']
    return "\n".join([*lines, "", "[sources]", f'sha256 = "{hash_of(SOURCE)}"', ""])


def _hash() -> str:
    return hashlib.sha256((BUNDLE / "editor.js").read_bytes()).hexdigest()


def hash_of(sources: Path) -> str:
    """The names and contents of all files of a folder, whatever ends their lines."""
    found = hashlib.sha256()
    for file in sorted(path for path in sources.rglob("*") if path.is_file() and "node_modules" not in path.parts):
        content = file.read_bytes().replace(b"\r\n", b"\n")
        found.update(f"{file.relative_to(sources).as_posix()}\n{len(content)}\n".encode() + content)
    return found.hexdigest()


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")


def faults(sources: Path = SOURCE) -> list[str]:
    """One line for each thing that is not in order."""
    listed = tomllib.loads((BUNDLE / "PARTS.toml").read_text())
    size = len(gzip.compress((BUNDLE / "editor.js").read_bytes(), mtime=0))
    found = [] if _hash() == listed["bundle"]["sha256"] else ["editor.js is not the file that PARTS.toml lists"]
    if hash_of(sources) != listed["sources"]["sha256"]:
        found.append("the sources have changed since editor.js was made: run scripts/build_editor.py")
    return found if size < MOST_BYTES else [*found, f"editor.js is {size} bytes when compressed, over {MOST_BYTES}"]


if __name__ == "__main__":
    if "--check" not in sys.argv:
        build()
    if problems := faults():
        sys.exit("\n".join(problems))
