"""Pictures and files: what is kept of them, what is refused with the words kept, and how they are handed out."""

import io
import re
import zlib
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image, TiffImagePlugin
from tests.conftest import Cast

from fieldcraft.errors import Invalid, NotAllowed
from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.files import LONGEST_SIDE, MOST_BYTES, add_file
from fieldcraft.manual.actions.manuals import include, make_manual
from fieldcraft.manual.actions.pages import add_page
from fieldcraft.manual.actions.transfer.apply import file_of, store_file
from fieldcraft.manual.models import Attachment, Audience, Revision

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
HTML = b"<!doctype html><script>alert(document.domain)</script>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
AT = "/m/street-manual/"


def _client(cast: Cast, who: str) -> Client:
    client = Client()
    if who != "anyone":
        client.force_login(cast.people[who], BACKEND)
    return client


@pytest.fixture
def below(cast: Cast) -> Revision:
    return add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", "Knock twice."))


@pytest.fixture
def upload(cast: Cast, below: Revision) -> Callable[..., Any]:
    """Ben puts a file into the text that he is writing."""

    def uploaded(name: str, content: bytes) -> Any:
        sent = {"title": "Hello", "body": "Precious words.", "based_on": str(below.pk), "reason": "Kept reason."}
        file = SimpleUploadedFile(name, content)
        return _client(cast, "ben").post(f"{AT}p/hello/change/", {**sent, "add-file": "yes", "file": file})

    return uploaded


def _picture(kind: str = "PNG", size: tuple[int, int] = (40, 20), mode: str = "RGB", **more: Any) -> bytes:
    made = io.BytesIO()
    picture = Image.new(mode, size)
    picture.putpixel((0, 0), 1 if mode in {"1", "L", "P", "I", "I;16"} else tuple([9] * len(picture.getbands())))
    picture.save(made, kind, **more)
    return made.getvalue()


def _photograph(kind: str) -> bytes:
    """As a phone writes it: lying on its side, with place, time and device."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x0132] = 6, "SecretPhone", "2026:11:25 10:00:00"
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", tuple(TiffImagePlugin.IFDRational(value) for value in (52, 31, 12))
    return _picture(kind, exif=exif.tobytes())


def _path(answer: Any) -> str:
    found = re.search(r"\]\(/(files/[^)]+)\)", answer.content.decode())
    assert found, answer.status_code
    return found[1]


def _problems(answer: Any) -> list[str]:
    html = answer.content.decode()
    assert "Precious words." in html, "what was written must not go with the file"
    assert "Kept reason." in html
    return re.findall(r'class="problem">([^<]+)<', html)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_that_a_camera_noted_is_kept(cast: Cast, upload: Callable[..., Any], kind: str) -> None:
    original = _photograph(kind)
    assert b"SecretPhone" in original

    path = _path(upload(f"visit.{kind.lower()}", original))

    got = b"".join(_client(cast, "ben").get(f"{AT}files/{path}").streaming_content)
    assert b"SecretPhone" not in got
    assert b"2026:11:25" not in got
    with Image.open(io.BytesIO(got)) as kept:
        assert not dict(kept.getexif())
        assert kept.size == (20, 40), "upright"


def test_comments_and_profiles_go_with_the_camera_s_notes(cast: Cast) -> None:
    from PIL import PngImagePlugin

    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "Secret Name")
    notes.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>GPSLatitude secret</x:xmpmeta>")
    add_file(actor=cast.actor("ben"), manual=cast.team_manual, name="a.png", content=_picture(pnginfo=notes))
    add_file(actor=cast.actor("ben"), manual=cast.team_manual, name="b.jpg", content=_picture("JPEG", comment="Secret"))

    for kept in Attachment.objects.all():
        assert b"ecret" not in file_of(kept.sha256).read_bytes()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"])
@pytest.mark.parametrize("size", [(1, 1), (30, 20), (2600, 10)])
def test_every_kind_of_picture_is_kept_or_refused_in_words(cast: Cast, mode: str, size: tuple[int, int]) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    name = "a.jpg" if kind == "JPEG" else "a.png"
    try:
        add_file(actor=cast.actor("ben"), manual=cast.team_manual, name=name, content=_picture(kind, size, mode))
    except Invalid:
        return
    with Image.open(file_of(Attachment.objects.get().sha256)) as kept:
        assert max(kept.size) <= LONGEST_SIDE


def test_a_picture_that_moves_goes_on_moving(cast: Cast, upload: Callable[..., Any]) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "green", "blue")]
    made = io.BytesIO()
    frames[0].save(made, "GIF", save_all=True, append_images=frames[1:], duration=100)

    path = _path(upload("wave.gif", made.getvalue()))

    with Image.open(file_of(Attachment.objects.get(path=path).sha256)) as kept:
        assert kept.n_frames == 3


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", HTML), ("a.png", SVG), ("a.jpg", _picture("PNG")), ("a.gif", _picture("PNG")), ("a.webp", HTML),
        ("a.png", _picture()[:40]), ("a.jpg", _picture("JPEG")[:60]), ("a.png", b"\x89PNG\r\n\x1a\n"), ("a.gif", b"GIF89a"),
        ("a.pdf", HTML), ("a.docx", HTML), ("a.odt", b""), ("a.png", b""), ("a.svg", SVG), ("a.html", HTML),
        ("a.exe", b"MZ"), ("a", b"x"), (".png", b"x"), ("a.png.svg", SVG), ("a.js", b"x"), ("a.svgz", b"\x1f\x8b"),
        ("a.xml", b"<x/>"), ("a.xhtml", HTML), ("a.swf", b"CWS"), ("a.png\u202e", HTML),
    ],
)  # fmt: skip
def test_what_is_not_what_its_name_says_is_refused_with_the_words_kept(
    upload: Callable[..., Any], name: str, content: bytes
) -> None:
    answer = upload(name, content)

    assert answer.status_code == 400
    assert _problems(answer)
    assert "submit" not in " ".join(_problems(answer))
    assert not Attachment.objects.exists()


def _bomb(side: int) -> bytes:
    """A PNG of a few kilobytes that would take gigabytes when it is opened."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return len(content).to_bytes(4, "big") + name + content + zlib.crc32(name + content).to_bytes(4, "big")

    head = side.to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])
    packed = zlib.compress(bytes(1_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [8_100, 9_400, 13_300, 60_000])
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_small_file_that_would_be_a_huge_picture_is_not_opened(upload: Callable[..., Any], side: int) -> None:
    answer = upload("wall.png", _bomb(side))

    assert answer.status_code == 400
    assert _problems(answer)


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_damaged_pictures_never_break_the_screen(cast: Cast) -> None:
    chance, whole = Random(7), {"JPEG": _photograph("JPEG"), "PNG": _photograph("PNG"), "WEBP": _photograph("WEBP")}
    for kind, content in whole.items():
        for _time in range(300):
            damaged = bytearray(content)
            for _place in range(chance.randint(1, 8)):
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
            try:
                add_file(
                    actor=cast.actor("ben"), manual=cast.team_manual, name=f"a.{kind.lower()}", content=bytes(damaged)
                )
            except Invalid:
                continue


def test_ten_megabytes_are_the_most(cast: Cast, upload: Callable[..., Any]) -> None:
    assert _path(upload("long.txt", b"a" * MOST_BYTES)) == "files/long.txt"

    answer = upload("longer.txt", b"a" * (MOST_BYTES + 1))

    assert answer.status_code == 400
    assert "10 MB" in _problems(answer)[0]


@pytest.mark.parametrize(
    "name",
    ["../../x.png", "..\\..\\x.png", "a\u202egnp.png", "x" * 240 + ".png", "CON.png", "a](javascript:alert(1)).png",
     "a\n\n# b.png", "<img onerror=x>.png", "%2e%2e%2fx.png", "🌱.png", "a b;c'\"d.png", "...png", "~.png"],
)  # fmt: skip
def test_a_name_leads_nowhere_and_shows_as_words(cast: Cast, upload: Callable[..., Any], name: str) -> None:
    answer = upload(name, _picture())
    if answer.status_code == 400:
        assert _problems(answer)
        return

    path = _path(answer)

    assert re.fullmatch(r"files/[\w-]+\.png", path)
    assert len(path) < 200
    assert _client(cast, "ben").get(f"{AT}files/{path}").status_code == 200
    made = add_page(actor=cast.actor("ben"), manual=cast.team_manual, text=Text("Shown", f"![x](/{path})"))
    html = _client(cast, "ben").get(f"{AT}p/{made.edition.slug}/").content.decode()
    assert f'src="{AT}files/{path}"' in html


def test_a_name_of_three_hundred_letters_is_answered_in_words(upload: Callable[..., Any]) -> None:
    assert upload("x" * 300 + ".png", _picture()).status_code in {200, 400}


def test_two_files_of_one_name_are_two_and_one_file_twice_is_one(cast: Cast) -> None:
    add = {"actor": cast.actor("ben"), "manual": cast.team_manual, "name": "plan.txt"}

    shown = [add_file(**add, content=content) for content in (b"one", b"two", b"one")]

    assert shown == ["[plan](/files/plan.txt)", "[plan](/files/plan-2.txt)", "[plan](/files/plan.txt)"]


@pytest.mark.parametrize(
    ("name", "content", "is_shown"),
    [
        ("a.png", _picture(), True), ("a.gif", _picture("GIF", mode="P") + HTML, True), ("a.txt", HTML, False),
        ("a.csv", b"=cmd|' /C calc'!A0", False), ("a.pdf", b"%PDF-1.4 " + HTML, False), ("a.docx", b"PK" + HTML, False),
    ],
)  # fmt: skip
def test_files_are_handed_out_so_that_nothing_in_them_runs(
    cast: Cast, name: str, content: bytes, is_shown: bool
) -> None:
    shown = add_file(actor=cast.actor("ben"), manual=cast.team_manual, name=name, content=content)

    answer = _client(cast, "ben").get(f"{AT}files/{shown.partition('(/')[2].rstrip(')')}")

    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "private" in answer["Cache-Control"]
    assert "html" not in answer["Content-Type"]
    assert answer.get("Content-Disposition", "").startswith("attachment") != is_shown


def test_only_readers_of_the_manual_get_its_files_and_no_other_manual_leads_to_them(cast: Cast) -> None:
    cast.team_manual.audience = Audience.TEAM
    cast.team_manual.save()
    elsewhere = make_manual(
        by=None, organisation_id=cast.organisation.pk, title="Open", audience=Audience.PUBLIC
    )  # open to all, and not built on the team's
    include(by=None, manual=elsewhere, included=cast.core)
    add_file(actor=cast.actor("ben"), manual=cast.team_manual, name="plan.txt", content=b"Secret plan.")

    def statuses(path: str) -> list[int]:
        return [_client(cast, who).get(path).status_code for who in ("anyone", "ben", "ana", "edie", "cora", "cleo")]

    assert statuses(f"{AT}files/files/plan.txt") == [404, 200, 200, 404, 200, 404]
    assert statuses("/m/open/files/files/plan.txt")[1:5] == [404] * 4
    assert statuses("/m/core/files/files/plan.txt")[1:5] == [404] * 4


@pytest.mark.parametrize("who", ["edie", "ada", "cora", "cleo"])
def test_only_those_who_write_add_files(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        add_file(actor=cast.actor(who), manual=cast.team_manual, name="a.txt", content=b"x")


def test_the_same_bytes_from_two_people_at_once_are_kept(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """The second moves its file into place while the first one is still on its way."""
    from pathlib import Path

    content, write = b"The same plan, brought twice.", Path.write_bytes

    def written(file: Path, given: bytes) -> int:
        monkeypatch.setattr(Path, "write_bytes", write)
        size = write(file, given)
        store_file(content)
        return size

    file_of(store_file(content)).unlink()
    monkeypatch.setattr(Path, "write_bytes", written)

    assert file_of(store_file(content)).read_bytes() == content
