"""What is read of the purposes that were offered: under which themes, from how many on, and how they are sorted."""

from datetime import date
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import Cast
from tests.theory.purposes_world import (
    AFTER,
    CROWD,
    LAST,
    MAP,
    OPENED,
    asked,
    offer,
    offered_unnamed,
    read,
    released,
    seen,
)
from tests.together.made import as_, html, on

from fieldcraft.errors import Invalid, NotAllowed, NotFound
from fieldcraft.theory.actions.purposes import release_due
from fieldcraft.theory.actions.purposes_offering import take_back_purpose
from fieldcraft.theory.actions.purposes_sorting import point_at_purpose, put_under_theme
from fieldcraft.theory.actions.windows import raise_thresholds
from fieldcraft.theory.models import Invitation, Offering, Theme
from fieldcraft.theory.queries.purposes import Stands, themes_to_choose
from fieldcraft.theory.queries.purposes_map import apart, to_sort
from fieldcraft.together.actions.raising import raise_with_name

THEMES = [UUID(int=number) for number in range(1, 6)]


@given(st.dictionaries(st.sampled_from([None, *THEMES]), st.integers(1, 30)), st.integers(11, 15))
def test_every_group_read_apart_and_what_is_left_are_large_enough(counts: dict[UUID | None, int], least: int) -> None:
    shown = apart(counts, least)

    assert all(theme is not None and counts[theme] >= least for theme in shown)
    left = sum(count for theme, count in counts.items() if theme not in shown)
    assert left == 0 or left >= least or sum(counts.values()) < least


@pytest.mark.parametrize(("count", "is_read"), [(10, False), (11, True)])
def test_unnamed_sentences_are_read_from_eleven_on_and_named_ones_always(cast: Cast, count: int, is_read: bool) -> None:
    invitation = asked(cast, count)
    offered_unnamed(cast, invitation, count)
    offer(cast, invitation, "ana", words="Mine.", stands=Stands.NAMED, theme="Trust")
    found = seen(cast, released(cast, invitation), "cora")

    assert found.is_read is is_read
    assert read(found)["Trust"] == ["Mine."]
    assert len(read(found).get("", [])) == (count if is_read else 0)
    assert len(to_sort(found)) == (count + 1 if is_read else 1), "the convenor sorts what everybody reads"


def test_a_raised_threshold_holds_as_it_was_when_the_question_was_asked(cast: Cast) -> None:
    raise_thresholds(
        actor=cast.actor("cora"), organisation_id=cast.organisation.pk, team=8, above=12, today=date(2026, 2, 1)
    )
    invitation = asked(cast, 11)
    offered_unnamed(cast, invitation, 11)

    assert not seen(cast, released(cast, invitation)).is_read


def test_a_theme_with_too_few_unnamed_is_told_by_no_number_and_its_sentences_are_read_without_it(cast: Cast) -> None:
    invitation = asked(cast, 26)
    offered_unnamed(cast, invitation, 11, "Being trusted")
    offered_unnamed(cast, invitation, 4, "Fairness", start=11)
    offered_unnamed(cast, invitation, 11, start=15)
    found = seen(cast, released(cast, invitation))
    told = {group.theme.name if group.theme else "": (group.is_few, group.kept) for group in found.all_groups}

    assert told == {"Being trusted": (False, "11-19"), "": (False, "11-19")}
    assert len(read(found)[""]) == 15
    assert not Theme.objects.filter(name="Fairness").exists(), "and the database forgets it, too"


@pytest.mark.parametrize("crowd", [3, 14])
def test_words_of_ones_own_for_a_theme_that_too_few_chose_are_read_by_nobody(cast: Cast, crowd: int) -> None:
    invitation = asked(cast, 20)
    offered_unnamed(cast, invitation, crowd)
    offer(cast, invitation, CROWD[15], stands=Stands.COUNTED, theme="Ben's hernia")
    released(cast, invitation)

    with on(AFTER):
        assert [name for name in ("ben", "ana", "cora", "ada") if "hernia" in html(as_(cast, name).get(MAP))] == []
    assert not Theme.objects.filter(name="Ben's hernia").exists()


def test_who_writes_a_theme_that_is_hidden_still_does_not_find_out_that_it_is_there(cast: Cast) -> None:
    invitation = asked(cast, 13)
    offered_unnamed(cast, invitation, 6, "staying")
    offered_unnamed(cast, invitation, 6, "Staying", start=6)

    assert {row.theme.name for row in Offering.objects.all() if row.theme} == {"staying", "Staying"}
    (group,) = seen(cast, released(cast, invitation)).all_groups
    assert group.kept == "11-19"


def test_what_would_be_left_too_few_takes_the_smallest_theme_with_it(cast: Cast) -> None:
    invitation = asked(cast, 13)
    offered_unnamed(cast, invitation, 11, "Being trusted")
    offered_unnamed(cast, invitation, 2, start=11)
    found = seen(cast, released(cast, invitation))

    assert set(read(found)) == {""}
    assert len(read(found)[""]) == 13


def test_a_sentence_that_may_not_be_read_only_counts_in_its_theme(cast: Cast) -> None:
    invitation = asked(cast, 11)
    offered_unnamed(cast, invitation, 10, "Being trusted")
    offer(cast, invitation, CROWD[10], words="Unread.", stands=Stands.COUNTED, theme="being  TRUSTED")
    found = seen(cast, released(cast, invitation), "cora")

    (group,) = found.all_groups
    assert group.kept == "11-19"
    assert len(group.sentences) == 10
    assert "Unread." not in repr(found)


def test_sentences_stand_in_an_order_made_of_their_words_alone(cast: Cast) -> None:
    orders = []
    for turned in (False, True):
        with transaction.atomic():
            invitation = asked(cast, 11)
            Invitation.objects.filter(pk=invitation.pk).update(id=THEMES[0])
            invitation = Invitation.objects.get()
            names = CROWD[10::-1] if turned else CROWD[:11]
            for number, name in enumerate(names):
                offer(cast, invitation, name, words=f"Sentence {number if not turned else 10 - number}.")
            found = seen(cast, released(cast, invitation))
            orders.append([each.words for each in found.all_groups[0].sentences])
            transaction.set_rollback(True)
        for name in CROWD[:11]:
            cast.people.pop(name, None)

    assert orders[0] == orders[1]
    assert orders[0] != sorted(orders[0])


def test_a_theme_of_somebodys_own_is_seen_by_others_after_a_week_and_by_the_alphabet(cast: Cast) -> None:
    invitation = asked(cast, 2)
    offer(cast, invitation, CROWD[0], theme="Trust")
    offer(cast, invitation, CROWD[1], theme="being heard", stands=Stands.NAMED)
    for day, expected in ((date(2026, 3, 15), []), (date(2026, 3, 16), ["being heard", "Trust"])):
        with on(day):
            assert [theme.name for theme in themes_to_choose(invitation)] == expected
    released(cast, invitation)

    assert set(Theme.objects.values_list("seen_from", flat=True)) == {LAST}


def test_a_theme_that_others_saw_stays_when_its_offering_goes_until_the_release(cast: Cast) -> None:
    invitation = asked(cast, 0)
    offer(cast, invitation, "ben", theme="Trust")
    with on(date(2026, 3, 17)):
        take_back_purpose(actor=cast.actor("ben"), invitation=invitation)
    assert Theme.objects.count() == 1

    released(cast, invitation)

    assert not Theme.objects.exists()


def test_the_convenor_names_themes_for_what_stands_under_none(cast: Cast) -> None:
    invitation = asked(cast, 24)
    offered_unnamed(cast, invitation, 12, "Being trusted")
    offered_unnamed(cast, invitation, 12, start=12)
    invitation = released(cast, invitation)
    chosen = [each.offering_id for each in to_sort(seen(cast, invitation))]
    assert len(chosen) == 12

    put_under_theme(actor=cast.actor("cora"), invitation=invitation, offerings=chosen, theme="Hope")
    assert seen(cast, invitation).group_of(Theme.objects.get(name="Hope").pk).kept == "11-19"  # type: ignore[union-attr]
    own_choice = [each.offering_id for each in seen(cast, invitation).groups[0].sentences]

    with pytest.raises(Invalid):
        put_under_theme(actor=cast.actor("cora"), invitation=invitation, offerings=own_choice, theme="Hope")
    with pytest.raises(NotAllowed):
        put_under_theme(actor=cast.actor("ana"), invitation=invitation, offerings=chosen, theme="")


def test_before_the_release_and_below_eleven_the_convenor_sees_and_sorts_nothing(cast: Cast) -> None:
    invitation = asked(cast, 5)
    offered_unnamed(cast, invitation, 5)
    everything = list(Offering.objects.values_list("pk", flat=True))
    for ends in (lambda: None, lambda: release_due(AFTER)):
        ends()
        with pytest.raises(Invalid):
            put_under_theme(actor=cast.actor("cora"), invitation=invitation, offerings=everything, theme="Hope")

    assert not Theme.objects.exists()


def test_a_condition_stands_beside_the_theme_of_what_it_is_in_the_way_of(cast: Cast) -> None:
    with on(OPENED):
        way = raise_with_name(actor=cast.actor("ana"), organisation=cast.organisation, words="No night desk.")
        other = raise_with_name(actor=cast.actor("ana"), organisation=cast.organisation, words="No car.")
    invitation = asked(cast, 3)
    offer(cast, invitation, "ben", stands=Stands.NAMED, theme="Trust", conditions=(way.pk,))
    offer(cast, invitation, CROWD[0], conditions=(other.pk,))
    invitation = released(cast, invitation)
    found = seen(cast, invitation)

    assert [each.words for each in found.conditions] == ["No night desk."], "what nobody reads points at nothing"
    (sentence,) = to_sort(found)
    with on(AFTER):
        for _twice in range(2):
            point_at_purpose(
                actor=cast.actor("cora"), invitation=invitation, offering_id=sentence.offering_id, condition_id=other.pk
            )
        hidden = Offering.objects.get(by=None).pk
        with pytest.raises(NotFound):
            point_at_purpose(actor=cast.actor("cora"), invitation=invitation, offering_id=hidden, condition_id=way.pk)
    assert [each.words for each in seen(cast, invitation).groups[0].conditions] == ["No car.", "No night desk."]
