"""What every template keeps to."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src/fieldcraft"
TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))
FORBIDDEN = (
    "goal attainment", "gap score", "mastery level", "engagement", "compliance", "resilience", "non-responder", "tiddler",
    "upstream", "merge conflict", "rebase", "submit", "fork",
)  # fmt: skip
BRANDS = {"Fieldcraft"}
_TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.S)
_BLOCK = re.compile(r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", re.S)


def _ids(file: Path) -> str:
    return file.relative_to(SOURCE).as_posix()


@pytest.mark.parametrize("file", TEMPLATES, ids=_ids)
def test_a_rooms_templates_use_the_frame_the_look_and_themselves(file: Path) -> None:
    room = file.relative_to(SOURCE).parts[0]
    used = re.findall(r"{%\s*(?:extends|include)\s+\"([^\"]+)\"", file.read_text())
    own = {"shell": ("shell/", "base.html"), "people": ("people/", "account/", "mfa/", "allauth/")}.get(
        room, (f"{room}/",)
    )

    assert [name for name in used if not name.startswith((*own, "ui/", "base.html"))] == []


@pytest.mark.parametrize("file", TEMPLATES, ids=_ids)
def test_nothing_in_it_breaks_the_strict_policy(file: Path) -> None:
    text = _TAG.sub("", file.read_text())

    assert re.findall(r"\sstyle=|\son\w+=\"|<style\b", text) == []
    assert [
        tag for tag in re.findall(r"<script\b[^>]*>", text) if "src=" not in tag and "application/json" not in tag
    ] == []


@pytest.mark.parametrize("file", TEMPLATES, ids=_ids)
def test_every_form_that_writes_is_signed_and_every_picture_has_words(file: Path) -> None:
    text = file.read_text()

    signed = text.count("{% csrf_token %}") + text.count('{% url "set_language" %}')  # see shell/urls.py

    assert len(re.findall(r"<form\b[^>]*method=\"post\"", text)) <= signed
    assert [tag for tag in re.findall(r"<img\b[^>]*>", text) if "alt=" not in tag] == []


class _Words(HTMLParser):
    """Collects text that a reader sees and that is not marked for translation."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in {"script", "style"}
        self.found += [str(value) for name, value in attrs if name in {"placeholder", "alt", "title", "aria-label"}]

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.found.append(data)


@pytest.mark.parametrize("file", TEMPLATES, ids=_ids)
def test_every_word_that_a_reader_sees_can_be_translated(file: Path) -> None:
    words = _Words()
    text = _TAG.sub("", _BLOCK.sub("", file.read_text()))
    words.feed(re.sub(r'\sdata-[a-z]+=""', "", text))
    seen = {word for text in words.found for word in re.findall(r"[A-Za-zÀ-ž]{2,}", text)}

    assert seen - BRANDS == set()


@pytest.mark.parametrize("file", [*TEMPLATES, *sorted(SOURCE.rglob("*.po"))], ids=_ids)
def test_words_that_never_stand_on_a_screen_do_not(file: Path) -> None:
    said = re.sub(r"type=\"submit\"|#:.*|tiddlywiki", "", file.read_text().casefold())

    assert [word for word in FORBIDDEN if re.search(rf"\b{re.escape(word)}\b", said)] == []
