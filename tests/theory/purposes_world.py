"""An invitation of Harbour Trust's, more people who offer, and the days of it."""

from datetime import date
from uuid import UUID

from tests.conftest import Cast
from tests.together.made import add_people, on

from fieldcraft.theory.actions.purposes import Question, open_invitation, release_due
from fieldcraft.theory.actions.purposes_offering import offer_purpose
from fieldcraft.theory.models import Invitation
from fieldcraft.theory.queries.purposes import Offered, Stands
from fieldcraft.theory.queries.purposes_map import PurposeMap, purpose_map

MAP = "/organisations/harbour-trust/purposes/"
OPENED, DURING, LAST, AFTER = date(2026, 3, 2), date(2026, 3, 4), date(2026, 3, 20), date(2026, 3, 21)
CROWD = tuple(f"q{number:02}" for number in range(30))
QUESTION = Question("What are you here for?", "All leads.", "We change the year's plan.", LAST)


def asked(cast: Cast, crowd: int = 12) -> Invitation:
    """Cora asks; `crowd` more people work here."""
    add_people(cast, CROWD[:crowd])
    with on(OPENED):
        return open_invitation(actor=cast.actor("cora"), organisation=cast.organisation, asked=QUESTION)


def offer(
    cast: Cast,
    invitation: Invitation,
    name: str,
    *,
    words: str = "",
    stands: Stands = Stands.READ,
    theme: str = "",
    conditions: tuple[UUID, ...] = (),
) -> None:
    with on(DURING):
        offered = Offered(words or f"Sentence of {name}.", stands, theme, conditions)
        offer_purpose(actor=cast.actor(name), invitation=invitation, offered=offered)


def released(cast: Cast, invitation: Invitation) -> Invitation:
    with on(AFTER):
        release_due(AFTER)
    return Invitation.objects.get(pk=invitation.pk)


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
