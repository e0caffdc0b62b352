"""A GIF is kept without comments and programs' notes, and shows the same pictures."""

import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageSequence

from fieldcraft.engine.formats.gif import bare_gif


def _moving(comment: bytes) -> bytes:
    frames = [Image.new("P", (9, 7), number) for number in range(3)]
    made = io.BytesIO()
    frames[0].save(made, "GIF", save_all=True, append_images=frames[1:], loop=0, duration=80, comment=comment)
    return made.getvalue()


def _shown(content: bytes) -> list[bytes]:
    with Image.open(io.BytesIO(content)) as picture:
        return [frame.convert("RGB").tobytes() for frame in ImageSequence.Iterator(picture)]


def test_comments_go_and_the_pictures_stay() -> None:
    content = _moving(b"taken at 51.5N 0.1W")
    assert b"51.5N" in content

    bare = bare_gif(content)

    assert b"51.5N" not in bare
    assert b"NETSCAPE2.0" in bare
    assert _shown(bare) == _shown(content)


def test_what_programs_wrote_goes() -> None:
    content = _moving(b"x")
    note = b"\x21\xff\x0bXMP DataXMP" + b"\x05place" + b"\x00"

    assert b"place" not in bare_gif(content[:-1] + note + b"\x3b")


@given(st.binary(max_size=200))
def test_any_file_ends_or_is_refused(tail: bytes) -> None:
    with suppress(ValueError):
        assert bare_gif(_moving(b"")[:20] + tail).endswith(b"\x3b")


def test_a_file_that_breaks_off_is_refused() -> None:
    with pytest.raises(ValueError, match="middle"):
        bare_gif(_moving(b"words")[:40])
