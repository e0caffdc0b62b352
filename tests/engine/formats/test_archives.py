"""Archives: no path leads outside, nothing unpacks to more than it should, damage is refused."""

import gzip
import io
import tarfile
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldcraft.engine.formats.archive import files_of_archive, is_archive
from fieldcraft.engine.formats.detect import read_source
from fieldcraft.engine.formats.document import BadSource, Fault


def _zip(files: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", how) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return stream.getvalue()


def _tar(*entries: tuple[tarfile.TarInfo, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        for entry, content in entries:
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return stream.getvalue()


def test_archives_are_opened_with_their_folders() -> None:
    folder = tarfile.TarInfo("./docs")
    folder.type = tarfile.DIRTYPE

    assert files_of_archive(_zip({"docs/": b"", "docs/é.md": b"x", "./b.md": b"y"})) == {
        "docs/é.md": b"x",
        "b.md": b"y",
    }
    assert files_of_archive(_tar((folder, b""), (tarfile.TarInfo("./docs/a.md"), b"x"))) == {"docs/a.md": b"x"}


@pytest.mark.parametrize("path", ["../a.md", "/a.md", "b/../../a.md", "C:/a.md", "b\\a.md", "a/" * 600 + "b.md"])
def test_an_archive_that_leads_outside_is_refused(path: str) -> None:
    for archive in (_zip({path: b"x"}), _tar((tarfile.TarInfo(path), b"x"))):
        with pytest.raises(BadSource) as refused:
            files_of_archive(archive)
        assert refused.value.fault is Fault.UNSAFE_PATH


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE])
def test_an_archive_with_a_link_is_refused(kind: bytes) -> None:
    entry = tarfile.TarInfo("a.md")
    entry.type, entry.linkname = kind, "/etc/passwd"

    with pytest.raises(BadSource) as refused:
        files_of_archive(_tar((entry, b"")))

    assert refused.value.fault is Fault.UNSAFE_PATH


def _hidden_bomb() -> bytes:
    """Thirty megabytes in a header that no file is made of."""
    header = tarfile.TarInfo("x")
    header.type, header.size = tarfile.XHDTYPE, 30_000_000
    return gzip.compress(header.tobuf() + b"0" * 30_000_000)


@pytest.mark.parametrize(
    "archive",
    [
        _zip({"a.md": b"0" * 30_000_000}),
        _zip({f"{number}.md": b"0" * 300_000 for number in range(100)}),
        _tar((tarfile.TarInfo("a.md"), b"0" * 30_000_000)),
        _hidden_bomb(),
        _zip({f"{number}.md": b"" for number in range(20_001)}),
    ],
    ids=["one file", "many files", "tar", "header", "entries"],
)
def test_an_archive_that_unpacks_to_far_too_much_is_refused(archive: bytes) -> None:
    with pytest.raises(BadSource) as refused:
        files_of_archive(archive)

    assert refused.value.fault is Fault.ZIP_BOMB


_WHOLE = [
    *(_zip({"a.md": b"# A\n" * 40, "b/c.tid": b"title: C\n\nx"}, how) for how in (0, 8)),
    _tar((tarfile.TarInfo("a.md"), b"# A\n" * 40)),
]


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(_WHOLE),
    st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), max_size=4),
    st.integers(0, 60),
)
def test_a_damaged_archive_is_read_or_refused(whole: bytes, changes: list[tuple[int, int]], cut: int) -> None:
    damaged = bytearray(whole)
    for place, value in changes:
        damaged[place % len(damaged)] = value
    content = bytes(damaged[: len(damaged) - cut])
    if is_archive(content):
        try:
            files = files_of_archive(content)
        except BadSource:
            return
        if files:
            with suppress(BadSource):
                read_source(files)


@given(st.binary(max_size=300))
def test_any_bytes_called_an_archive_are_refused_or_hold_files(content: bytes) -> None:
    for start in (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b"):
        try:
            assert isinstance(files_of_archive(start + content), dict)
        except BadSource:
            continue
