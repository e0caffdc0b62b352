"""“Your team” is said to those who are of it; everybody else reads whose manual it is."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.conftest import Cast
from tests.manual.made import words
from tests.together.made import as_

from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.manuals import open_to
from fieldcraft.manual.actions.pages import adapt_page, add_page, give_up, revise, set_page_aside
from fieldcraft.manual.models import Audience, Edition, Manual, Revision
from fieldcraft.people.actions.community import set_quorum

AT = "/m/street-manual/"
INSIDE, OUTSIDE = ("ana", "ben"), ("anyone", "cleo", "edie", "cora")


@pytest.fixture
def below(cast: Cast) -> Revision:
    """A page of the core, in manuals that everybody may read."""
    open_to(actor=cast.actor("edie"), manual=cast.core, audience=Audience.PUBLIC)
    open_to(actor=cast.actor("ana"), manual=cast.team_manual, audience=Audience.PUBLIC)
    cast.team_manual = Manual.objects.get(pk=cast.team_manual.pk)
    return add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", "Knock twice."))


def on(cast: Cast, below: Revision) -> dict[str, Any]:
    return {"manual": cast.team_manual, "page_id": below.edition.page_id, "based_on": below.pk}


def aside(cast: Cast, below: Revision) -> Revision:
    return set_page_aside(actor=cast.actor("ben"), reason="We have no doors.", **on(cast, below))


def adapted(cast: Cast, below: Revision) -> Revision:
    return adapt_page(actor=cast.actor("ben"), text=Text("Hello", "Ring."), **on(cast, below))


def moved_on(cast: Cast, below: Revision) -> None:
    revise(actor=cast.actor("edie"), edition=below.edition, text=Text("Hello", "Knock once."), based_on=below.pk)


def read(cast: Cast, who: str, address: str) -> str:
    answer = as_(cast, who).get(address)
    assert answer.status_code == 200
    return words(answer)


@pytest.mark.parametrize("who", OUTSIDE)
def test_a_page_that_was_set_aside_says_by_whom(cast: Cast, below: Revision, who: str) -> None:
    aside(cast, below)

    screen = read(cast, who, f"{AT}p/hello/")

    assert "Street manual set this page aside We have no doors." in screen
    assert "our team" not in screen.partition("What you can do")[0]
    assert "Your team set this page aside" in read(cast, "ben", f"{AT}p/hello/")


@pytest.mark.parametrize("address", ["/m/core/p/hello/", f"{AT}p/hello/"])
@pytest.mark.parametrize("who", ["edie", "ben"])
def test_a_page_that_the_core_set_aside_says_so_to_its_editors_and_to_all_who_build_on_it(
    cast: Cast, below: Revision, who: str, address: str
) -> None:
    page: dict[str, Any] = {"manual": cast.core, "page_id": below.edition.page_id, "based_on": below.pk}
    set_page_aside(actor=cast.actor("edie"), reason="Nobody has doors.", **page)

    screen = read(cast, who, address)

    assert "Core set this page aside Nobody has doors." in screen
    assert "Why: Nobody has doors." not in screen


@pytest.mark.parametrize("who", OUTSIDE)
@pytest.mark.parametrize(
    ("made", "said"),
    [
        (aside, "The core has changed the page that Street manual set aside"),
        (adapted, "Street manual adapted this page; the core has moved on since"),
    ],
)
def test_a_page_that_the_core_has_moved_on_from_says_whose_it_is(
    cast: Cast, below: Revision, who: str, made: Callable[[Cast, Revision], Revision], said: str
) -> None:
    made(cast, below)
    moved_on(cast, below)

    screen = read(cast, who, f"{AT}p/hello/")

    assert said in screen
    assert "our team" not in screen.partition("More about this page")[0]
    assert "until your team decides" in read(cast, "ana", f"{AT}p/hello/")


@pytest.mark.parametrize("who", OUTSIDE)
def test_a_page_that_the_core_does_not_have_any_more(cast: Cast, below: Revision, who: str) -> None:
    adapted(cast, below)
    give_up(actor=cast.actor("edie"), edition=Edition.objects.get(pk=below.edition_id), based_on=below.pk)

    screen = read(cast, who, f"{AT}p/hello/")

    assert "The core does not have this page any more" in screen
    assert "our team" not in screen.partition("More about this page")[0]
    assert "Your team decides" in read(cast, "ana", f"{AT}p/hello/")


def own_page(cast: Cast, below: Revision) -> Revision:
    return add_page(actor=cast.actor("ben"), manual=cast.team_manual, text=Text("Lamps", "They shine."))


def own_change(cast: Cast, below: Revision) -> Revision:
    return in_twos(cast, own_page(cast, below), lambda now: revise(
        actor=cast.actor("ben"), edition=now.edition, text=Text("Lamps", "Off."), based_on=now.pk))  # fmt: skip


def own_end(cast: Cast, below: Revision) -> Revision:
    return in_twos(cast, adapted(cast, below), lambda now: give_up(
        actor=cast.actor("ben"), edition=now.edition, based_on=now.pk))  # fmt: skip


def in_twos(cast: Cast, page: Revision, then: Callable[[Revision], Revision]) -> Revision:
    set_quorum(actor=cast.actor("ana"), team=cast.team, quorum=2)
    return then(Revision.objects.select_related("edition__manual").get(pk=page.pk))


@pytest.mark.parametrize("who", OUTSIDE)
@pytest.mark.parametrize(
    ("made", "said"),
    [
        (aside, "readers would see that the team does not use it, and why."),
        (adapted, "This would be the team's version of the core's page."),
        (own_page, "This would be a new page of the team's own."),
        (own_change, "This would change the team's page."),
        (own_end, "This would give up the team's text"),
    ],
)
def test_a_draft_says_so_too(
    cast: Cast, below: Revision, who: str, made: Callable[[Cast, Revision], Revision], said: str
) -> None:
    if made in {aside, adapted, own_page}:
        set_quorum(actor=cast.actor("ana"), team=cast.team, quorum=2)
    address = f"{AT}drafts/{made(cast, below).pk}/"

    screen, own = read(cast, who, address), read(cast, "ana", address)

    assert said in screen
    assert "our team" not in screen
    assert said.replace("the team", "your team") in own
