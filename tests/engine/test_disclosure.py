"""What may be shown of a group: coarse, in fixed windows, of enough people, and nothing beside it that tells more."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import combinations
from statistics import fmean, pstdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldcraft.engine.disclosure import (
    Account,
    Bands,
    Cell,
    Change,
    Hidden,
    Kind,
    Made,
    Question,
    Range,
    Reason,
    Release,
    Roster,
    Tally,
    Team,
    Thresholds,
    Window,
    account_of,
    apart,
    apart_from_all,
    figures,
    latest_published,
    release,
    tally,
    window_of,
)
from fieldcraft.engine.disclosure.figures import (
    NOISE,
    alike,
    bands_shown,
    change_between,
    mean_shown,
    rounded,
    value_of,
)
from fieldcraft.engine.disclosure.releasing import MOST_BY_ALL
from fieldcraft.engine.disclosure.windows import is_for_teams

SECRET = b"of a test"
LEFT_OUT_OF = figures.LEFT_OUT_OF
WHOLE = Cell(Kind.WHOLE, "all")
FOR_TEAMS, NOT_FOR_TEAMS = Window(3), Window(4)


@pytest.fixture(autouse=True)
def _nothing_is_left_out_by_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "LEFT_OUT_OF", 1e12)


def team(key: str, size: int, parent: str = "north") -> Team:
    return Team(key, parent, frozenset(f"{key}{one}" for one in range(size)))


def answers_of(roster: Roster, values: Sequence[float] = (25, 50, 62, 80, 45, 95, 70)) -> dict[str, list[float]]:
    people = sorted(person for one in roster.teams for person in one.members)
    return {person: [values[at % len(values)]] * 3 for at, person in enumerate(people)}


def made(
    roster: Roster,
    *,
    window: Window = FOR_TEAMS,
    thresholds: Thresholds | None = None,
    account: Account | None = None,
    before: Release | None = None,
    answers: dict[str, list[float]] | None = None,
    secret: bytes = SECRET,
) -> Made:
    question = Question("purpose", window, thresholds or Thresholds(), secret)
    given_ = answers_of(roster) if answers is None else answers
    return release(question, roster, given_, account=account or Account(), before=before)


def why(out: Release) -> dict[str, Reason]:
    return {f"{one.cell.kind.value} {one.cell.key}": one.reason for one in out.withheld}


class TestThresholds:
    @pytest.mark.parametrize("name", ["team", "above", "bands", "change", "links"])
    def test_they_may_be_raised_and_never_lowered(self, name: str) -> None:
        floor = getattr(Thresholds(), name)

        assert getattr(Thresholds(**{"above": 40, name: floor + 1}), name) == floor + 1
        with pytest.raises(ValueError, match="never lowered"):
            Thresholds(**{name: floor - 1})

    def test_what_holds_several_teams_needs_as_many_as_a_team(self) -> None:
        with pytest.raises(ValueError, match="as many"):
            Thresholds(team=14)

    def test_people_are_counted_in_ranges_that_change_where_what_is_shown_changes(self) -> None:
        shown = [Thresholds().people(count) for count in (8, 10, 11, 19, 20, 29, 30, 400)]

        assert shown[::2] == [Range(8, 10), Range(11, 19), Range(20, 29), Range(30, None)]
        assert shown[1::2] == shown[::2]
        assert Thresholds(team=10, above=14).people(12) == Range(10, 13)


class TestWindows:
    @given(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
    def test_each_day_lies_in_one_window_of_four_weeks_from_a_monday(self, day: date) -> None:
        window = window_of(day)

        assert window.first_day <= day <= window.last_day
        assert window.first_day.weekday() == 0
        assert window.last_day - window.first_day == timedelta(days=27)

    @given(st.dates(date(2025, 1, 1), date(2040, 1, 1)))
    def test_figures_are_out_three_whole_days_after_it_closes_and_no_earlier(self, today: date) -> None:
        latest = latest_published(today)

        assert latest.published_from <= today < Window(latest.number + 1).published_from
        assert latest.published_from - latest.last_day == timedelta(days=4)

    def test_teams_have_their_own_picture_in_every_third(self) -> None:
        assert [number for number in range(9) if is_for_teams(Window(number))] == [0, 3, 6]


class TestFigures:
    def test_a_person_counts_with_the_mean_of_two_answers_at_least(self) -> None:
        assert [value_of(given_) for given_ in ([], [70], [70, 50], [100, 0, 50, 50])] == [None, None, 60, 50]

    def test_the_same_people_give_the_same_figure_for_ever_and_others_another(self) -> None:
        values = {f"p{one}": 40.0 + one for one in range(9)}
        turned = dict(reversed(values.items()))
        shown = [
            mean_shown(some, secret=secret, item=item, window=Window(number))
            for some, secret, item, number in (
                (values, SECRET, "a", 1),
                (turned, SECRET, "a", 1),
                *((values, b"%d" % one, "a", 1) for one in range(40)),
            )
        ]

        assert shown[0] == shown[1]
        assert len(set(shown)) > 2

    @pytest.mark.parametrize("number", [8, 20])
    def test_the_noise_is_normal_with_a_spread_of_a_person_s_part(self, number: int) -> None:
        off = []
        for one in range(3000):
            mean = 45 + one % 100 / 10
            values = {f"p{person}": mean for person in range(number)}
            off.append(mean_shown(values, secret=b"%d" % one, item="a", window=Window(1)) - mean)

        assert fmean(off) == pytest.approx(0, abs=0.3)
        assert pstdev(off) == pytest.approx(((NOISE / number) ** 2 + 25 / 12) ** 0.5, rel=0.05)

    def test_a_name_that_holds_another_s_end_is_not_taken_for_it(self) -> None:
        one = {"ab": 50.0, "c": 50.0}
        other = {"a": 50.0, "bc": 50.0}
        shown = [
            [mean_shown(some, secret=b"%d" % key, item="i", window=Window(1)) for key in range(20)]
            for some in (one, other)
        ]

        assert shown[0] != shown[1]

    def test_means_come_in_fives_from_ten_to_ninety(self) -> None:
        assert [rounded(mean) for mean in (-20, 3, 12.4, 12.5, 57.6, 91, 130)] == [10, 10, 10, 15, 60, 90, 90]

    def test_bands_come_in_tens_and_neither_none_nor_all_are_said(self) -> None:
        assert bands_shown([20.0] * 3 + [50.0] * 14 + [80.0] * 3) == Bands(20, 70, 20)
        assert bands_shown([50.0] * 20) == Bands(10, 90, 10)

    def test_a_change_of_ten_points_is_about_the_same(self) -> None:
        assert [change_between(50, now) for now in (35, 40, 60, 65)] == [
            Change.DOWN,
            Change.ABOUT_THE_SAME,
            Change.ABOUT_THE_SAME,
            Change.UP,
        ]

    def test_all_in_one_band_are_alike(self) -> None:
        assert alike([40, 69.9, 55])
        assert not alike([40, 69.9, 70])


class TestGroups:
    @given(st.frozensets(st.integers(0, 30)), st.frozensets(st.integers(0, 30)))
    def test_two_groups_stand_beside_each_other_when_neither_rest_is_small(
        self, one: frozenset[int], other: frozenset[int]
    ) -> None:
        first, second = (frozenset(map(str, some)) for some in (one, other))
        rests = (len(one - other), len(other - one))

        assert apart(first, second, 8) == all(count == 0 or count >= 8 for count in rests)
        assert apart(first, second, 8) == apart(second, first, 8)

    def test_nobody_is_counted_in_two_teams(self) -> None:
        with pytest.raises(ValueError, match="one team"):
            Roster("all", (Team("a", "x", frozenset("p")), Team("b", "x", frozenset("p"))))
        with pytest.raises(ValueError, match="one key"):
            Roster("all", (team("a", 2), team("a", 2)))


class TestPartition:
    ROSTER = Roster(
        "all", (team("a", 9), team("b", 12), team("c", 6), team("d", 5), team("e", 10, "south"), team("f", 3, "south"))
    )

    def out(self, **how: object) -> Release:
        return made(self.ROSTER, **how).release  # type: ignore[arg-type]

    def test_large_teams_stand_alone_and_small_ones_together_or_nowhere(self) -> None:
        out = self.out()
        shown = {figure.cell: figure.people for figure in out.figures}

        assert shown == {
            Cell(Kind.TEAM, "a"): Range(8, 10),
            Cell(Kind.TEAM, "b"): Range(11, 19),
            Cell(Kind.OTHER_TEAMS, "north"): Range(11, 19),
            Cell(Kind.PARENT, "north"): Range(30, None),
            Cell(Kind.TEAM, "e"): Range(8, 10),
            WHOLE: Range(30, None),
        }
        assert why(out) == {
            "team c": Reason.IN_OTHER_TEAMS,
            "team d": Reason.IN_OTHER_TEAMS,
            "parent south": Reason.ONE_CELL,
            "team f": Reason.FEW,
            "other teams south": Reason.FEW,
            "other teams all": Reason.FEW,
        }

    def test_who_is_in_no_shown_cell_is_in_no_total(self) -> None:
        out = self.out()
        whole = next(one for one in out.counted if one.cell == WHOLE)
        direct = [one.people for one in out.counted if one.direct]

        assert whole.people == frozenset().union(*direct)
        assert not any(one & other for one, other in combinations(direct, 2))
        assert not any(person.startswith("f") for person in whole.people)

    def test_a_total_is_worked_out_from_what_is_shown(self) -> None:
        """Other answers behind the same figures give the same total."""
        out = self.out()
        means = {figure.cell: figure.mean for figure in out.figures}
        sizes = {one.cell: len(one.people) for one in out.counted if one.direct}

        assert means[WHOLE] == rounded(sum(means[cell] * size for cell, size in sizes.items()) / sum(sizes.values()))

    def test_in_other_windows_only_parts_and_the_whole_are_shown(self) -> None:
        out = self.out(window=NOT_FOR_TEAMS)

        assert [figure.cell for figure in out.figures] == [
            Cell(Kind.PARENT, "north"),
            Cell(Kind.PARENT, "south"),
            WHOLE,
        ]
        assert {reason for cell, reason in why(out).items() if cell.startswith("team")} == {Reason.IN_OTHER_TEAMS}

    def test_what_is_too_small_by_itself_may_be_in_the_rest_of_the_whole(self) -> None:
        roster = Roster("all", (team("a", 9), team("b", 6, "south"), team("c", 7, "east")))
        out = made(roster).release

        assert [figure.cell for figure in out.figures] == [Cell(Kind.TEAM, "a"), Cell(Kind.OTHER_TEAMS, "all"), WHOLE]
        assert why(out)["team c"] is Reason.IN_OTHER_TEAMS

    def test_one_answer_does_not_count_and_whoever_is_on_no_roster_neither(self) -> None:
        roster = Roster("all", (team("a", 9),))
        answers = answers_of(roster) | {"stranger": [50.0, 50.0]}
        answers["a0"], answers["a1"] = [50.0], []

        assert made(roster, answers=answers).release.figures == ()

    def test_raised_thresholds_hold(self) -> None:
        out = self.out(thresholds=Thresholds(team=12, above=12))

        assert {figure.cell for figure in out.figures if figure.cell.kind is Kind.TEAM} == {Cell(Kind.TEAM, "b")}

    @given(st.lists(st.tuples(st.integers(0, 25), st.sampled_from("xyz")), min_size=1, max_size=8), st.integers(0, 5))
    @settings(max_examples=40, deadline=None)
    def test_any_two_shown_groups_differ_by_nobody_or_by_enough(
        self, sizes: list[tuple[int, str]], number: int
    ) -> None:
        roster = Roster("all", tuple(team(f"t{at}-", size, parent) for at, (size, parent) in enumerate(sizes)))
        counted = made(roster, window=Window(number)).release.counted
        bands = [one.people for one in counted if one.with_bands]

        assert all(apart(one.people, other.people, 8) for one, other in combinations(counted, 2))
        assert all(len(people) >= 20 and apart_from_all(people, bands, 20) for people in bands)
        assert all(len(one.people) >= (8 if one.cell.kind is Kind.TEAM else 11) for one in counted)

    @given(st.lists(st.tuples(st.integers(0, 25), st.sampled_from("xyz")), min_size=1, max_size=8), st.integers(0, 5))
    @settings(max_examples=40, deadline=None)
    def test_each_team_is_shown_or_withheld_with_a_reason(self, sizes: list[tuple[int, str]], number: int) -> None:
        roster = Roster("all", tuple(team(f"t{at}-", size, parent) for at, (size, parent) in enumerate(sizes)))
        out = made(roster, window=Window(number)).release
        cells = [one.cell for one in (*out.figures, *out.withheld)]

        assert len(set(cells)) == len(cells)
        assert {one.key for one in cells if one.kind is Kind.TEAM} == {one.key for one in roster.teams}
        assert WHOLE in cells


class TestBandsAndChange:
    def test_bands_are_shown_from_twenty_people(self) -> None:
        for size, expected in ((19, None), (20, Bands(20, 50, 40))):
            figure = made(Roster("all", (team("a", size),))).release.figure(Cell(Kind.TEAM, "a"))

            assert figure
            assert figure.bands == expected

    def test_a_change_is_said_from_eleven_people_in_both_windows(self) -> None:
        roster = Roster("all", (team("a", 12), team("b", 12)))
        cell = Cell(Kind.PARENT, "north")
        first = made(roster, window=Window(4), answers=answers_of(roster, (10, 40, 80))).release
        second = made(roster, window=Window(5), before=first, answers=answers_of(roster, (65, 95, 100)))
        found = second.release.figure(cell)

        assert found
        assert found.change is Change.UP
        assert all(one.change is None for one in first.figures)

    def test_nothing_is_said_of_a_change_in_few_people(self) -> None:
        roster = Roster("all", (team("a", 10),))
        first = made(roster, window=Window(2)).release
        second = made(roster, window=Window(3), before=first).release

        assert all(one.change is None for one in second.figures)

    def test_the_release_before_is_the_one_before(self) -> None:
        roster = Roster("all", (team("a", 10),))
        first = made(roster, window=Window(1)).release
        with pytest.raises(ValueError, match="before"):
            made(roster, window=Window(3), before=first)


class TestLeftOut:
    ROSTER = Roster("all", (team("a", 9),))

    def reasons(self, answers: dict[str, list[float]] | None) -> list[Reason | None]:
        outs = [made(self.ROSTER, secret=b"%d" % one, answers=answers).release for one in range(200)]
        return [why(out).get("team a") for out in outs]

    def test_a_figure_that_says_the_same_of_everybody_is_left_out(self) -> None:
        assert set(self.reasons({person: [80.0, 90.0] for person in self.ROSTER.teams[0].members})) == {Reason.LEFT_OUT}

    def test_one_in_twenty_is_left_out_by_chance_under_the_same_reason(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(figures, "LEFT_OUT_OF", LEFT_OUT_OF)
        found = self.reasons(None)

        assert 3 <= found.count(Reason.LEFT_OUT) <= 20
        assert set(found) == {None, Reason.LEFT_OUT}


class TestAccount:
    def test_nothing_is_known_of_whoever_was_never_counted(self) -> None:
        assert Account().known_of("p") == 0.0
        assert Account().most_known == 0.0

    def test_one_figure_of_n_people_tells_two_of_them_what_it_must(self) -> None:
        """In closed form: the value's covariance with the mean, squared, over what is left of the mean beside two."""
        people, number = frozenset(map(str, range(10))), 10
        value, blur = 16**2 + 10**2, (NOISE / number) ** 2 + 25 / 12
        expected = (value / number) ** 2 / (value * (number - 2) / number**2 + blur) / value

        assert expected <= Account().after(people).most_known == pytest.approx(expected, rel=0.08)

    def test_the_same_people_again_tell_little_and_others_tell_more(self) -> None:
        people = frozenset(map(str, range(12)))
        once = Account().after(people)
        same, fewer = once, once
        for one in range(6):
            same, fewer = same.after(people), fewer.after(people - {str(one)})

        assert once.most_known < same.most_known < fewer.most_known

    @given(st.lists(st.frozensets(st.integers(0, 12).map(str), min_size=4), min_size=1, max_size=6))
    @settings(max_examples=30)
    def test_nothing_that_was_learnt_is_forgotten(self, groups: list[frozenset[str]]) -> None:
        account = Account()
        for group in groups:
            after = account.after(group)
            assert all(after.known_of(person) >= account.known_of(person) - 1e-9 for person in account.people)
            account = after

        assert account.most_known < 1

    def test_it_does_not_depend_on_what_anybody_answered(self) -> None:
        roster = Roster("all", (team("a", 14),))
        one, other = (made(roster, answers=answers_of(roster, some)) for some in ((10, 90), (30, 50, 75)))

        assert one.account == other.account
        assert one.release.counted == other.release.counted

    def test_a_team_whose_account_is_full_is_withheld_and_says_why(self) -> None:
        roster, account, seen = Roster("all", (team("a", 10),)), Account(), []
        for number in range(0, 60, 3):
            answers = answers_of(roster)
            answers[f"a{number % 7}"] = []
            out = made(roster, window=Window(number), account=account, answers=answers)
            account = out.account
            seen.append(why(out.release).get("team a"))

        assert seen[0] is None
        assert Reason.KNOWN in seen
        assert account.most_known <= MOST_BY_ALL

    def test_it_can_be_worked_out_anew_from_the_ledger(self) -> None:
        first = made(TestPartition.ROSTER, window=Window(3))
        second = made(TestPartition.ROSTER, window=Window(4), account=first.account)

        assert account_of([first.release, second.release]) == second.account


class TestTally:
    def people(self, count: int) -> frozenset[str]:
        return frozenset(f"p{one}" for one in range(count))

    def test_it_says_nothing_below_the_threshold_and_a_range_from_it(self) -> None:
        of_team = [tally(self.people(count), thresholds=Thresholds(), across_teams=False) for count in (0, 7, 8, 30)]
        above = [tally(self.people(count), thresholds=Thresholds(), across_teams=True) for count in (10, 11)]

        assert of_team == [Hidden(), Hidden(), Tally(Range(8, 10)), Tally(Range(30, None))]
        assert above == [Hidden(), Tally(Range(11, 19))]

    @given(st.lists(st.integers(0, 40), min_size=1, max_size=8))
    def test_it_only_grows_so_that_nobody_is_seen_to_go(self, counts: list[int]) -> None:
        shown: Tally | Hidden | None = None
        lows = []
        for count in counts:
            shown = tally(self.people(count), thresholds=Thresholds(), across_teams=False, before=shown)
            lows.append(shown.people.low if isinstance(shown, Tally) else 0)

        assert lows == sorted(lows)
