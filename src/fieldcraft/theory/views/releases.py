"""The ledger of all that was shown and withheld, a team's own picture, and from how many people on."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldcraft.errors import Invalid, NotFound
from fieldcraft.people.access import ActorRequest, require
from fieldcraft.people.models import Organisation
from fieldcraft.theory import policy
from fieldcraft.theory.actions.windows import raise_thresholds
from fieldcraft.theory.forms.releases import ThresholdsForm
from fieldcraft.theory.models import Kind, Window
from fieldcraft.theory.queries.claims import organisation_or_404
from fieldcraft.theory.queries.releases import (
    days_of,
    next_publication,
    shown_in,
    team_pictures,
    thresholds_on,
    windows_of,
)
from fieldcraft.theory.queries.tests import judged_in
from fieldcraft.theory.views.claims import stated_screen


@login_required
def ledger_page(request: ActorRequest, slug: str) -> HttpResponse:
    """Everything that was shown of what people counted in, and everything withheld with its reason."""
    organisation = organisation_or_404(request.actor, slug)
    windows = windows_of(organisation)
    chosen = _chosen(request, windows)
    more = {
        "windows": [(window, days_of(window)) for window in windows],
        "shown": shown_in(chosen) if chosen else None,
        "days": days_of(chosen) if chosen else "",
        "verdicts": judged_in(organisation, timezone.localdate()),
        "next_on": next_publication(organisation),
        "least": thresholds_on(organisation.pk, timezone.localdate()),
    }
    return stated_screen(request, "theory/ledger.html", organisation, Kind.LEARNING, **more)


def _chosen(request: ActorRequest, windows: list[Window]) -> Window | None:
    """The window that is asked for, or the newest. Raises NotFound for one that was never published."""
    asked = request.GET.get("window")
    if asked is None:
        return windows[0] if windows else None
    found = next((window for window in windows if str(window.number) == asked), None)
    if found is None:
        raise NotFound(_("This window is not published."))
    return found


@login_required
def team_picture(request: ActorRequest, team_id: UUID) -> HttpResponse:
    """What the team sees of itself, all of it at the same moment."""
    team, pictures = team_pictures(request.actor, team_id)
    context = {"team": team, "organisation": team.organisation, "pictures": pictures}
    return render(request, "theory/release_team.html", context)


@login_required
def thresholds(request: ActorRequest, slug: str) -> HttpResponse:
    """Raise them, for windows that begin later."""
    organisation = organisation_or_404(request.actor, slug)
    require(policy.can_raise_thresholds(request.actor, organisation.pk))
    least = thresholds_on(organisation.pk, date.max)
    form = ThresholdsForm(request.POST or None, initial={"team": least.team, "above": least.above})
    if request.method == "POST" and form.is_valid() and _raised(request, organisation, form):
        messages.success(request, _("Kept. It holds for windows that begin from now on."))
        return redirect("theory:ledger", slug)
    status = 400 if form.errors else 200
    return stated_screen(
        request, "theory/release_least.html", organisation, Kind.LEARNING, form=form, least=least, status=status
    )


def _raised(request: ActorRequest, organisation: Organisation, form: ThresholdsForm) -> bool:
    try:
        raise_thresholds(
            actor=request.actor, organisation_id=organisation.pk, today=timezone.localdate(), **form.cleaned_data
        )
    except Invalid as problem:
        form.add_error(None, str(problem))
        return False
    return True
