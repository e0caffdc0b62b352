"""Splitting a page: one of its parts becomes a page of its own."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from fieldcraft.engine.prose.sections import parts_to_split
from fieldcraft.errors import Invalid, NotFound, Stale
from fieldcraft.manual.actions.splitting import cut_off, section_at, split_page
from fieldcraft.manual.forms.publications import SplitForm
from fieldcraft.manual.models import Revision, Standing, State
from fieldcraft.manual.queries.layers import Held
from fieldcraft.manual.queries.pages import revision_in
from fieldcraft.manual.queries.reading import page_url
from fieldcraft.manual.queries.resolve import Stack
from fieldcraft.manual.views.comparing import beside
from fieldcraft.manual.views.writing_asked import page_to_write, screen, to_page
from fieldcraft.people.access import ActorRequest


def split(request: ActorRequest, slug: str, address: str) -> HttpResponse:
    """Choose a heading, look at what becomes of the page, and split it off."""
    stack, held = page_to_write(request, slug, address)
    old = _own_text(stack, held)
    form = SplitForm(request.POST or None, parts=parts_to_split(old.body), initial={"based_on": old.pk})
    more: dict[str, object] = {"held": held, "page_url": page_url(stack, held), "parts": parts_to_split(old.body)}
    if request.method == "POST" and form.is_valid():
        try:
            if "preview" in request.POST:
                more |= _previewed(stack, held, old, form)
            else:
                return _split(request, stack, held, form)
        except Stale as problem:
            form = SplitForm(parts=parts_to_split(old.body), initial={**form.cleaned_data, "based_on": old.pk})
            more |= {"sentence": str(problem), "is_stale": True}
        except Invalid as problem:
            form.add_error(None, str(problem))
    return screen(request, "split", stack, form, **more)


def _own_text(stack: Stack, held: Held) -> Revision:
    if held.manual_id != stack.manual.pk or held.standing is Standing.SET_ASIDE:
        raise NotFound(_("Only a page with text of your own can be split."))
    found = revision_in(stack, held.revision_id)
    if found is None:
        raise NotFound(_("There is no such page in this manual."))
    return found


def _previewed(stack: Stack, held: Held, old: Revision, form: SplitForm) -> dict[str, object]:
    asked = form.cleaned_data
    if asked["based_on"] != old.pk:
        raise Stale(_("The page has changed since you began. Look at it again; nothing was split off."))
    section = section_at(old, asked["part"])
    title = asked["title"] or section.title
    made = cut_off(old, section, title)
    return {
        "new_title": title,
        "part_text": beside(stack, held.path, made.part, made.part),
        "left_text": beside(stack, held.path, old.body, made.left).only_changed(),
    }


def _split(request: ActorRequest, stack: Stack, held: Held, form: SplitForm) -> HttpResponse:
    asked = form.cleaned_data
    part, rest = split_page(
        actor=request.actor,
        manual=stack.manual,
        page_id=held.page_id,
        start=asked["part"],
        title=asked["title"],
        based_on=asked["based_on"],
        reason=asked["reason"],
    )
    if rest.state == State.AGREED:
        messages.success(
            request, _("“%(title)s” is a page of its own now; this one leads to it.") % {"title": part.title}
        )
        return to_page(stack.manual, held)
    if rest.state == State.GATHERED:
        messages.success(request, _("Both changes are gathered. Readers have them when you publish."))
        return redirect("manual:publication", stack.manual.slug)
    messages.success(
        request, _("Your team sees two drafts now: this new page, and the old one without it. They go together.")
    )
    return redirect("manual:draft", stack.manual.slug, part.pk)
