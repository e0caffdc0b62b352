"""Passing a remark on to the manual below."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fieldcraft.errors import Invalid, NotFound
from fieldcraft.manual import policy
from fieldcraft.manual.actions.passing import pass_on
from fieldcraft.manual.forms.offers import PassOnForm
from fieldcraft.manual.models import Manual
from fieldcraft.manual.queries.passing import places_to_pass_on
from fieldcraft.manual.queries.remarks import remark_in
from fieldcraft.manual.views.asked import stack_or_404
from fieldcraft.people.access import Actor, ActorRequest, require


def remark_pass(request: ActorRequest, slug: str, remark_id: UUID) -> HttpResponse:
    """Say it to those who keep the core, in words that are meant for them."""
    stack = stack_or_404(request.actor, slug)
    found = remark_in(request.actor, stack, remark_id)
    if found is None:
        raise NotFound(_("There is no such remark in this manual."))
    require(policy.can_write(request.actor, stack.manual))
    may = policy.can_pass_on(request.actor, found)
    places = places_to_pass_on(stack, found) if may else []
    first = {"body": "" if found.is_from_outside else found.body, "to": places[0].slug if places else ""}
    form = PassOnForm(request.POST or None, initial=first, manuals=places)
    if request.method == "POST" and form.is_valid():
        to = next(place for place in places if place.slug == form.cleaned_data["to"])
        try:
            pass_on(actor=request.actor, remark=found, to=to, body=form.cleaned_data["body"])
            messages.success(request, _("Passed on. What comes of it will stand here."))
            return redirect("manual:remark", slug, remark_id)
        except (Invalid, NotFound) as problem:
            form.add_error(None, str(problem))
    readers = [(place, _is_open_to_house(request.actor, place)) for place in places]
    context = {"stack": stack, "manual": stack.manual, "remark": found, "form": form, "readers": readers, "may": may}
    return render(request, "manual/remark_pass.html", context, status=400 if form.errors else 200)


def _is_open_to_house(actor: Actor, place: Manual) -> bool:
    """Whether everyone of the manual's organisation will see it, or only those who change its pages."""
    return bool(policy.can_see_remarks(actor, place))
