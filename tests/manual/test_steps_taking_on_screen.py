"""Taking the core's, keeping ours, and what was withdrawn, set aside or moved."""

from typing import Any

from django.test import Client
from tests.conftest import Cast
from tests.manual.made import Commit
from tests.manual.steps_made import LATER, OLD, adapted, core_moves
from tests.manual.steps_screens import at, core_has, read, seen, text_of, waiting

from fieldcraft.manual.actions.pages import give_up, set_page_aside
from fieldcraft.manual.models import Decision, Edition, Fit, Standing, Step
from fieldcraft.manual.queries.steps import sight_of


class TestTakingAndKeeping:
    def test_taking_the_cores(self, cast: Cast, commit: Commit, ben: Client) -> None:
        step = waiting(cast, commit)
        assert "follow it" in seen(ben, at(step, "take/"))

        ben.post(
            at(step, "take/"),
            {"reason": "Better.", "pole": "", "based_on": str(step.ours_id), "seen": sight_of(step)},
        )

        assert "Knock twice." in read(ben)
        assert Step.objects.get().decision == Decision.TAKEN

    def test_keeping_ours_asks_why(self, cast: Cast, commit: Commit, ben: Client) -> None:
        step = waiting(cast, commit)
        form = {"reason": "", "until": "", "pole": "", "based_on": str(step.ours_id), "seen": sight_of(step)}
        assert "Say in a few words why your team keeps its own." in text_of(ben.post(at(step, "keep/"), form))
        past = {**form, "reason": "Tried.", "until": "2020-01-01"}
        assert "Choose a day that is still to come" in text_of(ben.post(at(step, "keep/"), past))

        ben.post(at(step, "keep/"), {**form, "reason": "Tried."})

        assert Step.objects.get().decision == Decision.KEPT
        assert "Ring the bell." in read(ben)
        assert "the core has moved on" not in read(ben)

    def test_a_stale_form_keeps_the_reason(self, cast: Cast, commit: Commit, ben: Client) -> None:
        step = waiting(cast, commit)
        form = {
            "reason": "Tried for years.",
            "until": "",
            "pole": "",
            "based_on": str(step.base_id),
            "seen": sight_of(step),
        }

        answer = ben.post(at(step, "keep/"), form)

        assert answer.status_code == 409
        assert "Tried for years." in answer.content.decode()

    def test_withdrawn_below(self, cast: Cast, commit: Commit, ben: Client) -> None:
        core = core_has(cast)
        ours = adapted(cast, core)
        with commit():
            give_up(actor=cast.actor("edie"), edition=core.edition, based_on=core.pk, reason="Nobody used it.")
        step = Step.objects.get()
        shown = seen(ben, at(step))
        for words in (
            "The core does not have this page any more.",
            "Nobody used it.",
            "Keep it as our own",
            "Take it out too",
        ):
            assert words in shown, words

        ben.post(
            at(step, "keep/"),
            {
                "reason": "We do.",
                "until": "",
                "pole": "",
                "based_on": str(ours.pk),
                "seen": sight_of(Step.objects.get()),
            },
        )

        assert Edition.objects.get(manual=cast.team_manual).standing == Standing.LOCAL

    def test_withdrawn_below_and_taken_out_here(self, cast: Cast, commit: Commit, ben: Client) -> None:
        core = core_has(cast)
        ours = adapted(cast, core)
        with commit():
            give_up(actor=cast.actor("edie"), edition=core.edition, based_on=core.pk, reason="Nobody used it.")

        answer = ben.post(
            at(Step.objects.get(), "take/"),
            {"reason": "Nor do we.", "pole": "", "based_on": str(ours.pk), "seen": sight_of(Step.objects.get())},
            follow=True,
        )

        assert answer.status_code == 200
        assert ben.get("/m/street-manual/p/hello/").status_code == 404

    def test_set_aside_here_and_made_better_there(self, cast: Cast, commit: Commit, ben: Client) -> None:
        core = core_has(cast)
        on: dict[str, Any] = {"manual": cast.team_manual, "page_id": core.edition.page_id, "based_on": core.pk}
        aside = set_page_aside(actor=cast.actor("ben"), reason="No doors.", **on)
        with commit():
            core_moves(cast, core, LATER)
        step = Step.objects.get()
        shown = seen(ben, at(step))
        for words in (
            "You took this out. The core made it better. Still leave it out?",
            "Leave it out",
            "Bring it back",
        ):
            assert words in shown, words
        assert "Go in [added:] slowly" in shown

        ben.post(
            at(step, "take/"), {"reason": "A door.", "pole": "", "based_on": str(aside.pk), "seen": sight_of(step)}
        )

        assert "Go in slowly." in read(ben)

    def test_only_its_place_changed(self, cast: Cast, commit: Commit, ben: Client) -> None:
        core = core_has(cast)
        adapted(cast, core)
        with commit():
            core_moves(cast, core, OLD, section=("Visits",))
        step = Step.objects.get()
        assert step.fit == Fit.PLACE
        assert "The core moved this page to “Visits”. No word of it changed." in seen(ben, at(step))

        ben.post(at(step), {"act": "seen"})

        assert not Step.objects.filter(settled_at=None).exists()
