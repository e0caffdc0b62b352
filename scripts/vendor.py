"""Fetches the vendored files named in vendor.toml from the npm registry, and holds them to their hashes.

`python scripts/vendor.py --check` needs no network. For maintainers; users get the files with the repository.
"""

import hashlib
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]


def packages() -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = tomllib.loads((ROOT / "src/fieldcraft/ui/vendor.toml").read_text())["package"]
    return listed


def wrong_files() -> list[str]:
    """Files that are missing or differ from their hash."""
    wrong = []
    for package in packages():
        for name, expected in package["files"].items():
            file = ROOT / package["folder"] / Path(name).name
            if not file.exists() or hashlib.sha256(file.read_bytes()).hexdigest() != expected:
                wrong.append(str(file.relative_to(ROOT)))
    return wrong


def fetch(package: dict[str, Any]) -> None:
    """`npm pack` the exact version and take only the listed files out of it."""
    folder = ROOT / package["folder"]
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        subprocess.run(["npm", "pack", "--silent", f"{package['name']}@{package['version']}"], cwd=place, check=True)
        with tarfile.open(next(Path(place).glob("*.tgz"))) as archive:
            for name in package["files"]:
                member = archive.extractfile(f"package/{name}")
                assert member is not None
                (folder / Path(name).name).write_bytes(member.read())


if __name__ == "__main__":
    if "--check" not in sys.argv:
        for each in packages():
            fetch(each)
    if problems := wrong_files():
        sys.exit("Not as vendor.toml says: " + ", ".join(problems))
