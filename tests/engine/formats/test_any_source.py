"""Whatever comes in: it is a manual or it is refused, never anything else."""

import json
import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldcraft.engine.formats.detect import read_source
from fieldcraft.engine.formats.document import BadSource, Files, Library
from fieldcraft.engine.formats.tiddlywiki.wikitext import Macro, Wiki, to_markdown

NAMES = [
    "a.tid", "b.multids", "c.json", "d.html", "e.md", "mkdocs.yml", "_config.yml", "docs/_category_.json", "docs/g.mdx",
    "docs/_category_.yml", "SUMMARY.md", ".gitbook.yaml", "book.json", "tiddlywiki.files", "tiddlywiki.info", "h.png.meta",
    "h.png", "i.md.meta", "i.md", ".obsidian/app.json", "docusaurus.config.js",
]  # fmt: skip
SCRAPS = [
    "---\n", "title: A\n", "tags: [a, b]\n", "\n\n", "# H\n", "text ", "[[A]]", "nav:\n  - e.md\n", "* [A](e.md)\n",
    '<div id="storeArea">', '<div title="A">', "<pre>", "</pre>", "</div>", '<script class="tiddlywiki-tiddler-store">',
    "</script>", '[{"title":"A","text":"x"}]', '{"tiddlers":[{"file":"e.md","fields":{"title":{"source":"basename"}}}],',
    '"directories":["docs",{"path":".","filesRegExp":"(a+)+$","isTiddlerFile":true}]}', "\\define x()", "<<x>>", "\r\n",
    "&amp;", "\\ud800", "'", '"', "{", "}", "[", "]", ":", "- ", "!!set", "&a ", "*a ", "? ", "\ufeff", "é", "\u2028",
]  # fmt: skip
WIKITEXT = [
    "''", "//", "__", "^^", ",,", "~~", "--", "---", "\n", "\n\n", "* ", "# ", "; ", ": ", "> ", "! ", "|", "|h\n", "!",
    "<<", ">>", "<<<", "{{", "}}", "{{{", "}}}", "[[", "]]", "[img[", "[ext[", "@@", "@@.c\n", '"""', "`", "``", "```\n",
    "<!--", "-->", "/%", "%/", "<%if x%>", "<%endif%>", "<div>", "</div>", "<$list>", "</$list>", '<a b="', "<pre>", "</pre>",
    "<svg>", "<br>", "$$$\n", "\\define x()\n", "\\end\n", "<<x>>", "<html>", "</html>", "http://a.b/", "WikiWord", "~", " a ",
]  # fmt: skip


def _read(files: Files) -> Library | None:
    try:
        return read_source(files)
    except BadSource:
        return None


def _holds(library: Library | None) -> None:
    """What every manual keeps, so that it can be stored."""
    if library is None:
        return
    assert library.documents
    for page in library.documents:
        assert page.title.strip()
        assert len(page.title) <= 255
        stored = (page.title, page.body, page.header, page.path, *page.tags, *page.aliases, *sum(page.fields, ()))
        for text in stored:
            assert "\0" not in text
            text.encode("utf-8")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(NAMES), st.binary(max_size=200), min_size=1, max_size=5))
def test_any_bytes_are_read_or_refused(files: dict[str, bytes]) -> None:
    _holds(_read(files))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(
        st.sampled_from(NAMES),
        st.lists(st.sampled_from(SCRAPS) | st.text(max_size=8), max_size=14).map("".join),
        min_size=1,
        max_size=5,
    )
)
def test_any_scraps_of_the_formats_are_read_or_refused(texts: dict[str, str]) -> None:
    _holds(_read({path: text.encode("utf-8", "replace") for path, text in texts.items()}))


_KEYS = st.sampled_from(
    ["title", "text", "tags", "fields", "type", "list", "bag", "tiddlers", "directories", "file", "path", "source", "prefix",
     "nav", "structure", "root", "redirects", "plugin-type", "_canonical_uri", "label", "position", "docs_dir", "plugins"]
)  # fmt: skip
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from([name for name in NAMES if name.endswith((".json", ".files", ".yml", ".yaml"))]), _VALUES)
def test_settings_and_stores_of_any_shape_are_read_or_refused(name: str, value: object) -> None:
    content = json.dumps(value).encode()

    _holds(_read({name: content}))
    _holds(_read({name: content, "docs/e.md": b"# E", "f.tid": b"title: F\n\nx"}))
    _holds(_read({name: content, "e.md": b"---\nx: " + content + b"\n---\n# E"}))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WIKITEXT), max_size=40).map("".join), st.sampled_from(["", "text/x-tiddlywiki"]))
def test_any_wikitext_becomes_markdown(text: str, kind: str) -> None:
    wiki = Wiki(titles=frozenset({"WikiWord"}), macros={"x": Macro((("a", "b"),), "$a$<<x>>''")})

    body, losses = to_markdown(text, wiki=wiki, tiddler_type=kind)

    assert body == body.rstrip("\n") + "\n" * bool(body)
    assert all(loss.count > 0 and len(loss.example) <= 120 for loss in losses)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="abc .,'()\n-äß0", max_size=200))
def test_plain_words_are_never_lost(text: str) -> None:
    body, losses = to_markdown(text, wiki=Wiki(), tiddler_type="")

    kept = [sign for sign in re.sub(r"</?[a-z]+>", "", body) if sign.isalnum()]
    assert kept == [sign for sign in text if sign.isalnum()]
    assert losses == ()
