"""Markdown → sanitised HTML; the only place where people's text becomes markup.

Links to pages are left as numbered places (`<a href="fc:3">`), because where they lead depends on the manual it is
read in; `manual/queries/reading.py` fills them in.
"""

import re
from dataclasses import dataclass
from functools import cache, partial
from typing import Literal
from urllib.parse import unquote

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

from fieldcraft.engine.prose.blocks import grammar
from fieldcraft.engine.words import slug_of

MAX_CHARACTERS = 2_000_000
_LIQUID_PAGE = re.compile(r"""\{%\s*page\s+["']([^"'\n]{1,400})["']\s*%\}""")
_SCHEME = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]*:|^//")
_FROM_MARKDOWN = re.compile(r"footnote[\w-]*|(?:contains-)?task-list[\w-]*|language-[\w+#.-]+|scroll|missing")
_MARKUP = re.compile(r"<[^>]*>")
_TAGS = nh3.ALLOWED_TAGS | {"section", "input", "figure", "figcaption", "dl", "dt", "dd", "mark", "label"}
_ATTRIBUTES: dict[str, set[str]] = {
    **{tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()},
    "*": {"class", "id", "title", "lang", "dir"},
    "a": {"href", "title", "class", "id"},
    "img": {"src", "alt", "title", "width", "height"},
    "input": {"type", "checked", "disabled"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "div": {"class", "id", "tabindex", "role"},
}


@dataclass(frozen=True, slots=True)
class LinkTo:
    """A link to a page: by title (`[[…]]`) or by path; `other` is the second reading of `[[a|b]]`."""

    by: Literal["title", "path", "file"]
    to: str
    other: str = ""
    fragment: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the text: level 2 and deeper, its id, its words."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """HTML with numbered link places, what they lead to, the headings, and the words alone."""

    html: str
    links: tuple[LinkTo, ...]
    headings: tuple[Heading, ...]
    text: str


def render(body: str) -> Rendered:
    """The text as safe HTML. Linear in the text's length; never raises for any text."""
    env: dict[str, object] = {"links": [], "headings": []}
    html = _parser().render(_LIQUID_PAGE.sub(r"/\1", body[:MAX_CHARACTERS]), env)
    links, headings = env["links"], env["headings"]
    assert isinstance(links, list)
    assert isinstance(headings, list)
    clean = sanitised(html)
    return Rendered(clean, tuple(links), tuple(headings), plain_text(clean))


def sanitised(html: str, classes: re.Pattern[str] = _FROM_MARKDOWN) -> str:
    """The HTML with nothing in it that could run, load a frame or draw over the page; well nested."""
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=partial(_with_classes, classes),
        url_schemes={"http", "https", "mailto", "tel", "fc"},
        link_rel=None,
    )


def _with_classes(classes: re.Pattern[str], tag: str, attribute: str, value: str) -> str | None:
    """A page may not dress as the frame around it: of classes, only those that Markdown itself makes are kept."""
    if attribute != "class":
        return value
    return " ".join(name for name in value.split() if classes.fullmatch(name)) or None


def plain_text(html: str) -> str:
    """The words of clean HTML, without markup."""
    bare = nh3.clean(_MARKUP.sub(lambda found: found[0] + " ", html), tags=set())
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&quot;", '"'), ("&amp;", "&")):
        bare = bare.replace(entity, sign)
    return re.sub(r"\s+", " ", bare).strip()


@cache
def _parser() -> MarkdownIt:
    parser = grammar()
    parser.inline.ruler.before("link", "page_link", _page_link)
    parser.core.ruler.push("places", _places)
    parser.add_render_rule("table_open", _table_open)
    parser.add_render_rule("table_close", _table_close)
    return parser


def _page_link(state: StateInline, silent: bool) -> bool:
    """`[[Title]]`, `[[shown|Title]]`, `[[Title#part]]`."""
    if not state.src.startswith("[[", state.pos):
        return False
    end = state.src.find("]]", state.pos + 2, state.pos + 600)
    inner = state.src[state.pos + 2 : end] if end > 0 else ""
    if not inner.strip() or "\n" in inner or "[[" in inner:
        return False
    if not silent:
        shown, _bar, target = inner.rpartition("|")
        title, _hash, part = target.partition("#")
        link = LinkTo(
            "title", title.strip() or target.strip(), shown.partition("#")[0].strip(), slug_of(part) if part else ""
        )
        opening = state.push("link_open", "a", 1)
        opening.meta["link"] = link
        state.push("text", "", 0).content = (shown or target).strip()
        state.push("link_close", "a", -1)
    state.pos = end + 2
    return True


def _places(state: object) -> None:
    """Numbers the links that lead inside, and gives headings their ids."""
    tokens: list[Token] = state.tokens  # type: ignore[attr-defined]
    env: dict[str, list[object]] = state.env  # type: ignore[attr-defined]
    used: dict[str, int] = {}
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            _name_heading(token, tokens[index + 1], env["headings"], used)
        elif token.type == "heading_close":
            token.tag = _level_below_title(token.tag)
        for child in token.children or ():
            if child.type in {"link_open", "image"}:
                _number(child, env["links"])


def _level_below_title(tag: str) -> str:
    """The page's title is the only heading of level 1."""
    return f"h{max(2, int(tag[1]))}"


def _name_heading(token: Token, inline: Token, headings: list[object], used: dict[str, int]) -> None:
    token.tag = _level_below_title(token.tag)
    text = "".join(child.content for child in inline.children or () if child.type in {"text", "code_inline"})
    slug = slug_of(text)
    used[slug] = used.get(slug, 0) + 1
    name = slug if used[slug] == 1 else f"{slug}-{used[slug]}"
    token.attrSet("id", name)
    headings.append(Heading(int(token.tag[1]), name, text))


def _number(token: Token, links: list[object]) -> None:
    link = token.meta.get("link") or _inside(token)
    if link is None:
        return
    token.attrSet("href" if token.type == "link_open" else "src", f"fc:{len(links)}")
    links.append(link)


def _inside(token: Token) -> LinkTo | None:
    """A link or picture with a relative address, as a path; None for one that leads outside or within the page."""
    address = str(token.attrGet("href" if token.type == "link_open" else "src") or "")
    if not address or address.startswith("#") or _SCHEME.match(address):
        return None
    path, _hash, part = address.partition("#")
    return LinkTo("file" if token.type == "image" else "path", unquote(path.partition("?")[0]), fragment=part)


def _table_open(renderer: RendererHTML, tokens: list[Token], index: int, options: object, env: EnvType) -> str:
    return '<div class="scroll" tabindex="0"><table>'


def _table_close(renderer: RendererHTML, tokens: list[Token], index: int, options: object, env: EnvType) -> str:
    return "</table></div>"
