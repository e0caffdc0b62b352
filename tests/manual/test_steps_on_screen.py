"""Bringing pages into step through the plain screens: lists, choices, the whole page, taking and keeping."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.conftest import Cast

from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.manuals import include, make_manual
from fieldcraft.manual.actions.pages import adapt_page, add_page, give_up, revise, set_page_aside
from fieldcraft.manual.actions.steps import open_step
from fieldcraft.manual.models import (
    Decision,
    Edition,
    Fit,
    Kind,
    Manual,
    Offer,
    Revision,
    Source,
    Standing,
    State,
    Step,
)
from fieldcraft.manual.queries.steps import sight_of
from fieldcraft.people.models import Team

OLD = "Knock twice.\n\nWait a minute.\n\nGo in.\n"
OURS = "Ring the bell.\n\nWait a minute.\n\nGo in.\n"
LATER = "Knock twice.\n\nWait a minute.\n\nGo in slowly.\n"
BOTH = "Ring the bell.\n\nWait a minute.\n\nGo in slowly.\n"
CLASH = "Knock three times.\n\nWait a minute.\n\nGo in slowly.\n"
LIST = "/m/street-manual/steps/"

Commit = Callable[[], Any]


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Any) -> Commit:
    """What happens once a change is committed happens at the end of the block."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def client_of(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.people[name], "allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def ben(cast: Cast) -> Client:
    return client_of(cast, "ben")


def _core(cast: Cast, title: str = "Hello", body: str = OLD) -> Revision:
    return add_page(actor=cast.actor("edie"), manual=cast.core, text=Text(title, body, ("doors",)))


def _ours(cast: Cast, core: Revision, body: str = OURS) -> Revision:
    text = Text(core.title, body, ("doors",), reason="No door.")
    on: dict[str, Any] = {"manual": cast.team_manual, "page_id": core.edition.page_id, "based_on": core.pk}
    return adapt_page(actor=cast.actor("ben"), text=text, **on)


def _moves(cast: Cast, core: Revision, body: str, title: str = "", **more: Any) -> Revision:
    text = Text(title or core.title, body, ("doors",), reason="A fall.", **more)
    now = Edition.objects.get(pk=core.edition_id).current_id
    assert now
    return revise(actor=cast.actor("edie"), edition=core.edition, text=text, based_on=now)


def _step(cast: Cast, commit: Commit, body: str = LATER, ours: str = OURS, title: str = "Hello") -> Step:
    """The core's page, the team's text of it, and the core's newer one."""
    core = _core(cast, title)
    _ours(cast, core, ours)
    with commit():
        _moves(cast, core, body)
    return Step.objects.get(page=core.edition.page_id, settled_at=None)


def _url(step: Step, end: str = "") -> str:
    return f"{LIST}{step.pk}/{end}"


def _seen(client: Client, url: str) -> str:
    """The words of a screen."""
    return _text(client.get(url))


def _read(client: Client, address: str = "hello") -> str:
    return _seen(client, f"/m/street-manual/p/{address}/")


def _quorum(cast: Cast, number: int) -> None:
    cast.team.quorum = number
    cast.team.save()


def _value(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found, name
    return found[1]


class TestLists:
    def test_a_step_is_on_every_list_that_feeds_the_team(self, cast: Cast, commit: Commit, ben: Client) -> None:
        step = _step(cast, commit)

        for url in ("/", "/m/street-manual/", "/m/street-manual/to-manualize/", LIST):
            assert str(step.pk) in ben.get(url).content.decode(), url
        assert "The core moved on: Hello" in _seen(ben, "/")
        assert "1 page waits to be brought into step" in _seen(ben, "/m/street-manual/to-manualize/")

    def test_steps_are_grouped_with_their_count(self, cast: Cast, commit: Commit, ben: Client) -> None:
        _step(cast, commit)
        _step(cast, commit, title="Bye")
        _step(cast, commit, CLASH, title="Bell")

        shown = _seen(ben, LIST)

        assert "Fits as it is 2" in shown
        assert re.search(r"(A suggestion is ready|Needs a choice) 1", shown)
        assert "1 change fits, 1 place needs somebody" in shown

    def test_the_browser_keeps_no_contents_that_lack_a_new_step(self, cast: Cast, commit: Commit, ben: Client) -> None:
        core = _core(cast)
        _ours(cast, core)
        _moves(cast, core, LATER)  # nothing is prepared yet
        tag = ben.get("/m/street-manual/")["ETag"]
        assert ben.get("/m/street-manual/", headers={"if-none-match": tag}).status_code == 304

        ben.post("/m/street-manual/p/hello/step/")

        answer = ben.get("/m/street-manual/", headers={"if-none-match": tag})
        assert answer.status_code == 200
        assert "Bring it into step" in answer.content.decode()

    def test_what_is_for_the_slot_comes_first(self, cast: Cast, commit: Commit, ben: Client) -> None:
        _step(cast, commit, title="Apple")
        later = _step(cast, commit, title="Zebra")

        ben.post(_url(later), {"act": "slot"})

        shown = _seen(ben, "/m/street-manual/to-manualize/")
        assert shown.index("Zebra for the slot") < shown.index("Apple")

    def test_readers_from_outside_see_neither_list_nor_step(self, cast: Cast, commit: Commit) -> None:
        step = _step(cast, commit)
        Manual.objects.update(audience="public")

        for url in (LIST, _url(step), _url(step, "1/"), _url(step, "keep/"), "/m/street-manual/p/hello/step/"):
            assert client_of(cast, "cleo").get(url).status_code == 404, url
        assert str(step.pk) not in client_of(cast, "cleo").get("/m/street-manual/").content.decode()

    def test_the_house_may_look_but_only_the_team_decides(self, cast: Cast, commit: Commit) -> None:
        step = _step(cast, commit)
        cora = client_of(cast, "cora")

        assert "Only members of this team can change its manual." in _seen(cora, _url(step))
        assert [cora.get(_url(step, end)).status_code for end in ("whole/", "keep/", "take/", "1/")] == [403] * 4
        assert cora.post(_url(step), {"act": "combine", "seen": sight_of(step)}).status_code == 403
        assert cora.post(LIST, {"act": "combine", "step": str(step.pk)}).status_code == 403


class TestTogether:
    def test_all_that_fit_are_combined_each_by_itself(self, cast: Cast, commit: Commit, ben: Client) -> None:
        steps = [_step(cast, commit, title="Hello"), _step(cast, commit, title="Bye")]
        clash = _step(cast, commit, CLASH, title="Bell")
        assert "Combine the 2 that fit" in _seen(ben, LIST)

        sent = [str(step.pk) for step in (*steps, clash)]
        answer = ben.post(LIST, {"act": "combine", "step": sent}, follow=True)

        assert "2 pages were combined. Left as they are, because they do not fit any more: Bell." in _text(answer)
        assert [Step.objects.get(pk=step.pk).decision for step in steps] == [Decision.COMBINED] * 2
        assert "Go in slowly." in _read(ben, "bye")
        made = Revision.objects.get(step=steps[0])
        assert made.reason == "Brought into step with the core. A fall."

    def test_where_more_than_one_yes_is_needed_others_agree_to_all_at_once(
        self, cast: Cast, commit: Commit, ben: Client
    ) -> None:
        steps = [_step(cast, commit, title="Hello"), _step(cast, commit, title="Bye")]
        _quorum(cast, 2)
        ben.post(LIST, {"act": "combine", "step": [str(step.pk) for step in steps]})
        drafts = list(Revision.objects.filter(step__isnull=False))
        assert [draft.state for draft in drafts] == [State.DRAFT] * 2
        assert "Waits for a yes 2" in _seen(ben, LIST)
        assert "Agree to these" not in _seen(ben, LIST)

        ana = client_of(cast, "ana")
        assert "Agree to these 2" in _seen(ana, LIST)
        ana.post(LIST, {"act": "agree", "draft": [str(draft.pk) for draft in drafts]})

        assert "Go in slowly." in _read(ben)
        assert not Step.objects.filter(settled_at=None).exists()

    def test_ids_that_are_none_or_another_manuals_change_nothing(self, cast: Cast, commit: Commit, ben: Client) -> None:
        step = _step(cast, commit)

        assert ben.post(LIST, {"act": "combine", "step": "x"}).status_code == 302
        assert ben.post(LIST, {"act": "else"}).status_code == 302
        assert (
            client_of(cast, "edie").post("/m/core/steps/", {"act": "combine", "step": str(step.pk)}).status_code == 302
        )
        assert Step.objects.get().settled_at is None


def _text(answer: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())).split())


class TestPage:
    def test_the_page_leads_to_what_changed_and_prepares_it(self, cast: Cast, ben: Client) -> None:
        core = _core(cast)
        _ours(cast, core)
        _moves(cast, core, LATER)
        assert "the core has moved on since" in _read(ben)
        assert not Step.objects.exists()

        assert "See what changed" in _seen(ben, "/m/street-manual/p/hello/step/")
        assert not Step.objects.exists()  # looking writes nothing
        answer = ben.post("/m/street-manual/p/hello/step/")

        assert answer["Location"] == _url(Step.objects.get())
        assert ben.get("/m/street-manual/p/hello/step/")["Location"] == _url(Step.objects.get())

    def test_a_page_in_step_says_so(self, cast: Cast, ben: Client) -> None:
        _ours(cast, _core(cast))

        assert "This page is in step with the core." in _text(ben.post("/m/street-manual/p/hello/step/"))

    def test_a_page_set_aside_or_withdrawn_below_says_what_happened(
        self, cast: Cast, commit: Commit, ben: Client
    ) -> None:
        aside, gone = _core(cast, "Aside"), _core(cast, "Gone")
        on: dict[str, Any] = {"manual": cast.team_manual, "page_id": aside.edition.page_id, "based_on": aside.pk}
        set_page_aside(actor=cast.actor("ben"), reason="No doors.", **on)
        _ours(cast, gone)
        assert "The core" not in _read(ben, "aside")
        with commit():
            _moves(cast, aside, LATER)
            give_up(actor=cast.actor("edie"), edition=gone.edition, based_on=gone.pk, reason="Nobody used it.")

        assert "The core has changed the page that your team set aside" in _read(ben, "aside")
        assert "The core does not have this page any more" in _read(ben, "gone")

    def test_quiet_until_a_day_and_loud_again_after_it(self, cast: Cast, commit: Commit, ben: Client) -> None:
        step = _step(cast, commit)
        day = timezone.localdate() + timedelta(days=20)
        form = {
            "reason": "After the move.",
            "until": day.isoformat(),
            "pole": "",
            "based_on": str(step.ours_id),
            "seen": sight_of(step),
        }
        assert ben.post(_url(step, "keep/"), form).status_code == 302

        assert "Because: After the move." in _read(ben)
        assert "Quiet for now 1" in _seen(ben, LIST)
        assert str(step.pk) not in ben.get("/").content.decode()
        assert "1 more page is kept as it is for now" in _seen(ben, "/m/street-manual/to-manualize/")
        Step.objects.update(quiet_until=timezone.localdate())
        assert "Quiet for now" not in _seen(ben, LIST)
        assert str(step.pk) in ben.get("/").content.decode()


class TestStep:
    def test_it_says_what_the_core_changed_when_by_whom_and_why(self, cast: Cast, commit: Commit, ben: Client) -> None:
        shown = _seen(ben, _url(_step(cast, commit)))

        assert "Your team adapted this page; the core has moved on since." in shown
        assert "A fall. Core · " in shown
        assert "· Edie" in shown
        assert "1 change from the core fits." in shown
        assert "Combine the one" in shown

    def test_all_reasons_since_the_base_are_there(self, cast: Cast, commit: Commit, ben: Client) -> None:
        core = _core(cast)
        _ours(cast, core)
        with commit():
            _moves(cast, core, LATER)
            text = Text("Coming in", LATER, ("doors",), ("Visits",), reason="Clearer.")
            newest = Edition.objects.get(pk=core.edition_id).current_id
            assert newest
            revise(actor=cast.actor("edie"), edition=core.edition, text=text, based_on=newest)

        shown = _seen(ben, _url(Step.objects.get()))

        assert shown.index("Clearer.") < shown.index("A fall.")
        assert "The core renamed it: “Hello” is now “Coming in”." in shown
        assert "The core moved it to “Visits”." in shown

    def test_a_part_that_became_a_page_of_its_own_is_told(self, cast: Cast, commit: Commit, ben: Client) -> None:
        core = _core(cast)
        _ours(cast, core)
        with commit():
            part = add_page(
                actor=cast.actor("edie"), manual=cast.core, text=Text("Waiting", "Wait.", copied_from=core.pk)
            )
            _moves(cast, core, LATER)
        assert part.copied_from == core

        assert "A part of it became a page of its own: Waiting" in _seen(ben, _url(Step.objects.get()))

    def test_one_tap_combines_what_fits(self, cast: Cast, commit: Commit, ben: Client) -> None:
        step = _step(cast, commit)

        answer = ben.post(_url(step), {"act": "combine", "seen": sight_of(step)}, follow=True)

        assert "Combined. Readers have it now." in _text(answer)
        assert Revision.objects.get(step=step).body == BOTH
        assert "Brought into step on" in _seen(ben, _url(step))
        assert "Brought into step on" in _seen(ben, "/m/street-manual/p/hello/history/")

    def test_undone_with_one_tap(self, cast: Cast, commit: Commit, ben: Client) -> None:
        step = _step(cast, commit)
        ben.post(_url(step), {"act": "combine", "seen": sight_of(step)})
        assert "Undo" in _seen(ben, LIST)

        with commit():
            ben.post(_url(step), {"act": "undo"})

        assert "Go in slowly." not in _read(ben)
        assert Step.objects.filter(settled_at=None).count() == 1

    def test_a_guessed_base_is_confirmed_before_anything_is_combined(
        self, cast: Cast, commit: Commit, ben: Client
    ) -> None:
        step = _step(cast, commit)
        Revision.objects.filter(pk=step.ours_id).update(base_inferred=0.92)
        shown = _seen(ben, _url(step))
        assert "We think your text was made from the version of" in shown
        assert "Combine the one" not in shown
        assert "Combine the one that fits" not in _seen(ben, LIST)
        ben.post(LIST, {"act": "combine", "step": str(step.pk)})
        assert Step.objects.get().settled_at is None

        ben.post(_url(step), {"act": "base"})

        assert "Combine the one" in _seen(ben, _url(step))

    def test_a_text_that_changed_meanwhile_is_looked_at_anew(self, cast: Cast, commit: Commit, ben: Client) -> None:
        step = _step(cast, commit)
        assert step.ours
        text = Text("Hello", OURS.replace("the bell", "the big bell"), ("doors",))
        revise(actor=cast.actor("ana"), edition=step.ours.edition, text=text, based_on=step.ours.pk)
        assert "One of the two texts has changed" in _seen(ben, _url(step))
        answer = ben.post(_url(step), {"act": "combine", "seen": sight_of(step)})
        assert answer.status_code == 409
        assert "The page has changed since you began." in _text(answer)

        ben.post(_url(step), {"act": "anew"})
        ben.post(_url(step), {"act": "combine", "seen": sight_of(step)})

        assert "Ring the big bell." in _read(ben)
        assert "Go in slowly." in _read(ben)

    def test_what_is_being_agreed_is_not_decided_twice(self, cast: Cast, commit: Commit, ben: Client) -> None:
        step = _step(cast, commit)
        _quorum(cast, 2)
        answer = ben.post(_url(step), {"act": "combine", "seen": sight_of(step)}, follow=True)
        assert "This brings the page into step with the core" in _text(answer)

        shown = _seen(ben, _url(step))
        assert "Your team is agreeing what to do" in shown
        assert "Combine the one" not in shown

    def test_a_button_that_is_none_says_so(self, cast: Cast, commit: Commit, ben: Client) -> None:
        answer = ben.post(_url(_step(cast, commit)), {"act": "dance"})

        assert answer.status_code == 400
        assert "Choose one of the buttons." in _text(answer)


class TestChoices:
    def test_a_choice_shows_both_sides_with_their_reasons(self, cast: Cast, commit: Commit, ben: Client) -> None:
        shown = _seen(ben, _url(_step(cast, commit, CLASH), "1/"))

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
        step = _step(cast, commit, CLASH)
        key = _value(ben.get(_url(step, "1/")).content.decode(), "key")

        answer = ben.post(_url(step, "1/"), {"key": key, "chosen": chosen, "own": own})

        assert answer["Location"] == _url(step, "whole/")
        html = client_of(cast, "ana").get(_url(step, "whole/"))  # anybody of the team goes on from there
        assert html.context["form"]["body"].value() == f"{first}\n\nWait a minute.\n\nGo in slowly.\n"

    def test_places_follow_each_other_and_are_left_and_resumed(self, cast: Cast, commit: Commit, ben: Client) -> None:
        core = _core(cast, body="One.\n\nTwo.\n\nThree.\n\nFour.\n\nFive.\n")
        _ours(cast, core, "One a.\n\nTwo.\n\nThree a.\n\nFour.\n\nFive a.\n")
        with commit():
            _moves(cast, core, "One b.\n\nTwo.\n\nThree b.\n\nFour.\n\nFive b.\n")
        step = Step.objects.get()
        assert "Go on to the 3" in _seen(ben, _url(step))
        key = _value(ben.get(_url(step, "2/")).content.decode(), "key")

        answer = ben.post(_url(step, "2/"), {"key": key, "chosen": "ours", "own": ""})

        assert answer["Location"] == _url(step, "3/")
        shown = _seen(ben, _url(step))
        assert "1 is chosen already." in shown
        assert "Go on to the 2" in shown
        whole = ben.post(_url(step, "whole/"), _whole(step, "x"))
        assert "Some places still need you." in _text(whole)
        assert Step.objects.get().settled_at is None

    def test_nothing_chosen_and_no_own_words_are_asked_again(self, cast: Cast, commit: Commit, ben: Client) -> None:
        step = _step(cast, commit, CLASH)
        key = _value(ben.get(_url(step, "1/")).content.decode(), "key")

        assert "Choose one of these" in _text(ben.post(_url(step, "1/"), {"key": key, "own": ""}))
        answer = ben.post(_url(step, "1/"), {"key": key, "chosen": "own", "own": "  "})
        assert "Write your words first" in _text(answer)
        assert ben.post(_url(step, "1/"), {"key": key, "chosen": "nonsense", "own": ""}).status_code == 409
        assert Step.objects.get().choices == {}

    def test_a_place_that_changed_meanwhile_keeps_the_words(self, cast: Cast, commit: Commit, ben: Client) -> None:
        step = _step(cast, commit, CLASH)

        answer = ben.post(_url(step, "1/"), {"key": "old-0", "chosen": "own", "own": "My own words."})

        assert answer.status_code == 409
        assert "This place has changed since you opened it." in _text(answer)
        assert "My own words." in _text(answer)
        assert ben.get(_url(step, "7/")).status_code == 404


def _whole(step: Step, body: str, **more: str) -> dict[str, str]:
    return {
        "title": "Hello",
        "body": body,
        "tags": "doors",
        "reason": "Slowly.",
        "pole": "",
        "based_on": str(step.ours_id),
        "seen": sight_of(step),
        **more,
    }


class TestWhole:
    def test_it_shows_the_marks_and_asks_why(self, cast: Cast, commit: Commit, ben: Client) -> None:
        html = ben.get(_url(_step(cast, commit), "whole/")).content.decode()

        assert "<ins>" in html
        assert "Brought into step with the core. A fall." in html
        assert "Use it" in html

    def test_the_text_can_be_changed_once_more_and_looked_at(self, cast: Cast, commit: Commit, ben: Client) -> None:
        step = _step(cast, commit)
        mine = BOTH + "\nShut it.\n"
        preview = ben.post(_url(step, "whole/"), _whole(step, mine, preview="yes"))
        assert "Shut it." in _text(preview)
        assert Step.objects.get().settled_at is None

        ben.post(_url(step, "whole/"), _whole(step, mine, pole="evidence"))

        made = Revision.objects.get(step=step)
        assert (made.body, made.reason, made.pole, made.base_id) == (mine, "Slowly.", "evidence", step.theirs_id)

    def test_two_at_once_lose_nothing(self, cast: Cast, commit: Commit, ben: Client) -> None:
        step = _step(cast, commit)
        client_of(cast, "ana").post(_url(step), {"act": "combine", "seen": sight_of(step)})

        answer = ben.post(_url(step, "whole/"), _whole(step, BOTH + "\nMine.\n"))

        assert answer.status_code == 409
        assert "Somebody has decided this meanwhile." in _text(answer)
        assert "Mine." in _text(answer)

    def test_a_title_is_needed(self, cast: Cast, commit: Commit, ben: Client) -> None:
        step = _step(cast, commit)

        answer = ben.post(_url(step, "whole/"), _whole(step, BOTH, title=" "))

        assert answer.status_code == 400
        assert "Give the page a title." in _text(answer)


class TestTakingAndKeeping:
    def test_taking_the_cores(self, cast: Cast, commit: Commit, ben: Client) -> None:
        step = _step(cast, commit)
        assert "follow it" in _seen(ben, _url(step, "take/"))

        ben.post(
            _url(step, "take/"),
            {"reason": "Better.", "pole": "", "based_on": str(step.ours_id), "seen": sight_of(step)},
        )

        assert "Knock twice." in _read(ben)
        assert Step.objects.get().decision == Decision.TAKEN

    def test_keeping_ours_asks_why(self, cast: Cast, commit: Commit, ben: Client) -> None:
        step = _step(cast, commit)
        form = {"reason": "", "until": "", "pole": "", "based_on": str(step.ours_id), "seen": sight_of(step)}
        assert "Say in a few words why your team keeps its own." in _text(ben.post(_url(step, "keep/"), form))
        past = {**form, "reason": "Tried.", "until": "2020-01-01"}
        assert "Choose a day that is still to come" in _text(ben.post(_url(step, "keep/"), past))

        ben.post(_url(step, "keep/"), {**form, "reason": "Tried."})

        assert Step.objects.get().decision == Decision.KEPT
        assert "Ring the bell." in _read(ben)
        assert "the core has moved on" not in _read(ben)

    def test_a_stale_form_keeps_the_reason(self, cast: Cast, commit: Commit, ben: Client) -> None:
        step = _step(cast, commit)
        form = {
            "reason": "Tried for years.",
            "until": "",
            "pole": "",
            "based_on": str(step.base_id),
            "seen": sight_of(step),
        }

        answer = ben.post(_url(step, "keep/"), form)

        assert answer.status_code == 409
        assert "Tried for years." in answer.content.decode()

    def test_withdrawn_below(self, cast: Cast, commit: Commit, ben: Client) -> None:
        core = _core(cast)
        ours = _ours(cast, core)
        with commit():
            give_up(actor=cast.actor("edie"), edition=core.edition, based_on=core.pk, reason="Nobody used it.")
        step = Step.objects.get()
        shown = _seen(ben, _url(step))
        for words in (
            "The core does not have this page any more.",
            "Nobody used it.",
            "Keep it as our own",
            "Take it out too",
        ):
            assert words in shown, words

        ben.post(
            _url(step, "keep/"),
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
        core = _core(cast)
        ours = _ours(cast, core)
        with commit():
            give_up(actor=cast.actor("edie"), edition=core.edition, based_on=core.pk, reason="Nobody used it.")

        answer = ben.post(
            _url(Step.objects.get(), "take/"),
            {"reason": "Nor do we.", "pole": "", "based_on": str(ours.pk), "seen": sight_of(Step.objects.get())},
            follow=True,
        )

        assert answer.status_code == 200
        assert ben.get("/m/street-manual/p/hello/").status_code == 404

    def test_set_aside_here_and_made_better_there(self, cast: Cast, commit: Commit, ben: Client) -> None:
        core = _core(cast)
        on: dict[str, Any] = {"manual": cast.team_manual, "page_id": core.edition.page_id, "based_on": core.pk}
        aside = set_page_aside(actor=cast.actor("ben"), reason="No doors.", **on)
        with commit():
            _moves(cast, core, LATER)
        step = Step.objects.get()
        shown = _seen(ben, _url(step))
        for words in (
            "You took this out. The core made it better. Still leave it out?",
            "Leave it out",
            "Bring it back",
        ):
            assert words in shown, words
        assert "Go in [added:] slowly" in shown

        ben.post(
            _url(step, "take/"), {"reason": "A door.", "pole": "", "based_on": str(aside.pk), "seen": sight_of(step)}
        )

        assert "Go in slowly." in _read(ben)

    def test_only_its_place_changed(self, cast: Cast, commit: Commit, ben: Client) -> None:
        core = _core(cast)
        _ours(cast, core)
        with commit():
            _moves(cast, core, OLD, section=("Visits",))
        step = Step.objects.get()
        assert step.fit == Fit.PLACE
        assert "The core moved this page to “Visits”. No word of it changed." in _seen(ben, _url(step))

        ben.post(_url(step), {"act": "seen"})

        assert not Step.objects.filter(settled_at=None).exists()


@pytest.fixture
def neighbour(cast: Cast) -> Manual:
    team = Team.objects.create(organisation=cast.organisation, name="Elm", slug="elm")
    made = make_manual(
        by=None, organisation_id=cast.organisation.pk, title="Elm manual", kind=Kind.TEAM, team_id=team.pk
    )
    include(by=None, manual=made, included=cast.core)
    return made


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
        core = _core(cast)
        _ours(cast, core)
        step = open_step(actor=cast.actor("ben"), manual=cast.team_manual, theirs=_theirs(cast, neighbour, core))
        shown = _seen(ben, _url(step))
        assert "This is how Elm has it." in shown
        assert "the core" not in shown

        ben.post(_url(step), {"act": "combine", "seen": sight_of(step)})

        assert "Go in slowly." in _read(ben)
        assert Revision.objects.get(step=step).reason == "Borrowed from another team."

    def test_a_page_that_the_team_does_not_have_is_borrowed_whole(
        self, cast: Cast, ben: Client, neighbour: Manual
    ) -> None:
        step = open_step(actor=cast.actor("ben"), manual=cast.team_manual, theirs=_theirs(cast, neighbour, None))
        assert "Borrow it" in _seen(ben, _url(step))
        assert "Go in slowly." in _seen(ben, _url(step, "take/"))

        ben.post(
            _url(step, "take/"), {"reason": "We have doors too.", "pole": "", "based_on": "", "seen": sight_of(step)}
        )

        assert "Go in slowly." in _read(ben)

    def test_a_neighbours_text_can_be_let_be(self, cast: Cast, ben: Client, neighbour: Manual) -> None:
        core = _core(cast)
        _ours(cast, core)
        step = open_step(actor=cast.actor("ben"), manual=cast.team_manual, theirs=_theirs(cast, neighbour, core))

        ben.post(_url(step), {"act": "let-be"})

        assert Step.objects.get().decision == Decision.KEPT
        assert "Undo" not in _seen(ben, LIST)

    @pytest.mark.parametrize("body", [LATER, CLASH])
    def test_an_unnamed_offer_never_says_whose_it_is(self, cast: Cast, neighbour: Manual, body: str) -> None:
        core = _core(cast)
        theirs = _theirs(cast, neighbour, core, body)
        offer = Offer.objects.create(
            manual=neighbour, page=core.edition.page, to=cast.core, revision=theirs, reason="Safer.", is_named=False,
            by=cast.people["ada"],
        )  # fmt: skip
        edie = client_of(cast, "edie")
        _moves(cast, core, "Knock four times.\n\nWait a minute.\n\nGo in.\n")
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
