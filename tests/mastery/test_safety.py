"""Whom to call: said before a compass opens, by whoever may say it, and never written over unseen."""

import pytest
from django.test import Client
from tests.conftest import Cast

from fieldcraft.audit.models import Event
from fieldcraft.errors import Invalid, NotAllowed, Stale
from fieldcraft.mastery.actions.safety import set_safety
from fieldcraft.mastery.models import Safety
from fieldcraft.mastery.queries.safety import mark_of

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
HERE = "/compass/safety/harbour-trust/"
SAID = {"whom_to_call": "The night desk.", "safeguarding": "Tell the duty lead."}


def as_(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.people[name], BACKEND)
    return client


@pytest.mark.parametrize("name", ["ada", "cora"])
def test_administrators_and_convenors_open_the_compass_by_saying_it(cast: Cast, name: str) -> None:
    Safety.objects.all().delete()
    client, ben = as_(cast, name), as_(cast, "ben")
    assert ben.get("/compass/").status_code == 403
    assert HERE not in ben.get("/compass/").content.decode()
    assert HERE in client.get("/compass/").content.decode()

    assert client.post(HERE, {**SAID, "seen": client.get(HERE).context["form"]["seen"].value()}).status_code == 302

    opened = ben.get("/compass/")
    assert opened.status_code == 200
    assert "The night desk." in opened.content.decode()
    event = Event.objects.latest("id")
    assert (event.verb, event.subject, event.by) == ("safety.set", cast.organisation.pk, cast.people[name].pk)


@pytest.mark.parametrize("name", ["ben", "ana", "edie"])
def test_everybody_of_the_organisation_reads_it_and_nobody_else_sets_it(cast: Cast, name: str) -> None:
    client = as_(cast, name)

    read = client.get(HERE).content.decode()
    answer = client.post(HERE, {**SAID, "seen": mark_of(Safety.objects.get())})

    assert "The duty desk." in read
    assert 'name="whom_to_call"' not in read
    assert answer.status_code == 403
    assert Safety.objects.get().whom_to_call == "The duty desk."
    with pytest.raises(NotAllowed):
        set_safety(actor=cast.actor(name), organisation=cast.organisation, **SAID)


def test_an_organisation_of_others_is_not_there(cast: Cast) -> None:
    assert as_(cast, "cleo").get(HERE).status_code == 404
    assert as_(cast, "ada").get("/compass/safety/elsewhere/").status_code == 404


def test_the_second_of_two_at_once_sees_what_the_first_said_and_keeps_their_words(cast: Cast) -> None:
    seen = mark_of(Safety.objects.get())
    set_safety(actor=cast.actor("ada"), organisation=cast.organisation, seen=seen, **SAID)

    sent = {"whom_to_call": "Another desk.", "safeguarding": "Another route.", "seen": seen}
    answer = as_(cast, "cora").post(HERE, sent)

    assert answer.status_code == 409
    said = answer.content.decode()
    assert "The night desk." in said
    assert "Another desk." in said
    assert answer.context["form"]["seen"].value() == mark_of(Safety.objects.get())
    with pytest.raises(Stale):
        set_safety(actor=cast.actor("ada"), organisation=cast.organisation, seen="", **SAID)


@pytest.mark.parametrize("empty", ["whom_to_call", "safeguarding"])
def test_both_must_be_said(cast: Cast, empty: str) -> None:
    seen = mark_of(Safety.objects.get())

    assert as_(cast, "ada").post(HERE, {**SAID, "seen": seen, empty: " "}).status_code == 400
    with pytest.raises(Invalid):
        set_safety(actor=cast.actor("ada"), organisation=cast.organisation, seen=seen, **{**SAID, empty: " "})


def test_the_organisations_page_leads_there(cast: Cast) -> None:
    for name in ("ada", "ben"):
        assert HERE in as_(cast, name).get("/people/organisations/harbour-trust/").content.decode()
