"""What a step, its draft and an offer tell people is so: what would change, until when it is quiet, whose words they are."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.conftest import Cast
from tests.manual.made import Commit, words
from tests.manual.steps_made import LATER, LIST, OURS, with_quorum
from tests.together.made import as_

from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.offers import Seen, draw_in_offer, make_offer
from fieldcraft.manual.actions.pages import give_up, note_page, revise, set_page_aside
from fieldcraft.manual.actions.steps import combine, keep, take, undo
from fieldcraft.manual.models import Offer, Revision, State, Step


def _draft_as_seen(cast: Cast, draft: Revision) -> str:
    assert draft.state == State.DRAFT
    return words(as_(cast, "ana").get(f"/m/street-manual/drafts/{draft.pk}/"))


class TestWhatWouldChange:
    def test_taking_the_cores_is_compared_with_what_readers_have(self, cast: Cast, step: Step, ours: Revision) -> None:
        with_quorum(cast, 2)
        draft = take(actor=cast.actor("ben"), step=step, based_on=ours.pk, reason="Better.")

        shown = _draft_as_seen(cast, draft)

        assert "What would change" in shown
        for there in ("Ring", "the bell", "Knock", "slowly"):
            assert there in shown, there

    def test_giving_ours_up_is_compared_with_the_cores_newest(self, cast: Cast, step: Step, ours: Revision) -> None:
        """Its own text is the one that is given up, and its base an older one of the core's."""
        with_quorum(cast, 2)
        draft = give_up(actor=cast.actor("ben"), edition=ours.edition, based_on=ours.pk)

        shown = _draft_as_seen(cast, draft)

        assert "readers would have the core's again" in shown
        assert "slowly" in shown

    def test_bringing_a_page_back_shows_what_comes_back(self, cast: Cast, core: Revision, commit: Commit) -> None:
        aside = set_page_aside(
            actor=cast.actor("ben"), manual=cast.team_manual, page_id=core.edition.page_id, reason="No doors.",
            based_on=core.pk,
        )  # fmt: skip
        with commit():
            revise(actor=cast.actor("edie"), edition=core.edition, text=Text("Hello", LATER), based_on=core.pk)
        with_quorum(cast, 2)
        draft = take(actor=cast.actor("ben"), step=Step.objects.get(), based_on=aside.pk, reason="A door.")

        shown = _draft_as_seen(cast, draft)

        assert "This would bring the page back, as the core has it." in shown
        assert "Go in slowly." in shown
        assert "This keeps your team's text" not in shown

    def test_taking_a_page_out_promises_nothing_of_the_cores(
        self, cast: Cast, core: Revision, ours: Revision, commit: Commit
    ) -> None:
        with commit():
            give_up(actor=cast.actor("edie"), edition=core.edition, based_on=core.pk, reason="Nobody used it.")
        with_quorum(cast, 2)
        draft = take(actor=cast.actor("ben"), step=Step.objects.get(), based_on=ours.pk, reason="Nor do we.")

        shown = _draft_as_seen(cast, draft)

        assert "This would take the page out; its text is kept." in shown
        assert "What would change" not in shown

    def test_taking_a_note_away_says_so(self, cast: Cast, core: Revision) -> None:
        note = note_page(
            actor=cast.actor("ben"), manual=cast.team_manual, page_id=core.edition.page_id, based_on=core.pk,
            text=Text("Hello", "We ring."),
        )  # fmt: skip
        with_quorum(cast, 2)
        draft = give_up(actor=cast.actor("ben"), edition=note.edition, based_on=note.pk)

        shown = _draft_as_seen(cast, draft)

        assert "This would take the note away; its text is kept." in shown


def test_kept_until_a_day_the_step_says_so_at_once(cast: Cast, step: Step, ours: Revision) -> None:
    """Nothing of what was worked out has changed, so nothing has to wait for the background."""
    day = timezone.localdate() + timedelta(days=20)
    keep(actor=cast.actor("ben"), step=step, based_on=ours.pk, reason="After the move.", until=day)

    shown = words(as_(cast, "ben").get(f"{LIST}{step.pk}/"))

    assert "because: After the move." in shown
    assert "One of the two texts has changed" not in shown


class TestDrawnIn:
    def test_the_page_thanks_and_is_not_a_copy(self, cast: Cast, ours: Revision, commit: Commit) -> None:
        offer = _offer(cast, ours)
        theirs = draw_in_offer(actor=cast.actor("edie"), offer=offer)
        text = Text("Hello", "Knock twice.\n\nRing the bell.\n\nGo in.\n", reason="One sentence.")
        with commit():
            combine(actor=cast.actor("edie"), step=theirs, text=text, based_on=theirs.ours_id)

        shown = words(as_(cast, "ben").get("/m/core/p/hello/"))

        assert "Thanks to Street" in shown
        assert not re.search("Copied from|With words from", shown)

    def test_each_side_reads_whose_words_they_are(self, cast: Cast, ours: Revision) -> None:
        offer = _offer(cast, ours)

        made = words(as_(cast, "ben").get(f"/m/street-manual/offers/{offer.pk}/"))
        received = words(as_(cast, "edie").get(f"/m/core/offers/{offer.pk}/"))

        assert "What you saw that makes it better" in made
        assert "Your text of “Hello”" in made
        assert "What they saw" not in made
        assert "Their " not in made
        assert "What they saw that makes it better" in received
        assert "Their text of “Hello”" in received


def _offer(cast: Cast, ours: Revision) -> Offer:
    of: dict[str, Any] = {"manual": cast.team_manual, "to": cast.core, "revision": ours}
    return make_offer(actor=cast.actor("ben"), seen=Seen("A bell is heard."), **of)


class TestUndone:
    def _shown(self, cast: Cast, step: Step) -> list[str]:
        ben = as_(cast, "ben")
        return [words(ben.get(at)) for at in (LIST, f"{LIST}{step.pk}/", "/m/street-manual/p/hello/history/")]

    @pytest.mark.parametrize("decide", ["combine", "take", "keep"])
    def test_what_was_decided_and_undone_says_so(
        self, cast: Cast, step: Step, ours: Revision, commit: Commit, decide: str
    ) -> None:
        _decided(cast, step, ours, commit, decide)
        assert not any("undone since" in shown for shown in self._shown(cast, step))

        with commit():
            undo(actor=cast.actor("ben"), step=step)

        assert all("undone since" in shown for shown in self._shown(cast, step))

    def test_what_the_team_went_on_from_is_not_undone(
        self, cast: Cast, step: Step, ours: Revision, commit: Commit
    ) -> None:
        made = _decided(cast, step, ours, commit, "combine")
        with commit():
            text = Text("Hello", f"{OURS}Shut it.\n")
            revise(actor=cast.actor("ben"), edition=made.edition, text=text, based_on=made.pk)

        assert not any("undone since" in shown for shown in self._shown(cast, step))


def _decided(cast: Cast, step: Step, ours: Revision, commit: Commit, decide: str) -> Revision:
    on: dict[str, Any] = {"actor": cast.actor("ben"), "step": step, "based_on": ours.pk}
    with commit():
        match decide:
            case "combine":
                text = Text("Hello", OURS.replace("Go in.", "Go in slowly."), reason="Both.")
                return combine(**on, text=text)
            case "take":
                return take(**on, reason="Better.")
            case _:
                return keep(**on, reason="Tried.")
