"""Invitations: asked, offered to, released once, sorted, answered; and what is read of them."""

from collections import Counter
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import Cast
from tests.theory.purposes_world import AFTER, CROWD, DURING, LAST, MAP, OPENED, QUESTION, asked, offer, released
from tests.together.made import as_, html, on

from fieldcraft.audit.models import Event
from fieldcraft.errors import Invalid, NotAllowed, NotFound, Stale
from fieldcraft.shell.lifecycle import show_daily
from fieldcraft.theory.actions.purposes import Question, open_invitation, publish_reply, release_due
from fieldcraft.theory.actions.purposes_offering import take_back_purpose
from fieldcraft.theory.actions.purposes_sorting import point_at_purpose, put_under_theme
from fieldcraft.theory.actions.windows import raise_thresholds
from fieldcraft.theory.models import Invitation, Offering, OfferingCondition, Theme
from fieldcraft.theory.queries.purposes import Stands, own_offering, themes_to_choose
from fieldcraft.theory.queries.purposes_map import PurposeMap, apart, purpose_map, to_sort
from fieldcraft.together.actions.raising import raise_with_name

THEMES = [UUID(int=number) for number in range(1, 6)]


def seen(cast: Cast, invitation: Invitation, name: str = "ben") -> PurposeMap:
    found = purpose_map(cast.actor(name), invitation)
    assert found is not None
    return found


def read(found: PurposeMap) -> dict[str, list[str]]:
    """What is read, by the name of its theme."""
    return {
        group.theme.name if group.theme else "": sorted(each.words for each in group.sentences)
        for group in found.all_groups
    }


def offered_unnamed(cast: Cast, invitation: Invitation, count: int, theme: str = "", start: int = 0) -> None:
    for name in CROWD[start : start + count]:
        offer(cast, invitation, name, theme=theme)


@given(st.dictionaries(st.sampled_from([None, *THEMES]), st.integers(1, 30)), st.integers(11, 15))
def test_every_group_read_apart_and_what_is_left_are_large_enough(counts: dict[UUID | None, int], least: int) -> None:
    shown = apart(counts, least)

    assert all(theme is not None and counts[theme] >= least for theme in shown)
    left = sum(count for theme, count in counts.items() if theme not in shown)
    assert left == 0 or left >= least or sum(counts.values()) < least


def test_a_member_a_lead_and_an_editor_cannot_ask(cast: Cast) -> None:
    for name in ("ben", "ana", "edie", "cleo"):
        with pytest.raises(NotAllowed):
            open_invitation(actor=cast.actor(name), organisation=cast.organisation, asked=QUESTION)


@pytest.mark.parametrize(("days", "fits"), [(2, False), (3, True), (90, True), (91, False)])
def test_the_last_day_is_three_to_ninety_days_away(cast: Cast, days: int, fits: bool) -> None:
    question = Question("What for?", "All.", "Read.", OPENED + timedelta(days=days))
    with on(OPENED):
        if fits:
            open_invitation(actor=cast.actor("ada"), organisation=cast.organisation, asked=question)
        else:
            with pytest.raises(Invalid):
                open_invitation(actor=cast.actor("ada"), organisation=cast.organisation, asked=question)

    assert Invitation.objects.exists() is fits


def test_nothing_is_asked_again_before_the_answer_to_the_last_is_published(cast: Cast) -> None:
    invitation = asked(cast, 0)
    again = Question("And now?", "All.", "Read.", date(2026, 4, 20))
    for ends in (lambda: None, lambda: release_due(AFTER)):
        ends()
        with on(AFTER), pytest.raises(Invalid, match="no published answer"):
            open_invitation(actor=cast.actor("cora"), organisation=cast.organisation, asked=again)

    with on(AFTER):
        publish_reply(actor=cast.actor("ada"), invitation=invitation, reply="We read it.")
        open_invitation(actor=cast.actor("cora"), organisation=cast.organisation, asked=again)

    assert Invitation.objects.filter(replied_at=None).count() == 1


def test_the_database_itself_holds_one_invitation_without_an_answer(cast: Cast) -> None:
    invitation = asked(cast, 0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(
            organisation=cast.organisation, question="x", readers="x", use="x", asked_by=invitation.asked_by,
            opened_on=OPENED, closes_on=LAST,
        )  # fmt: skip


def test_it_is_answered_after_it_can_be_read_and_once(cast: Cast) -> None:
    invitation = asked(cast, 0)
    with pytest.raises(Invalid):
        publish_reply(actor=cast.actor("cora"), invitation=invitation, reply="Too soon.")
    released(cast, invitation)
    with pytest.raises(NotAllowed):
        publish_reply(actor=cast.actor("ana"), invitation=invitation, reply="Not mine.")
    publish_reply(actor=cast.actor("cora"), invitation=invitation, reply="We read it.")

    with pytest.raises(Stale):
        publish_reply(actor=cast.actor("ada"), invitation=invitation, reply="Mine is better.")
    assert Invitation.objects.get().reply == "We read it."


def test_it_is_released_on_the_day_after_the_last_and_twice_does_no_harm(cast: Cast) -> None:
    invitation = asked(cast, 0)
    release_due(LAST)
    assert Invitation.objects.get().released_on is None
    assert purpose_map(cast.actor("cora"), invitation) is None

    release_due(AFTER)
    release_due(AFTER + timedelta(days=3))

    assert Invitation.objects.get().released_on == AFTER
    assert Event.objects.filter(verb="invitation.released").count() == 1


def test_the_daily_round_releases_it(cast: Cast) -> None:
    asked(cast, 0)

    show_daily(AFTER)

    assert Invitation.objects.get().released_on == AFTER


def test_each_person_has_one_offering_and_the_last_one_stands(cast: Cast) -> None:
    invitation = asked(cast, 0)
    offer(cast, invitation, "ben", words="First.", stands=Stands.NAMED)
    offer(cast, invitation, "ben", words="Second.")

    (kept,) = Offering.objects.all()
    assert (kept.sentence, kept.by, kept.may_show) == ("Second.", None, True)


def test_nothing_is_offered_after_the_last_day_or_from_outside(cast: Cast) -> None:
    invitation = asked(cast, 0)
    with pytest.raises(NotAllowed):
        offer(cast, invitation, "cleo")
    Invitation.objects.update(opened_on=date(2026, 1, 1), closes_on=date(2026, 3, 1))
    with pytest.raises(NotAllowed, match="last day is over"):
        offer(cast, invitation, "ben")

    assert not Offering.objects.exists()


def test_it_is_found_and_taken_back_by_the_person_alone_and_nothing_stays(cast: Cast) -> None:
    invitation = asked(cast, 0)
    offer(cast, invitation, "ben", theme="Being trusted")
    for name in ("ana", "ada", "cora"):
        assert own_offering(cast.actor(name), invitation) is None
        with pytest.raises(NotFound):
            take_back_purpose(actor=cast.actor(name), invitation=invitation)

    with on(DURING):
        take_back_purpose(actor=cast.actor("ben"), invitation=invitation)

    assert not Offering.objects.exists()
    assert not Theme.objects.exists()


def test_ones_own_is_found_after_the_key_of_the_installation_was_changed(
    cast: Cast, settings: pytest.FixtureRequest
) -> None:
    invitation = asked(cast, 0)
    offer(cast, invitation, "ben")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]  # type: ignore[attr-defined]
    settings.SECRET_KEY = "another"  # type: ignore[attr-defined]

    assert own_offering(cast.actor("ben"), invitation) is not None


def test_what_is_on_the_map_is_not_taken_back(cast: Cast) -> None:
    invitation = asked(cast, 11)
    offered_unnamed(cast, invitation, 11)
    offer(cast, invitation, "ana", stands=Stands.NAMED)
    released(cast, invitation)

    for name in (CROWD[0], "ana"):
        with pytest.raises(NotAllowed):
            take_back_purpose(actor=cast.actor(name), invitation=invitation)


def test_what_nobody_reads_can_still_be_taken_back(cast: Cast) -> None:
    invitation = asked(cast, 3)
    offered_unnamed(cast, invitation, 3)
    released(cast, invitation)

    take_back_purpose(actor=cast.actor(CROWD[0]), invitation=invitation)

    assert Offering.objects.count() == 2


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


def test_with_a_person_goes_what_they_offered_by_name_and_what_was_unnamed_stays(cast: Cast) -> None:
    invitation = asked(cast, 1)
    offer(cast, invitation, "ben", stands=Stands.NAMED)
    offer(cast, invitation, CROWD[0])
    for name in ("ben", CROWD[0]):
        person = cast.people[name]
        person.memberships.all().delete()
        person.delete()

    (kept,) = Offering.objects.all()
    assert kept.by_id is None


def test_no_column_tells_a_time_or_an_order(cast: Cast) -> None:
    with connection.cursor() as cursor:
        columns = {
            model: {each.name for each in connection.introspection.get_table_description(cursor, model._meta.db_table)}
            for model in (Offering, OfferingCondition)
        }

    assert columns == {
        Offering: {"id", "invitation_id", "sentence", "by_id", "token", "theme_id", "may_show"},
        OfferingCondition: {"id", "offering_id", "condition_id"},
    }
    invitation = asked(cast, 12)
    offered_unnamed(cast, invitation, 12, "Trust")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT rowid FROM theory_offering")
            assert min(number for (number,) in cursor.fetchall()) > 1_000
    assert Counter(Offering.objects.values_list("invitation", flat=True)) == {invitation.pk: 12}
