"""The map of what was offered: the same for everybody, and so cut that nobody unnamed is found in it.

Named sentences stand with their names. Unnamed ones are read from as many as the organisation's threshold on, and so is
the number of them under a theme, as a range. What stands under too small themes is read together, without a theme; where
that would be too few in turn, the smallest other theme is read with it. So every group that is shown, and every
difference between two of them, is of as many people.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from fieldcraft.engine.disclosure import Range, Thresholds
from fieldcraft.engine.words import fold
from fieldcraft.people.access import Actor
from fieldcraft.theory import policy
from fieldcraft.theory.models import Invitation, Offering, OfferingCondition, Theme
from fieldcraft.theory.queries.purposes_tokens import turn
from fieldcraft.theory.queries.releases import thresholds_on
from fieldcraft.together import policy as together_policy
from fieldcraft.together.models import Condition


def apart(counts: Mapping[UUID | None, int], least: int) -> frozenset[UUID]:
    """The themes whose unnamed offerings stand by themselves.

    counts: unnamed offerings by theme, None for those without one. The others are read together: none of them, or `least`.
    """
    shown = {theme for theme, count in counts.items() if theme is not None and count >= least}
    while shown and 0 < sum(count for theme, count in counts.items() if theme not in shown) < least:
        shown.discard(min(shown, key=lambda theme: (counts[theme], theme.hex)))
    return frozenset(shown)


@dataclass(frozen=True, slots=True)
class _Row:
    """What of an offering the map is made of; by: the name of a named one, "" for an unnamed one."""

    pk: UUID
    sentence: str
    theme_id: UUID | None
    may_show: bool
    by: str
    is_named: bool


def _offered(invitation: Invitation) -> list[_Row]:
    columns = ("pk", "sentence", "theme_id", "may_show", "by__name", "by_id")
    rows = Offering.objects.filter(invitation=invitation).values_list(*columns)
    return [
        _Row(pk, words, theme, may_show, name or "", by is not None) for pk, words, theme, may_show, name, by in rows
    ]


@dataclass(frozen=True, slots=True)
class Sentence:
    """An offered sentence as everybody reads it. by: a name, "" for an unnamed one."""

    offering_id: UUID
    words: str
    by: str


@dataclass(frozen=True, slots=True)
class Group:
    """What stands under one theme; theme None for what is read together without one.

    people: how many offered it unnamed, as a range; None where none or too few did to be told.
    """

    theme: Theme | None
    sentences: tuple[Sentence, ...]
    people: Range | None
    conditions: tuple[Condition, ...]

    @property
    def is_few(self) -> bool:
        """Too few to show: nothing named, and not enough unnamed."""
        return not self.sentences and self.people is None

    @property
    def kept(self) -> str:
        """The range as `queries/ranges.py` puts it in words; "" for none."""
        if self.people is None:
            return ""
        return f"{self.people.low}+" if self.people.high is None else f"{self.people.low}-{self.people.high}"

    @property
    def names(self) -> list[str]:
        """Whose names stand under it, by the alphabet."""
        return sorted({each.by for each in self.sentences if each.by}, key=fold)


@dataclass(frozen=True, slots=True)
class PurposeMap:
    """groups: the themes by the alphabet. rest: what is read without a theme; None where there is nothing.

    is_read: whether enough people offered unnamed for any of it to be read.
    """

    groups: tuple[Group, ...]
    rest: Group | None
    is_read: bool
    least: int

    @property
    def all_groups(self) -> tuple[Group, ...]:
        """The themes, and what stands without one."""
        return (*self.groups, self.rest) if self.rest else self.groups

    def group_of(self, theme_id: UUID) -> Group | None:
        """What stands under one theme."""
        return next((each for each in self.groups if each.theme and each.theme.pk == theme_id), None)

    @property
    def conditions(self) -> list[Condition]:
        """What is in the way of anything that can be read, each once."""
        found = {each.pk: each for group in self.all_groups for each in group.conditions}
        return sorted(found.values(), key=lambda row: (fold(row.words), row.pk.hex))


def purpose_map(actor: Actor, invitation: Invitation) -> PurposeMap | None:
    """What everybody of the organisation reads; None before it is released. Six queries, however much was offered."""
    if invitation.released_on is None:
        return None
    least = thresholds_on(invitation.organisation_id, invitation.opened_on)
    rows = _offered(invitation)
    counts = Counter(row.theme_id for row in rows if not row.is_named)
    is_read = counts.total() >= least.above
    shown = apart(counts, least.above) if is_read else frozenset()
    by_place = _placed(rows, shown, is_read=is_read)
    ways = _conditions(actor, [row.pk for place in by_place.values() for row in place])
    group = partial(_group, invitation, ways=ways, least=least)
    groups = (group(theme, by_place.get(theme.pk, [])) for theme in _themes(invitation, counts, rows))
    rest = by_place.get(None)
    return PurposeMap(tuple(groups), group(None, rest) if rest else None, is_read, least.above)


def _placed(rows: Iterable[_Row], shown: frozenset[UUID], *, is_read: bool) -> dict[UUID | None, list[_Row]]:
    """What is shown, by where it stands; what is not shown is left out."""
    found: dict[UUID | None, list[_Row]] = {}
    for row in rows:
        if row.is_named:
            found.setdefault(row.theme_id, []).append(row)
        elif is_read:
            found.setdefault(row.theme_id if row.theme_id in shown else None, []).append(row)
    return found


def _themes(invitation: Invitation, counts: Mapping[UUID | None, int], rows: Iterable[_Row]) -> list[Theme]:
    """Those that something stands under: of a theme that too few chose, not even its words are told."""
    used = {*counts, *(row.theme_id for row in rows)}
    found = [each for each in invitation.themes.all() if each.pk in used]
    return sorted(found, key=lambda theme: (fold(theme.name), theme.name))


def _conditions(actor: Actor, offering_ids: list[UUID]) -> dict[UUID, list[Condition]]:
    found: dict[UUID, list[Condition]] = {}
    seen = together_policy.visible_conditions(actor)
    joined = OfferingCondition.objects.filter(offering__in=offering_ids, condition__in=seen)
    pairs = list(joined.values_list("offering_id", "condition_id"))
    conditions = Condition.objects.in_bulk({condition for _offering, condition in pairs}) if pairs else {}
    for offering, condition in pairs:
        found.setdefault(offering, []).append(conditions[condition])
    return found


def _group(
    invitation: Invitation,
    theme: Theme | None,
    rows: list[_Row],
    ways: Mapping[UUID, list[Condition]],
    least: Thresholds,
) -> Group:
    unnamed = sum(not row.is_named for row in rows)
    told = [Sentence(row.pk, row.sentence, row.by) for row in rows if row.is_named or row.may_show]
    in_turn = sorted(told, key=lambda each: (turn(each.words, invitation.pk), each.by, each.offering_id.hex))
    conditions = {each.pk: each for row in rows for each in ways.get(row.pk, [])}
    by_words = sorted(conditions.values(), key=lambda row: (fold(row.words), row.pk.hex))
    return Group(theme, tuple(in_turn), least.people(unnamed) if unnamed else None, tuple(by_words))


def in_the_way_of(actor: Actor, condition: Condition) -> list[tuple[Invitation, Group]]:
    """The themes of released maps that a condition is in the way of, latest map first: what the maps themselves say of it."""
    found = policy.visible_invitations(actor).filter(
        organisation=condition.organisation_id, released_on__isnull=False, offerings__conditions=condition
    )
    maps = ((each, purpose_map(actor, each)) for each in found.distinct().order_by("-released_on", "pk")[:LATEST_MAPS])
    return [
        (each, group) for each, shown in maps if shown for group in shown.all_groups if condition in group.conditions
    ]


LATEST_MAPS = 3


def to_sort(found: PurposeMap) -> list[Sentence]:
    """What the convenor may put under a theme: named sentences, and unnamed ones that stand under none."""
    rest = found.rest.sentences if found.rest else ()
    named = (each for group in found.groups for each in group.sentences if each.by)
    return [*rest, *named]
