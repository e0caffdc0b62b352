"""From the compass to the wall: asking, offering with a look before it, the map, the answer."""

import re

import pytest
from django.urls import reverse
from tests.conftest import Cast
from tests.theory.purposes_world import AFTER, CROWD, DURING, MAP, OPENED, asked, offer, released
from tests.together.made import as_, html, on

from fieldcraft.mastery.actions.compass import begin_purpose
from fieldcraft.theory.models import Invitation, Offering
from fieldcraft.theory.queries.purposes import Stands
from fieldcraft.together.actions.raising import raise_with_name

ASK = f"{MAP}ask/"


def at(invitation: Invitation, page: str = "") -> str:
    return f"/invitations/{invitation.pk}/{page}"


def test_the_convenor_asks_and_everybody_reads_who_asks_who_reads_and_what_is_done(cast: Cast) -> None:
    sent = {"question": "What for?", "readers": "All leads.", "use": "We plan anew.", "closes_on": "2026-03-20"}
    with on(DURING):
        answer = as_(cast, "cora").post(ASK, sent)
        screens = [html(as_(cast, name).get(MAP)) for name in ("ben", "ana")]

    assert answer["Location"] == MAP
    for screen in screens:
        assert all(said in screen for said in ("What for?", "Cora", "All leads.", "We plan anew.", "20 March 2026"))
        assert "Offer my purpose" in screen


def test_a_day_too_near_is_refused_and_keeps_what_was_typed(cast: Cast) -> None:
    sent = {"question": "What for?", "readers": "All leads.", "use": "We plan anew.", "closes_on": "2026-03-05"}
    with on(DURING):
        answer = as_(cast, "cora").post(ASK, sent)

    assert answer.status_code == 400
    assert "at least three days" in html(answer)
    assert "We plan anew." in html(answer)


def test_a_second_question_is_not_asked_before_the_answer(cast: Cast) -> None:
    invitation = asked(cast, 0)
    sent = {"question": "More?", "readers": "All.", "use": "Read.", "closes_on": "2026-03-25"}
    with on(DURING):
        shown, refused = as_(cast, "cora").get(ASK), as_(cast, "cora").post(ASK, sent)

    assert "has no published answer yet" in html(shown)
    assert at(invitation) in html(shown)
    assert refused.status_code == 400
    assert Invitation.objects.count() == 1


def test_from_the_compass_the_purpose_alone_comes_along_and_nothing_is_kept_by_it(cast: Cast) -> None:
    asked(cast, 0)
    with on(DURING):
        begin_purpose(actor=cast.actor("ben"), sentence="That nobody is given up on.")
        client = as_(cast, "ben")
        compass = html(client.get("/compass/purposes/"))
        writing = html(client.post("/offering/", {"sentence": "That nobody is given up on."}))
        empty = html(client.get("/offering/"))

    assert re.search(r'<form method="post" action="/offering/">.*?name="sentence"', compass, re.S)
    assert "That nobody is given up on.</textarea>" in writing
    assert "given up on" not in empty, "the sentence comes along by the person's own tap alone"
    assert not Offering.objects.exists()


def test_it_is_shown_as_it_will_stand_before_it_is_offered(cast: Cast) -> None:
    invitation = asked(cast, 0)
    here = reverse("theory:offering-make", args=[invitation.pk])
    sent = {"sentence": "That nobody is given up on.", "stands": "named", "new_theme": "Hope"}
    with on(DURING):
        client = as_(cast, "ben")
        look = html(client.post(here, {**sent, "act": "look"}))
        assert not Offering.objects.exists()
        again = html(client.post(here, {**sent, "act": "again"}))
        client.post(here, {**sent, "act": "offer"})
        own = html(client.get(here))
        change = html(client.post(here, {"act": "change"}))

    assert all(said in look for said in ("Nothing is kept yet", "That nobody is given up on.", "Ben", "Hope"))
    assert "That nobody is given up on.</textarea>" in again
    assert "Take back my purpose" in own
    assert 'value="Hope"' in change
    assert re.search(r'value="named"[^>]*checked', change)


@pytest.mark.parametrize("stands", list(Stands))
def test_who_will_read_it_is_said_for_each_way(cast: Cast, stands: Stands) -> None:
    invitation = asked(cast, 0)
    here = reverse("theory:offering-make", args=[invitation.pk])
    with on(DURING):
        look = html(as_(cast, "ben").post(here, {"act": "look", "sentence": "Hope.", "stands": stands.value}))

    said = {
        Stands.NAMED: "reads your sentence with your name",
        Stands.READ: "with no name, day, team or role",
        Stands.COUNTED: "Nobody reads your sentence",
    }
    assert [each for each, words in said.items() if words in look] == [stands]


def test_the_map_is_the_same_for_a_member_a_lead_and_those_above(cast: Cast) -> None:
    invitation = asked(cast, 24)
    for name in CROWD[:12]:
        offer(cast, invitation, name, theme="Being trusted")
    for name in CROWD[12:23]:
        offer(cast, invitation, name)
    offer(cast, invitation, "ana", words="That families call early.", stands=Stands.NAMED, theme="Trust in us")
    offer(cast, invitation, CROWD[23], theme="Fairness")
    released(cast, invitation)
    with on(AFTER):
        screens = {name: html(as_(cast, name).get(MAP)) for name in ("ben", "ana", "edie", "cora")}
    tables = {
        re.sub(r"\s+", " ", screen.partition("<table")[2].partition("</table>")[0]) for screen in screens.values()
    }

    (table,) = tables
    cells = [re.sub(r"<[^>]+>", " ", row).split() for row in table.split("<tr>")[2:]]
    assert [" ".join(cell) for cell in cells] == [
        "Being trusted 11 to 19 people, unnamed",
        "Trust in us Ana",
        "Without a theme 11 to 19 people, unnamed",
    ]
    assert "Fairness" not in "".join(screens.values())


def test_a_theme_shows_three_sentences_then_all(cast: Cast) -> None:
    invitation = asked(cast, 12)
    for name in CROWD[:12]:
        offer(cast, invitation, name, theme="Being trusted")
    released(cast, invitation)
    with on(AFTER):
        client = as_(cast, "ben")
        theme = re.search(rf'href="({at(invitation)}themes/[^"]+)"', html(client.get(MAP)))
        assert theme
        three, whole = html(client.get(theme[1])), html(client.get(theme[1] + "?all"))

    assert three.count('class="offered"') == 3
    assert whole.count('class="offered"') == 12


def test_the_answer_stands_above_the_map_and_lets_the_next_question_be_asked(cast: Cast) -> None:
    invitation = released(cast, asked(cast, 0))
    with on(AFTER):
        client = as_(cast, "cora")
        assert "Invite again" not in html(client.get(MAP))
        client.post(at(invitation, "answer/"), {"reply": "We read it, and staff the night."})
        screen = html(as_(cast, "ben").get(MAP))
        again = client.post(at(invitation, "answer/"), {"reply": "Other words."})
        after = html(client.get(MAP))

    assert screen.index("We read it, and staff the night.") < screen.index("What was said when it was asked")
    assert "Invite again" in after
    assert again.status_code == 400
    assert "Other words.</textarea>" in html(again)


def test_nothing_is_typed_as_an_answer_that_cannot_be_published(cast: Cast) -> None:
    invitation = asked(cast, 0)
    with on(DURING):
        before = html(as_(cast, "cora").get(at(invitation, "answer/")))
        sent = as_(cast, "cora").post(at(invitation, "answer/"), {"reply": "Too early."})
    released(cast, invitation)
    with on(AFTER):
        client = as_(cast, "cora")
        between = html(client.get(at(invitation, "answer/")))
        client.post(at(invitation, "answer/"), {"reply": "We read it."})
        after = html(client.get(at(invitation, "answer/")))

    assert [page.count("</textarea>") for page in (before, between, after)] == [0, 1, 0]
    assert "wait for the day after the last day" in before
    assert sent.status_code == 400
    assert "Too early.</textarea>" in html(sent), "what was sent all the same comes back"
    assert "We read it." in after


def test_prints_for_the_wall_hold_what_can_be_read_and_questions_to_talk_about(cast: Cast) -> None:
    invitation = asked(cast, 3)
    offer(cast, invitation, "ana", words="That families call early.", stands=Stands.NAMED, theme="Trust")
    offer(cast, invitation, CROWD[0], words="Unread by all.")
    released(cast, invitation)
    with on(AFTER):
        wall = html(as_(cast, "ben").get(at(invitation, "wall/")))

    assert "That families call early." in wall
    assert "Unread by all." not in wall
    assert "To talk about" in wall


def test_sorting_and_saying_what_is_in_the_way_are_the_convenors(cast: Cast) -> None:
    invitation = asked(cast, 12)
    for name in CROWD[:12]:
        offer(cast, invitation, name)
    released(cast, invitation)
    with on(AFTER):
        ids = list(Offering.objects.values_list("pk", flat=True))
        client = as_(cast, "cora")
        answer = client.post(at(invitation, "sort/"), {"offerings": ids, "new_theme": "Hope"})
        refused = as_(cast, "ana").post(at(invitation, "sort/"), {"offerings": ids, "new_theme": "Mine"})

    assert answer.status_code == 302
    assert refused.status_code == 403
    assert set(Offering.objects.values_list("theme__name", flat=True)) == {"Hope"}


def test_a_conditions_page_leads_to_what_it_is_in_the_way_of_by_the_rules_of_the_map(cast: Cast) -> None:
    with on(OPENED):
        way = raise_with_name(actor=cast.actor("ana"), organisation=cast.organisation, words="No night desk.")
        other = raise_with_name(actor=cast.actor("ana"), organisation=cast.organisation, words="No car.")
    invitation = asked(cast, 3)
    offer(cast, invitation, "ben", stands=Stands.NAMED, theme="Trust", conditions=(way.pk,))
    offer(cast, invitation, CROWD[0], conditions=(other.pk,))
    panels = [reverse("theory:condition-purposes", args=[each.pk]) for each in (way, other)]
    with on(DURING):
        before = [html(as_(cast, "cora").get(panel)) for panel in panels]
    released(cast, invitation)

    with on(AFTER):
        page = html(as_(cast, "ana").get(f"/conditions/{way.pk}/"))
        shown = html(as_(cast, "ana").get(at(invitation)))
        after = [html(as_(cast, "ana").get(panel, headers={"HX-Request": "true"})) for panel in panels]
        outside = as_(cast, "cleo").get(panels[0])

    assert all("Nobody has connected it" in text for text in before), "nothing is told before the map is"
    assert panels[0] in page
    assert "Trust" in after[0]
    assert "/themes/" in after[0]
    assert "Ben" not in after[0], "it is said of the theme"
    assert "waiting to be heard since" in shown, "nobody answered for fourteen days"
    assert "Nobody has connected it" in after[1], "what nobody reads points at nothing"
    assert outside.status_code == 404


def test_who_has_nothing_to_take_back_is_told_so_and_who_took_it_back_too(cast: Cast) -> None:
    invitation = asked(cast, 0)
    here, words = reverse("theory:offering-make", args=[invitation.pk]), "there is nothing to take back"
    with on(DURING):
        client = as_(cast, "ben")
        before = html(client.get(here))
        offer(cast, invitation, "ben")
        between, changing = html(client.get(here)), html(client.post(here, {"act": "change"}))
        after = html(client.post(here, {"act": "take-back"}, follow=True))

    assert [words in screen for screen in (before, between, changing, after)] == [True, False, False, True]
