"""Two texts of one page and what both come from, place by place, with what was chosen so far."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from fieldcraft.engine.prose.merge import Alternative, Kind, Region, is_silent, merge, text_of
from fieldcraft.manual.models import Fit, Revision, Standing
from fieldcraft.manual.queries.questions import SILENT, by_question

OWN = "own"


@dataclass(frozen=True, slots=True)
class Place:
    """One region of the page, or its title.

    key: the same for the same three texts, so that a choice outlives what changes elsewhere on the page.
    number: counts, from 1, the places that need somebody; 0 for one that does not.
    chosen: the text taken here; None where a person has not said yet. as_: the alternative's name, or `OWN`.
    """

    key: str
    region: Region
    number: int = 0
    chosen: str | None = None
    as_: str = ""
    is_title: bool = False

    @property
    def needs_somebody(self) -> bool:
        return self.region.kind not in SILENT

    @property
    def brings_theirs(self) -> bool:
        """Whether something of the other text comes in here without a question."""
        return not self.needs_somebody and self.region.theirs not in {self.region.base, self.region.ours}


@dataclass(frozen=True)
class Combination:
    """The whole page: its title, its tags and its text in places, in reading order."""

    title: Place
    tags: tuple[str, ...]
    text: tuple[Place, ...]

    @cached_property
    def places(self) -> tuple[Place, ...]:
        return (self.title, *self.text)

    @cached_property
    def needing(self) -> tuple[Place, ...]:
        return tuple(place for place in self.places if place.needs_somebody)

    @property
    def fits(self) -> int:
        return sum(place.brings_theirs for place in self.places)

    @property
    def open(self) -> tuple[Place, ...]:
        """The places that still wait for a choice."""
        return tuple(place for place in self.needing if place.chosen is None)

    @property
    def flags(self) -> tuple[str, ...]:
        """What a careful reader should look at, each once: not what is their own already and stays as it is."""
        touched = [place for place in self.places if place.needs_somebody or place.brings_theirs]
        return tuple(dict.fromkeys(flag for place in touched for flag in place.region.flags))

    @property
    def fit(self) -> Fit:
        kinds = {place.region.kind for place in self.needing}
        found = ((Kind.FAR, Fit.FAR), (Kind.CHOICE, Fit.CHOICE), (Kind.SUGGESTION, Fit.SUGGESTION))
        return next((fit for kind, fit in found if kind in kinds), Fit.FITS)

    def title_now(self) -> str:
        return _taken(self.title)

    def body_now(self) -> str:
        """The text with all that was chosen, and the first alternative wherever nothing was."""
        return "".join(_taken(place) for place in self.text)


def combined(
    base: Revision | None, ours: Revision, theirs: Revision, choices: Mapping[str, Mapping[str, str]] | None = None
) -> Combination:
    """ours and theirs combined; without a base, all that differs is for a person to decide."""
    regions = merge(base.body, ours.body, theirs.body) if base else _unrelated(ours.body, theirs.body)
    regions = list(by_question(regions))
    title = _title(base.title if base else "", ours.title, theirs.title)
    places = _placed([title, *regions], choices or {})
    tags = _tags(base.tags if base else [], ours.tags, theirs.tags)
    return Combination(next(places), tags, tuple(places))


@dataclass(frozen=True, slots=True)
class Told:
    """A page's title, text and tags, as somebody typed them."""

    title: str
    body: str
    tags: tuple[str, ...]


def put_together(began: Revision, typed: Told, now: Revision) -> Told | None:
    """What was typed and what came in meanwhile, both made from one text; None where somebody has to choose.

    A page that was set aside meanwhile has no text; put together with that, every word left as it was would go.
    """
    if now.standing == Standing.SET_ASIDE:
        return None
    regions = merge(began.body, typed.body, now.body)
    title = _title(began.title, typed.title, now.title)
    if not is_silent([title, *regions]):
        return None
    return Told(title.alternatives[0].text, text_of(regions), _tags(began.tags, typed.tags, now.tags))


def _taken(place: Place) -> str:
    return place.region.alternatives[0].text if place.chosen is None else place.chosen


def _unrelated(ours: str, theirs: str) -> list[Region]:
    if ours == theirs:
        return [Region(Kind.SAME, ours, ours, theirs, (Alternative("ours", ours),), ())]
    return [Region(Kind.FAR, "", ours, theirs, (Alternative("ours", ours), Alternative("theirs", theirs)), ())]


def _title(base: str, ours: str, theirs: str) -> Region:
    """A title is one thing: whose changed it has it, and where both did somebody chooses."""
    if theirs in {ours, base}:
        return Region(Kind.SAME, base, ours, theirs, (Alternative("ours", ours),), ())
    if base == ours:
        return Region(Kind.SAME, base, ours, theirs, (Alternative("theirs", theirs),), ())
    return Region(Kind.CHOICE, base, ours, theirs, (Alternative("ours", ours), Alternative("theirs", theirs)), ())


def _tags(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
    """Tags are a set: what either side added is in, what either took out is gone."""
    kept = [tag for tag in ours if tag in theirs or tag not in base]
    return tuple(dict.fromkeys([*kept, *(tag for tag in theirs if tag not in base)]))


def _placed(regions: Sequence[Region], choices: Mapping[str, Mapping[str, str]]) -> Iterator[Place]:
    seen: Counter[str] = Counter()
    number = 0
    for at, region in enumerate(regions):
        if region.kind in SILENT:
            yield Place("", region, is_title=at == 0)
            continue
        number += 1
        bare = _fingerprint(region)
        key = f"{bare}-{seen[bare]}"
        seen[bare] += 1
        as_ = choices.get(key, {}).get("as", "")
        yield Place(key, region, number, _chosen(region, choices.get(key)), as_, at == 0)


def _fingerprint(region: Region) -> str:
    told = "\0".join((region.base, region.ours, region.theirs))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _chosen(region: Region, choice: Mapping[str, str] | None) -> str | None:
    if choice is None:
        return None
    if choice["as"] == OWN:
        return choice["text"]
    return next((each.text for each in region.alternatives if each.name == choice["as"]), None)
