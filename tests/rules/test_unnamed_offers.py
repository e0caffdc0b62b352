"""An offer without the team's name: those who get it, and the readers of what it became, never learn whose it is."""

import re
from dataclasses import dataclass

import pytest
from django.test import Client
from tests.conftest import Cast

from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.manuals import open_to
from fieldcraft.manual.actions.offers import Seen, answer_about_offer, ask_about_offer, draw_in_offer, make_offer
from fieldcraft.manual.actions.pages import adapt_page, add_page, note_page
from fieldcraft.manual.actions.remarks import Noticed, make_remark
from fieldcraft.manual.actions.steps import combine, take
from fieldcraft.manual.models import Audience, Edition, Manual, Offer, Revision, Step

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass
class World:
    """Offers of the team's to the core, none with its name: a page of its own, an adapted one, a note."""

    cast: Cast
    offers: dict[str, Offer]

    @property
    def telling(self) -> set[str]:
        """What would say whose it is."""
        texts = Revision.objects.filter(edition__manual=self.cast.team_manual).values_list("pk", flat=True)
        people = [self.cast.people[who].pk for who in ("ana", "ben")]
        ids = {str(each) for each in (self.cast.team_manual.pk, self.cast.team.pk, *people, *texts)}
        return {"Street", "street-manual", "Ben", "Ana", *ids, *(each.replace("-", "") for each in ids)}


@pytest.fixture
def world(cast: Cast) -> World:
    open_to(actor=cast.actor("ana"), manual=cast.team_manual, audience=Audience.TEAM)
    manual = Manual.objects.get(pk=cast.team_manual.pk)
    ben = {"actor": cast.actor("ben"), "manual": manual}
    core = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Doors", "Knock twice.\n\nGo in.\n"))
    page_id = core.edition.page_id
    noted = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Tea", "Drink tea.\n"))
    texts = {
        "own": add_page(**ben, text=Text("Bells", "Ring once.\n", reason="We have bells.")),
        "adapted": adapt_page(
            **ben, page_id=page_id, text=Text("Doors", "Ring.\n\nGo in.\n", reason="No door."), based_on=core.pk
        ),
        "note": note_page(**ben, page_id=noted.edition.page_id, text=Text("Tea", "Ours is green.")),
    }
    remark = make_remark(**ben, page_id=page_id, noticed=Noticed("Nobody hears it.", core.pk))
    offers = {}
    for name, revision in texts.items():
        seen = Seen("It helps.", [remark.pk] if name == "adapted" else [], is_named=False)
        offers[name] = make_offer(**ben, to=cast.core, revision=revision, seen=seen)
        ask_about_offer(actor=cast.actor("edie"), offer=offers[name], body="How?")
        answer_about_offer(actor=cast.actor("ana"), offer=offers[name], body="Like so.")
    return World(cast, offers)


def told_to_edie(world: World, path: str, *, status: int = 200) -> str:
    client = Client()
    client.force_login(world.cast.people["edie"], BACKEND)
    answer = client.get(path)
    assert answer.status_code == status, path
    return b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()


def telling_in(world: World, text: str) -> set[str]:
    return {each for each in world.telling if re.search(rf"(?<![A-Za-z]){re.escape(each)}(?![A-Za-z])", text)}


def addresses(world: World) -> list[str]:
    offers = [f"/m/core/offers/{offer.pk}/" for offer in world.offers.values()]
    pages = [
        f"/m/core/p/{slug}/{more}"
        for slug in ("bells", "doors", "tea")
        for more in ("", "history/", "others/", "compare/", "feed/")
        if Edition.objects.filter(manual=world.cast.core, slug=slug).exists()
    ]
    steps = [f"/m/core/steps/{step.pk}/" for step in Step.objects.filter(manual=world.cast.core)]
    more = ["", "offers/", "editorial/", "changes/", "feed/", "to-manualize/", "export/json/", "export/html/"]
    return [*offers, *pages, *steps, *(f"/m/core/{each}" for each in more), "/", "/search/?q=ring"]


def test_while_it_is_open_nothing_leads_to_the_team(world: World) -> None:
    html = told_to_edie(world, f"/m/core/offers/{world.offers['adapted'].pk}/")
    assert "Nobody hears it." in html
    assert "Like so." in html
    example = f"/m/core/offers/{world.offers['note'].pk}/example/"
    found = {path: telling_in(world, told_to_edie(world, path)) for path in [*addresses(world), example]}
    assert {path: names for path, names in found.items() if names} == {}


def test_drawn_in_nothing_leads_to_the_team_either(world: World) -> None:
    edie = world.cast.actor("edie")
    step = draw_in_offer(actor=edie, offer=world.offers["own"])
    take(actor=edie, step=step, based_on=None, reason="New.")
    step = draw_in_offer(actor=edie, offer=world.offers["adapted"])
    text = Text("Doors", "Ring, or knock.\n\nGo in.\n", reason="Both.")
    combine(actor=edie, step=step, text=text, based_on=step.ours_id)

    assert "Thanks to a team that does not want to be named" in told_to_edie(world, "/m/core/p/bells/")
    found = {path: telling_in(world, told_to_edie(world, path)) for path in addresses(world)}
    assert {path: names for path, names in found.items() if names} == {}


def test_the_drawing_in_itself_does_not_name_the_team(world: World) -> None:
    for name in ("own", "adapted"):
        step = draw_in_offer(actor=world.cast.actor("edie"), offer=world.offers[name])
        assert telling_in(world, told_to_edie(world, f"/m/core/steps/{step.pk}/")) == set()


def test_where_the_teams_manual_is_open_it_is_not_told_beside_the_page(world: World) -> None:
    """Whoever reads both manuals can compare the texts; no screen does it for them."""
    open_to(actor=world.cast.actor("ana"), manual=world.cast.team_manual, audience=Audience.ORGANISATION)
    for path in ("p/doors/", "p/doors/others/", "p/doors/history/", "editorial/", "offers/"):
        assert telling_in(world, told_to_edie(world, f"/m/core/{path}")) == set(), path
    told_to_edie(world, "/m/street-manual/offers/", status=404)
    told_to_edie(world, f"/m/street-manual/offers/{world.offers['own'].pk}/", status=404)
