"""What all screens of a step share: which step, its texts combined, and one place of it as cards to choose from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from fieldcraft.engine.prose.merge import Kind
from fieldcraft.errors import NotFound
from fieldcraft.manual import policy
from fieldcraft.manual.actions.steps import open_step, step_for
from fieldcraft.manual.models import Fit, Source, Step
from fieldcraft.manual.queries.combining import OWN, Combination, Place, combined
from fieldcraft.manual.queries.drafts import yeses_needed
from fieldcraft.manual.queries.happened import name_of_theirs
from fieldcraft.manual.queries.layers import Held
from fieldcraft.manual.queries.reading import page_url
from fieldcraft.manual.queries.resolve import Stack
from fieldcraft.manual.queries.steps import is_guess, step_in
from fieldcraft.manual.views.asked import stack_or_404
from fieldcraft.manual.views.comparing import beside
from fieldcraft.manual.views.steps_words import label_of
from fieldcraft.people.access import ActorRequest, require
from fieldcraft.ui.compare import Compared
from fieldcraft.ui.markdown import render as render_text

_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s+")
_ITEM = re.compile(r"\n\s*(?:[-*+#>|]|\d+[.)]\s)")
_SHOWN_FIRST = 3
_COMBINABLE = (Fit.FITS, Fit.SUGGESTION, Fit.CHOICE, Fit.FAR)


@dataclass(frozen=True, slots=True)
class Asked:
    """A step in its manual; found: its texts combined, where there is something to combine."""

    stack: Stack
    step: Step
    held: Held | None
    found: Combination | None

    @property
    def page_url(self) -> str:
        return page_url(self.stack, self.held) if self.held else ""

    @property
    def title(self) -> str:
        texts = (self.held, self.step.ours, self.step.theirs)
        return next((each.title for each in texts if each), "")


def asked_step(request: ActorRequest, slug: str, step_id: UUID) -> Asked:
    """The step, for the manual's own people; for others it is not there."""
    stack = stack_or_404(request.actor, slug)
    step = step_in(request.actor, stack, step_id)
    if step is None:
        raise NotFound(_("There is no such step in this manual."))
    return Asked(stack, step, stack.covering(step.page_id), _combined(step))


def step_to_decide(request: ActorRequest, slug: str, step_id: UUID) -> Asked:
    """As `asked_step`, for those who may decide it."""
    asked = asked_step(request, slug, step_id)
    require(policy.can_write(request.actor, asked.stack.manual))
    return asked


def prepared_anew(request: ActorRequest, asked: Asked) -> Asked:
    """The step with both texts as they are now; may be settled, where nothing is left to decide."""
    step, manual = asked.step, asked.stack.manual
    if step.source == Source.BELOW:
        step_for(actor=request.actor, manual=manual, page_id=step.page_id)
    elif step.theirs:
        open_step(actor=request.actor, manual=manual, theirs=step.theirs, offer=step.offer)
    return asked_step(request, manual.slug, step.pk)


def _combined(step: Step) -> Combination | None:
    if step.ours is None or step.theirs is None or step.fit not in _COMBINABLE:
        return None
    return combined(step.base, step.ours, step.theirs, step.choices)


def step_screen(request: ActorRequest, name: str, asked: Asked, status: int = 200, **more: object) -> HttpResponse:
    """One of the step's screens."""
    step = asked.step
    context = {
        "stack": asked.stack,
        "manual": asked.stack.manual,
        "step": step,
        "title": asked.title,
        "page_url": asked.page_url,
        "found": asked.found,
        "is_core": step.source == Source.BELOW,
        "is_offer": step.source == Source.OFFER,
        "whose": name_of_theirs(request.actor, step),
        "is_guess": step.source == Source.BELOW and is_guess(step),
        "needed": yeses_needed(asked.stack.manual),
        "write": policy.can_write(request.actor, asked.stack.manual),
        **more,
    }
    return render(request, f"manual/{name}.html", context, status=status)


@dataclass(frozen=True, slots=True)
class Card:
    """One thing that may stand in a place, shown in its sentence against what stood there before."""

    name: str
    label: str
    compared: Compared
    is_empty: bool
    is_chosen: bool


def cut(cards: Sequence[Card]) -> tuple[Sequence[Card], Sequence[Card]]:
    """The best ones, and those that are shown when asked for."""
    return cards[:_SHOWN_FIRST], cards[_SHOWN_FIRST:]


@dataclass(frozen=True, slots=True)
class Around:
    """The text around a place: the rest of its sentence, and what stands before and after that, as words."""

    lead: str
    tail: str
    before: str
    after: str


def cards_of(asked: Asked, place: Place, chosen: str) -> list[Card]:
    """The place's alternatives in the engine's order."""
    around = around_place(asked, place)
    path = asked.held.path if asked.held else ""
    old = around.lead + place.region.base + around.tail

    def card(name: str, text: str) -> Card:
        new = around.lead + text + around.tail
        shown = beside(asked.stack, path, old.strip() if asked.step.base else new.strip(), new.strip())
        return Card(name, label_of(asked.step, place, name, text), shown, not new.strip(), name == chosen)

    return [card(each.name, each.text) for each in place.region.alternatives]


def chosen_first(place: Place) -> str:
    """What is chosen already: what a person chose, the best of a suggestion, ours where the texts are far apart."""
    if place.as_ and place.chosen is not None:
        return place.as_
    names = [each.name for each in place.region.alternatives]
    if place.region.kind is Kind.SUGGESTION:
        return names[0]
    return "ours" if place.region.kind is Kind.FAR and "ours" in names else ""


def own_words(place: Place) -> str:
    """What the box for own words begins with."""
    return (place.chosen or "" if place.as_ == OWN else place.region.alternatives[0].text).strip("\n")


def own_text(place: Place, typed: str) -> str:
    """What somebody typed, with the white space around it that holds the place in its text."""
    best = place.region.alternatives[0].text
    bare, typed = best.strip(), typed.strip()
    start = best[: len(best) - len(best.lstrip())] if bare else ""
    end = best[len(best.rstrip()) :] if bare else "\n"
    return f"{start}{typed}{end}"


def around_place(asked: Asked, place: Place) -> Around:
    """The text around a place as it would be now."""
    if place.is_title or asked.found is None:
        return Around("", "", "", "")
    at = asked.found.text.index(place)
    texts = [each.region.alternatives[0].text if each.chosen is None else each.chosen for each in asked.found.text]
    before, after = "".join(texts[:at]), "".join(texts[at + 1 :])
    said = place.region.ours or place.region.theirs
    lead, tail = _lead(before, said), _tail(said, after)
    earlier, later = before[: len(before) - len(lead)].strip(), after[len(tail) :].strip()
    return Around(lead, tail, _words(earlier.rpartition("\n\n")[2]), _words(later.partition("\n\n")[0]))


def _words(text: str) -> str:
    """A paragraph as its reader sees it."""
    return render_text(text).text


def _lead(before: str, said: str) -> str:
    """The beginning of the sentence or item that the place stands in."""
    if said.startswith("\n") and before.endswith("\n"):
        return ""
    paragraph = before.rpartition("\n\n")[2]
    start = max((found.end() for found in _SENTENCE_END.finditer(paragraph)), default=0)
    item = max((found.start() + 1 for found in _ITEM.finditer(paragraph)), default=0)
    return paragraph[max(start, item) :]


def _tail(said: str, after: str) -> str:
    """The end of that sentence or item; nothing where the place ends with it."""
    if said.endswith("\n\n") or (said.endswith("\n") and after.startswith("\n")):
        return ""
    if _SENTENCE_END.search(said[-4:]) or (said.endswith("\n") and _ITEM.match(f"\n{after}")):
        return ""
    paragraph = after.partition("\n\n")[0]
    ends = [found.start() for found in _ITEM.finditer(paragraph)]
    ends += [found.end() for found in _SENTENCE_END.finditer(paragraph)]
    return paragraph[: min(ends, default=len(paragraph))]
