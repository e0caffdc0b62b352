"""How the screens of a step call things: places, choices, and what a careful reader should look at."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from fieldcraft.engine.prose.merge import Kind
from fieldcraft.manual.models import Fit, Source, Step
from fieldcraft.manual.queries.combining import Place


def flag_words(flags: Iterable[str]) -> list[str]:
    """What to look at, each in words."""
    named = {
        "negation": _("“not”, “no” or “never”"),
        "number": _("a number"),
        "dose": _("a dose"),
        "age": _("an age"),
        "phone": _("a telephone number"),
        "address": _("an address"),
        "date": _("a day or time"),
        "must": _("“must” or “must not”"),
    }
    return list(dict.fromkeys(named.get(flag, _("something to look at closely")) for flag in flags))


def group_words(name: str) -> str:
    """The heading above steps of one kind."""
    named = {
        Fit.FITS.value: _("Fits as it is"),
        Fit.SUGGESTION.value: _("A suggestion is ready"),
        Fit.CHOICE.value: _("Needs a choice"),
        Fit.FAR.value: _("Too far apart to combine"),
        Fit.PLACE.value: _("Only its place changed"),
        Fit.WITHDRAWN.value: _("The core does not have it any more"),
        Fit.LEFT_OUT.value: _("You set it aside; the core changed it"),
        "waits": _("Waits for a yes"),
        "quiet": _("Quiet for now"),
    }
    return named[name]


def heading_of(step: Step, place: Place) -> str:
    """What happened in one place, in a sentence."""
    return _with_core(place) if step.source == Source.BELOW else _with_others(place)


def _with_core(place: Place) -> str:
    region = place.region
    if place.is_title:
        return _("Your team and the core both gave this page a new name")
    if region.kind is Kind.FAR:
        return _("Your text has gone far from the core's here. This is what the core has now")
    if not region.ours.strip():
        return _("You took this out. The core changed it since. Still leave it out?")
    if not region.theirs.strip():
        return _("The core took this out. Your team had changed it")
    if not region.base.strip():
        return _("Your team and the core both put something in here")
    if "\n\n" in region.base.strip():
        return _("Your team and the core both changed this part")
    return _("Your team and the core both changed this sentence")


def _with_others(place: Place) -> str:
    region = place.region
    if place.is_title:
        return _("The two texts have different names")
    if not region.ours.strip():
        return _("They have this; you do not")
    if not region.theirs.strip():
        return _("You have this; they do not")
    return _("Your text and theirs differ here")


def label_of(step: Step, place: Place, name: str, text: str) -> str:
    """What a choice is called; one that is word for word what a side wrote is called that."""
    is_core = step.source == Source.BELOW
    region = place.region
    words = text.split()
    if name == "ours" or words == region.ours.split():
        return _("Leave it out") if not region.ours.strip() else _("Keep ours")
    if name == "theirs" or words == region.theirs.split():
        return _theirs(is_core, is_out=not region.theirs.strip(), is_back=not region.ours.strip())
    named = {
        "combined": _("Write it together"),
        "both": _("Both, ours first"),
        "both_turned": _("Both, the core's first") if is_core else _("Both, theirs first"),
        "base": _("As it was before"),
    }
    return named.get(name, _("Together, in another way"))


def _theirs(is_core: bool, *, is_out: bool, is_back: bool) -> str:
    if is_out:
        return _("Take it out too")
    if is_back:
        return _("Bring it back, as the core has it") if is_core else _("Take it in")
    return _("Take the core's") if is_core else _("Take theirs")
