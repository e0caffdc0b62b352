"""A page that was set aside has a home: at the end of the contents and beside what can be brought back."""

import pytest
from django.test import Client
from tests.conftest import Cast
from tests.manual.made import words
from tests.together.made import as_

from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.manuals import open_to
from fieldcraft.manual.actions.pages import add_page, set_page_aside
from fieldcraft.manual.models import Audience, Manual, Revision


@pytest.fixture
def aside(cast: Cast) -> Revision:
    below = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Kettles", "Boil."))
    where = {"manual": cast.team_manual, "page_id": below.edition.page_id}
    return set_page_aside(actor=cast.actor("ben"), **where, reason="We have no kitchen.", based_on=below.pk)


def test_the_contents_end_with_what_was_set_aside(cast: Cast, aside: Revision) -> None:
    answer = as_(cast, "ben").get("/m/street-manual/")

    assert "Set aside (1) Kettles" in words(answer)
    assert 'href="/m/street-manual/p/kettles/"' in answer.content.decode()
    assert "Set aside" not in words(as_(cast, "ben").get("/m/core/"))


def test_a_manual_with_nothing_but_pages_set_aside_does_not_ask_for_an_import(cast: Cast, aside: Revision) -> None:
    answer = words(as_(cast, "ben").get("/m/street-manual/"))

    assert "No pages yet" not in answer
    assert "Every page of this manual is set aside." in answer


def test_readers_find_it_too_and_are_told_why_at_its_address(cast: Cast, aside: Revision) -> None:
    open_to(actor=cast.actor("edie"), manual=cast.core, audience=Audience.PUBLIC)
    open_to(actor=cast.actor("ana"), manual=Manual.objects.get(pk=cast.team_manual.pk), audience=Audience.PUBLIC)

    assert "Set aside (1) Kettles" in words(Client().get("/m/street-manual/"))
    assert "We have no kitchen." in words(Client().get("/m/street-manual/p/kettles/"))


def test_bring_something_back_leads_to_it(cast: Cast, aside: Revision) -> None:
    answer = as_(cast, "ben").get("/m/street-manual/gone/")

    assert "Set aside Pages that are not in use here. Open one to use it again. Kettles" in words(answer)
    assert 'href="/m/street-manual/p/kettles/"' in answer.content.decode()


def test_a_section_of_a_long_contents_does_not_repeat_it(cast: Cast, aside: Revision) -> None:
    add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Tea", "Pour.", section=("Drinks",)))

    assert "Set aside (1)" in words(as_(cast, "ben").get("/m/street-manual/"))
    assert "Set aside (1)" not in words(as_(cast, "ben").get("/m/street-manual/?section=drinks"))
