"""Raising something, joining what somebody raised unnamed, and taking one's own back.

Of an unnamed one nothing is recorded anywhere but the condition and its raisings: no event, no hour, no order.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldcraft.audit.actions import record
from fieldcraft.errors import Invalid, NotAllowed, NotFound
from fieldcraft.people.access import Actor, require
from fieldcraft.people.models import Organisation, Team
from fieldcraft.together import policy
from fieldcraft.together.actions.lots import put_by_lot
from fieldcraft.together.models import LONGEST_WORDS, Condition, ConditionPage, Raising, Stage, Voice
from fieldcraft.together.queries.days import joinable_monday, monday_after, month_of
from fieldcraft.together.queries.pages import Place
from fieldcraft.together.queries.raisings import open_to_join, own_raising, people_of_team
from fieldcraft.together.queries.threshold import threshold
from fieldcraft.together.queries.tokens import token, tokens


@transaction.atomic
def raise_with_name(*, actor: Actor, organisation: Organisation, words: str, places: Sequence[Place] = ()) -> Condition:
    """Raise it in one's own name: everybody of the organisation sees it from now on."""
    require(policy.can_raise(actor, organisation.pk))
    today = timezone.localdate()
    of = {"organisation": organisation, "voice": Voice.NAMED, "by_id": actor.person_id}
    return _shown(actor, _one_sentence(words), of, today, places, raisers=[_person(actor)])


@transaction.atomic
def raise_for_team(*, actor: Actor, team: Team, words: str, places: Sequence[Place] = ()) -> Condition:
    """Raise it in the team's name; all who belong to the team today are asked later whether the answer helped."""
    require(policy.can_raise_for(actor, team.pk))
    today = timezone.localdate()
    of = {"organisation_id": team.organisation_id, "team": team, "voice": Voice.TEAM, "by_id": actor.person_id}
    return _shown(actor, _one_sentence(words), of, today, places, raisers=people_of_team(team))


def _shown(
    actor: Actor, words: str, of: dict[str, Any], today: date, places: Sequence[Place], *, raisers: Sequence[UUID]
) -> Condition:
    """The condition, kept once however often the button was pressed."""
    again = Condition.objects.filter(**of, words=words, stage=Stage.WAITING, raised_on=today).first()
    if again:
        return again
    made = put_by_lot(Condition(**of, words=words, raised_on=today, shown_on=today))
    for person_id in raisers:
        put_by_lot(Raising(condition=made, token=token(person_id, made.pk)))
    _point_to(made, places)
    record(by=actor.person_id, verb="condition.raised", subject=made, organisation=made.organisation_id)
    return made


@transaction.atomic
def raise_unnamed(*, actor: Actor, organisation: Organisation, words: str, places: Sequence[Place] = ()) -> Condition:
    """Raise it so that nobody can find out who did; it shows on a Monday when enough people raised the same.

    A page that not everybody of the organisation reads is left out: it would tell whose team it is.
    """
    require(policy.can_raise(actor, organisation.pk))
    said, today = _one_sentence(words), timezone.localdate()
    again = _own_unnamed(actor, organisation, said)
    if again:
        return again
    of: dict[str, Any] = {"organisation": organisation, "voice": Voice.UNNAMED, "words": said}
    made = put_by_lot(Condition(**of, raised_on=month_of(today), joinable_from=joinable_monday(today)))
    put_by_lot(Raising(condition=made, token=token(_person(actor), made.pk)))
    _point_to(made, [place for place in places if place.is_for_all])
    return made


def _own_unnamed(actor: Actor, organisation: Organisation, words: str) -> Condition | None:
    """The actor's own of these very words: the button was pressed twice."""
    same = Condition.objects.filter(organisation=organisation, voice=Voice.UNNAMED, words=words, shown_on=None)
    return next((each for each in same if own_raising(actor, each.pk)), None)


@transaction.atomic
def join_condition(*, actor: Actor, condition_id: UUID, organisation: Organisation) -> None:
    """Be one of those who raised this; by the person's own choice alone. Joining twice does no harm."""
    require(policy.can_raise(actor, organisation.pk))
    found = open_to_join(organisation.pk).select_for_update().filter(pk=condition_id).first()
    if found is None:
        raise NotFound(_("This cannot be joined any more. Raise it in your own words."))
    if found.raisings.filter(token__in=tokens(_person(actor), found.pk)).exists():
        return
    put_by_lot(Raising(condition=found, token=token(_person(actor), found.pk)))
    _say_when_it_shows(found)


@transaction.atomic
def take_back(*, actor: Actor, condition_id: UUID) -> None:
    """Take one's own unnamed one back, as long as it does not show; the words go when nobody else raised them."""
    raising = own_raising(actor, condition_id)
    found = Condition.objects.select_for_update().filter(pk=condition_id).first()
    if raising is None or found is None:
        raise NotFound(_("There is no such condition among yours."))
    today = timezone.localdate()
    if found.voice != Voice.UNNAMED or (found.shown_on and found.shown_on <= today):
        raise NotAllowed(_("Everybody sees it already, so it cannot be taken back."))
    raising.delete()
    if not found.raisings.exists():
        found.delete()
        return
    _say_when_it_shows(found)


def _say_when_it_shows(condition: Condition) -> None:
    """The Monday that follows, once enough people raised it; never the hour in which the last of them did."""
    is_enough = condition.raisings.count() >= threshold(condition.organisation_id)
    due = monday_after(timezone.localdate())
    if is_enough and condition.shown_on is None:
        Condition.objects.filter(pk=condition.pk).update(shown_on=due)
    elif not is_enough and condition.shown_on is not None:
        Condition.objects.filter(pk=condition.pk).update(shown_on=None)


def _point_to(condition: Condition, places: Sequence[Place]) -> None:
    for page_id in {place.page_id for place in places}:
        put_by_lot(ConditionPage(condition=condition, page_id=page_id))


def _one_sentence(words: str) -> str:
    said = " ".join(words.split())
    if not said or len(said) > LONGEST_WORDS:
        raise Invalid(_("Say it in one sentence, of at most %(most)s signs.") % {"most": LONGEST_WORDS})
    return said


def _person(actor: Actor) -> UUID:
    if actor.person_id is None:
        raise NotAllowed(_("Sign in to raise something."))
    return actor.person_id
