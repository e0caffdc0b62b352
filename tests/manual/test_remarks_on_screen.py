"""Remarks and suggestions through the plain forms: who gets which screen, and nothing typed is lost."""

import re

import pytest
from django.template.loader import render_to_string
from tests.conftest import Cast
from tests.manual.made import words
from tests.together.made import as_

from fieldcraft.engine.prose.anchor import Quote
from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.pages import add_page, revise
from fieldcraft.manual.actions.remarks import (
    Noticed,
    make_remark,
    reply_to_remark,
    settle_remark,
    suggest_change,
    switch_suggestions,
)
from fieldcraft.manual.models import Manual, Outcome, Remark, Rendering, Revision
from fieldcraft.manual.queries.remarks import remarks_of_page, state_of
from fieldcraft.manual.queries.resolve import stack_now
from fieldcraft.people.access import ANYONE

WRITE = "/m/street-manual/p/hello/remark/"
EVIL = '<script>alert("1")</script> & <b>bold</b> {{ 7 }} javascript:x'


@pytest.fixture
def page(cast: Cast) -> Revision:
    text = Text("Hello", "## At the door\n\nKnock **twice**. Wait.")
    return add_page(actor=cast.actor("edie"), manual=cast.core, text=text)


@pytest.fixture
def made(cast: Cast, page: Revision) -> Remark:
    noticed = Noticed("Nobody hears it.", page.pk, Quote("Knock twice."))
    return make_remark(actor=cast.actor("ben"), manual=cast.team_manual, page_id=page.edition.page_id, noticed=noticed)


@pytest.fixture
def held(cast: Cast, page: Revision, open_manual: Manual) -> Remark:
    return suggest_change(
        actor=ANYONE,
        manual=open_manual,
        page_id=page.edition.page_id,
        noticed=Noticed("Say who you are first.", page.pk),
        sender="one",
        from_name="A mother",
    )


def asked(page: Revision, **more: str) -> dict[str, str]:
    return {"body": "Nobody hears it.", "quote": "", "based_on": str(page.pk), **more}


def here(remark: Remark) -> str:
    return f"/m/street-manual/remarks/{remark.pk}/"


def part(cast: Cast, name: str, page: Revision) -> str:
    """What the page's screen includes."""
    stack = stack_now(cast.team_manual)
    held = stack.covering(page.edition.page_id)
    assert held
    rendering = Rendering.objects.select_related("revision").get(pk=held.revision_id)
    actor = ANYONE if name == "anyone" else cast.actor(name)
    remarks = remarks_of_page(actor, stack, held, rendering.html)
    return render_to_string(
        "manual/remarks_part.html", {"remarks": remarks, "manual": stack.manual, "read": rendering, "actor": actor}
    )


def test_a_remark_on_a_passage_without_javascript(cast: Cast, page: Revision) -> None:
    ben = as_(cast, "ben")
    form = ben.get(WRITE).content.decode()
    assert "Seen by everyone in the organisation, never by readers outside." in form[: form.index("<textarea")]

    answer = ben.post(WRITE, asked(page, quote="Knock twice."))

    assert answer["Location"] == "/m/street-manual/p/hello/#remarks"
    html = part(cast, "cora", page)
    assert "Nobody hears it." in html
    assert "<q>Knock twice.</q>" in html
    assert 'href="#at-the-door"' in html
    assert "Ben" in html


def test_what_was_selected_on_the_page_is_in_the_form(cast: Cast, page: Revision) -> None:
    html = as_(cast, "ben").get(
        WRITE, {"quote": "Knock twice.", "prefix": "door ", "position": "12", "revision": str(page.pk)}
    )

    for each in ("Knock twice.</textarea>", 'value="door "', 'value="12"', f'value="{page.pk}"'):
        assert each in html.content.decode()


@pytest.mark.parametrize(
    "more", [{"body": " "}, {"quote": "Ring twice."}, {"based_on": ""}, {"based_on": "x"}, {"body": "Long. " * 400}]
)
def test_what_is_amiss_is_said_and_the_words_are_kept(cast: Cast, page: Revision, more: dict[str, str]) -> None:
    answer = as_(cast, "ben").post(WRITE, asked(page, **{"quote": "Knock twice.", **more}))

    assert answer.status_code == 400
    html = answer.content.decode()
    assert "Please look at this again" in html
    assert more.get("body", "Nobody hears it.").strip() in html
    assert more.get("quote", "Knock twice.") in html


def test_what_is_written_never_becomes_markup(cast: Cast, page: Revision, open_manual: Manual) -> None:
    as_(cast, "anyone").post(WRITE, asked(page, body=EVIL, from_name=EVIL[:70]))
    as_(cast, "ben").post(WRITE, asked(page, body=EVIL))
    seen = [part(cast, "ben", page), as_(cast, "ben").get("/m/street-manual/to-manualize/").content.decode()]
    for each in Remark.objects.all():
        as_(cast, "ana").post(here(each), {"act": "reply", "seen": state_of(each), "body": EVIL})
        settled = {"act": "settle", "seen": state_of(each), "outcome": "answered", "answer": EVIL}
        assert as_(cast, "ana").post(here(each), settled).status_code == 302
        seen.append(as_(cast, "ben").get(here(each)).content.decode())
    seen.append(part(cast, "ben", page))

    for html in seen:
        assert "&lt;script&gt;alert" in html
        assert "<script>alert" not in html
        assert "<b>bold" not in html
        assert "{{ 7 }}" in html
    assert b"<script>alert" not in as_(cast, "ben").get(WRITE, {"quote": EVIL, "position": EVIL}).content


# Suggestions


def test_a_suggestion_says_before_typing_who_reads_it_and_what_it_is_not(cast: Cast, open_manual: Manual) -> None:
    html = as_(cast, "anyone").get(WRITE).content.decode()

    assert html.index("read it first; nobody else sees it") < html.index("<textarea")
    assert html.index("This is no way to reach a worker.") < html.index("<textarea")
    assert html.index("It raises no alarm.") < html.index("<textarea")
    assert "Your name, if you like" in html
    assert "They see your name: Cleo." in as_(cast, "cleo").get(WRITE).content.decode()
    assert "Suggest something" in part(cast, "anyone", Revision.objects.get())


def test_a_suggestion_is_held_until_it_is_let_stand(cast: Cast, page: Revision, open_manual: Manual) -> None:
    answer = as_(cast, "anyone").post(WRITE, asked(page, body="Say who you are.", from_name="A mother"), follow=True)
    assert "Those who keep this manual will read it." in answer.content.decode()
    made = Remark.objects.get()

    assert "Say who you are." in part(cast, "ben", page)
    assert all("Say who you are." not in part(cast, name, page) for name in ("anyone", "cleo", "cora", "edie", "ada"))
    as_(cast, "ben").post(here(made), {"act": "stand", "seen": state_of(made)})

    assert all("Say who you are." in part(cast, name, page) for name in ("ben", "cora", "edie", "ada"))
    assert all("Say who you are." not in part(cast, name, page) for name in ("anyone", "cleo"))


@pytest.mark.parametrize(("name", "is_read"), [("anyone", False), ("cleo", True)])
def test_whoever_settles_a_suggestion_is_told_whether_the_answer_reaches_anybody(
    cast: Cast, page: Revision, open_manual: Manual, name: str, *, is_read: bool
) -> None:
    as_(cast, name).post(WRITE, asked(page, body="Say who you are."))

    screen = words(as_(cast, "ben").get(here(Remark.objects.get())))

    assert ("Whoever noticed it will look for this" in screen) is is_read
    assert ("No answer reaches whoever suggested it" in screen) is not is_read
    assert "whoever suggested it does not read them" in screen


@pytest.mark.parametrize(
    ("name", "status"),
    [("anyone", 404), ("ben", 200), ("ana", 200), ("edie", 404), ("ada", 404), ("cora", 404), ("cleo", 404)],
)
def test_a_held_suggestion_is_not_there_for_others(cast: Cast, held: Remark, name: str, status: int) -> None:
    assert as_(cast, name).get(here(held)).status_code == status
    assert as_(cast, name).post(here(held), {"act": "stand"}).status_code == (409 if status == 200 else 404)


@pytest.mark.parametrize(
    ("name", "status"),
    [("anyone", 404), ("ben", 200), ("ana", 200), ("edie", 200), ("ada", 200), ("cora", 200), ("cleo", 404)],
)
def test_a_remark_of_an_open_manual_is_not_there_for_readers_outside(
    cast: Cast, made: Remark, open_manual: Manual, name: str, status: int
) -> None:
    assert as_(cast, name).get(here(made)).status_code == status


@pytest.mark.parametrize(
    ("name", "status"),
    [("anyone", 403), ("ben", 200), ("ana", 200), ("edie", 200), ("ada", 200), ("cora", 200), ("cleo", 403)],
)
def test_where_no_suggestions_are_taken_readers_outside_are_told_so(
    cast: Cast, open_manual: Manual, name: str, status: int
) -> None:
    switch_suggestions(actor=cast.actor("ana"), manual=open_manual, are_taken=False)

    assert as_(cast, name).get(WRITE).status_code == status


def test_the_sixth_suggestion_within_the_hour_waits_with_its_words_kept(
    cast: Cast, page: Revision, open_manual: Manual
) -> None:
    client = as_(cast, "anyone")
    for number in range(5):
        assert client.post(WRITE, asked(page, body=f"Number {number}.")).status_code == 302

    answer = client.post(WRITE, asked(page, body="Number six, with care."))

    assert answer.status_code == 429
    assert "Number six, with care." in answer.content.decode()
    assert Remark.objects.count() == 5
    assert as_(cast, "cleo").post(WRITE, asked(page)).status_code == 302


def test_who_fills_in_what_nobody_sees_keeps_the_words(cast: Cast, page: Revision, open_manual: Manual) -> None:
    answer = as_(cast, "anyone").post(WRITE, asked(page, nickname="Bot"))

    assert answer.status_code == 400
    assert "Nobody hears it." in answer.content.decode()
    assert not Remark.objects.exists()


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("ana", True),
        ("ada", True),
        ("ben", False),
        ("edie", False),
        ("cora", False),
        ("cleo", False),
        ("anyone", False),
    ],
)
def test_those_who_shape_the_manual_open_it_for_suggestions(cast: Cast, name: str, may: bool) -> None:
    client = as_(cast, name)

    client.post("/m/street-manual/about/", {"suggestions": "yes"})

    assert Manual.objects.get(slug="street-manual").takes_suggestions is may
    if may:
        assert "may leave a suggestion on a page" in client.get("/m/street-manual/about/").content.decode()


# One remark


def test_a_changed_passage_is_shown_as_it_was(cast: Cast, page: Revision, made: Remark) -> None:
    text = Text("Hello", "## At the door\n\nKnock three times. Wait.")
    revise(actor=cast.actor("edie"), edition=page.edition, text=text, based_on=page.pk)

    for html in (part(cast, "ben", page), as_(cast, "ben").get(here(made)).content.decode()):
        assert "The page has changed since. The passage was:" in html
        assert "<q>Knock twice.</q>" in html
        assert "three times" in html


def test_a_reply_and_what_came_of_it_stand_with_the_remark(cast: Cast, page: Revision, made: Remark) -> None:
    cora, ana = as_(cast, "cora"), as_(cast, "ana")
    cora.post(here(made), {"act": "reply", "seen": state_of(made), "body": "Since when?"})
    settled = {"act": "settle", "seen": state_of(made), "outcome": "nothing", "answer": "It is the bell."}
    ana.post(here(made), settled)

    html = as_(cast, "ben").get(here(made)).content.decode()

    for each in ("Since when?", "Cora", "What came of it: the page stays as it is", "It is the bell.", "Ana"):
        assert each in html
    assert re.search(r"<details>.*It is the bell\..*</details>", part(cast, "ben", page), re.S)


def test_settled_meanwhile_the_words_typed_are_kept_and_go_on_from_there(cast: Cast, made: Remark) -> None:
    seen = state_of(made)
    settle_remark(actor=cast.actor("ana"), remark=made, outcome=Outcome.CHANGED, answer="Done.", seen=seen)
    ben = as_(cast, "ben")
    mine = {"act": "settle", "seen": seen, "outcome": "nothing", "answer": "My own long words."}

    answer = ben.post(here(made), mine)

    assert answer.status_code == 409
    html = answer.content.decode()
    assert "Somebody has replied to this or settled it" in html
    assert "Done." in html
    assert "My own long words." in html
    fresh = re.search(r'name="seen" value="([^"]+)"', html)
    assert fresh
    assert ben.post(here(made), {**mine, "seen": fresh[1]}).status_code == 302
    assert made.replies.get().body == "Done."


def test_a_reply_to_what_was_settled_meanwhile_is_kept(cast: Cast, made: Remark) -> None:
    seen = state_of(made)
    settle_remark(actor=cast.actor("ana"), remark=made, outcome=Outcome.CHANGED, answer="", seen=seen)

    answer = as_(cast, "ben").post(here(made), {"act": "reply", "seen": seen, "body": "But wait."})

    assert answer.status_code == 409
    assert "But wait." in answer.content.decode()


def test_a_reply_that_crosses_another_goes_through(cast: Cast, made: Remark) -> None:
    seen = state_of(made)
    reply_to_remark(actor=cast.actor("ana"), remark=made, body="One.", seen=seen)

    assert as_(cast, "ben").post(here(made), {"act": "reply", "seen": seen, "body": "Two."}).status_code == 302


def test_those_who_may_not_settle_are_told_why(cast: Cast, made: Remark) -> None:
    html = as_(cast, "cora").get(here(made)).content.decode()

    assert "Only members of this team can change its manual." in html
    assert 'value="settle"' not in html
    answer = as_(cast, "cora").post(
        here(made), {"act": "settle", "seen": state_of(made), "outcome": "nothing", "answer": "No."}
    )
    assert answer.status_code == 403


def test_a_remark_leads_to_a_draft_for_those_who_write(cast: Cast, made: Remark) -> None:
    leads = f"/m/street-manual/p/hello/change/?remark={made.pk}"

    assert leads in as_(cast, "ben").get(here(made)).content.decode()
    assert leads not in as_(cast, "cora").get(here(made)).content.decode()


def test_a_remark_of_another_manual_is_not_there(cast: Cast, made: Remark) -> None:
    assert as_(cast, "ben").get(f"/m/core/remarks/{made.pk}/").status_code == 404
