"""Files in one archive; the same files make the same bytes."""

import io
import zipfile

from fieldcraft.engine.formats.document import Files

_BEGINNING = (1980, 1, 1, 0, 0, 0)  # the earliest moment an archive can name


def zipped(files: Files) -> bytes:
    """A zip of the files in the order of their paths."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(path, _BEGINNING)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            archive.writestr(entry, files[path])
    return written.getvalue()
