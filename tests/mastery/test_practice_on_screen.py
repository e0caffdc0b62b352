"""Practice and notes through the plain forms: nobody else gets them, nothing typed is lost, nothing goes further unseen."""

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils.html import escape
from tests.conftest import Cast

from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.pages import adapt_page, add_page, revise
from fieldcraft.manual.models import Remark, Revision, Standing, State
from fieldcraft.mastery.actions.practice import Happened, keep_note, keep_practice
from fieldcraft.mastery.models import Practice, PracticeNote, Safety
from fieldcraft.mastery.queries.practice import Cited, state_of
from fieldcraft.people.models import Team

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
EVIL = '<script>alert("1")</script> & {{ 7 }} javascript:x'
HAPPENED, HUNCH, REASONS, SURPRISE = "I knocked once.", "Once will do.", "The plan said twice.", "They laughed."


@pytest.fixture
def page(cast: Cast) -> Revision:
    return add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", "Knock twice.", tags=("door",)))


@pytest.fixture
def note(cast: Cast, page: Revision) -> PracticeNote:
    said = Happened(HAPPENED, hunch=HUNCH, reasons=REASONS, surprise=SURPRISE)
    cited = Cited("street-manual", page.edition.page_id, page.pk)
    made = keep_note(actor=cast.actor("ben"), happened=said, cited=cited)
    made.refresh_from_db()
    return made


@pytest.fixture
def tried(cast: Cast) -> Practice:
    made = keep_practice(actor=cast.actor("ben"), what="Knock once.")
    made.refresh_from_db()
    return made


def as_(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.people[name], BACKEND)
    return client


def html(answer: Any) -> str:
    return str(answer.content.decode())


def at(thing: Any, *more: str) -> str:
    kind = "practice" if isinstance(thing, Practice) else "notes"
    return "/".join(["/compass", kind, str(thing.pk), *more, ""])


def hidden(text: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]* value="([^"]*)"', text)
    return found[1] if found else ""


def test_a_note_is_written_on_one_screen_the_hunch_before_all_else(cast: Cast, page: Revision) -> None:
    asked = f"manual=street-manual&page={page.edition.page_id}&revision={page.pk}"
    screen = html(as_(cast, "ben").get(f"/compass/notes/new/?{asked}"))

    order = [
        screen.index(f'name="{name}"') for name in ("hunch", "happened", "surprise", "reasons", "outcome", "hours")
    ]
    assert order == sorted(order)
    assert screen.count(" required") == 1, "nothing but what happened is needed"
    sent = {name: hidden(screen, name) for name in ("manual", "page", "revision")}
    answer = as_(cast, "ben").post("/compass/notes/new/", {**sent, "happened": HAPPENED, "outcome": "partly"})
    made = PracticeNote.objects.get()
    assert answer.headers["Location"] == at(made)
    assert (made.page_id, made.revision_id, made.outcome) == (page.edition.page_id, page.pk, "partly")


def test_all_that_can_be_said_is_kept(cast: Cast) -> None:
    said = {"happened": HAPPENED, "hunch": HUNCH, "reasons": REASONS, "surprise": SURPRISE}
    as_(cast, "ben").post("/compass/notes/new/", {**said, "hours": "1.5", "with_others": "no"})

    made = PracticeNote.objects.get()
    assert {name: getattr(made, name) for name in said} == said
    assert (float(made.hours or 0), made.with_others) == (1.5, False)


def test_what_was_typed_is_on_the_screen_when_something_is_amiss(cast: Cast) -> None:
    answer = as_(cast, "ben").post("/compass/notes/new/", {"happened": "", "hunch": HUNCH, "hours": "many"})

    assert answer.status_code == 400
    assert HUNCH in html(answer)
    assert "many" in html(answer)


def test_nonsense_in_the_address_gives_an_empty_form(cast: Cast) -> None:
    for asked in ("page=x&manual=y", "practice=z", f"practice={uuid4()}", "manual=../&page=1"):
        assert as_(cast, "ben").get(f"/compass/notes/new/?{asked}").status_code == 200
        assert as_(cast, "ben").get(f"/compass/practice/new/?{asked}").status_code == 200
    assert as_(cast, "ben").get("/compass/notes/?before=x").status_code == 200


def test_a_note_of_what_is_tried_stands_with_it(cast: Cast, page: Revision) -> None:
    client = as_(cast, "ben")
    asked = f"manual=street-manual&page={page.edition.page_id}&revision={page.pk}"
    screen = html(client.get(f"/compass/practice/new/?{asked}"))
    sent = {name: hidden(screen, name) for name in ("manual", "page", "revision")}
    client.post("/compass/practice/new/", {**sent, "what": "Knock once.", "when": "Tomorrow"})
    made = Practice.objects.get()

    screen = html(client.get(f"/compass/notes/new/?practice={made.pk}"))
    sent = {name: hidden(screen, name) for name in ("manual", "page", "revision", "practice")}
    client.post("/compass/notes/new/", {**sent, "happened": HAPPENED})

    note = PracticeNote.objects.get()
    assert (note.practice, note.page_id, note.revision_id) == (made, page.edition.page_id, page.pk)
    assert HAPPENED in html(client.get(at(made)))


@pytest.mark.parametrize("who", ["ana", "edie", "ada", "cora", "cleo"])
def test_nobody_else_gets_any_screen_of_it(cast: Cast, note: PracticeNote, tried: Practice, who: str) -> None:
    Safety.objects.create(
        organisation=Team.objects.get(slug="other").organisation,
        whom_to_call="x",
        safeguarding="x",
        set_by=cast.people["cleo"],
    )
    client = as_(cast, who)

    for path in (at(note), at(note, "change"), at(note, "remark"), at(note, "draft"), at(tried), at(tried, "change")):
        assert client.get(path).status_code == 404, path
        for act in ("throw-away", "end", "take-up", ""):
            assert client.post(path, {"act": act, "happened": "x", "what": "x", "seen": "x"}).status_code == 404
    for path in ("/compass/", "/compass/practice/", "/compass/notes/", "/compass/words/texts/"):
        assert HAPPENED not in html(client.get(path)), path
    assert (PracticeNote.objects.count(), Practice.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "path", ["/compass/practice/", "/compass/notes/", "/compass/words/texts/", "/compass/pages/street-manual/hello/"]
)
def test_no_answer_is_kept_by_anything(cast: Cast, page: Revision, path: str) -> None:
    assert as_(cast, "ben").get(path)["Cache-Control"] == "no-store"


def test_the_later_question_is_asked_where_a_hunch_or_reasons_were_written(cast: Cast, note: PracticeNote) -> None:
    client = as_(cast, "ben")
    plain = keep_note(actor=cast.actor("ben"), happened=Happened("x"))
    screen = html(client.get(at(note)))
    assert "Which did you follow?" in screen
    assert "Which did you follow?" not in html(client.get(at(plain)))

    sent = {"followed": "hunch", "followed_what": "It was right.", "seen": hidden(screen, "seen")}
    assert client.post(at(note), sent).status_code == 302
    answer = client.post(at(note), {**sent, "followed_what": "On the other phone."})

    assert answer.status_code == 409
    assert "It was right." in html(answer)
    assert "On the other phone." in html(answer)


def test_a_stale_change_keeps_both(cast: Cast, note: PracticeNote, tried: Practice) -> None:
    client = as_(cast, "ben")
    for thing, name in ((note, "happened"), (tried, "what")):
        sent = {"seen": state_of(thing)}
        assert client.post(at(thing, "change"), {**sent, name: "On the phone."}).status_code == 302
        answer = client.post(at(thing, "change"), {**sent, name: "At the desk."})
        assert answer.status_code == 409
        assert "On the phone." in html(answer)
        assert "At the desk." in html(answer)
        going_on = {name: "Both.", "seen": hidden(html(answer), "seen")}
        assert client.post(at(thing, "change"), going_on).status_code == 302


def test_what_was_written_never_becomes_markup(cast: Cast, page: Revision) -> None:
    client, ben = as_(cast, "ben"), cast.actor("ben")
    cited = Cited("street-manual", page.edition.page_id, page.pk)
    tried = keep_practice(actor=ben, what=EVIL, when=EVIL, cited=cited)
    said = Happened(EVIL, hunch=EVIL, reasons=EVIL, surprise=EVIL)
    made = keep_note(actor=ben, happened=said, cited=cited, practice_id=tried.pk)

    for path in (
        at(made), at(made, "change"), at(made, "remark"), at(made, "draft"), at(tried), at(tried, "change"),
        "/compass/", "/compass/practice/", "/compass/notes/", "/compass/pages/street-manual/hello/",
    ):  # fmt: skip
        screen = html(client.get(path))
        assert "<script>alert" not in screen, path
        assert escape(EVIL)[:30] in screen, path


def test_notes_are_listed_so_many_a_screen_and_no_number_of_them_is_said(cast: Cast) -> None:
    for number in range(35):
        keep_note(actor=cast.actor("ben"), happened=Happened(f"Note {number:02}"))

    first = html(as_(cast, "ben").get("/compass/notes/"))
    found = re.search(r'href="\?before=([0-9a-f-]{36})"', first)
    assert found
    second = html(as_(cast, "ben").get(f"/compass/notes/?before={UUID(found[1])}"))

    listed = [set(re.findall(r"Note \d\d", screen)) for screen in (first, second)]
    assert [len(each) for each in listed] == [30, 5]
    assert listed[0] & listed[1] == set()
    assert "35" not in re.sub(r"<[^>]*>", "", first)


def test_throwing_away_takes_one_step_and_asks_for_no_reason(cast: Cast, note: PracticeNote, tried: Practice) -> None:
    for thing in (note, tried):
        assert as_(cast, "ben").post(at(thing), {"act": "throw-away"}).status_code == 302
    assert (PracticeNote.objects.count(), Practice.objects.count()) == (0, 0)


def test_a_remark_is_sent_by_its_writer_who_sees_what_goes(cast: Cast, note: PracticeNote) -> None:
    client = as_(cast, "ben")
    screen = html(client.get(at(note, "remark")))
    assert HAPPENED in screen
    assert HUNCH not in screen
    assert REASONS not in screen
    assert "stands with your name" in screen
    assert "Nobody reads this" not in screen
    assert "data-check-names" in screen
    assert Remark.objects.count() == 0

    assert client.post(at(note, "remark"), {"words": "Once is enough."}).status_code == 302

    assert Remark.objects.get().body == "Once is enough."
    assert "It is open" in html(client.get(at(note)))
    assert "Tell the team" not in html(client.get(at(note)))


def test_a_draft_goes_in_two_steps_the_first_of_which_sends_nothing(cast: Cast, note: PracticeNote) -> None:
    client = as_(cast, "ben")
    first = html(client.get(at(note, "draft")))
    assert (HAPPENED in first, HUNCH in first, REASONS in first) == (True, False, False)
    sent = {"words": "Once is enough.", "way": "change", "manual": "street-manual"}
    second = html(client.post(at(note, "draft"), sent))
    assert "Knock twice.\n\nOnce is enough." in second
    assert Revision.objects.filter(edition__manual=cast.team_manual).count() == 0

    names = ("way", "manual", "based_on")
    sent = {**{name: hidden(second, name) for name in names}, "title": "Hello", "body": "Knock once.", "reason": "Try."}
    assert client.post(at(note, "draft"), sent).status_code == 302

    made = Revision.objects.get(edition__manual=cast.team_manual)
    assert (made.body, made.tags, made.reason, made.standing) == ("Knock once.", ["door"], "Try.", Standing.ADAPTED)
    assert "readers have it" in html(client.get(at(note)))


def test_words_can_go_beside_the_page_or_onto_one_of_their_own(cast: Cast, note: PracticeNote) -> None:
    client = as_(cast, "ben")
    for way, title in (("beside", "Hello"), ("own_page", "Doors")):
        sent = {"words": "Once is enough.", "way": way, "manual": "street-manual"}
        screen = html(client.post(at(note, "draft"), sent))
        names = ("way", "manual", "based_on")
        sent = {**{name: hidden(screen, name) for name in names}, "title": title, "body": "Once is enough."}
        assert client.post(at(note, "draft"), sent).status_code == 302
    made = Revision.objects.filter(edition__manual=cast.team_manual).order_by("pk")
    assert [each.standing for each in made] == [Standing.NOTED, Standing.LOCAL]


def test_beside_the_page_is_offered_where_it_is_not_the_teams_own_words_already(
    cast: Cast, page: Revision, note: PracticeNote
) -> None:
    client = as_(cast, "ben")
    assert "A note beside the page" in html(client.get(at(note, "draft")))
    adapt_page(
        actor=cast.actor("ben"),
        manual=cast.team_manual,
        page_id=page.edition.page_id,
        text=Text("Hello", "Ours."),
        based_on=page.pk,
    )

    assert "A note beside the page" not in html(client.get(at(note, "draft")))


def test_a_note_without_a_page_can_become_a_page_of_its_own_alone(cast: Cast) -> None:
    made = keep_note(actor=cast.actor("ben"), happened=Happened(HAPPENED))
    client = as_(cast, "ben")

    assert client.get(at(made, "remark")).status_code == 404
    screen = html(client.get(at(made, "draft")))
    assert "A note beside the page" not in screen
    assert 'value="own_page"' in screen


def test_who_may_change_no_manual_is_not_offered_it(cast: Cast) -> None:
    made = keep_note(actor=cast.actor("cora"), happened=Happened(HAPPENED))
    client = as_(cast, "cora")

    assert "Turn it into a draft" not in html(client.get(at(made)))
    assert client.get(at(made, "draft")).status_code == 404


def test_somebody_quicker_with_the_page_is_shown_and_nothing_is_lost(
    cast: Cast, page: Revision, note: PracticeNote
) -> None:
    client = as_(cast, "ben")
    revise(actor=cast.actor("edie"), edition=page.edition, text=Text("Hello", "Ring."), based_on=page.pk)
    sent = {
        "way": "change",
        "manual": "street-manual",
        "based_on": str(page.pk),
        "title": "Hello",
        "body": "Knock once.",
    }

    answer = client.post(at(note, "draft"), sent)

    assert answer.status_code == 409
    assert "Knock once." in html(answer)
    assert re.search(r"<del>.*Ring", html(answer)), "theirs stands beside it"
    assert hidden(html(answer), "based_on") not in {"", str(page.pk)}


def test_a_quorum_of_two_puts_it_to_the_team(cast: Cast, note: PracticeNote) -> None:
    Team.objects.update(quorum=2)
    client = as_(cast, "ben")
    sent = {"way": "own_page", "manual": "street-manual", "title": "Doors", "body": "Once.", "based_on": ""}

    client.post(at(note, "draft"), sent)

    assert Revision.objects.get(edition__manual=cast.team_manual).state == State.DRAFT
    assert "Your team is agreeing it." in html(client.get(at(note)))


@pytest.mark.parametrize("manual", ["core", "no-such-manual", ""])
def test_no_draft_goes_to_a_manual_that_is_not_offered(cast: Cast, note: PracticeNote, manual: str) -> None:
    sent = {"way": "own_page", "manual": manual, "title": "Doors", "body": "Once.", "based_on": ""}
    before = Revision.objects.count()

    assert as_(cast, "ben").post(at(note, "draft"), sent).status_code in {400, 404}
    assert Revision.objects.count() == before


def test_ones_own_words_are_given_to_ones_own_device_alone(cast: Cast, note: PracticeNote) -> None:
    assert as_(cast, "ben").get("/compass/words/texts/").json() == {
        "notes": [f"{HUNCH}\n{HAPPENED}\n{SURPRISE}\n{REASONS}"]
    }
    assert as_(cast, "ana").get("/compass/words/texts/").json() == {"notes": []}
    assert HAPPENED not in html(as_(cast, "ben").get("/compass/words/")), "not before it is switched on"
