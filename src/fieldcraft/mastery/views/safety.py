"""Whom to call and the safeguarding route: what an organisation says before its people's compass opens."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fieldcraft.errors import Invalid, NotFound, Stale
from fieldcraft.mastery import policy
from fieldcraft.mastery.actions.safety import set_safety
from fieldcraft.mastery.forms.keeping import SafetyForm
from fieldcraft.mastery.queries.safety import mark_of, safety_of
from fieldcraft.mastery.views.asked import closed, look_again_at, signed_in
from fieldcraft.people.access import ActorRequest
from fieldcraft.people.models import Organisation
from fieldcraft.people.queries import my_organisations


@signed_in
def safety(request: ActorRequest, slug: str) -> HttpResponse:
    """What the organisation says; its administrators and convenors enter it."""
    place = next((each for each in my_organisations(request.actor) if each.slug == slug), None)
    if place is None:
        raise NotFound(_("There is no such organisation, or you do not belong to it."))
    said, may = safety_of(request.actor, place), policy.can_set_safety(request.actor, place.pk)
    if said is None and not may:
        return closed(request, policy.can_open(request.actor, []))
    first = {"seen": mark_of(said)}
    if said:
        first |= {"whom_to_call": said.whom_to_call, "safeguarding": said.safeguarding}
    form = SafetyForm(request.POST or None, initial=first)
    status = 200
    if request.method == "POST":
        status = _kept(request, place, form) if form.is_valid() else 400
        if status == 302:
            return redirect("mastery:safety", slug)
        look_again_at(form, mark_of(said))
    context: dict[str, object] = {"organisation": place, "said": said, "may": may, "form": form}
    return render(request, "mastery/safety.html", context, status=status)  # once is enough, so not below it as well


def _kept(request: ActorRequest, place: Organisation, form: SafetyForm) -> int:
    """The status that answers it: 302 once it is kept; else the form says what is amiss."""
    asked = form.cleaned_data
    try:
        set_safety(actor=request.actor, organisation=place, **asked)
    except (Stale, Invalid) as problem:
        form.add_error(None, str(problem))
        return 409 if isinstance(problem, Stale) else 400
    messages.success(request, _("Kept. It stands below every screen of a compass, and compasses are open."))
    return 302
