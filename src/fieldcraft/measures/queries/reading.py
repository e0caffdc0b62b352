"""A pack as its reader sees it: what is asked, why, how it is reckoned, and whose words it is made of."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from fieldcraft.measures import policy
from fieldcraft.measures.queries.asked import Asked, Evidence, evidence_for, open_packs
from fieldcraft.measures.queries.packs import How, Pack, Scale, in_my_language, latest_packs
from fieldcraft.people.access import Actor, Decision


@dataclass(frozen=True, slots=True)
class ItemAsRead:
    """A sentence, what it stands for, and what is said about it; text: "" where the reader may not read the wording."""

    key: str
    text: str
    construct: str
    is_reversed: bool
    is_monthly: bool


@dataclass(frozen=True, slots=True)
class ScaleAsRead:
    """What is shown as one picture, and how it comes about."""

    title: str
    reckoned: str


@dataclass(frozen=True, slots=True)
class PackAsRead:
    """One pack on screen. is_open: the reader may be asked it; by: the organisation whose permission opens it."""

    pack: Pack
    title: str
    why: str
    source: str
    licence: str
    evidence: str
    known: str
    low_end: str
    high_end: str
    items: tuple[ItemAsRead, ...]
    scales: tuple[ScaleAsRead, ...]
    is_open: bool
    by: str
    entered: tuple[Evidence, ...]
    may_enter: Decision


def packs_as_listed(actor: Actor) -> tuple[PackAsRead, ...]:
    """All packs in their latest version; one query."""
    opened = {asked.pack.id: asked for asked in open_packs(actor)}
    return tuple(_as_read(actor, pack, opened.get(pack.id), ()) for pack in latest_packs())


def pack_as_read(actor: Actor, pack: Pack) -> PackAsRead:
    """One pack, with what the actor's organisations have said about their right to it."""
    opened = {asked.pack.id: asked for asked in open_packs(actor)}
    return _as_read(actor, pack, opened.get(pack.id), evidence_for(actor, pack) if pack.needs_permission else ())


def _as_read(actor: Actor, pack: Pack, asked: Asked | None, entered: tuple[Evidence, ...]) -> PackAsRead:
    return PackAsRead(
        pack=pack,
        title=in_my_language(pack.title),
        why=in_my_language(pack.why),
        source=in_my_language(pack.source),
        licence=in_my_language(pack.licence),
        evidence=in_my_language(pack.licence_evidence),
        known=in_my_language(pack.known),
        low_end=asked.low_end if asked else "",
        high_end=asked.high_end if asked else "",
        items=tuple(_items(pack, asked)),
        scales=tuple(ScaleAsRead(in_my_language(scale.title), _reckoned(pack, scale)) for scale in pack.scales),
        is_open=asked is not None,
        by=asked.by if asked else "",
        entered=entered,
        may_enter=policy.can_enter_somewhere(actor),
    )


def _items(pack: Pack, asked: Asked | None) -> list[ItemAsRead]:
    texts = {question.key: question.text for question in asked.questions} if asked else {}
    return [
        ItemAsRead(item.key, texts.get(item.key, ""), in_my_language(item.construct), item.reversed, item.monthly)
        for item in pack.items
    ]


def _reckoned(pack: Pack, scale: Scale) -> str:
    """How it comes about, in a sentence; items by their number in the pack."""
    number = {item.key: str(at) for at, item in enumerate(pack.items, start=1)}
    keys = [key for part in scale.parts for key in part.items]
    values = {
        "items": ", ".join(number[key] for key in keys),
        "turned": ", ".join(number[key] for part in scale.parts for key in part.items if key in part.reversed_items),
        "least": scale.parts[0].least,
    }
    return " ".join([_made_of(scale, keys) % values, *(_turned(values)), *(_least(scale, keys, values))])


def _made_of(scale: Scale, keys: list[str]) -> str:
    if len(keys) == 1:
        return _("Sentence %(items)s, shown by itself.")
    match scale.how:
        case How.MEAN:
            return _("The mean of sentences %(items)s.")
        case How.SUM:
            return _("The sum of sentences %(items)s.")
        case How.MEAN_OF_MEANS:
            return _("The mean of each part, then the mean of the parts; sentences %(items)s.")


def _turned(values: dict[str, object]) -> list[str]:
    return [_("Turned round first: %(turned)s.") % values] if values["turned"] else []


def _least(scale: Scale, keys: list[str], values: dict[str, object]) -> list[str]:
    if len(keys) == 1:
        return []
    if all(part.least == len(part.items) for part in scale.parts):
        return [_("Only when all of them were answered.")]
    return [_("When at least %(least)s of them were answered.") % values]
