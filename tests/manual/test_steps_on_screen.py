"""A page that is out of step, and the screen of its step: what it says, one tap, undone, agreed."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone
from tests.conftest import Cast
from tests.manual.made import Commit
from tests.manual.steps_made import BOTH, LATER, LIST, OURS, adapted, core_moves, with_quorum
from tests.manual.steps_screens import at, core_has, read, seen, text_of, waiting

from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.pages import add_page, give_up, revise, set_page_aside
from fieldcraft.manual.models import Edition, Revision, Step
from fieldcraft.manual.queries.steps import sight_of


class TestPage:
    def test_the_page_leads_to_what_changed_and_prepares_it(self, cast: Cast, ben: Client) -> None:
        core = core_has(cast)
        adapted(cast, core)
        core_moves(cast, core, LATER)
        assert "the core has moved on since" in read(ben)
        assert not Step.objects.exists()

        assert "See what changed" in seen(ben, "/m/street-manual/p/hello/step/")
        assert not Step.objects.exists()  # looking writes nothing
        answer = ben.post("/m/street-manual/p/hello/step/")

        assert answer["Location"] == at(Step.objects.get())
        assert ben.get("/m/street-manual/p/hello/step/")["Location"] == at(Step.objects.get())

    def test_a_page_in_step_says_so(self, cast: Cast, ben: Client) -> None:
        adapted(cast, core_has(cast))

        assert "This page is in step with the core." in text_of(ben.post("/m/street-manual/p/hello/step/"))

    def test_a_page_set_aside_or_withdrawn_below_says_what_happened(
        self, cast: Cast, commit: Commit, ben: Client
    ) -> None:
        aside, gone = core_has(cast, "Aside"), core_has(cast, "Gone")
        on: dict[str, Any] = {"manual": cast.team_manual, "page_id": aside.edition.page_id, "based_on": aside.pk}
        set_page_aside(actor=cast.actor("ben"), reason="No doors.", **on)
        adapted(cast, gone)
        assert "The core" not in read(ben, "aside")
        with commit():
            core_moves(cast, aside, LATER)
            give_up(actor=cast.actor("edie"), edition=gone.edition, based_on=gone.pk, reason="Nobody used it.")

        assert "The core has changed the page that your team set aside" in read(ben, "aside")
        assert "The core does not have this page any more" in read(ben, "gone")

    def test_quiet_until_a_day_and_loud_again_after_it(self, cast: Cast, commit: Commit, ben: Client) -> None:
        step = waiting(cast, commit)
        day = timezone.localdate() + timedelta(days=20)
        form = {
            "reason": "After the move.",
            "until": day.isoformat(),
            "pole": "",
            "based_on": str(step.ours_id),
            "seen": sight_of(step),
        }
        assert ben.post(at(step, "keep/"), form).status_code == 302

        assert "Because: After the move." in read(ben)
        assert "Quiet for now 1" in seen(ben, LIST)
        assert str(step.pk) not in ben.get("/").content.decode()
        assert "1 more page is kept as it is for now" in seen(ben, "/m/street-manual/to-manualize/")
        Step.objects.update(quiet_until=timezone.localdate())
        assert "Quiet for now" not in seen(ben, LIST)
        assert str(step.pk) in ben.get("/").content.decode()


class TestStep:
    def test_it_says_what_the_core_changed_when_by_whom_and_why(self, cast: Cast, commit: Commit, ben: Client) -> None:
        shown = seen(ben, at(waiting(cast, commit)))

        assert "Your team adapted this page; the core has moved on since." in shown
        assert "A fall. Core · " in shown
        assert "· Edie" in shown
        assert "1 change from the core fits." in shown
        assert "Combine the one" in shown

    def test_all_reasons_since_the_base_are_there(self, cast: Cast, commit: Commit, ben: Client) -> None:
        core = core_has(cast)
        adapted(cast, core)
        with commit():
            core_moves(cast, core, LATER)
            text = Text("Coming in", LATER, ("doors",), ("Visits",), reason="Clearer.")
            newest = Edition.objects.get(pk=core.edition_id).current_id
            assert newest
            revise(actor=cast.actor("edie"), edition=core.edition, text=text, based_on=newest)

        shown = seen(ben, at(Step.objects.get()))

        assert shown.index("Clearer.") < shown.index("A fall.")
        assert "The core renamed it: “Hello” is now “Coming in”." in shown
        assert "The core moved it to “Visits”." in shown

    def test_a_part_that_became_a_page_of_its_own_is_told(self, cast: Cast, commit: Commit, ben: Client) -> None:
        core = core_has(cast)
        adapted(cast, core)
        with commit():
            part = add_page(
                actor=cast.actor("edie"), manual=cast.core, text=Text("Waiting", "Wait.", copied_from=core.pk)
            )
            core_moves(cast, core, LATER)
        assert part.copied_from == core

        assert "A part of it became a page of its own: Waiting" in seen(ben, at(Step.objects.get()))

    def test_one_tap_combines_what_fits(self, cast: Cast, commit: Commit, ben: Client) -> None:
        step = waiting(cast, commit)

        answer = ben.post(at(step), {"act": "combine", "seen": sight_of(step)}, follow=True)

        assert "Combined. Readers have it now." in text_of(answer)
        assert Revision.objects.get(step=step).body == BOTH
        assert "Brought into step on" in seen(ben, at(step))
        assert "Brought into step on" in seen(ben, "/m/street-manual/p/hello/history/")

    def test_undone_with_one_tap(self, cast: Cast, commit: Commit, ben: Client) -> None:
        step = waiting(cast, commit)
        ben.post(at(step), {"act": "combine", "seen": sight_of(step)})
        assert "Undo" in seen(ben, LIST)

        with commit():
            ben.post(at(step), {"act": "undo"})

        assert "Go in slowly." not in read(ben)
        assert Step.objects.filter(settled_at=None).count() == 1

    def test_a_guessed_base_is_confirmed_before_anything_is_combined(
        self, cast: Cast, commit: Commit, ben: Client
    ) -> None:
        step = waiting(cast, commit)
        Revision.objects.filter(pk=step.ours_id).update(base_inferred=0.92)
        shown = seen(ben, at(step))
        assert "We think your text was made from the version of" in shown
        assert "Combine the one" not in shown
        assert "Combine the one that fits" not in seen(ben, LIST)
        ben.post(LIST, {"act": "combine", "step": str(step.pk)})
        assert Step.objects.get().settled_at is None

        ben.post(at(step), {"act": "base"})

        assert "Combine the one" in seen(ben, at(step))

    def test_a_text_that_changed_meanwhile_is_looked_at_anew(self, cast: Cast, commit: Commit, ben: Client) -> None:
        step = waiting(cast, commit)
        assert step.ours
        text = Text("Hello", OURS.replace("the bell", "the big bell"), ("doors",))
        revise(actor=cast.actor("ana"), edition=step.ours.edition, text=text, based_on=step.ours.pk)
        assert "One of the two texts has changed" in seen(ben, at(step))
        answer = ben.post(at(step), {"act": "combine", "seen": sight_of(step)})
        assert answer.status_code == 409
        assert "The page has changed since you began." in text_of(answer)

        ben.post(at(step), {"act": "anew"})
        ben.post(at(step), {"act": "combine", "seen": sight_of(step)})

        assert "Ring the big bell." in read(ben)
        assert "Go in slowly." in read(ben)

    def test_what_is_being_agreed_is_not_decided_twice(self, cast: Cast, commit: Commit, ben: Client) -> None:
        step = waiting(cast, commit)
        with_quorum(cast, 2)
        answer = ben.post(at(step), {"act": "combine", "seen": sight_of(step)}, follow=True)
        assert "This brings the page into step with the core" in text_of(answer)

        shown = seen(ben, at(step))
        assert "Your team is agreeing what to do" in shown
        assert "Combine the one" not in shown

    def test_a_button_that_is_none_says_so(self, cast: Cast, commit: Commit, ben: Client) -> None:
        answer = ben.post(at(waiting(cast, commit)), {"act": "dance"})

        assert answer.status_code == 400
        assert "Choose one of the buttons." in text_of(answer)
