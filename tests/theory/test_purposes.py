"""Invitations: asked, offered to, taken back, released once, answered."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from tests.conftest import Cast
from tests.theory.purposes_world import (
    AFTER,
    CROWD,
    DURING,
    LAST,
    OPENED,
    QUESTION,
    asked,
    offer,
    offered_unnamed,
    released,
)
from tests.together.made import on

from fieldcraft.audit.models import Event
from fieldcraft.errors import Invalid, NotAllowed, NotFound, Stale
from fieldcraft.shell.lifecycle import show_daily
from fieldcraft.theory.actions.purposes import Question, open_invitation, publish_reply, release_due
from fieldcraft.theory.actions.purposes_offering import take_back_purpose
from fieldcraft.theory.models import Invitation, Offering, OfferingCondition, Theme
from fieldcraft.theory.queries.purposes import Stands, own_offering
from fieldcraft.theory.queries.purposes_map import purpose_map


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
