"""The lists of what waits to be brought into step: who sees them, how they are grouped, and all that fits at once."""

import re

from django.test import Client
from tests.conftest import Cast
from tests.manual.made import Commit
from tests.manual.steps_made import CLASH, LATER, LIST, adapted, core_moves, with_quorum
from tests.manual.steps_screens import at, core_has, read, seen, text_of, waiting
from tests.together.made import as_

from fieldcraft.manual.models import Decision, Manual, Revision, State, Step
from fieldcraft.manual.queries.steps import sight_of


class TestLists:
    def test_a_step_is_on_every_list_that_feeds_the_team(self, cast: Cast, commit: Commit, ben: Client) -> None:
        step = waiting(cast, commit)

        for url in ("/", "/m/street-manual/", "/m/street-manual/to-manualize/", LIST):
            assert str(step.pk) in ben.get(url).content.decode(), url
        assert "The core moved on: Hello" in seen(ben, "/")
        assert "1 page waits to be brought into step" in seen(ben, "/m/street-manual/to-manualize/")

    def test_steps_are_grouped_with_their_count(self, cast: Cast, commit: Commit, ben: Client) -> None:
        waiting(cast, commit)
        waiting(cast, commit, title="Bye")
        waiting(cast, commit, CLASH, title="Bell")

        shown = seen(ben, LIST)

        assert "Fits as it is 2" in shown
        assert re.search(r"(A suggestion is ready|Needs a choice) 1", shown)
        assert "1 change fits, 1 place needs somebody" in shown

    def test_the_browser_keeps_no_contents_that_lack_a_new_step(self, cast: Cast, commit: Commit, ben: Client) -> None:
        core = core_has(cast)
        adapted(cast, core)
        core_moves(cast, core, LATER)  # nothing is prepared yet
        tag = ben.get("/m/street-manual/")["ETag"]
        assert ben.get("/m/street-manual/", headers={"if-none-match": tag}).status_code == 304

        ben.post("/m/street-manual/p/hello/step/")

        answer = ben.get("/m/street-manual/", headers={"if-none-match": tag})
        assert answer.status_code == 200
        assert "Bring it into step" in answer.content.decode()

    def test_what_is_for_the_slot_comes_first(self, cast: Cast, commit: Commit, ben: Client) -> None:
        waiting(cast, commit, title="Apple")
        later = waiting(cast, commit, title="Zebra")

        ben.post(at(later), {"act": "slot"})

        shown = seen(ben, "/m/street-manual/to-manualize/")
        assert shown.index("Zebra for the slot") < shown.index("Apple")

    def test_readers_from_outside_see_neither_list_nor_step(self, cast: Cast, commit: Commit) -> None:
        step = waiting(cast, commit)
        Manual.objects.update(audience="public")

        for url in (LIST, at(step), at(step, "1/"), at(step, "keep/"), "/m/street-manual/p/hello/step/"):
            assert as_(cast, "cleo").get(url).status_code == 404, url
        assert str(step.pk) not in as_(cast, "cleo").get("/m/street-manual/").content.decode()

    def test_the_house_may_look_but_only_the_team_decides(self, cast: Cast, commit: Commit) -> None:
        step = waiting(cast, commit)
        cora = as_(cast, "cora")

        assert "Only members of this team can change its manual." in seen(cora, at(step))
        assert [cora.get(at(step, end)).status_code for end in ("whole/", "keep/", "take/", "1/")] == [403] * 4
        assert cora.post(at(step), {"act": "combine", "seen": sight_of(step)}).status_code == 403
        assert cora.post(LIST, {"act": "combine", "step": str(step.pk)}).status_code == 403


class TestTogether:
    def test_all_that_fit_are_combined_each_by_itself(self, cast: Cast, commit: Commit, ben: Client) -> None:
        steps = [waiting(cast, commit, title="Hello"), waiting(cast, commit, title="Bye")]
        clash = waiting(cast, commit, CLASH, title="Bell")
        assert "Combine the 2 that fit" in seen(ben, LIST)

        sent = [str(step.pk) for step in (*steps, clash)]
        answer = ben.post(LIST, {"act": "combine", "step": sent}, follow=True)

        assert "2 pages were combined. Left as they are, because they do not fit any more: Bell." in text_of(answer)
        assert [Step.objects.get(pk=step.pk).decision for step in steps] == [Decision.COMBINED] * 2
        assert "Go in slowly." in read(ben, "bye")
        made = Revision.objects.get(step=steps[0])
        assert made.reason == "Brought into step with the core. A fall."

    def test_where_more_than_one_yes_is_needed_others_agree_to_all_at_once(
        self, cast: Cast, commit: Commit, ben: Client
    ) -> None:
        steps = [waiting(cast, commit, title="Hello"), waiting(cast, commit, title="Bye")]
        with_quorum(cast, 2)
        ben.post(LIST, {"act": "combine", "step": [str(step.pk) for step in steps]})
        drafts = list(Revision.objects.filter(step__isnull=False))
        assert [draft.state for draft in drafts] == [State.DRAFT] * 2
        assert "Waits for a yes 2" in seen(ben, LIST)
        assert "Agree to these" not in seen(ben, LIST)

        ana = as_(cast, "ana")
        assert "Agree to these 2" in seen(ana, LIST)
        ana.post(LIST, {"act": "agree", "draft": [str(draft.pk) for draft in drafts]})

        assert "Go in slowly." in read(ben)
        assert not Step.objects.filter(settled_at=None).exists()

    def test_ids_that_are_none_or_another_manuals_change_nothing(self, cast: Cast, commit: Commit, ben: Client) -> None:
        step = waiting(cast, commit)

        assert ben.post(LIST, {"act": "combine", "step": "x"}).status_code == 302
        assert ben.post(LIST, {"act": "else"}).status_code == 302
        assert as_(cast, "edie").post("/m/core/steps/", {"act": "combine", "step": str(step.pk)}).status_code == 302
        assert Step.objects.get().settled_at is None
