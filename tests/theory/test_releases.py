"""Windows and releases: fixed, once, only of those who said yes, in groups large enough."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.theory.counted_world import at, check_ins, join, say_yes, world
from tests.theory.released_world import MASTERY, NUMBER, THEN, busy, play, shown
from tests.together.made import on

from fieldcraft.errors import Invalid, NotAllowed
from fieldcraft.mastery.sharing import Use, counted_in
from fieldcraft.people.consent import Grant, withdraw
from fieldcraft.people.models import Membership, Person, Role
from fieldcraft.theory.actions.releases import publish_due
from fieldcraft.theory.actions.windows import open_windows, raise_thresholds
from fieldcraft.theory.models import Audience, CellKind, Counted, Released, RosterPlace, Window
from fieldcraft.together.queries.threshold import threshold


def test_a_window_is_published_once_three_days_after_it_closed_and_never_again(db: None) -> None:
    made = busy([12, 12])
    open_windows(THEN.first_day)

    publish_due(THEN.last_day + timedelta(days=3))
    assert not Released.objects.exists(), "three whole days lie between"
    publish_due(THEN.published_from)
    before = list(Released.objects.order_by("pk").values())
    check_ins(made.everybody[:6], THEN.last_day + timedelta(weeks=20), 1)
    publish_due(THEN.published_from + timedelta(days=1))
    open_windows(THEN.first_day)

    assert before
    assert list(Released.objects.order_by("pk").values()) == before
    assert Window.objects.get(number=NUMBER).published_on == THEN.published_from


def test_teams_of_eleven_stand_by_themselves_small_ones_together_and_the_whole_is_made_of_what_is_shown(
    db: None,
) -> None:
    made = busy([14, 13, 6, 7])

    play(made)

    figures = shown(made)
    assert set(figures) - {"others"} == {"Team 0", "Team 1", "Team 2", "Team 3", "whole"}  # chance may leave a team out
    for name in ("Team 2", "Team 3"):
        assert figures[name].mean is None
        assert figures[name].withheld in {"in_other_teams", "left_out", "few", "known"}
    direct = [row for name, row in figures.items() if name != "whole" and row.mean is not None]
    if len(direct) > 1:
        sizes = {row.pk: len(Counted.objects.get(released=row).people) for row in direct}
        mean = sum((row.mean or 0) * sizes[row.pk] for row in direct) / sum(sizes.values())
        assert abs((figures["whole"].mean or 0) - mean) <= 2.5


def test_figures_are_rounded_and_people_are_a_range(db: None) -> None:
    made = busy([24, 24])

    play(made)

    rows = Released.objects.filter(withheld="")
    assert rows
    assert {row.mean % 5 for row in rows if row.mean is not None} == {0}
    assert {row.people for row in rows} <= {"8-10", "11-19", "20-29", "30+"}
    assert all(share % 10 == 0 for row in rows for share in row.bands)


def test_only_those_who_said_yes_to_this_very_use_are_counted(db: None) -> None:
    made = world([14])
    first = THEN.first_day
    check_ins(made.everybody, first - timedelta(weeks=8), 12, answered=1.0)
    say_yes(made, made.everybody, first, THEN.last_day, [Use.TEAM_PICTURE])
    say_yes(made, made.everybody[:10], first, THEN.last_day, [Use.ORGANISATION_PICTURE])

    play(made)

    own, ours = shown(made, audience=Audience.TEAM)["Team 0"], shown(made)
    assert own.withheld in {"", "left_out"}
    assert {row.withheld for row in ours.values()} == {"few"}, (
        "ten are too few above a team, however many are in the team"
    )


def test_whoever_takes_it_back_before_publication_is_not_in_it_and_nothing_is_computed_anew_after(db: None) -> None:
    made = busy([8])
    open_windows(THEN.first_day)
    gone = made.everybody[0]

    withdraw(person_id=gone.pk, organisation_id=made.organisation.pk, use=Use.TEAM_PICTURE, on=THEN.published_from)
    publish_due(THEN.published_from)

    assert shown(made, audience=Audience.TEAM)["Team 0"].withheld == "few", "seven are left"


def test_a_yes_of_a_later_day_takes_nothing_back(db: None) -> None:
    made = busy([9])
    play(made)
    before = list(Released.objects.order_by("pk").values())
    for person in made.everybody:
        for use in Use:
            withdraw(person_id=person.pk, organisation_id=made.organisation.pk, use=use, on=THEN.published_from)
    publish_due(THEN.published_from + timedelta(days=9))

    assert list(Released.objects.order_by("pk").values()) == before


def test_whoever_joins_after_a_window_began_counts_from_the_next_on_and_whoever_left_before_does_not(db: None) -> None:
    made = busy([12])
    team = made.teams[0]
    late = join(made, team, "late", THEN.first_day + timedelta(days=1))
    gone = made.everybody[0]
    Membership.objects.filter(person=gone).update(ended_at=at(THEN.first_day - timedelta(days=1)))

    open_windows(THEN.first_day + timedelta(days=2))

    there = set(RosterPlace.objects.values_list("person", flat=True))
    assert late.pk not in there
    assert gone.pk not in there
    assert len(there) == 11
    open_windows(THEN.last_day + timedelta(days=1))
    assert late.pk in set(RosterPlace.objects.filter(window__number=NUMBER + 1).values_list("person", flat=True))


def test_whoever_is_in_two_teams_counts_once(db: None) -> None:
    made = busy([12, 12])
    both = made.people["Team 0"][0]
    Membership.objects.create(organisation=made.organisation, team=made.teams[1], person=both, role=Role.MEMBER)
    Membership.objects.filter(person=both, team=made.teams[1]).update(started_at=at(date(2025, 6, 1)))

    open_windows(THEN.first_day)

    assert list(RosterPlace.objects.filter(person=both).values_list("team__name", flat=True)) == ["Team 0"]


def test_one_answer_in_a_window_is_not_counted(db: None) -> None:
    made = world([12])
    check_ins(made.everybody, THEN.first_day, 1, answered=1.0)
    say_yes(made, made.everybody, THEN.first_day, THEN.last_day)

    play(made)

    assert {row.withheld for row in Released.objects.filter(scale=MASTERY)} <= {"few", "not_now", "one_cell"}


def test_the_monthly_question_takes_two_windows(db: None) -> None:
    made = busy([24])

    play(made, number=NUMBER - 1, windows=2)

    scales = {
        number: set(Released.objects.filter(window__number=number).values_list("scale", flat=True))
        for number in (NUMBER - 1, NUMBER)
    }
    assert "own-week:change" not in scales[NUMBER - 1]
    assert "own-week:change" in scales[NUMBER]


def test_thresholds_are_raised_for_windows_that_begin_later_and_never_lowered(db: None) -> None:
    made = busy([12])
    head = join(made, None, "head", date(2025, 1, 1), Role.CONVENOR)
    of = {"actor": made.actor(head), "organisation_id": made.organisation.pk}
    open_windows(THEN.first_day)

    raise_thresholds(**of, team=13, above=15, today=THEN.first_day + timedelta(days=1))
    open_windows(THEN.last_day + timedelta(days=1))

    assert list(Window.objects.order_by("number").values_list("team_threshold", "above_threshold")) == [
        (8, 11),
        (13, 15),
    ]
    for team, above in ((12, 15), (13, 14), (7, 20), (16, 15)):
        with pytest.raises(Invalid):
            raise_thresholds(**of, team=team, above=above, today=THEN.last_day)
    with pytest.raises(NotAllowed):
        raise_thresholds(**{**of, "actor": made.actor(made.everybody[0])}, team=20, above=20, today=THEN.last_day)


def test_a_reopened_account_is_the_same_person_and_says_yes_anew(db: None) -> None:
    made = busy([12])
    person = made.everybody[0]
    places = {person.pk: "one"}
    of = {"first": THEN.first_day, "last": THEN.last_day, "on": THEN.last_day, "places": places}
    (before,) = counted_in(made.organisation.pk, Use.THEORY, **of).rows
    Grant.objects.filter(person=person).delete()
    Person.objects.filter(pk=person.pk).update(is_active=False)
    Person.objects.filter(pk=person.pk).update(is_active=True)

    assert counted_in(made.organisation.pk, Use.THEORY, **of).rows == ()
    say_yes(made, [person], THEN.first_day, THEN.last_day)
    (again,) = counted_in(made.organisation.pk, Use.THEORY, **of).rows
    assert again.name == before.name, "so that the account of what was shown goes on"


def test_every_group_and_scale_is_either_shown_or_withheld_with_a_reason(db: None) -> None:
    made = busy([14, 6])

    play(made, windows=3)

    for window in Window.objects.exclude(published_on=None):
        ours = Released.objects.filter(window=window, audience=Audience.ORGANISATION)
        for scale in ours.values_list("scale", flat=True).distinct():
            rows = ours.filter(scale=scale)
            assert {row.team.name for row in rows if row.team} == {"Team 0", "Team 1"}
            assert CellKind.WHOLE in {row.kind for row in rows}
            assert all((row.mean is None) == bool(row.withheld) for row in rows)


def test_a_new_key_changes_nobodys_name_in_the_account(db: None, settings: Any) -> None:
    made = busy([3])
    asked = {"first": THEN.first_day, "last": THEN.last_day, "on": THEN.published_from}
    places = {person.pk: str(made.teams[0].pk) for person in made.everybody}

    def names() -> set[str]:
        rows = counted_in(made.organisation.pk, Use.TEAM_PICTURE, **asked, places=places).rows
        return {row.name for row in rows}

    before = names()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    kept = names()
    settings.SECRET_KEY_FALLBACKS = []

    assert len(before) == 3
    assert kept == before
    assert not names() & before, "with a lost key everybody is somebody new"


def test_an_organisation_that_asks_for_more_people_asks_it_of_unnamed_conditions_too(db: None) -> None:
    made = world([3])
    head = join(made, None, "head", date(2024, 1, 1), Role.CONVENOR)
    other = world([1], name="Elsewhere")

    raise_thresholds(
        actor=made.actor(head), organisation_id=made.organisation.pk, team=12, above=14, today=timezone.localdate()
    )

    assert threshold(made.organisation.pk) == 8, "as for figures, from the next window on"
    with on(timezone.localdate() + timedelta(weeks=5)):
        assert threshold(made.organisation.pk) == 12
        assert threshold(other.organisation.pk) == 8
