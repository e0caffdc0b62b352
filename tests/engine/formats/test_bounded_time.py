"""What is huge, deep or hostile is read or refused soon: time grows with the length of the text."""

import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from fieldcraft.engine.formats.detect import read_source, without_common_folder
from fieldcraft.engine.formats.document import BadSource, Fault, Files
from fieldcraft.engine.formats.tiddlywiki.wikitext import Macro, Wiki, to_markdown


@contextmanager
def _ends() -> Iterator[None]:
    """Stops what would otherwise never end; a minute is far more than any of this takes."""

    def stop(*_: object) -> None:
        raise AssertionError("It did not end.")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(60)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _read(files: Files) -> None:
    with suppress(BadSource):
        read_source(files)


DEEP = [
    ">", "*", "#", ":", "!", "|", "{{", "{{{", "[[", "<<", "<<<\n", "<", "<a ", '<a b="', "<$list>", "<div>\n\n", "''", "//",
    "`", "```\n", "@@", "@@.a\n", '"""', "<!--", "/%", "<%", "[ext[", "[img[", "$$$\n", "\\define a()\n", "<html>", "<<a \"",
    "<svg>", "{{a{", "~~", "--", "&", "<<a [[", "* <", "http:", "\n", " \n", "x\n\n",
]  # fmt: skip


@pytest.mark.parametrize("kind", ["", "text/x-tiddlywiki"])
@pytest.mark.parametrize("scrap", DEEP)
def test_ten_thousand_of_a_mark_take_no_longer_than_they_should(scrap: str, kind: str) -> None:
    with _ends():
        to_markdown(scrap * 10_000, wiki=Wiki(), tiddler_type=kind)


@pytest.mark.parametrize(
    "scrap", ["> ", "- ", "[", "![[", "{{", "{%", "`", "```x\n", "~~~\n", "# ", "<", "<A ", "%%", "\n---\n", ":::a\n"]
)
def test_markdown_of_ten_thousand_marks_is_read_soon(scrap: str) -> None:
    with _ends():
        _read({"a.md": (scrap * 10_000).encode()})
        _read({"a.md": b"---\na: 1\n---\n" + (scrap * 10_000).encode()})


@pytest.mark.parametrize("opening", ["[", "{", '{"a":', "[[{", '"', "- ", "? ", "&a [", "!!x "])
@pytest.mark.parametrize("name", ["a.json", "tiddlywiki.files", "mkdocs.yml", "docs/_category_.json", "e.md"])
def test_data_nested_a_hundred_thousand_deep_is_refused_or_passed_over(name: str, opening: str) -> None:
    content = (opening * 100_000)[:90_000].encode()
    with _ends():
        _read({name: b"---\n" + content + b"\n---\n" if name == "e.md" else content, "docs/z.md": b"# Z"})


def test_html_of_unclosed_marks_is_read_soon() -> None:
    for scrap in (
        '<div title="a">',
        "<!--",
        "<script ",
        '<div id="storeArea">',
        "<div a='",
        "<pre id='encryptedStoreArea'>",
    ):
        with _ends():
            _read({"a.html": b'<div id="storeArea">' + scrap.encode() * 50_000})


def test_snippets_that_call_one_another_end_soon() -> None:
    macros = {f"m{number}": Macro((), f"<<m{number + 1}>>" * 10) for number in range(30)}

    with _ends():
        to_markdown("<<m0>>" * 50, wiki=Wiki(macros=macros), tiddler_type="")


def test_a_pattern_that_could_take_for_ever_is_not_followed() -> None:
    spec = {"directories": [{"path": ".", "filesRegExp": "^(a+)+$", "isTiddlerFile": False}]}
    files = {"tiddlywiki.files": json.dumps(spec).encode(), "a" * 60 + "!.txt": b"x"}

    with _ends():
        assert read_source(files).documents


def test_thousands_of_pages_of_one_title_are_told_apart_soon() -> None:
    files = {f"{number}.md": b"# Same" for number in range(1000)}

    with _ends():
        titles = {page.title for page in read_source(files).documents}

    assert len(titles) == 1000


def test_folders_in_folders_are_left_soon() -> None:
    deep = "a/" * 400
    with _ends():
        files = without_common_folder({f"{deep}{number}.md": b"x" for number in range(2000)})

    assert set(files) == {f"{number}.md" for number in range(2000)}


@pytest.mark.parametrize("name", ["a.md", "a.tid", "a.multids", "mkdocs.yml"])
def test_a_page_of_fifty_megabytes_is_refused(name: str) -> None:
    with pytest.raises(BadSource) as refused:
        read_source({name: b"x" * 50_000_000, "b.md": b"# B"})

    assert (refused.value.fault, refused.value.path) == (Fault.TOO_LARGE, name)


@pytest.mark.parametrize("name", ["a.md", "a.tid", "a.multids", "a.json", "a.html", "mkdocs.yml"])
def test_nul_is_refused_wherever_it_stands(name: str) -> None:
    store = b'<script class="tiddlywiki-tiddler-store">[]</script>' if name == "a.html" else b""

    with pytest.raises(BadSource) as refused:
        read_source({name: b"title: a\n\n\0" + store})

    assert (refused.value.fault, refused.value.path) == (Fault.NUL_BYTE, name)
