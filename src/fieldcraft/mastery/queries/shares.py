"""One thing that somebody may read: what exactly they see, who may, and who looked."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldcraft.errors import NotFound
from fieldcraft.mastery import policy
from fieldcraft.mastery.models import Practice, PracticeNote, RealityNote, Share
from fieldcraft.mastery.queries.kinds import SHAREABLE
from fieldcraft.mastery.queries.shown import first_words, what_it_is
from fieldcraft.people.access import Actor
from fieldcraft.people.models import Membership, Person


def thing_of_mine(actor: Actor, kind: str, thing_id: UUID) -> Model:
    """The actor's own thing of a kind that can be shared; NotFound for everything else."""
    model = SHAREABLE.get(kind)
    found = policy.mine(actor, model).filter(pk=thing_id).first() if model else None
    if found is None:
        raise NotFound(_("There is no such thing in your compass."))
    return found


def now_beside(actor: Actor, vision_id: UUID) -> UUID | None:
    """The latest note of what is so beside one of the actor's visions, which can be shared with it side by side."""
    notes = policy.mine(actor, RealityNote).filter(vision=vision_id).order_by("-pk")
    return notes.values_list("pk", flat=True).first()


def _memberships() -> QuerySet[Membership]:
    return Membership.objects.filter(ended_at=None, team__closed_at=None, person__is_active=True)


def people_to_choose(actor: Actor) -> list[tuple[str, list[Person]]]:
    """Whom a thing can be shared with, under the name of the team or organisation they have in common; each once."""
    organisations = {post.organisation_id for post in actor.posts}
    teams = {post.team_id for post in actor.posts if post.team_id}
    rows = _memberships().filter(organisation__in=organisations).exclude(person=actor.person_id)
    rows = rows.select_related("person", "team", "organisation").order_by("person__name", "pk")
    groups: dict[str, dict[UUID, Person]] = defaultdict(dict)
    near = [row for row in rows if row.team_id in teams]
    nearby = {row.person_id for row in near}
    for row in [*near, *(row for row in rows if row.person_id not in nearby)]:
        groups[str(row.team if row.team_id in teams else row.organisation)].setdefault(row.person_id, row.person)
    return [(name, list(people.values())) for name, people in groups.items()]


def reader_of_id(actor: Actor, reader_id: UUID) -> Person | None:
    """Somebody the actor shares a team or organisation with."""
    found = (person for _name, people in people_to_choose(actor) for person in people if person.pk == reader_id)
    return next(found, None)


def still_together() -> Exists:
    """As a condition on shares: owner and reader have an organisation in common today, and both an account."""
    of_reader = _memberships().filter(person=OuterRef(OuterRef("reader")), organisation=OuterRef("organisation"))
    return Exists(_memberships().filter(Exists(of_reader), person=OuterRef("owner")))


def _open_to(actor: Actor) -> QuerySet[Share]:
    """What others let the actor read today; it ends when they have no organisation in common any more."""
    found = policy.shared_with(actor).filter(still_together())
    return found.select_related("owner").order_by("-pk")


@dataclass(frozen=True, slots=True)
class Letter:
    """One thing that somebody lets the actor read: whose, what kind of thing, until when; not a word of it."""

    share: Share
    what: str


def shared_with_me(actor: Actor) -> list[Letter]:
    """The newest first; what its owner has deleted since is not among them."""
    shares = list(_open_to(actor))
    things = _things_of(shares)
    return [Letter(share, what_it_is(share.kind)) for share in shares if share.thing in things]


def is_anything_shared_with(actor: Actor) -> bool:
    """Whether somebody lets the actor read something; one query."""
    return _open_to(actor).exists()


def share_to_read(actor: Actor, share_id: UUID) -> tuple[Share, Model]:
    """A share that is open to the actor, and its thing; NotFound for every other."""
    share = _open_to(actor).filter(pk=share_id).first()
    thing = _things_of([share]).get(share.thing) if share else None
    if share is None or thing is None:
        raise NotFound(_("There is nothing here, or it is not shared with you any more."))
    return share, thing


_WITH: dict[type[Model], tuple[str, ...]] = {
    RealityNote: ("vision",),
    Practice: ("revision",),
    PracticeNote: ("revision",),
}


def _things_of(shares: Iterable[Share]) -> dict[UUID, Model]:
    """What the shares are about, by its id; as many queries as there are kinds. Only what is the sharer's own."""
    asked: dict[str, dict[UUID, UUID]] = defaultdict(dict)
    for share in shares:
        asked[share.kind][share.thing] = share.owner_id
    found: dict[UUID, Model] = {}
    for kind, owners in asked.items():
        model = SHAREABLE.get(kind)
        rows = _with_titles(model).filter(pk__in=owners) if model else ()
        found |= {row.pk: row for row in rows if row.owner_id == owners[row.pk]}
    return found


def _with_titles(model: type[Model]) -> QuerySet[Any]:
    return model._default_manager.select_related(*_WITH[model]) if model in _WITH else model._default_manager.all()


@dataclass(frozen=True, slots=True)
class OwnShare:
    """A share as its owner sees it.

    begins: the first words of the thing; "" when that is gone. is_open: its reader can read it today.
    looks: when it was looked at, the latest first.
    """

    share: Share
    what: str
    begins: str
    is_open: bool
    looks: tuple[datetime, ...]


def my_shares(actor: Actor) -> list[OwnShare]:
    """All that the actor ever shared and has not deleted, open ones first."""
    shares = policy.mine(actor, Share).select_related("reader").prefetch_related("reads").order_by("-pk")
    rows = list(shares.annotate(are_together=still_together()))
    things = _things_of(rows)
    return sorted((_own(row, things.get(row.thing)) for row in rows), key=lambda own: not own.is_open)


def my_share(actor: Actor, share_id: UUID) -> OwnShare:
    """One of the actor's shares, with its log; NotFound for every other."""
    for own in my_shares(actor):
        if own.share.pk == share_id:
            return own
    raise NotFound(_("There is no such thing in your compass."))


def _own(share: Share, thing: Model | None) -> OwnShare:
    today = timezone.localdate()
    is_open = share.withdrawn_at is None and share.until >= today and thing is not None
    is_open = is_open and bool(getattr(share, "are_together", True))
    looks = tuple(sorted((read.at for read in share.reads.all()), reverse=True))
    return OwnShare(share, what_it_is(share.kind), first_words(thing), is_open, looks)
