"""A neighbour's text and what was offered, brought into step; an unnamed offer never says whose it is."""

import pytest
from django.test import Client
from django.utils import timezone
from tests.conftest import Cast
from tests.manual.steps_made import CLASH, LATER, LIST, adapted, core_moves
from tests.manual.steps_screens import at, core_has, read, seen
from tests.together.made import as_

from fieldcraft.manual.actions.steps import open_step
from fieldcraft.manual.models import Decision, Edition, Manual, Offer, Revision, Source, Standing, State, Step
from fieldcraft.manual.queries.steps import sight_of


def _theirs(cast: Cast, manual: Manual, core: Revision | None, body: str = LATER) -> Revision:
    page = core.edition.page if core else cast.core.own_pages.create()
    standing = Standing.ADAPTED if core else Standing.LOCAL
    edition = Edition.objects.create(manual=manual, page=page, standing=standing, title="Hello", slug="hello")
    made = Revision.objects.create(
        edition=edition, standing=standing, title="Hello", body=body, base=core, state=State.AGREED,
        agreed_at=timezone.now(), by=cast.people["ada"], reason="Seen at Elm's door.",
    )  # fmt: skip
    Edition.objects.filter(pk=edition.pk).update(current=made)
    return made


class TestOthers:
    def test_a_neighbours_text_is_borrowed_with_its_name(self, cast: Cast, ben: Client, neighbour: Manual) -> None:
        core = core_has(cast)
        adapted(cast, core)
        step = open_step(actor=cast.actor("ben"), manual=cast.team_manual, theirs=_theirs(cast, neighbour, core))
        shown = seen(ben, at(step))
        assert "This is how Elm has it." in shown
        assert "the core" not in shown

        ben.post(at(step), {"act": "combine", "seen": sight_of(step)})

        assert "Go in slowly." in read(ben)
        assert Revision.objects.get(step=step).reason == "Borrowed from another team."

    def test_a_page_that_the_team_does_not_have_is_borrowed_whole(
        self, cast: Cast, ben: Client, neighbour: Manual
    ) -> None:
        step = open_step(actor=cast.actor("ben"), manual=cast.team_manual, theirs=_theirs(cast, neighbour, None))
        assert "Borrow it" in seen(ben, at(step))
        assert "Go in slowly." in seen(ben, at(step, "take/"))

        ben.post(
            at(step, "take/"), {"reason": "We have doors too.", "pole": "", "based_on": "", "seen": sight_of(step)}
        )

        assert "Go in slowly." in read(ben)

    def test_a_neighbours_text_can_be_let_be(self, cast: Cast, ben: Client, neighbour: Manual) -> None:
        core = core_has(cast)
        adapted(cast, core)
        step = open_step(actor=cast.actor("ben"), manual=cast.team_manual, theirs=_theirs(cast, neighbour, core))

        ben.post(at(step), {"act": "let-be"})

        assert Step.objects.get().decision == Decision.KEPT
        assert "Undo" not in seen(ben, LIST)

    @pytest.mark.parametrize("body", [LATER, CLASH])
    def test_an_unnamed_offer_never_says_whose_it_is(self, cast: Cast, neighbour: Manual, body: str) -> None:
        core = core_has(cast)
        theirs = _theirs(cast, neighbour, core, body)
        offer = Offer.objects.create(
            manual=neighbour, page=core.edition.page, to=cast.core, revision=theirs, reason="Safer.", is_named=False,
            by=cast.people["ada"],
        )  # fmt: skip
        edie = as_(cast, "edie")
        core_moves(cast, core, "Knock four times.\n\nWait a minute.\n\nGo in.\n")
        manual = Manual.objects.get(pk=cast.core.pk)
        step = open_step(actor=cast.actor("edie"), manual=manual, theirs=theirs, offer=offer)
        assert step.source == Source.OFFER
        root = f"/m/core/steps/{step.pk}/"

        pages = [edie.get(url).content.decode() for url in ("/m/core/steps/", root, f"{root}take/", f"{root}whole/")]
        pages += [edie.get(f"{root}1/").content.decode()] if body == CLASH else []

        assert "Safer." in pages[1]
        for html in pages:
            for told in (
                "Elm",
                "elm-manual",
                "Ada",
                "Seen at",
                str(theirs.pk),
                str(neighbour.pk),
                str(theirs.edition_id),
            ):
                assert told not in html, told
