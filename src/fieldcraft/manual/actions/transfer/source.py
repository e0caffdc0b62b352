"""Reading a source from disk or from an upload, safely; the engine then reads what the files say."""

import os
from pathlib import Path

from fieldcraft.engine.formats.archive import files_of_archive, is_archive
from fieldcraft.engine.formats.detect import read_source
from fieldcraft.engine.formats.document import BadSource, Fault, Library

MOST_FILES, MOST_BYTES = 20_000, 500_000_000


def library_at(path: Path) -> Library:
    """The manual in a folder, an archive or a single file. Raises BadSource."""
    if path.is_dir():
        return read_source(_files_in(path))
    if not path.is_file():
        raise BadSource(Fault.EMPTY, str(path))
    return library_of(path.name, path.read_bytes())


def library_of(name: str, content: bytes) -> Library:
    """The manual in an uploaded archive or single file. Raises BadSource."""
    return read_source(files_of_archive(content) if is_archive(content) else {Path(name).name: content})


def _files_in(folder: Path) -> dict[str, bytes]:
    """Every file below the folder; links that lead out of it and hidden folders are passed over."""
    files: dict[str, bytes] = {}
    total = 0
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(
            name for name in folders if name != "node_modules" and (name[0] != "." or name in {".obsidian", ".gitbook"})
        )
        for name in sorted(names):
            file = Path(place) / name
            if file.is_symlink() and not file.resolve().is_relative_to(folder.resolve()):
                continue
            total += file.stat().st_size
            if total > MOST_BYTES or len(files) >= MOST_FILES:
                raise BadSource(Fault.TOO_LARGE, str(file))
            files[file.relative_to(folder).as_posix()] = file.read_bytes()
    return files
