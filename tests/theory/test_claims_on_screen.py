"""The theory and the psychology on screen: without JavaScript, for all staff, and nothing lost."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.conftest import Cast

from fieldcraft.theory import models
from fieldcraft.theory.actions.claims import start_from_starter
from fieldcraft.theory.models import Challenge, Claim, ClaimText, Construct, Kind, LoopName, Says, Verdict

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
HERE = "/organisations/harbour-trust/"
WRITTEN = {
    "cause_words": "Tea",
    "outcome_words": "talk",
    "sign": "more",
    "delay": "month",
    "because": "We have seen it.",
    "source": "Our own notes.",
    "would_see": "More of it.",
    "would_change": "Less of it.",
    "sure": "hunch",
    "review_on": "2099-03-01",
}


def as_(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.people[name], BACKEND)
    return client


def html(answer: Any) -> str:
    return str(answer.content.decode())


def begun(cast: Cast, kind: Kind = Kind.LEARNING) -> Claim:
    start_from_starter(actor=cast.actor("cora"), organisation_id=cast.organisation.pk, kind=kind)
    return Claim.objects.filter(theory__kind=kind).order_by("pk")[0]


@pytest.mark.parametrize("kind", ["theory", "psychology"])
def test_an_empty_one_offers_the_starter_or_nothing_to_those_who_keep_it(cast: Cast, kind: str) -> None:
    path = f"{HERE}{kind}/"

    assert f'action="{path}start/"' in html(as_(cast, "cora").get(path))
    assert "Convenors and administrators write this down" in html(as_(cast, "ben").get(path))
    assert as_(cast, "ben").post(f"{path}start/").status_code == 403
    assert as_(cast, "cora").post(f"{path}start/").status_code == 302
    assert "Nothing is stated here yet" not in html(as_(cast, "ben").get(path))
    assert as_(cast, "ada").post(f"{path}start/").status_code == 400, "it is begun once"


def test_every_screen_says_who_sees_it(cast: Cast) -> None:
    claim = begun(cast)
    for path in (
        "theory/",
        "theory/history/",
        f"claims/{claim.pk}/",
        f"claims/{claim.pk}/challenge/",
        "theory/picture/",
    ):
        assert "Everybody at Harbour Trust reads" in html(as_(cast, "ben").get(HERE + path)), path


def test_a_link_is_added_in_own_words_or_from_what_is_measured(cast: Cast) -> None:
    client = as_(cast, "cora")
    page = html(client.get(f"{HERE}theory/add/"))
    assert "connection to purpose" in page
    measured = {**WRITTEN, "cause": "connection to purpose", "cause_words": ""}

    for sent in (WRITTEN, measured):
        assert client.post(f"{HERE}theory/add/", sent).status_code == 302

    said = set(ClaimText.objects.values_list("says", flat=True))
    assert said == {
        "When there is more Tea, there is more talk, after about a month.",
        "When there is more connection to purpose, there is more talk, after about a month.",
    }
    assert Construct.objects.get(name="connection to purpose").measure == "own-week:purpose"
    assert Construct.objects.get(name="Tea").measure == ""


@pytest.mark.parametrize("missing", ["cause_words", "outcome_words", "because", "source", "would_see", "would_change"])
def test_what_is_missing_is_asked_for_and_what_was_written_comes_back(cast: Cast, missing: str) -> None:
    answer = as_(cast, "cora").post(f"{HERE}theory/add/", {**WRITTEN, missing: ""})

    assert answer.status_code == 400
    assert "Please look at this again" in html(answer)
    assert not Claim.objects.exists()
    assert all(word in html(answer) for name, word in WRITTEN.items() if name != missing)
    assert "This field is required" not in html(answer)


def test_a_claim_is_looked_at_again_on_a_day_that_lies_ahead(cast: Cast) -> None:
    today = timezone.localdate()
    answer = as_(cast, "cora").post(f"{HERE}theory/add/", {**WRITTEN, "review_on": today.isoformat()})

    assert answer.status_code == 400
    assert "Choose a day that lies ahead." in html(answer)
    assert not Claim.objects.exists()


def test_the_same_link_twice_is_refused_in_words(cast: Cast) -> None:
    client = as_(cast, "cora")
    client.post(f"{HERE}theory/add/", WRITTEN)

    answer = client.post(f"{HERE}theory/add/", WRITTEN)

    assert answer.status_code == 400
    assert "This link is there already" in html(answer)
    assert Claim.objects.count() == 1


def test_a_claim_of_the_psychology_names_what_follows_from_it(cast: Cast) -> None:
    sent = {**WRITTEN, "part": "compassion", "says": "People are tired.", "follows": ["kinder-reading", "no-numbers"]}
    client = as_(cast, "ada")

    assert client.post(f"{HERE}psychology/add/", sent).status_code == 302

    page = html(as_(cast, "ben").get(f"{HERE}psychology/"))
    assert "People are tired." in page
    assert "A kinder reading" in page
    assert "held by a rule" in page
    assert page.count("Nothing is stated about this yet, and a psychology needs it.") == 2
    assert "nobody here has said why" in page


def test_changing_asks_why_and_the_old_text_stays(cast: Cast) -> None:
    claim = begun(cast)
    path = f"{HERE}claims/{claim.pk}/change/"
    client = as_(cast, "cora")
    based_on = {"based_on": claim.current_id}

    refused = client.post(path, {**WRITTEN, **based_on, "reason": ""})
    kept = client.post(path, {**WRITTEN, **based_on, "reason": "We looked again."})

    assert (refused.status_code, kept.status_code) == (400, 302)
    page = html(as_(cast, "ben").get(f"{HERE}claims/{claim.pk}/"))
    assert "We looked again." in page
    assert "What changed" in page
    assert as_(cast, "ben").get(path).status_code == 403


def test_two_who_change_at_once_lose_nothing(cast: Cast) -> None:
    claim = begun(cast)
    path = f"{HERE}claims/{claim.pk}/change/"
    sent = {**WRITTEN, "based_on": claim.current_id, "reason": "Mine."}
    as_(cast, "ada").post(path, {**sent, "because": "Theirs."})

    answer = as_(cast, "cora").post(path, {**sent, "because": "My own words."})

    assert answer.status_code == 409
    assert "My own words." in html(answer)
    assert "It was changed by Ada" in html(answer)
    assert "<dd>Theirs.</dd>" in html(answer), "what it says now stands beside what was written"
    assert ClaimText.objects.filter(claim=claim).count() == 2
    again = re.search(r'name="based_on" value="([0-9a-f-]+)"', html(answer))
    assert again
    sent_again = {**sent, "because": "My own words.", "based_on": again[1]}
    assert as_(cast, "cora").post(path, sent_again).status_code == 302


def test_history_and_any_two_versions(cast: Cast) -> None:
    claim = begun(cast)
    sent = {**WRITTEN, "based_on": claim.current_id, "reason": "We looked again."}
    as_(cast, "cora").post(f"{HERE}claims/{claim.pk}/change/", sent)
    client = as_(cast, "ben")

    history = html(client.get(f"{HERE}theory/history/"))
    compared = html(client.get(f"{HERE}theory/compare/?old=1&new=2"))
    texts = list(ClaimText.objects.filter(claim=claim).order_by("version"))
    one = html(client.get(f"{HERE}claims/{claim.pk}/compare/?old={texts[0].pk}&new={texts[1].pk}"))

    whole = html(client.get(f"{HERE}theory/compare/?old=1&new=2&whole=1"))
    assert "14 claims say the same in both and are left out." in compared
    assert "contributing to the manual" not in compared
    assert "contributing to the manual" in whole
    assert "Begun with Fieldcraft" in history
    assert "We looked again." in history
    assert "Cora" in history
    assert all("<ins>" in page and "<del>" in page for page in (compared, one))
    assert client.get(f"{HERE}theory/compare/?old=1&new=9").status_code == 404
    assert client.get(f"{HERE}claims/{claim.pk}/compare/?old=1&new=2").status_code == 404


def test_a_challenge_stands_on_the_claim_until_it_is_answered(cast: Cast) -> None:
    claim = begun(cast)
    ben, cora = as_(cast, "ben"), as_(cast, "cora")
    assert ben.post(f"{HERE}claims/{claim.pk}/challenge/", {"words": "I saw otherwise."}).status_code == 302
    made = Challenge.objects.get()

    assert "1 open challenge" in html(as_(cast, "ana").get(f"{HERE}theory/"))
    assert ben.post(f"{HERE}challenges/{made.pk}/", {"outcome": "stands", "answer": "So."}).status_code == 403
    not_so = cora.post(f"{HERE}challenges/{made.pk}/", {"outcome": "dropped", "answer": "So."})
    assert not_so.status_code == 400
    assert "Drop it first" in html(not_so)
    assert (
        cora.post(f"{HERE}challenges/{made.pk}/", {"outcome": "stands", "answer": "Because of this."}).status_code
        == 302
    )

    page = html(as_(cast, "ana").get(f"{HERE}claims/{claim.pk}/"))
    assert "Because of this." in page
    assert "1 open challenge" not in page


def test_dropping_says_why_and_leaves_the_claim_to_be_read(cast: Cast) -> None:
    claim = begun(cast)
    client = as_(cast, "cora")
    sent = {"reason": "It was not so.", "based_on": claim.current_id}

    assert client.post(f"{HERE}claims/{claim.pk}/drop/", sent).status_code == 302

    assert str(claim.pk) not in html(as_(cast, "ben").get(f"{HERE}theory/"))
    page = html(as_(cast, "ben").get(f"{HERE}claims/{claim.pk}/"))
    assert "This is not claimed any more." in page
    assert "It was not so." in page
    assert client.get(f"{HERE}claims/{claim.pk}/change/").status_code == 404


def test_a_claim_whose_day_has_passed_is_to_be_looked_at_again(cast: Cast) -> None:
    claim = begun(cast)
    ClaimText.objects.filter(pk=claim.current_id).update(review_on=date(2026, 1, 2))

    assert "was to be looked at again on" in html(as_(cast, "ben").get(f"{HERE}theory/"))


@pytest.mark.parametrize(
    ("says", "words", "line"),
    [
        (Says.SUPPORTS, "what people counted in supports it", "causal-held"),
        (Says.NO_LINK, "what people counted in speaks against it", "causal-against"),
        (Says.CANNOT_SAY, "tested: cannot say yet", "causal-open"),
    ],
)
def test_the_latest_verdict_stands_on_the_claim_and_draws_its_line(
    cast: Cast, says: Says, words: str, line: str
) -> None:
    claim = begun(cast)
    by = cast.people["cora"]
    test = models.Test.objects.create(claim=claim, text=claim.current, registered={}, digest="x", by=by)
    Verdict.objects.create(test=test, on=date(2026, 1, 1), says=Says.OTHER_WAY, rule="1")
    Verdict.objects.create(test=test, on=date(2026, 4, 1), says=says, rule="1")

    page = html(as_(cast, "ben").get(f"{HERE}theory/"))

    assert page.count(words) >= 1
    title = claim.current.says if claim.current else ""
    assert re.search(rf"<title>{re.escape(title)}</title><path [^>]*{line}", page)


def test_a_thing_is_moved_by_a_form_and_stops_at_the_edge(cast: Cast) -> None:
    begun(cast)
    construct = Construct.objects.order_by("pk")[0]
    client = as_(cast, "cora")
    assert f'value="{construct.pk}"' in html(client.get(f"{HERE}theory/picture/"))

    client.post(f"{HERE}theory/picture/move/", {"box": construct.pk, "x": "0.5", "y": "0.5"})
    assert client.post(f"{HERE}theory/picture/move/", {"box": construct.pk, "move": "left"}).status_code == 302
    construct.refresh_from_db()
    assert (construct.x, construct.y) == (pytest.approx(0.46), 0.5)
    for _step in range(20):
        client.post(f"{HERE}theory/picture/move/", {"box": construct.pk, "move": "up"})
    construct.refresh_from_db()
    assert construct.y == 0

    client.post(f"{HERE}theory/picture/move/", {"box": construct.pk, "arrange": "1"})
    construct.refresh_from_db()
    assert (construct.x, construct.y) == (None, None)


def test_a_script_gets_the_part_with_the_picture_and_what_to_say(cast: Cast) -> None:
    begun(cast)
    construct = Construct.objects.order_by("pk")[0]
    sent = {"box": construct.pk, "x": "0.99", "y": "0.01"}

    answer = as_(cast, "cora").post(f"{HERE}theory/picture/move/", sent, headers={"X-Fieldcraft-Part": "picture"})

    assert answer.status_code == 200
    assert "<html" not in html(answer)
    assert f'data-said="“{construct.name}” stands at the top right."' in html(answer)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"move": "left"}, 404),
        ({"box": "x", "move": "left"}, 404),
        ({"move": "over"}, 400),
        ({"x": "nan", "y": "1"}, 400),
    ],
)
def test_nonsense_moves_nothing(cast: Cast, sent: dict[str, str], status: int) -> None:
    begun(cast)
    box = {"box": str(Construct.objects.order_by("pk")[0].pk)} if status == 400 else {}

    assert as_(cast, "cora").post(f"{HERE}theory/picture/move/", {**box, **sent}).status_code == status
    assert not Construct.objects.exclude(x=None).exists()


def test_only_those_who_keep_it_arrange_and_name(cast: Cast) -> None:
    begun(cast)
    construct = Construct.objects.order_by("pk")[0]
    client = as_(cast, "ben")

    assert client.post(f"{HERE}theory/picture/move/", {"box": construct.pk, "move": "left"}).status_code == 403
    assert client.post(f"{HERE}theory/picture/move/", {"arrange": "1"}).status_code == 403
    assert client.post(f"{HERE}theory/loops/name/", {"key": "x", "name": "y"}).status_code == 403
    assert "Arrange it without dragging" not in html(client.get(f"{HERE}theory/picture/"))


def test_a_loop_is_named_and_named_otherwise_and_its_name_taken_away(cast: Cast) -> None:
    begun(cast)
    client = as_(cast, "cora")
    key = re.search(r'name="key" value="([^"]+)"', html(client.get(f"{HERE}theory/")))
    assert key
    for name in ("Joy feeds joy", "The merry way round"):
        assert client.post(f"{HERE}theory/loops/name/", {"key": key[1], "name": name}).status_code == 302

    assert "The merry way round" in html(as_(cast, "ben").get(f"{HERE}theory/"))
    assert client.post(f"{HERE}theory/loops/name/", {"key": "none of them", "name": "x"}).status_code == 404
    client.post(f"{HERE}theory/loops/name/", {"key": key[1], "name": " "})
    assert not LoopName.objects.exists()


def test_the_picture_is_taken_along_as_a_file(cast: Cast) -> None:
    begun(cast)

    answer = as_(cast, "ben").get(f"{HERE}theory/picture/file/")

    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Content-Disposition"] == 'attachment; filename="theory.svg"'
    assert html(answer).startswith("<svg xmlns=")


def test_the_organisations_page_leads_there_by_a_panel(cast: Cast) -> None:
    page = html(as_(cast, "ben").get("/people/organisations/harbour-trust/"))
    part = html(as_(cast, "ben").get(f"{HERE}stated/", headers={"HX-Request": "true"}))

    assert f'href="{HERE}stated/"' in page
    assert "<html" not in part
    assert f'href="{HERE}theory/"' in part
    assert f'href="{HERE}psychology/"' in part
