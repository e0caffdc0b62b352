"""Choosing place by place, and the whole page with what was chosen."""

import pytest
from django.test import Client
from tests.conftest import Cast
from tests.manual.made import Commit
from tests.manual.steps_made import BOTH, CLASH, adapted, core_moves
from tests.manual.steps_screens import at, core_has, seen, text_of, value_of, waiting, whole_form
from tests.together.made import as_

from fieldcraft.manual.models import Revision, Step
from fieldcraft.manual.queries.steps import sight_of


class TestChoices:
    def test_a_choice_shows_both_sides_with_their_reasons(self, cast: Cast, commit: Commit, ben: Client) -> None:
        shown = seen(ben, at(waiting(cast, commit, CLASH), "1/"))

        assert "Place 1 of 1" in shown
        assert "Your team and the core both changed this sentence" in shown
        for words in ("Keep ours", "Take the core's", "Write it in your own words", "No door.", "A fall."):
            assert words in shown, words
        assert "removed:" in shown or "struck through" in shown

    @pytest.mark.parametrize(
        ("chosen", "own", "first"),
        [
            ("ours", "", "Ring the bell."),
            ("theirs", "", "Knock three times."),
            ("own", "Ring three times.", "Ring three times."),
        ],
    )
    def test_what_is_chosen_stands_on_the_whole_page(
        self, cast: Cast, commit: Commit, ben: Client, chosen: str, own: str, first: str
    ) -> None:
        step = waiting(cast, commit, CLASH)
        key = value_of(ben.get(at(step, "1/")).content.decode(), "key")

        answer = ben.post(at(step, "1/"), {"key": key, "chosen": chosen, "own": own})

        assert answer["Location"] == at(step, "whole/")
        html = as_(cast, "ana").get(at(step, "whole/"))  # anybody of the team goes on from there
        assert html.context["form"]["body"].value() == f"{first}\n\nWait a minute.\n\nGo in slowly.\n"

    def test_places_follow_each_other_and_are_left_and_resumed(self, cast: Cast, commit: Commit, ben: Client) -> None:
        core = core_has(cast, body="One.\n\nTwo.\n\nThree.\n\nFour.\n\nFive.\n")
        adapted(cast, core, "One a.\n\nTwo.\n\nThree a.\n\nFour.\n\nFive a.\n")
        with commit():
            core_moves(cast, core, "One b.\n\nTwo.\n\nThree b.\n\nFour.\n\nFive b.\n")
        step = Step.objects.get()
        assert "Go on to the 3" in seen(ben, at(step))
        key = value_of(ben.get(at(step, "2/")).content.decode(), "key")

        answer = ben.post(at(step, "2/"), {"key": key, "chosen": "ours", "own": ""})

        assert answer["Location"] == at(step, "3/")
        shown = seen(ben, at(step))
        assert "1 is chosen already." in shown
        assert "Go on to the 2" in shown
        whole = ben.post(at(step, "whole/"), whole_form(step, "x"))
        assert "Some places still need you." in text_of(whole)
        assert Step.objects.get().settled_at is None

    def test_nothing_chosen_and_no_own_words_are_asked_again(self, cast: Cast, commit: Commit, ben: Client) -> None:
        step = waiting(cast, commit, CLASH)
        key = value_of(ben.get(at(step, "1/")).content.decode(), "key")

        assert "Choose one of these" in text_of(ben.post(at(step, "1/"), {"key": key, "own": ""}))
        answer = ben.post(at(step, "1/"), {"key": key, "chosen": "own", "own": "  "})
        assert "Write your words first" in text_of(answer)
        assert ben.post(at(step, "1/"), {"key": key, "chosen": "nonsense", "own": ""}).status_code == 409
        assert Step.objects.get().choices == {}

    def test_a_place_that_changed_meanwhile_keeps_the_words(self, cast: Cast, commit: Commit, ben: Client) -> None:
        step = waiting(cast, commit, CLASH)

        answer = ben.post(at(step, "1/"), {"key": "old-0", "chosen": "own", "own": "My own words."})

        assert answer.status_code == 409
        assert "This place has changed since you opened it." in text_of(answer)
        assert "My own words." in text_of(answer)
        assert ben.get(at(step, "7/")).status_code == 404


class TestWhole:
    def test_it_shows_the_marks_and_asks_why(self, cast: Cast, commit: Commit, ben: Client) -> None:
        html = ben.get(at(waiting(cast, commit), "whole/")).content.decode()

        assert "<ins>" in html
        assert "Brought into step with the core. A fall." in html
        assert "Use it" in html

    def test_the_text_can_be_changed_once_more_and_looked_at(self, cast: Cast, commit: Commit, ben: Client) -> None:
        step = waiting(cast, commit)
        mine = BOTH + "\nShut it.\n"
        preview = ben.post(at(step, "whole/"), whole_form(step, mine, preview="yes"))
        assert "Shut it." in text_of(preview)
        assert Step.objects.get().settled_at is None

        ben.post(at(step, "whole/"), whole_form(step, mine, pole="evidence"))

        made = Revision.objects.get(step=step)
        assert (made.body, made.reason, made.pole, made.base_id) == (mine, "Slowly.", "evidence", step.theirs_id)

    def test_two_at_once_lose_nothing(self, cast: Cast, commit: Commit, ben: Client) -> None:
        step = waiting(cast, commit)
        as_(cast, "ana").post(at(step), {"act": "combine", "seen": sight_of(step)})

        answer = ben.post(at(step, "whole/"), whole_form(step, BOTH + "\nMine.\n"))

        assert answer.status_code == 409
        assert "Somebody has decided this meanwhile." in text_of(answer)
        assert "Mine." in text_of(answer)

    def test_a_title_is_needed(self, cast: Cast, commit: Commit, ben: Client) -> None:
        step = waiting(cast, commit)

        answer = ben.post(at(step, "whole/"), whole_form(step, BOTH, title=" "))

        assert answer.status_code == 400
        assert "Give the page a title." in text_of(answer)
