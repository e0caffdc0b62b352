"""What a reader from outside suggested goes no further than that person was told before they wrote."""

from html import unescape
from importlib import import_module

import pytest
from django.apps import apps
from django.http import HttpResponse
from tests.conftest import Cast
from tests.manual.remarks_made import remark, suggest
from tests.together.made import as_

from fieldcraft.errors import Invalid
from fieldcraft.manual.actions.passing import pass_on
from fieldcraft.manual.actions.remarks import let_remark_stand, settle_remark
from fieldcraft.manual.models import Manual, Outcome, Remark, Revision
from fieldcraft.manual.queries.offers import remarks_to_tick
from fieldcraft.manual.queries.remarks import state_of

SAID = "Say who you are before you knock, please, and wait until somebody has answered you."
RETOLD = "A reader would rather hear a name first."


def words(answer: HttpResponse) -> str:
    return " ".join(unescape(answer.content.decode()).split())


def here(made: Remark) -> str:
    return f"/m/street-manual/remarks/{made.pk}/"


@pytest.fixture
def held(cast: Cast, page: Revision, open_manual: Manual) -> Remark:
    return suggest(cast, page, by="cleo", body=SAID)


@pytest.fixture
def let_stand(cast: Cast, held: Remark) -> Remark:
    let_remark_stand(actor=cast.actor("ben"), remark=held, seen=state_of(held))
    return Remark.objects.get(pk=held.pk)


def test_what_is_held_is_not_passed_on_and_the_button_says_why(cast: Cast, held: Remark) -> None:
    ben = as_(cast, "ben")

    screen = words(ben.get(here(held)))

    assert f'href="{here(held)}pass-on/"' not in screen
    assert "disabled" in screen[: screen.index("Pass it on to the core")][-120:]
    assert "Let it stand first" in screen
    asked = words(ben.get(f"{here(held)}pass-on/"))
    assert ("Let it stand first" in asked, SAID in asked, "<textarea" in asked) == (True, False, False)
    assert ben.post(f"{here(held)}pass-on/", {"to": "core", "body": RETOLD}).status_code == 400
    with pytest.raises(Invalid):
        pass_on(actor=cast.actor("ben"), remark=held, to=cast.core, body=RETOLD)
    assert not Remark.objects.filter(manual=cast.core).exists()


def test_who_still_holds_an_older_copy_in_their_hands_is_answered_by_what_is(cast: Cast, held: Remark) -> None:
    older = Remark.objects.get(pk=held.pk)
    older.is_held = False

    with pytest.raises(Invalid):
        pass_on(actor=cast.actor("ben"), remark=older, to=cast.core, body=RETOLD)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_settled_it_stays_among_those_who_change_the_pages(cast: Cast, held: Remark, outcome: Outcome) -> None:
    settled = {"outcome": outcome, "answer": "We do this already.", "seen": state_of(held)}
    settle_remark(actor=cast.actor("ben"), remark=held, **settled)

    assert "Let it stand first" in words(as_(cast, "ben").get(here(held)))
    with pytest.raises(Invalid, match="Let it stand first"):
        pass_on(actor=cast.actor("ben"), remark=held, to=cast.core, body=RETOLD)


def test_let_stand_after_it_was_settled_it_is_retold_and_never_copied(cast: Cast, held: Remark) -> None:
    settled = {"outcome": Outcome.CHANGED, "answer": "We say it first now.", "seen": state_of(held)}
    settle_remark(actor=cast.actor("ben"), remark=held, **settled)
    held.refresh_from_db()
    as_(cast, "ben").post(here(held), {"act": "stand", "seen": state_of(held)})

    form = words(as_(cast, "ben").get(f"{here(held)}pass-on/"))

    assert SAID not in form[form.index("<textarea") :]
    with pytest.raises(Invalid, match="their own words"):
        pass_on(actor=cast.actor("ben"), remark=held, to=cast.core, body=SAID)


def test_agreeing_a_draft_that_was_made_of_it_shows_it_to_nobody_else(cast: Cast, page: Revision, held: Remark) -> None:
    sent = {"title": "Hello", "body": "Say your name. Knock.", "based_on": str(page.pk), "remark": str(held.pk)}
    assert as_(cast, "ben").post("/m/street-manual/p/hello/change/", sent).status_code == 302

    held.refresh_from_db()
    assert (held.outcome, held.is_held) == (Outcome.CHANGED, True)
    assert as_(cast, "edie").get(here(held)).status_code == 404
    assert SAID in words(as_(cast, "ben").get(here(held)))
    assert SAID not in words(as_(cast, "edie").get("/m/street-manual/p/hello/"))


def test_once_it_stands_it_is_retold_and_the_screen_says_what_the_others_will_read(
    cast: Cast, let_stand: Remark
) -> None:
    form = words(as_(cast, "ben").get(f"{here(let_stand)}pass-on/"))

    box = form[form.index("<textarea") : form.index("</textarea>")]
    assert SAID not in box
    assert SAID in form[: form.index("<textarea")]
    assert "Say it in your own words" in form[: form.index("<textarea")]
    assert "that a reader from outside suggested it, but not who" in form


def test_a_colleagues_remark_still_comes_with_its_words(cast: Cast, page: Revision) -> None:
    made = remark(cast, page)

    form = words(as_(cast, "ben").get(f"{here(made)}pass-on/"))

    assert made.body in form[form.index("<textarea") : form.index("</textarea>")]
    assert "a reader from outside" not in form


@pytest.mark.parametrize(
    "body",
    [
        SAID,
        f"  {SAID.upper()} ",
        f"Somebody said:\r\n\r\n> {SAID}\n\nSo do we.",
        "We are told: say who you are before you knock, please.",
    ],
)
def test_the_readers_own_words_are_not_passed_on_even_when_copied_by_hand(
    cast: Cast, let_stand: Remark, body: str
) -> None:
    answer = as_(cast, "ben").post(f"{here(let_stand)}pass-on/", {"to": "core", "body": body})

    assert answer.status_code == 400
    assert "their own words" in words(answer)
    assert body.split()[-1] in words(answer)
    with pytest.raises(Invalid):
        pass_on(actor=cast.actor("ben"), remark=let_stand, to=cast.core, body=body)


def test_a_word_or_two_are_anybodys(cast: Cast, page: Revision, open_manual: Manual) -> None:
    made = suggest(cast, page, body="More pictures, please")
    let_remark_stand(actor=cast.actor("ben"), remark=made, seen=state_of(made))

    assert pass_on(actor=cast.actor("ben"), remark=made, to=cast.core, body="A reader would like more pictures.")


def test_the_others_read_the_retelling_and_that_it_came_from_outside(cast: Cast, let_stand: Remark) -> None:
    sent = as_(cast, "ben").post(f"{here(let_stand)}pass-on/", {"to": "core", "body": RETOLD})

    assert sent.status_code == 302
    made = Remark.objects.get(manual=cast.core)
    edie = as_(cast, "edie")
    for address in (f"/m/core/remarks/{made.pk}/", "/m/core/editorial/", "/m/core/p/hello/"):
        seen = words(edie.get(address))
        assert RETOLD in seen
        assert "Ben" in seen
        assert "retold from what a reader from outside suggested" in seen
        assert SAID not in seen
        assert "Cleo" not in seen


def test_beside_the_page_colleagues_see_that_it_came_from_outside(cast: Cast, let_stand: Remark) -> None:
    assert "Cleo, from outside" in words(as_(cast, "ben").get(here(let_stand)))
    assert "Cleo, from outside" in words(as_(cast, "ben").get("/m/street-manual/p/hello/"))


def test_the_words_of_a_reader_from_outside_go_with_no_offer(cast: Cast, page: Revision, let_stand: Remark) -> None:
    own = remark(cast, page)

    assert remarks_to_tick(cast.actor("ben"), cast.team_manual, page.edition.page_id) == [own]


def test_of_earlier_suggestions_the_trail_tells_that_they_came_from_outside(
    cast: Cast, page: Revision, let_stand: Remark
) -> None:
    own = remark(cast, page)
    Remark.objects.update(is_from_outside=False)

    import_module("fieldcraft.manual.migrations.0011_suggested_from_outside").those_that_were_held(apps, None)

    found = dict(Remark.objects.values_list("pk", "is_from_outside"))
    assert found == {let_stand.pk: True, own.pk: False}


def test_the_form_promises_what_is_kept(cast: Cast, open_manual: Manual) -> None:
    form = words(as_(cast, "anyone").get("/m/street-manual/p/hello/remark/"))

    assert "and then only their colleagues" in form
    assert "in words of their own and without your name" in form
