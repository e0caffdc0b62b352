"""Why a screen of the compass asks as it does, and switching off what is disputed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fieldcraft.errors import Invalid, NotFound
from fieldcraft.mastery.actions.switches import switch_off, switch_on
from fieldcraft.mastery.queries.switches import Switch, switches
from fieldcraft.people.access import ActorRequest
from fieldcraft.people.queries import my_organisations
from fieldcraft.theory.forms.claims import SwitchForm
from fieldcraft.theory.models import Kind
from fieldcraft.theory.queries.claims import claim_following, organisation_or_404
from fieldcraft.theory.queries.follows import following_in
from fieldcraft.theory.views.claims import stated_screen


@login_required
def psychology_why(request: ActorRequest, key: str) -> HttpResponse:
    """From something in the compass to the claim it follows from; where nobody has said why, that is said."""
    switch = _switch_or_404(key)
    found = claim_following(request.actor, key)
    if found is not None:
        return redirect("theory:claim", found.theory.organisation.slug, found.pk)
    context = {"switch": switch, "organisations": my_organisations(request.actor), "kind": Kind.PSYCHOLOGY}
    return render(request, "theory/psychology_why.html", context)


def _switch_or_404(key: str) -> Switch:
    found = switches().get(key)
    if found is None:
        raise NotFound(_("There is no such thing in the compass."))
    return found


@login_required
def switch(request: ActorRequest, slug: str, key: str) -> HttpResponse:
    """Something of the compass: what it is, whether it is offered, and switching it off or on again."""
    organisation = organisation_or_404(request.actor, slug)
    (follows,) = following_in(organisation.pk).of([_switch_or_404(key).key])
    form = SwitchForm(request.POST if request.POST.get("act") == "off" else None)
    if request.method == "POST" and _switched(request, organisation.pk, key, form):
        return redirect("theory:switch", slug, key)
    claim = claim_following(request.actor, key, organisation)
    more = {"follows": follows, "form": form, "claim": claim, "status": 400 if form.errors else 200}
    return stated_screen(request, "theory/psychology_switch.html", organisation, Kind.PSYCHOLOGY, **more)


def _switched(request: ActorRequest, organisation_id: object, key: str, form: SwitchForm) -> bool:
    """Whether it was done; else the form says what is amiss."""
    on = {"actor": request.actor, "organisation_id": organisation_id, "key": key}
    if request.POST.get("act") == "on":
        switch_on(**on)  # type: ignore[arg-type]
        messages.success(request, _("It is offered again."))
        return True
    if not form.is_valid():
        return False
    try:
        switch_off(**on, reason=form.cleaned_data["reason"])  # type: ignore[arg-type]
    except Invalid as problem:
        form.add_error("reason", str(problem))
        return False
    messages.success(request, _("It is not offered any more. What people wrote with it is still theirs."))
    return True
