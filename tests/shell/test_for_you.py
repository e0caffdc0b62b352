"""What Today says is waiting: for whom others wait, and for nobody else."""

from django.utils import timezone
from tests.conftest import Cast
from tests.theory.purposes_world import AFTER, DURING, LAST, asked, offer, released
from tests.together.made import WORDS, as_, on

from fieldcraft.theory.actions.claims import drop_claim, start_from_starter
from fieldcraft.theory.actions.purposes import publish_reply
from fieldcraft.theory.models import ClaimText, Kind
from fieldcraft.together.actions.answering import answer_condition, name_owner
from fieldcraft.together.actions.raising import raise_with_name
from fieldcraft.together.models import Stage


def today(cast: Cast, name: str) -> str:
    return as_(cast, name).get("/").content.decode()


def test_a_condition_waits_for_those_who_answer_and_for_nobody_else(cast: Cast) -> None:
    raise_with_name(actor=cast.actor("ben"), organisation=cast.organisation, words=WORDS)

    assert [name for name in ("ada", "cora", "ana", "ben", "edie") if WORDS in today(cast, name)] == ["ada", "cora"]


def test_a_condition_waits_for_whoever_was_named_until_they_heard_it(cast: Cast) -> None:
    condition = raise_with_name(actor=cast.actor("ben"), organisation=cast.organisation, words=WORDS)
    name_owner(actor=cast.actor("cora"), condition=condition, person_id=cast.people["ana"].pk)
    condition.refresh_from_db()

    assert [name for name in ("ada", "cora", "ana") if WORDS in today(cast, name)] == ["ana"]
    answer_condition(actor=cast.actor("ana"), condition=condition, stage=Stage.HEARD, words="", seen="0")
    assert WORDS not in today(cast, "ana")


def test_an_invitation_stands_there_while_it_is_open_and_then_waits_for_who_asked(cast: Cast) -> None:
    invitation = asked(cast, crowd=12)
    with on(DURING):
        assert [name for name in ("ben", "cora") if invitation.question in today(cast, name)] == ["ben"]
        assert "until" in today(cast, "ben")
    with on(LAST):
        assert invitation.question in today(cast, "ben")
    offer(cast, invitation, "ben")
    invitation = released(cast, invitation)

    with on(AFTER):
        assert [name for name in ("ben", "cora", "ada") if invitation.question in today(cast, name)] == ["cora", "ada"]
        publish_reply(actor=cast.actor("cora"), invitation=invitation, reply="We read it together.")
        assert invitation.question not in today(cast, "cora")


def test_claims_to_be_looked_at_again_stand_there_for_those_who_keep_them(cast: Cast) -> None:
    theory = start_from_starter(actor=cast.actor("cora"), organisation_id=cast.organisation.pk, kind=Kind.LEARNING)
    due, later = list(theory.claims.select_related("current").order_by("pk"))[:2]
    ClaimText.objects.filter(pk=due.current_id).update(review_on=timezone.localdate())
    assert due.current_id
    line = "1 claim was to be looked at again by now."

    assert [name for name in ("ada", "cora", "ana", "ben", "cleo") if line in today(cast, name)] == ["ada", "cora"]
    ClaimText.objects.filter(pk=later.current_id).update(review_on=timezone.localdate())
    assert "2 claims were to be looked at again by now." in today(cast, "cora")
    drop_claim(actor=cast.actor("cora"), claim=due, reason="Done with.", based_on=due.current_id)
    assert line in today(cast, "cora")
