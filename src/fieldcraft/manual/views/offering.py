"""Offering a page or a note, after a look at exactly what will be seen; and drawing a note in as an example."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fieldcraft.errors import Invalid, NotFound, Stale
from fieldcraft.manual.actions.offers import Seen, draw_in_example, make_offer
from fieldcraft.manual.forms import TextForm
from fieldcraft.manual.forms.offers import OfferForm
from fieldcraft.manual.models import Audience, Manual, Offer, Remark, Revision, Standing
from fieldcraft.manual.queries.layers import Held
from fieldcraft.manual.queries.offers import (
    offer_received,
    open_offer,
    places_to_offer,
    remarks_to_tick,
    text_to_offer,
    whose,
    with_example,
)
from fieldcraft.manual.queries.pages import revision_in
from fieldcraft.manual.queries.reading import page_url
from fieldcraft.manual.queries.resolve import Stack
from fieldcraft.manual.views.asked import stack_or_404
from fieldcraft.manual.views.offers_asked import Shown, seen_by_others, stack_of_others
from fieldcraft.manual.views.writing import before, both_texts, kept_open, text_form, text_of
from fieldcraft.manual.views.writing_asked import page_to_write, screen, told
from fieldcraft.people.access import ActorRequest


def page_offer(request: ActorRequest, slug: str, address: str) -> HttpResponse:
    """Offer the page, or a note beside it: to whom, why, named or not; seen before it is sent."""
    stack, held = page_to_write(request, slug, address)
    revision = text_to_offer(stack, held, _note_asked(request))
    if revision is None:
        raise NotFound(_("Your team has no text of its own here. Adapt the page or add a note first."))
    places = places_to_offer(request.actor, stack)
    remarks = remarks_to_tick(request.actor, stack.manual, held.page_id)
    first = {"to": places[0].slug if places else "", "revision": revision.pk}
    form = OfferForm(request.POST or None, initial=first, places=places, remarks=remarks)
    more: dict[str, object] = {"is_note": revision.standing == Standing.NOTED, "places": places}
    if request.method == "POST" and form.is_valid():
        to = next(place for place in places if place.slug == form.cleaned_data["to"])
        if "offer" in request.POST:
            return _offered(request, stack, held, (form, revision, to), more)
        more["seen"] = _preview(request, stack, form, revision, (to, remarks))
    return _make_screen(request, stack, held, form, more)


def _note_asked(request: ActorRequest) -> UUID | None:
    try:
        return UUID(request.GET["note"])
    except (KeyError, ValueError):
        return None


def _offered(
    request: ActorRequest, stack: Stack, held: Held, what: tuple[OfferForm, Revision, Manual], more: dict[str, object]
) -> HttpResponse:
    form, revision, to = what
    asked = form.cleaned_data
    ticked = tuple(UUID(each) for each in asked.get("remarks", ()))
    seen = Seen(asked["reason"], ticked, is_named=asked["named"] == "yes")
    try:
        if asked["revision"] != revision.pk:
            raise Stale(_("Your page has a newer text since you began. Look at it first; your words are kept below."))
        made = make_offer(actor=request.actor, manual=stack.manual, to=to, revision=revision, seen=seen)
    except Stale as problem:
        words = {**request.POST.dict(), "remarks": request.POST.getlist("remarks"), "revision": revision.pk}
        form = OfferForm(initial=words, places=[to], remarks=remarks_to_tick(request.actor, stack.manual, held.page_id))
        return _make_screen(request, stack, held, form, {**more, "sentence": str(problem)}, status=409)
    except (Invalid, NotFound) as problem:
        form.add_error(None, str(problem))
        return _make_screen(request, stack, held, form, more)
    messages.success(request, _("Offered. Their answer will stand here, and on Today."))
    return redirect("manual:offer", stack.manual.slug, made.pk)


def _preview(
    request: ActorRequest, stack: Stack, form: OfferForm, revision: Revision, rest: tuple[Manual, list[Remark]]
) -> Shown:
    """What those who get it would see, made from an offer that is not kept."""
    to, remarks = rest
    asked = form.cleaned_data
    offer = Offer(
        manual=stack.manual, page_id=revision.edition.page_id, to=to, revision=revision, reason=asked["reason"],
        is_named=asked["named"] == "yes",
    )  # fmt: skip
    ticked = [remark for remark in remarks if str(remark.pk) in asked.get("remarks", ())]
    return seen_by_others(stack_of_others(request.actor, stack, to), offer, ticked[::-1])


def _make_screen(
    request: ActorRequest, stack: Stack, held: Held, form: OfferForm, more: dict[str, object], status: int = 200
) -> HttpResponse:
    context = {
        "stack": stack,
        "manual": stack.manual,
        "held": held,
        "page_url": page_url(stack, held),
        "form": form,
        "already": open_offer(request.actor, stack, held.page_id),
        "is_open_manual": stack.manual.audience != Audience.TEAM,
        **more,
    }
    return render(request, "manual/offer_make.html", context, status=400 if form.errors else status)


def offer_example(request: ActorRequest, slug: str, offer_id: UUID) -> HttpResponse:
    """A team's note that was offered, put into the page's text as an example, in the editor."""
    stack = stack_or_404(request.actor, slug)
    offer = offer_received(request.actor, stack.manual, offer_id)
    held = stack.covering(offer.page_id) if offer and not offer.answer else None
    current = revision_in(stack, held.revision_id) if held else None
    if offer is None or held is None or current is None or offer.revision.standing != Standing.NOTED:
        raise NotFound(_("There is no such offer here, or it was answered meanwhile."))
    begun = {**before(current), "body": with_example(current.body, offer.revision), "reason": _reason(offer)}
    form = text_form(request, stack, begun)
    more: dict[str, object] = {
        "held": held,
        "is_own": held.manual_id == stack.manual.pk,
        "page_url": page_url(stack, held),
        "keep": f"example {offer.pk}",
    }
    if request.method == "POST" and form.is_valid():
        return _example_sent(request, stack, held, (offer, current, form), more)
    return screen(request, "change", stack, form, **more)


def _reason(offer: Offer) -> str:
    return _("An example from %(team)s.") % {"team": whose(offer)} if offer.is_named else _("An example from a team.")


def _example_sent(
    request: ActorRequest, stack: Stack, held: Held, what: tuple[Offer, Revision, TextForm], more: dict[str, object]
) -> HttpResponse:
    offer, current, form = what
    match kept_open(request, stack, form, current, held.path):
        case TextForm() as anew:
            return screen(request, "change", stack, anew, **more)
        case dict() as shown:
            return screen(request, "change", stack, form, **more, **shown)
    based_on, text = form.cleaned_data["based_on"], text_of(stack, form)
    try:
        made = draw_in_example(actor=request.actor, offer=offer, text=text, based_on=based_on)
        return told(request, stack, held, made, _("Drawn in. The page says to whom it owes the example."))
    except Stale as problem:
        return both_texts(request, "change", stack, form, current, {**more, "sentence": str(problem)})
    except Invalid as problem:
        form.add_error(None, str(problem))
    return screen(request, "change", stack, form, **more)
