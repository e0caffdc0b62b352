"""What every template keeps to, and what no screen says."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType
from django.utils.text import smart_split

SOURCE = Path(__file__).parents[2] / "src/fieldcraft"
TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))
LETTERS = sorted(SOURCE.rglob("templates/**/*.txt"))
MODULES = [file for file in sorted(SOURCE.rglob("*.py")) if "migrations" not in file.parts]
OWN = {"shell": ("shell/", "base.html"), "people": ("people/", "account/", "mfa/", "allauth/")}
FRAMELESS = {"shell/broken.html": "drawn when the database may be what broke"}
UNSIGNED = {"set_language": "on pages that are the same for everyone, and harmless; see shell/urls.py"}
BRANDS = {"Fieldcraft"}
NEVER = (
    "goal attainment", "gap score", "mastery level", "engagement", "compliance", "resilience", "performance",
    "non-responder", "tiddler", "upstream", "merge", "rebase", "error", "submit", "conflict", "fork", "user", "score", "streak",
)  # fmt: skip
_NEVER = re.compile(rf"\b(?:{'|'.join(NEVER)})(?:s|es|ed|d|ing)?\b", re.I)
_WORD = re.compile(r"[^\W\d_]{2,}")
_MARKERS = {"gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy", "_"}
_SEEN = {"placeholder", "alt", "title", "aria-label", "aria-description", "label"}


@dataclass
class Bare:
    """A template without its tags: what the browser may get, what can be translated, what other words it holds.

    html: tags that a rule asks for are left in it as `<csrf-token>` and `url:name`.
    """

    html: str = ""
    translated: list[str] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)
    extends: str = ""
    includes: list[str] = field(default_factory=list)


def bare(text: str) -> Bare:
    found, parts = Bare(), iter(Lexer(text).tokenize())
    for part in parts:
        if part.token_type is TokenType.TEXT:
            found.html += part.contents
        elif part.token_type is TokenType.VAR:
            found.plain += re.findall(r"\|(?:default|default_if_none|yesno|add|join):\"([^\"]*)\"", part.contents)
        elif part.token_type is TokenType.BLOCK:
            words = list(smart_split(part.contents))
            if words[0] in {"blocktranslate", "blocktrans"}:
                found.translated.append(_until(parts, "end" + words[0]))
            elif words[0] == "comment":
                _until(parts, "endcomment")
            else:
                _tag(found, words)
    return found


def _until(parts: Iterator[object], end: str) -> str:
    """The words up to the closing tag; what is filled in counts as nothing."""
    texts = []
    for part in parts:
        if part.token_type is TokenType.BLOCK and part.contents == end:  # type: ignore[attr-defined]
            return " ".join(texts)
        texts += [part.contents] if part.token_type is TokenType.TEXT else []  # type: ignore[attr-defined]
    raise AssertionError(f"no {end}")


def _tag(found: Bare, words: list[str]) -> None:
    name, given = words[0], [word.strip("\"'") for word in words[1:2]]
    if name in {"translate", "trans"}:
        found.translated += given
    elif name == "extends":
        found.extends = given[0]
    elif name == "include":
        found.includes += [words[1]]
        found.plain += re.findall(r"\b(?:label|heading|text|button|reason)=\"([^\"]*)\"", " ".join(words[2:]))
    elif name == "csrf_token":
        found.html += "<csrf-token>"
    elif name == "url":
        found.html += f"url:{given[0]}"


class Look(HTMLParser):
    """What a reader sees, and what breaks a rule."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.faults: list[str] = []
        self._hidden = ""
        self._form: dict[str, str | None] | None = None
        self._is_signed = False
        self.feed(re.sub(r"\sdata-[a-z]+=\"\"", "", html))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        self.seen += [value for name, value in attrs if name in _SEEN and value]
        self.faults += [f"<{tag} {name}=…>" for name in has if name == "style" or re.match(r"on\w|hx-(on|vals)", name)]
        self.faults += [f"<{tag}> {value}" for value in has.values() if (value or "").strip().startswith("javascript:")]
        if tag in {"script", "style"}:
            self._hidden = tag
            is_allowed = tag == "script" and ("src" in has or has.get("type") == "application/json")
            self.faults += [] if is_allowed else [f"<{tag}> in the page"]
        elif tag == "img" and "alt" not in has:
            self.faults.append("<img> without alt")
        elif tag == "form":
            self._form, self._is_signed = has, False
        elif tag == "csrf-token":
            self._is_signed = True

    def handle_endtag(self, tag: str) -> None:
        if tag == self._hidden:
            self._hidden = ""
        if tag == "form" and self._form is not None:
            self._close_form(self._form)

    def _close_form(self, form: dict[str, str | None]) -> None:
        action = form.get("action") or ""
        if (form.get("method") or "get").lower() != "post":
            self.faults += ["a token in the address"] if self._is_signed else []
        elif not self._is_signed and action.removeprefix("url:") not in UNSIGNED:
            self.faults.append("<form method=post> without csrf_token")
        self.faults += [f"<form> that leads outside: {action}"] if re.match(r"\w+://|//", action) else []
        self._form = None

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.seen.append(data)


def _ids(file: Path) -> str:
    return file.relative_to(SOURCE).as_posix()


def _name(file: Path) -> str:
    return file.as_posix().rpartition("/templates/")[2]


ALL = {_name(file): bare(file.read_text()) for file in TEMPLATES}


@pytest.mark.parametrize("file", TEMPLATES, ids=_ids)
def test_a_rooms_templates_use_the_frame_the_look_and_themselves(file: Path) -> None:
    room = file.relative_to(SOURCE).parts[0]
    found = ALL[_name(file)]
    may = (*OWN.get(room, (f"{room}/",)), "ui/")
    frame = "" if room == "ui" else "base.html"

    assert [used for used in found.includes if not used.strip("\"'").startswith(may) or used[0] not in "\"'"] == []
    assert not found.extends or found.extends == frame or found.extends.startswith(may)


@pytest.mark.parametrize("file", TEMPLATES, ids=_ids)
def test_a_template_is_a_whole_page_in_the_frame_or_a_part_of_one(file: Path) -> None:
    name, chain = _name(file), [_name(file)]
    while extended := ALL[chain[-1]].extends:
        chain.append(extended)
    parts = {used.strip("\"'") for found in ALL.values() for used in found.includes}

    is_page = chain[-1] == "ui/document.html" and ("base.html" in chain or name == "ui/document.html")
    assert is_page or name in FRAMELESS or name in parts, f"{name} leads to {chain[-1]} and no template includes it"


@pytest.mark.parametrize("file", TEMPLATES, ids=_ids)
def test_nothing_in_a_template_breaks_the_strict_policy_and_every_form_that_writes_is_signed(file: Path) -> None:
    assert Look(ALL[_name(file)].html).faults == []


@pytest.mark.parametrize("file", [*TEMPLATES, *LETTERS], ids=_ids)
def test_every_word_that_a_reader_sees_can_be_translated(file: Path) -> None:
    found = bare(file.read_text())
    html = re.sub(r"\burl:[\w:-]+", "", found.html)
    seen = [*(Look(html).seen if file.suffix == ".html" else [html]), *found.plain]

    assert {word for text in seen for word in _WORD.findall(text)} - BRANDS == set()


@pytest.mark.parametrize("file", [*TEMPLATES, *LETTERS], ids=_ids)
def test_no_template_says_what_is_never_said_on_a_screen(file: Path) -> None:
    found = bare(file.read_text())
    seen = Look(found.html).seen if file.suffix == ".html" else [found.html]

    assert [said for said in (*found.translated, *seen, *found.plain) if _NEVER.search(said)] == []


def _called(call: ast.Call) -> str:
    return getattr(call.func, "id", "") or getattr(call.func, "attr", "")


def _strings(*nodes: ast.expr) -> list[str]:
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def _calls() -> list[tuple[str, ast.Call]]:
    """Every call in the code, with where it stands."""
    return [
        (f"{_ids(file)}:{node.lineno}", node)
        for file in MODULES
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call)
    ]


def test_no_sentence_in_the_code_says_what_is_never_said_on_a_screen() -> None:
    said = [(at, text) for at, call in _calls() if _called(call) in _MARKERS for text in _strings(*call.args)]

    assert said
    assert [(at, text) for at, text in said if _NEVER.search(text)] == []


def test_refusals_and_labels_in_the_code_can_be_translated() -> None:
    """A label, a help text, or what a refusal says is never a bare string."""
    refusals = {"NotFound", "NotAllowed", "Invalid", "Stale", "ValidationError"}
    shown = {"label", "help_text", "empty_label", "verbose_name"}
    bare_words = [
        (at, text)
        for at, call in _calls()
        for text in (
            *(_strings(*call.args) if _called(call) in refusals else ()),
            *_strings(*(keyword.value for keyword in call.keywords if keyword.arg in shown)),
        )
        if _WORD.search(text)
    ]

    assert bare_words == []


@pytest.mark.parametrize("file", sorted(SOURCE.rglob("*.po")), ids=_ids)
def test_no_other_language_says_it_either(file: Path) -> None:
    said = re.findall(r"^(?:msgid|msgstr(?:\[\d\])?)? ?\"(.*)\"$", file.read_text(), re.M)

    assert [text for text in said if re.search(r"\b(?:tiddler|merge|fork|upstream|rebase|user)s?\b", text, re.I)] == []
