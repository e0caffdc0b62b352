"""The licence gate: who opens an instrument, with which evidence and wording, and for whom."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.conftest import Cast

from fieldcraft.audit.models import Event
from fieldcraft.errors import Invalid, NotAllowed, NotFound
from fieldcraft.measures.actions.permissions import Given, end_permission, enter_permission
from fieldcraft.measures.models import PackPermission
from fieldcraft.measures.queries.asked import answer_keys, open_packs
from fieldcraft.measures.queries.packs import OWN_WEEK, latest_packs, pack_named
from fieldcraft.people.access import ANYONE
from fieldcraft.people.models import Organisation

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PACK = pack_named("gse-3")
WORDING = {item.key: f"Own copy {item.key}" for item in PACK.items} | {key: f"word {key}" for key in answer_keys(PACK)}
GIVEN = Given("The holder", date(2026, 1, 5), "Folder 7", WORDING)
HERE = "/measures/gse-3/permission/"


def as_(cast: Cast, name: str) -> Client:
    client = Client()
    if name != "anyone":
        client.force_login(cast.people[name], BACKEND)
    return client


def entered(cast: Cast, who: str = "cora", given: Given = GIVEN) -> PackPermission:
    return enter_permission(actor=cast.actor(who), organisation_id=cast.organisation.pk, pack=PACK, given=given)


def opened(cast: Cast, name: str) -> list[str]:
    actor = ANYONE if name == "anyone" else cast.actor(name)
    return [asked.pack.id for asked in open_packs(actor)]


def test_only_what_needs_no_permission_is_open_at_first(cast: Cast) -> None:
    assert opened(cast, "ben") == opened(cast, "anyone") == [OWN_WEEK]


@pytest.mark.parametrize("who", ["ada", "cora"])
def test_administrators_and_convenors_open_it_to_their_own_people(cast: Cast, who: str) -> None:
    entered(cast, who)

    assert opened(cast, "ben") == [OWN_WEEK, "gse-3"]
    assert opened(cast, "cleo") == opened(cast, "anyone") == [OWN_WEEK]
    assert Event.objects.filter(verb="permission.entered").count() == 1


@pytest.mark.parametrize("who", ["ben", "ana", "edie", "cleo"])
def test_nobody_else_enters_or_ends_it(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        entered(cast, who)
    made = entered(cast)

    with pytest.raises(NotFound if who == "cleo" else NotAllowed):
        end_permission(actor=cast.actor(who), permission_id=made.pk)

    assert opened(cast, "ben") == [OWN_WEEK, "gse-3"]


def test_an_office_elsewhere_opens_nothing_here(cast: Cast) -> None:
    elsewhere = Organisation.objects.get(slug="elsewhere")

    with pytest.raises(NotAllowed):
        enter_permission(actor=cast.actor("ada"), organisation_id=elsewhere.pk, pack=PACK, given=GIVEN)


@pytest.mark.parametrize(
    "given",
    [
        Given(" ", date(2026, 1, 5), "Folder 7", WORDING),
        Given("The holder", date(2026, 1, 5), " ", WORDING),
        Given("The holder", timezone.localdate() + timedelta(days=2), "Folder 7", WORDING),
        Given("The holder", date(2026, 1, 5), "Folder 7"),
        Given("The holder", date(2026, 1, 5), "Folder 7", {**WORDING, "2": " "}),
        Given("The holder", date(2026, 1, 5), "Folder 7", {**WORDING, "answer-5": ""}),
    ],
)
def test_evidence_and_wording_are_whole(cast: Cast, given: Given) -> None:
    with pytest.raises(Invalid):
        entered(cast, given=given)

    assert PackPermission.objects.count() == 0


def test_what_needs_no_permission_takes_none(cast: Cast) -> None:
    with pytest.raises(Invalid):
        enter_permission(
            actor=cast.actor("ada"), organisation_id=cast.organisation.pk, pack=pack_named(OWN_WEEK), given=GIVEN
        )


def test_new_evidence_takes_the_place_of_the_old(cast: Cast) -> None:
    first, second = entered(cast), entered(cast, "ada")

    first.refresh_from_db()
    assert first.ended_at
    assert second.ended_at is None


def test_a_file_without_wording_never_opens_by_a_row_alone(cast: Cast) -> None:
    made = entered(cast)
    PackPermission.objects.filter(pk=made.pk).update(items={"1": "Only one"})

    assert opened(cast, "ben") == [OWN_WEEK]


def test_everybody_reads_what_is_asked_and_why(cast: Cast) -> None:
    for who in ("anyone", "ben", "cleo"):
        html = as_(cast, who).get("/measures/").content.decode()
        assert html.count("<li><a") >= len(latest_packs())
        assert "not validated" in html
        own = as_(cast, who).get("/measures/own-week/").content.decode()
        assert "Whatever I did, it would have come out the same." in own
        assert "CC0-1.0" in own


@pytest.mark.parametrize("who", ["anyone", "cleo"])
def test_the_wording_of_a_licensed_copy_stays_in_its_organisation(cast: Cast, who: str) -> None:
    entered(cast)
    assert "Own copy 2" in as_(cast, "ben").get("/measures/gse-3/").content.decode()

    html = as_(cast, who).get("/measures/gse-3/").content.decode()

    assert "Own copy" not in html
    assert "The holder" not in html
    assert "Folder 7" not in html


def test_where_the_document_lies_is_for_those_who_may_change_it(cast: Cast) -> None:
    entered(cast)

    assert "Folder 7" in as_(cast, "ada").get("/measures/gse-3/").content.decode()
    html = as_(cast, "ben").get("/measures/gse-3/").content.decode()
    assert "The holder" in html
    assert "Folder 7" not in html
    assert "Only an administrator or convenor" in html


def test_evidence_is_entered_through_the_form(cast: Cast) -> None:
    ada = as_(cast, "ada")
    assert ada.get(HERE).content.decode().count("word for word</label>") == 3
    sent = {
        "organisation": str(cast.organisation.pk),
        "given_by": "The holder",
        "given_on": "2026-01-05",
        "document": "Folder 7",
        **{f"item-{key}": text for key, text in WORDING.items()},
    }

    late = ada.post(HERE, {**sent, "item-2": ""})
    assert late.status_code == 400
    assert "Own copy 3" in late.content.decode()
    assert ada.post(HERE, sent)["Location"] == "/measures/gse-3/"

    made = PackPermission.objects.get()
    assert (made.given_by, made.items["2"], made.entered_by) == ("The holder", "Own copy 2", cast.people["ada"])
    assert ada.post(f"{HERE}{made.pk}/end/").status_code == 302
    assert opened(cast, "ben") == [OWN_WEEK]


def test_an_instrument_is_answered_where_it_is_open_and_nobody_learns_who_did(cast: Cast) -> None:
    at = "/compass/check-in/gse-3/"
    assert as_(cast, "ben").get(at).status_code == 404
    entered(cast)
    ben = as_(cast, "ben")
    html = ben.get(at).content.decode()
    assert "Own copy 1" in html
    assert "word answer-3" in html

    assert ben.post(at, {"item-1": "5", "item-2": "4", "item-3": "3", "seen": ""})["Location"] == f"{at}done/"

    assert "GSE-3, self-efficacy" in ben.get("/compass/weeks/").content.decode()
    for path in ("/measures/", "/measures/gse-3/", HERE):
        assert "answered by" not in as_(cast, "ada").get(path).content.decode()


def test_there_is_no_form_for_what_needs_no_permission(cast: Cast) -> None:
    assert as_(cast, "ada").get("/measures/own-week/permission/").status_code == 404
    assert as_(cast, "ada").get("/measures/rfq-8/").status_code == 404
