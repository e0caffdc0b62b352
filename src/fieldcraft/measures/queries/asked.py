"""What may be asked of somebody: packs that need no permission, and those their organisation has one for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fieldcraft.errors import NotFound
from fieldcraft.measures import policy
from fieldcraft.measures.models import PackPermission
from fieldcraft.measures.queries.packs import Pack, in_my_language, latest_packs, pack_named
from fieldcraft.people.access import Actor
from fieldcraft.people.models import Organisation

ANSWER = "answer-"


@dataclass(frozen=True, slots=True)
class Question:
    """An item in the words in which it is asked. is_monthly: asked when a month has passed, and optional."""

    key: str
    text: str
    is_monthly: bool


@dataclass(frozen=True, slots=True)
class Point:
    """One of the answers to choose from; label: "" where it has no words of its own."""

    value: int
    label: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A pack as it is put to a reader. by: the organisation whose permission opens it; "" where none is needed."""

    pack: Pack
    questions: tuple[Question, ...]
    points: tuple[Point, ...]
    by: str = ""

    @property
    def low_end(self) -> str:
        """What the lowest answer says."""
        return self.points[0].label

    @property
    def high_end(self) -> str:
        """What the highest answer says."""
        return self.points[-1].label


def answer_keys(pack: Pack) -> tuple[str, ...]:
    """Under which keys the words of the answers stand in a permission's wording, from the lowest."""
    return tuple(f"{ANSWER}{value}" for value in range(pack.low, pack.high + 1))


def open_packs(actor: Actor) -> tuple[Asked, ...]:
    """Everything the actor may be asked, each in the words in which it is asked; one query."""
    given = {row.pack: row for row in reversed(_permissions(actor))}
    found = (_asked(pack, given.get(pack.id)) for pack in latest_packs())
    return tuple(asked for asked in found if asked)


def open_pack(actor: Actor, pack_id: str) -> Asked:
    """One of them; a query only where it needs permission. Raises NotFound for what is not open to the actor."""
    pack = pack_named(pack_id)
    given = [row for row in _permissions(actor) if row.pack == pack_id] if pack.needs_permission else []
    asked = _asked(pack, given[0] if given else None)
    if asked is None:
        raise NotFound()
    return asked


def _permissions(actor: Actor) -> list[PackPermission]:
    return list(policy.visible_permissions(actor).select_related("organisation").order_by("entered_at"))


def _asked(pack: Pack, given: PackPermission | None) -> Asked | None:
    """The pack with its wording, its own or the organisation's; None when it may not be asked."""
    if pack.needs_permission and given is None:
        return None
    own: Mapping[str, str] = given.items if given else {}
    texts = {item.key: in_my_language(item.text) or own.get(item.key, "") for item in pack.items}
    ends = {pack.low: in_my_language(pack.low_end), pack.high: in_my_language(pack.high_end)}
    points = tuple(
        Point(value, ends.get(value) or own.get(f"{ANSWER}{value}", "")) for value in range(pack.low, pack.high + 1)
    )
    if not all(texts.values()) or not (points[0].label and points[-1].label):
        return None
    questions = tuple(Question(item.key, texts[item.key], item.monthly) for item in pack.items)
    return Asked(pack, questions, points, str(given.organisation) if given else "")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one organisation has said about its right to an instrument, for its own people.

    document: where it lies; only for those who may change it. may_end: the actor may take it back.
    """

    permission: PackPermission
    organisation: str
    given_by: str
    given_on: date
    may_end: bool


def evidence_for(actor: Actor, pack: Pack) -> tuple[Evidence, ...]:
    """The open evidence of the actor's organisations for this pack."""
    may = policy.where_can_enter(actor)
    return tuple(
        Evidence(row, str(row.organisation), row.given_by, row.given_on, row.organisation_id in may)
        for row in _permissions(actor)
        if row.pack == pack.id
    )


def organisations_to_enter_for(actor: Actor) -> list[Organisation]:
    """The organisations for which the actor may enter evidence, by name."""
    return list(Organisation.objects.filter(pk__in=policy.where_can_enter(actor)).order_by("name"))
