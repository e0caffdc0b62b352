"""Writers who come in each other's way: whatever they send is in a text of the page, or before them again."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from html import unescape
from http.cookiejar import CookieJar
from itertools import count
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import Cast
from tests.journeys.conftest import _up, in_home

from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.pages import add_page
from fieldcraft.manual.models import Revision
from fieldcraft.people.actions.community import set_quorum

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
AT = "/m/street-manual/"
THREADS, UNTOUCHED = 8, "supervision"


def _field(html: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*? value="([^"]*)"', html)
    return unescape(found[1]) if found else ""


def _body(html: str) -> str:
    found = re.search(r'(?s)<textarea name="body"[^>]*>\r?\n?(.*?)</textarea>', html)
    return unescape(found[1]) if found else ""


_number = count()


@dataclass
class Writer:
    """Somebody with a form before them; sent: words that went out, shown: words that came back."""

    client: Client
    path: str
    form: dict[str, str] = field(default_factory=dict)
    sent: set[str] = field(default_factory=set)
    shown: set[str] = field(default_factory=set)

    def open(self) -> None:
        self._take(self.client.get(self.path).content.decode())

    def _take(self, html: str) -> None:
        self.form = {name: _field(html, name) for name in ("title", "based_on")} | {"body": _body(html)}

    def insert(self, place: int) -> None:
        words = self.form.get("body", "").split(" ")
        words.insert(place % (len(words) + 1), f"word{next(_number)}x")
        self.form["body"] = " ".join(words)

    def cut(self, place: int) -> None:
        words = self.form.get("body", "").split(" ")
        self.form["body"] = " ".join(words[: place % (len(words) + 1)])

    def send(self, keeps_theirs: bool) -> None:
        answer = self.client.post(self.path, {"title": "", "based_on": "", **self.form})
        mine = set(re.findall(r"word\d+x", self.form.get("body", "")))
        self.sent |= mine
        html = answer.content.decode()
        if answer.status_code == 302:
            return self.open()
        assert answer.status_code in {400, 404, 409}, answer.status_code
        assert mine <= set(re.findall(r"word\d+x", html)), "what was sent is before its writer again"
        self.shown |= mine
        if answer.status_code == 409:
            self._take(html)
            theirs = re.search(r'(?s)<pre class="source">(.*?)</pre>', html)
            assert theirs, "and what the other one wrote, too"
            if keeps_theirs:
                self.form["body"] += f" {unescape(theirs[1])}"
        return None


STEPS = st.tuples(
    st.integers(0, 1),
    st.sampled_from(["open", "insert", "insert", "cut", "send", "send", "combine", "agree", "give up", "core"]),
    st.integers(0, 30),
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(quorum=st.integers(1, 2), steps=st.lists(STEPS, min_size=4, max_size=14))
def test_no_word_that_was_sent_is_lost(cast: Cast, quorum: int, steps: list[tuple[int, str, int]]) -> None:
    set_quorum(actor=cast.actor("ana"), team=cast.team, quorum=quorum)
    title = f"Page {next(_number)}"
    made = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text(title, "Knock twice and wait."))
    names, path = ("ben", "ana"), f"{AT}p/{made.edition.slug}/change/"
    writers = [Writer(_client(cast, name), path) for name in names]
    for writer in writers:
        writer.open()
    for who, what, place in steps:
        _step(cast, made, writers[who], names[who], what, place)

    kept = " ".join(Revision.objects.filter(edition__page=made.edition.page_id).values_list("body", flat=True))
    for writer in writers:
        assert writer.sent - writer.shown <= set(re.findall(r"word\d+x", kept))


def _client(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.people[who], BACKEND)
    return client


def _step(cast: Cast, made: Revision, writer: Writer, who: str, what: str, place: int) -> None:
    match what:
        case "insert":
            writer.insert(place)
        case "cut":
            writer.cut(place)
        case "open":
            writer.open()
        case "send" | "combine":
            writer.send(what == "combine")
        case "agree":
            for draft in Revision.objects.filter(edition__page=made.edition.page_id, state="draft").order_by("id")[:2]:
                assert writer.client.post(f"{AT}drafts/{draft.pk}/", {"act": "agree"}).status_code in {302, 409}
        case "give up":
            path = writer.path.replace("change", "return")
            based_on = _field(writer.client.get(path).content.decode(), "based_on")
            assert writer.client.post(path, {"based_on": based_on}).status_code in {302, 404}
        case "core":
            edie = Writer(_client(cast, "edie"), writer.path.replace("street-manual", "core"))
            edie.open()
            edie.insert(place)
            edie.send(keeps_theirs=False)


@dataclass
class Visitor:
    """A session of its own on the running server."""

    address: str

    def __post_init__(self) -> None:
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        content = urlencode(form).encode() if form is not None else None
        try:
            answer = self.opener.open(Request(f"{self.address}{path}", content), timeout=60)
            return 200, answer.read().decode(), answer.url
        except HTTPError as refused:
            return refused.code, refused.read().decode(), refused.url

    def enter(self, name: str) -> "Visitor":
        _status, html, _url = self.ask("/")
        card = html[html.index(f"{name}<") :] if f"{name}<" in html else html[html.index(name) :]
        person = re.search(r'name="person" value="([^"]+)"', card)
        assert person
        self.ask("/enter/", {"csrfmiddlewaretoken": _field(html, "csrfmiddlewaretoken"), "person": person[1]})
        return self

    def token(self, path: str) -> str:
        return _field(self.ask(path)[1], "csrfmiddlewaretoken")

    def send(self, path: str, **form: str) -> tuple[int, str, str]:
        _status, html, _url = self.ask(path)
        kept = {name: _field(html, name) for name in ("csrfmiddlewaretoken", "title", "based_on")}
        return self.ask(path, {**kept, **form})


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    home = tmp_path_factory.mktemp("concurrent")
    subprocess.run([sys.executable, "-m", "fieldcraft", "demo"], env=in_home(home), check=True)
    with _up(home) as address:
        yield address, home


def _at_once(acts: list[Callable[[], tuple[int, str, str]]]) -> list[tuple[int, str, str]]:
    with ThreadPoolExecutor(len(acts)) as pool:
        return [answer.result() for answer in [pool.submit(act) for act in acts]]


def _asked_of(home: Path, expression: str) -> Any:
    """The answer of the server's own database."""
    lines = (
        f"import django, json; django.setup(); from fieldcraft.manual.models import *; print(json.dumps({expression}))"
    )
    env = {**in_home(home), "DJANGO_SETTINGS_MODULE": "fieldcraft.config.settings"}
    return json.loads(subprocess.run([sys.executable, "-c", lines], env=env, check=True, capture_output=True).stdout)


MILL, HARBOUR = "/m/mill-lane-manual/", "/m/harbour-street-manual/"
DOUBLE = """[str(page) for page in Edition.objects.filter(ended_at=None).exclude(standing='noted').order_by()
    .values('manual', 'page').annotate(held=django.db.models.Count('pk')).filter(held__gt=1)]"""


@pytest.mark.journey
def test_eight_who_adapt_one_page_at_once_make_one_version_and_lose_nothing(served: tuple[str, Path]) -> None:
    """One is first; each of the others gets both texts and goes on, until every sentence stands on the page."""
    address, home = served
    names = ["Tom Hallett", "Rosa Lindgren", "Kofi Mensah"]
    people = [Visitor(address).enter(names[number % 3]) for number in range(THREADS)]
    path = f"{MILL}p/{UNTOUCHED}/change/"
    forms = [each.ask(path)[1] for each in people]
    assert len({_field(html, "based_on") for html in forms}) == 1

    def adapted(number: int) -> tuple[int, str, str]:
        html, times = forms[number], 0
        while True:
            kept = {name: _field(html, name) for name in ("csrfmiddlewaretoken", "title", "based_on")}
            theirs = re.search(r'(?s)<pre class="source">(.*?)</pre>', html)
            start = unescape(theirs[1]) if theirs else _body(html)
            answer = people[number].ask(path, {**kept, "body": f"{start}\n\nSentence {number} stays."})
            if answer[0] != 409 or times > 50:
                return answer
            assert f"Sentence {number} stays." in answer[1]
            html, times = answer[1], times + 1

    answers = _at_once([partial(adapted, number) for number in range(THREADS)])

    assert [status for status, _html, _url in answers] == [200] * THREADS
    read = people[0].ask(f"{MILL}p/{UNTOUCHED}/")[1]
    assert [number for number in range(THREADS) if f"Sentence {number} stays." not in read] == []
    assert _asked_of(home, DOUBLE) == []


@pytest.mark.journey
def test_eight_who_add_a_page_of_one_name_at_once_have_eight_pages(served: tuple[str, Path]) -> None:
    address, home = served
    people = [Visitor(address).enter("Tom Hallett") for _number in range(THREADS)]

    def added(number: int) -> tuple[int, str, str]:
        sent = {"title": "The same name", "same_name": "the same name"}  # as after the question about it
        return people[number].send(f"{MILL}add/", **sent, body=f"Text {number}.")

    answers = _at_once([partial(added, number) for number in range(THREADS)])

    assert len({url for status, _html, url in answers if status == 200}) == THREADS
    assert all(f"Text {number}." in answer[1] for number, answer in enumerate(answers))
    assert _asked_of(home, DOUBLE) == []


@pytest.mark.journey
def test_a_quorum_is_neither_passed_by_one_person_nor_by_two_drafts_at_once(served: tuple[str, Path]) -> None:
    """Two drafts of one page: their writers press "I agree" again and again, then two colleagues at once."""
    address, home = served
    path, people = f"{HARBOUR}p/{UNTOUCHED}/", {}
    for name in ("Dee Okafor", "Amina Yusuf", "Wendell Clarke"):
        people[name] = [Visitor(address).enter(name) for _number in range(4)]
    drafts = [
        people[name][0].send(f"{path}change/", body=f"By {name}.")[2].removeprefix(address)
        for name in ("Dee Okafor", "Amina Yusuf")
    ]
    of_these = "[r.state for r in Revision.objects.filter(body__startswith='By ').order_by('id')]"

    own = [partial(each.send, drafts[0], act="agree") for each in people["Dee Okafor"]]
    assert {status for status, _html, _url in _at_once(own)} == {200}
    assert _asked_of(home, of_these) == ["draft", "draft"]

    both = [
        partial(each.send, draft, act="agree") for draft, each in zip(drafts * 2, people["Wendell Clarke"], strict=True)
    ]
    assert {status for status, _html, _url in _at_once(both)} <= {200, 409}
    assert sorted(_asked_of(home, of_these)) == ["agreed", "draft"]
    assert _asked_of(home, DOUBLE) == []


@pytest.mark.journey
def test_a_draft_that_is_answered_in_three_ways_at_once_has_one_answer(served: tuple[str, Path]) -> None:
    address, home = served
    dee, amina, wendell = (Visitor(address).enter(name) for name in ("Dee Okafor", "Amina Yusuf", "Wendell Clarke"))
    three = ((dee, {"act": "withdraw"}), (amina, {"act": "agree"}), (wendell, {"act": "decline", "reason": "No."}))
    for number in range(10):
        made = dee.send(f"{HARBOUR}add/", title=f"Answered {number}", body="Words.")[2].removeprefix(address)
        forms = [{**form, "csrfmiddlewaretoken": who.token(made)} for who, form in three]
        answers = _at_once([partial(who.ask, made, form) for (who, _form), form in zip(three, forms, strict=True)])
        assert {status for status, _html, _url in answers} <= {200, 404, 409}
    states = _asked_of(
        home, "[[r.state, r.answered_at is None] for r in Revision.objects.filter(title__startswith='Answered')]"
    )
    assert len(states) == 10
    assert all(is_open == (state == "agreed") for state, is_open in states)
