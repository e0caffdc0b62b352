"""A .tid file whose first line is empty has its fields all the same, as TiddlyWiki reads it."""

import pytest

from fieldcraft.engine.formats.detect import read_source

FIELDS = "created: 20150219175930000\ntags: Door\ntitle: Pragma\n"


@pytest.mark.parametrize("line", ["\n", "\r\n"])
def test_an_empty_line_before_the_fields_is_passed_over(line: str) -> None:
    found = read_source({"Pragma.tid": f"{line}{FIELDS}\nSee [[Pragmas]].\n".replace("\n", line[-1]).encode()})

    (page,) = found.documents
    assert (page.title, page.tags, page.body) == ("Pragma", ("Door",), "See [[Pragmas]].\n")
    assert page.created


def test_words_without_any_field_stay_words() -> None:
    found = read_source({"Plain.tid": b"\nSee this: it is a sentence\nwithout fields.\n\nAnd more.\n"})

    (page,) = found.documents
    assert page.title == "Plain"
    assert "it is a sentence" in page.body
