"""Offering through the plain forms: seen before it is sent, asked, answered, drawn in; nothing typed is lost."""

import pytest
from tests.conftest import Cast
from tests.manual.made import words
from tests.together.made import as_

from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.offers import Seen, make_offer
from fieldcraft.manual.actions.pages import adapt_page, add_page, note_page, revise
from fieldcraft.manual.actions.remarks import Noticed, make_remark
from fieldcraft.manual.models import Answer, Edition, Offer, OfferReader, Remark, Revision, Step

OFFER = "/m/street-manual/p/hello/offer/"
EVIL = '<script>alert("1")</script> & {{ 7 }}'


@pytest.fixture
def core(cast: Cast) -> Revision:
    return add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", "Knock twice.\n\nGo in.\n"))


@pytest.fixture
def ours(cast: Cast, core: Revision) -> Revision:
    text = Text("Hello", "Ring.\n\nGo in.\n", reason="No door.")
    page_id = core.edition.page_id
    return adapt_page(actor=cast.actor("ben"), manual=cast.team_manual, page_id=page_id, text=text, based_on=core.pk)


@pytest.fixture
def offer(cast: Cast, ours: Revision) -> Offer:
    of = {"actor": cast.actor("ben"), "manual": cast.team_manual, "to": cast.core}
    return make_offer(**of, revision=ours, seen=Seen("A bell is heard."))


def sent(ours: Revision, **more: object) -> dict[str, object]:
    return {"to": "core", "reason": "A bell is heard.", "named": "yes", "revision": ours.pk, **more}


def test_it_is_seen_before_it_is_sent(cast: Cast, ours: Revision) -> None:
    client = as_(cast, "ben")
    noticed = Noticed("Nobody hears it.", ours.pk)
    page_id = ours.edition.page_id
    remark = make_remark(actor=cast.actor("ana"), manual=cast.team_manual, page_id=page_id, noticed=noticed)
    begun = words(client.get(OFFER))
    assert "Who sees this: those who change the pages" in begun
    assert "This is exactly what they will see" not in begun

    look = client.post(OFFER, sent(ours, remarks=[remark.pk], look="yes"))

    seen = words(look)
    assert look.status_code == 200
    assert "This is exactly what they will see From Street" in seen
    assert "Ana" not in seen
    assert not Offer.objects.exists()
    assert "does not want to be named" in words(client.post(OFFER, sent(ours, named="no", look="yes")))
    made = client.post(OFFER, sent(ours, remarks=[remark.pk], offer="yes"))
    assert made["Location"] == f"/m/street-manual/offers/{Offer.objects.get().pk}/"
    assert list(Offer.objects.get().remarks.all()) == [remark]


def test_what_is_amiss_is_said_and_the_words_stay(cast: Cast, ours: Revision) -> None:
    client = as_(cast, "ben")
    empty = client.post(OFFER, sent(ours, reason=" ", offer="yes"))
    assert empty.status_code == 400
    assert "Say in a few words what you saw." in words(empty)
    assert client.post(OFFER, sent(ours, to="no-such", offer="yes")).status_code == 400

    revise(actor=cast.actor("ana"), edition=ours.edition, text=Text("Hello", "Ring twice."), based_on=ours.pk)
    stale = client.post(OFFER, sent(ours, reason=EVIL, offer="yes"))
    assert stale.status_code == 409
    assert "newer text" in words(stale)
    assert "&lt;script&gt;" in stale.content.decode()
    assert "<script>alert" not in stale.content.decode()
    assert not Offer.objects.exists()


def test_a_second_offer_leads_to_the_first(cast: Cast, offer: Offer) -> None:
    answer = as_(cast, "ana").get(OFFER)
    assert "the answer is still to come" in words(answer)
    assert f"/m/street-manual/offers/{offer.pk}/" in answer.content.decode()
    assert as_(cast, "ana").post(OFFER, sent(offer.revision, offer="yes")).status_code == 400


def test_an_inherited_page_has_nothing_to_offer(cast: Cast, core: Revision) -> None:
    assert as_(cast, "ben").get(OFFER).status_code == 404


def test_questions_answers_and_declining(cast: Cast, offer: Offer) -> None:
    ben, edie = as_(cast, "ben"), as_(cast, "edie")
    theirs, mine = f"/m/core/offers/{offer.pk}/", f"/m/street-manual/offers/{offer.pk}/"
    assert "waits for you" in words(edie.get("/m/core/offers/"))
    assert "From Street" in words(edie.get(theirs))
    assert OfferReader.objects.count() == 1
    assert "Being read by one person" in words(ben.get(mine))

    assert edie.post(theirs, {"act": "ask", "body": ""}).status_code == 400
    assert edie.post(theirs, {"act": "ask", "body": "Which bell?"}).status_code == 302
    assert "There is a question about your team" in words(ben.get("/"))
    seen = words(ben.get(mine))
    assert "Question for you" in seen
    assert "Edie" not in seen
    assert ben.post(mine, {"act": "answer", "body": "Any."}).status_code == 302
    assert "Any." in words(edie.get(theirs))
    assert "they answered your question" in words(edie.get("/m/core/offers/"))

    refused = edie.post(theirs, {"act": "decline", "reason": " "})
    assert refused.status_code == 400
    assert "The team will read this." in words(refused)
    assert edie.post(theirs, {"act": "decline", "reason": "Not all have bells."}).status_code == 302
    told = words(ben.get(mine))
    assert "Not drawn in; your team keeps it" in told
    assert "Not all have bells." in told
    assert "Your team's offer: declined." in words(ben.get("/"))
    assert edie.post(theirs, {"act": "draw-in"}).status_code == 409


def test_drawing_in_goes_on_in_the_step(cast: Cast, offer: Offer) -> None:
    edie = as_(cast, "edie")
    answer = edie.post(f"/m/core/offers/{offer.pk}/", {"act": "draw-in"})
    step = Step.objects.get(offer=offer)
    assert answer["Location"] == f"/m/core/steps/{step.pk}/"
    assert edie.get(answer["Location"]).status_code == 200
    assert "Go on drawing it in" in words(edie.get(f"/m/core/offers/{offer.pk}/"))


def test_a_note_is_drawn_in_through_the_editor_and_the_page_thanks_the_team(cast: Cast, core: Revision) -> None:
    text = Text("Hello", "Ours is green.", quote="Knock twice.")
    note = note_page(actor=cast.actor("ben"), manual=cast.team_manual, page_id=core.edition.page_id, text=text)
    ben, edie = as_(cast, "ben"), as_(cast, "edie")
    assert f"offer/?note={note.edition_id}" in ben.get("/m/street-manual/p/hello/").content.decode()
    made = ben.post(f"{OFFER}?note={note.edition_id}", sent(note, offer="yes"))
    assert made.status_code == 302
    offer = Offer.objects.get()
    theirs = f"/m/core/offers/{offer.pk}/"
    assert "Ours is green." in words(edie.get(theirs))
    editor = edie.post(theirs, {"act": "draw-in"})["Location"]
    begun = edie.get(editor).content.decode()
    assert "**Example:** Ours is green." in begun
    assert "An example from Street." in begun

    body = "Knock twice.\n\n**Example:** Ours is green.\n\nGo in.\n"
    assert edie.post(editor, {"title": "Hello", "body": body, "based_on": note.pk}).status_code == 409
    assert edie.post(editor, {"title": "Hello", "body": body, "based_on": core.pk}).status_code == 302

    offer.refresh_from_db()
    assert offer.answer == Answer.DRAWN_IN
    assert Edition.objects.get(pk=core.edition_id).credits == ["Street"]
    assert "Thanks to Street" in words(ben.get("/m/street-manual/p/hello/"))
    assert edie.get(editor).status_code == 404


def test_withdrawn_it_is_there_for_the_team_alone(cast: Cast, offer: Offer) -> None:
    ben, edie = as_(cast, "ben"), as_(cast, "edie")
    mine, theirs = f"/m/street-manual/offers/{offer.pk}/", f"/m/core/offers/{offer.pk}/"
    assert ben.post(mine, {"act": "withdraw"}).status_code == 302
    assert "Only your team sees this." in words(ben.get(mine))
    assert edie.get(theirs).status_code == 404
    assert "Hello" not in words(edie.get("/m/core/offers/"))
    assert ben.post(mine, {"act": "withdraw"}).status_code == 409


def test_those_who_may_look_but_not_write_are_told_why(cast: Cast, offer: Offer) -> None:
    cora = as_(cast, "cora")
    mine = f"/m/street-manual/offers/{offer.pk}/"
    assert "Only members of this team can change its manual." in words(cora.get(mine))
    assert cora.post(mine, {"act": "withdraw"}).status_code == 403
    assert as_(cast, "cleo").get(mine).status_code == 404
    assert not Remark.objects.exists()


def test_a_page_that_is_new_to_them_is_shown_as_it_reads(cast: Cast) -> None:
    own = add_page(actor=cast.actor("ben"), manual=cast.team_manual, text=Text("Bells", "Ring **once**."))
    of = {"actor": cast.actor("ben"), "manual": cast.team_manual, "to": cast.core}
    offer = make_offer(**of, revision=own, seen=Seen("A bell is heard."))

    html = as_(cast, "edie").get(f"/m/core/offers/{offer.pk}/").content.decode()

    assert "Ring <strong>once</strong>." in html
    assert "<ins>" not in html
    assert "before it becomes a page of this manual" in html
