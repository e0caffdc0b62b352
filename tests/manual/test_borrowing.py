"""What other teams did with a page: counted, compared, borrowed, copied with where it came from, combined."""

import pytest
from tests.conftest import Cast
from tests.manual.made import words
from tests.together.made import as_

from fieldcraft.errors import Invalid, NotAllowed, NotFound
from fieldcraft.manual.actions.borrowing import borrow, copy_page
from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.manuals import make_manual
from fieldcraft.manual.actions.pages import adapt_page, add_page, set_page_aside
from fieldcraft.manual.actions.steps import combine
from fieldcraft.manual.models import Edition, Kind, Manual, Revision, Source, Standing, Step
from fieldcraft.manual.queries.neighbours import Teams, teams_with
from fieldcraft.manual.queries.resolve import stack_named, stack_now
from fieldcraft.people.models import Membership, Role, Team

OTHERS = "/m/street-manual/p/hello/others/"


@pytest.fixture
def core(cast: Cast) -> Revision:
    return add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", "Knock twice.\n\nGo in.\n"))


def neighbour(cast: Cast, name: str) -> Manual:
    """Another team's manual on the core, written by Cora."""
    team = Team.objects.create(organisation=cast.organisation, name=name, slug=name.lower())
    Membership.objects.create(organisation=cast.organisation, team=team, person=cast.people["cora"], role=Role.MEMBER)
    kind = {"kind": Kind.TEAM, "team_id": team.pk, "built_on": [cast.core]}
    return make_manual(by=None, organisation_id=cast.organisation.pk, title=f"{name} manual", **kind)


@pytest.fixture
def elm(cast: Cast, core: Revision) -> Manual:
    manual = neighbour(cast, "Elm")
    text = Text("Hello", "Ring.\n\nGo in.\n", reason="No door.")
    adapt_page(actor=cast.actor("cora"), manual=manual, page_id=core.edition.page_id, text=text, based_on=core.pk)
    return manual


def test_teams_are_counted_as_far_as_their_manuals_may_be_read(cast: Cast, core: Revision, elm: Manual) -> None:
    neighbour(cast, "Oak")
    ash, hidden = neighbour(cast, "Ash"), neighbour(cast, "Yew")
    page_id = core.edition.page_id
    set_page_aside(actor=cast.actor("cora"), manual=ash, page_id=page_id, reason="No doors.", based_on=core.pk)
    Manual.objects.filter(pk=hidden.pk).update(audience="team")
    ben, stack = cast.actor("ben"), stack_named("street-manual")
    assert stack

    assert teams_with(ben, stack, page_id, []) == Teams(follow=1, own=1, set_aside=1)
    assert teams_with(ben, stack, page_id, [elm.pk]) == Teams(follow=1, own=0, set_aside=1)


def test_the_list_says_who_why_and_how_much_differs(cast: Cast, elm: Manual) -> None:
    seen = words(as_(cast, "ben").get(OTHERS))
    assert "1 other team has its own version." in seen
    assert "Elm manual No door. · 1 sentence changed" in seen
    assert "Ask them" in seen


def test_borrowing_opens_a_step_and_keeps_where_it_came_from(cast: Cast, core: Revision, elm: Manual) -> None:
    ben = as_(cast, "ben")
    answer = ben.post(OTHERS, {"from": "elm-manual"})
    step = Step.objects.get(manual=cast.team_manual)
    assert answer["Location"] == f"/m/street-manual/steps/{step.pk}/"
    assert step.source == Source.NEIGHBOUR
    assert step.theirs
    made = combine(
        actor=cast.actor("ben"), step=step, text=Text("Hello", step.theirs.body, reason="Theirs."), based_on=core.pk
    )
    assert (made.standing, made.base, made.copied_from) == (Standing.ADAPTED, core, step.theirs)
    assert "With words from Elm manual" in words(ben.get("/m/street-manual/p/hello/"))

    again = ben.post(OTHERS, {"from": "elm-manual"})
    assert again.status_code == 400
    assert "Both texts are the same" in words(again)
    Manual.objects.filter(pk=elm.pk).update(audience="team", version=elm.version + 100)
    assert "Elm manual" not in words(ben.get("/m/street-manual/p/hello/"))
    assert ben.post(OTHERS, {"from": "elm-manual"}).status_code == 404


def test_who_may_not_write_may_not_borrow(cast: Cast, core: Revision, elm: Manual) -> None:
    edie = as_(cast, "edie")
    assert "Only members of this team" in words(edie.get(OTHERS))
    assert edie.post(OTHERS, {"from": "elm-manual"}).status_code == 403
    on = {"actor": cast.actor("edie"), "source": elm, "page_id": core.edition.page_id}
    with pytest.raises(NotAllowed):
        borrow(**on, manual=cast.team_manual)


def test_a_page_that_we_lack_is_copied_with_where_it_came_from(cast: Cast, elm: Manual) -> None:
    theirs = add_page(actor=cast.actor("cora"), manual=elm, text=Text("Bells", "Ring once."))
    ben = as_(cast, "ben")
    assert "Copy this into our manual" in ben.get("/search/?q=ring").content.decode()
    assert "/m/elm-manual/p/bells/copy/" in ben.get("/m/elm-manual/p/bells/").content.decode()
    screen = words(ben.get("/m/elm-manual/p/bells/copy/"))
    assert "It does not have this page" in screen

    answer = ben.post("/m/elm-manual/p/bells/copy/", {"into": "street-manual", "reason": ""})

    assert answer["Location"] == "/m/street-manual/p/bells/"
    made = Revision.objects.get(edition__manual=cast.team_manual)
    assert (made.edition.page_id, made.copied_from, made.standing) == (theirs.edition.page_id, theirs, Standing.LOCAL)
    assert made.reason == "Copied from “Elm manual”."
    assert "Copied from Elm manual" in words(ben.get("/m/street-manual/p/bells/"))
    assert "There is nothing to copy" not in words(ben.get("/m/elm-manual/p/bells/copy/"))
    assert "combined, place by place" in words(ben.get("/m/elm-manual/p/bells/copy/"))
    same = ben.post("/m/elm-manual/p/bells/copy/", {"into": "street-manual"})
    assert same.status_code == 400
    assert "Copy this into our manual" not in ben.get("/search/?q=ring").content.decode()


def test_where_we_have_the_page_it_is_combined(cast: Cast, core: Revision, elm: Manual) -> None:
    ben = as_(cast, "ben")
    assert "Combine" in words(ben.get("/m/elm-manual/p/hello/copy/"))
    answer = ben.post("/m/elm-manual/p/hello/copy/", {"into": "street-manual"})
    assert answer["Location"] == f"/m/street-manual/steps/{Step.objects.get().pk}/"


def test_a_page_of_the_same_name_keeps_its_address(cast: Cast, elm: Manual) -> None:
    add_page(actor=cast.actor("cora"), manual=elm, text=Text("Bells", "Ring once."))
    mine = add_page(actor=cast.actor("ben"), manual=cast.team_manual, text=Text("Bells", "We have none."))
    ben = as_(cast, "ben")
    assert "the copy gets its own address" in words(ben.get("/m/elm-manual/p/bells/copy/"))
    answer = ben.post("/m/elm-manual/p/bells/copy/", {"into": "street-manual", "reason": "To compare."})
    assert answer["Location"] == "/m/street-manual/p/bells-2/"
    assert Edition.objects.get(pk=mine.edition_id).slug == "bells"


def test_nothing_is_copied_that_may_not_be_read(cast: Cast, core: Revision, elm: Manual) -> None:
    add_page(actor=cast.actor("cora"), manual=elm, text=Text("Bells", "Ring once."))
    Manual.objects.filter(pk=elm.pk).update(audience="team")
    page_id = Revision.objects.get(title="Bells").edition.page_id
    on = {"actor": cast.actor("ben"), "manual": cast.team_manual, "source": Manual.objects.get(pk=elm.pk)}
    with pytest.raises(NotFound):
        copy_page(**on, page_id=page_id, reason="")
    with pytest.raises(Invalid):
        borrow(**{**on, "source": cast.core}, page_id=core.edition.page_id)
    assert stack_now(cast.team_manual).covering(page_id) is None
