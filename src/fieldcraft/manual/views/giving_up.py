"""Setting a page aside, and giving up the manual's own text of it."""

from functools import partial

from django.http import HttpResponse
from django.utils.translation import gettext as _

from fieldcraft.errors import Invalid, NotFound, Stale
from fieldcraft.manual.actions.pages import give_up, set_page_aside
from fieldcraft.manual.forms import GiveUpForm, aside_form_of
from fieldcraft.manual.models import Revision, Standing
from fieldcraft.manual.queries.drafts import drafts_of_text
from fieldcraft.manual.queries.layers import Held
from fieldcraft.manual.queries.pages import edition_of
from fieldcraft.manual.queries.reading import page_url
from fieldcraft.manual.queries.resolve import Stack
from fieldcraft.manual.views.writing_asked import began_from, page_to_write, screen, told
from fieldcraft.people.access import ActorRequest


def set_aside(request: ActorRequest, slug: str, address: str) -> HttpResponse:
    """The team does not use a page, and says why."""
    stack, held = page_to_write(request, slug, address)
    form_of = aside_form_of(stack.manual)
    form = form_of(request.POST or None, initial={"based_on": held.revision_id})
    keep = f"aside {stack.manual.pk} {held.page_id}"
    more: dict[str, object] = {"held": held, "page_url": page_url(stack, held), "keep": keep}
    more |= {"drafts": partial(drafts_of_text, stack, held), "set_aside": _set_aside_by(stack, held)}
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            made = set_page_aside(
                actor=request.actor,
                manual=stack.manual,
                page_id=held.page_id,
                reason=asked["reason"],
                pole=asked["pole"],
                based_on=began_from(asked["based_on"]),
            )
            return told(request, stack, held, made, _("Set aside. You can take it back whenever you like."))
        except Stale as problem:
            form = form_of(initial={**asked, "based_on": held.revision_id})
            more |= {"sentence": _meanwhile() if more["set_aside"] else str(problem), "is_stale": True}
        except Invalid as problem:
            form.add_error(None, str(problem))
    return screen(request, "set_aside", stack, form, **more)


def _set_aside_by(stack: Stack, held: Held) -> Revision | None:
    """Why, by whom and when this manual has set the page aside already."""
    if held.manual_id != stack.manual.pk or held.standing is not Standing.SET_ASIDE:
        return None
    return edition_of(held).current


def _meanwhile() -> str:
    return _("Somebody has set this page aside meanwhile. Send your reason only if it is to take the place of theirs.")


def return_to_below(request: ActorRequest, slug: str, address: str) -> HttpResponse:
    """Give up this manual's own text: readers get the page below again, or none where there is none."""
    stack, held = page_to_write(request, slug, address)
    if held.manual_id != stack.manual.pk:
        raise NotFound(_("Your readers have the core's page already; there is nothing of your own to give up."))
    below = stack.below(held)
    more: dict[str, object] = {"below": below, "whose": below and stack.manual_of(below)}
    more["drafts"] = partial(drafts_of_text, stack, held)
    return given_up(request, stack, held, held, "return", more)


def given_up(
    request: ActorRequest, stack: Stack, held: Held, given: Held, name: str, more: dict[str, object]
) -> HttpResponse:
    """The screen that asks why, and what comes of it; `given` is what the manual gives up."""
    form = GiveUpForm(request.POST or None, initial={"based_on": given.revision_id})
    more |= {"held": held, "page_url": page_url(stack, held), "keep": f"give up {given.edition_id}"}
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            why = {"reason": asked["reason"], "pole": asked["pole"]}
            made = give_up(actor=request.actor, edition=edition_of(given), based_on=asked["based_on"], **why)
            return told(request, stack, held, made, _("Done. For thirty days it can be brought back."))
        except Stale as problem:
            form = GiveUpForm(initial={**asked, "based_on": given.revision_id})
            more |= {"sentence": str(problem), "is_stale": True}
        except Invalid as problem:
            form.add_error(None, str(problem))
    return screen(request, name, stack, form, **more)
