"""A page that is to have another page's name, or a former one, is asked about once before it is kept."""

from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.conftest import Cast
from tests.together.made import as_

from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.pages import add_page, revise
from fieldcraft.manual.models import Edition, Revision

ADD = "/m/street-manual/add/"
NOW = "There is a page with this name already."
BEFORE = "A page had this name before."


def words(answer: HttpResponse) -> str:
    return " ".join(unescape(answer.content.decode()).split())


def text(title: str, **more: str) -> dict[str, str]:
    return {"title": title, "body": "My own long words.", "tags": "", "reason": "", "pole": "", **more}


def same_name_of(answer: HttpResponse) -> str:
    """What the form sends when its button is pressed again."""
    return str(answer.context["form"]["same_name"].value())


@pytest.fixture
def supervision(cast: Cast) -> Revision:
    return add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Supervision", "Every second week."))


@pytest.fixture
def landing(cast: Cast) -> Revision:
    """It was named "The back stairs"."""
    old = add_page(actor=cast.actor("ben"), manual=cast.team_manual, text=Text("The back stairs", "Mind the step."))
    return revise(
        actor=cast.actor("ben"), edition=old.edition, text=Text("The landing", "Mind the step."), based_on=old.pk
    )


@pytest.fixture
def ben(cast: Cast) -> Client:
    return as_(cast, "ben")


def test_a_name_that_a_page_of_any_layer_has_is_asked_about_and_pressing_again_goes_on(
    ben: Client, supervision: Revision
) -> None:
    asked = ben.post(ADD, text(" supervision "))

    assert asked.status_code == 400
    seen = words(asked)
    assert NOW in seen
    assert '<a href="/m/street-manual/p/supervision/">Supervision</a>' in seen
    assert "My own long words." in seen
    assert not Edition.objects.filter(manual__slug="street-manual").exists()

    again = ben.post(ADD, text("Supervision", same_name=same_name_of(asked)))

    assert again.status_code == 302
    assert Edition.objects.get(manual__slug="street-manual").title == "Supervision"


def test_the_answer_counts_for_that_name_alone(ben: Client, supervision: Revision, landing: Revision) -> None:
    asked = ben.post(ADD, text("Supervision"))

    assert BEFORE in words(ben.post(ADD, text("The back stairs", same_name=same_name_of(asked))))


def test_a_former_name_is_asked_about_because_its_links_would_lead_elsewhere(ben: Client, landing: Revision) -> None:
    seen = words(ben.post(ADD, text("The back stairs")))

    assert BEFORE in seen
    assert '<a href="/m/street-manual/p/the-landing/">The landing</a>' in seen
    assert Edition.objects.filter(manual__slug="street-manual").count() == 1


def test_renaming_is_asked_about_too_and_keeping_the_name_is_not(
    ben: Client, landing: Revision, supervision: Revision
) -> None:
    change, based_on = "/m/street-manual/p/the-landing/change/", str(landing.pk)

    asked = ben.post(change, text("Supervision", based_on=based_on))
    assert asked.status_code == 400
    assert NOW in words(asked)
    assert ben.post(change, text("the Landing", based_on=based_on)).status_code == 302
    now = str(Edition.objects.get(pk=landing.edition_id).current_id)
    assert ben.post("/m/street-manual/p/the-landing/change/", text("The back stairs", based_on=now)).status_code == 302
    now = str(Edition.objects.get(pk=landing.edition_id).current_id)
    again = text("Supervision", based_on=now, same_name=same_name_of(asked))
    assert ben.post("/m/street-manual/p/the-back-stairs/change/", again).status_code == 302


def test_looking_at_the_change_first_asks_nothing_and_keeps_the_answer(ben: Client, supervision: Revision) -> None:
    asked = ben.post(ADD, text("Supervision"))

    looked = ben.post(ADD, text("Supervision", preview="yes", same_name=same_name_of(asked)))

    assert looked.status_code == 200
    assert same_name_of(looked) == same_name_of(asked)


def test_a_name_of_which_only_the_address_is_alike_is_free(ben: Client, supervision: Revision) -> None:
    assert ben.post(ADD, text("Supervision!?")).status_code == 302
