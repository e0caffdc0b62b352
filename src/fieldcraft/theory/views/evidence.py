"""What people counted in says of the links of a theory: each question as it was registered, and each answer."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldcraft.people.access import ActorRequest
from fieldcraft.theory.actions.registering import canonical, dates_after, register_test
from fieldcraft.theory.models import Kind
from fieldcraft.theory.queries.claims import claim_of, organisation_or_404
from fieldcraft.theory.queries.tests import Asked, Found, NotYet, links_tested, questions_of, step_of
from fieldcraft.theory.views.claims import stated_screen
from fieldcraft.ui.charts.interval import Interval, interval
from fieldcraft.ui.charts.picture import Chart


@login_required
def test_list(request: ActorRequest, slug: str) -> HttpResponse:
    """Every link with how it stands."""
    organisation = organisation_or_404(request.actor, slug)
    links = links_tested(organisation, timezone.localdate())
    return stated_screen(request, "theory/test_list.html", organisation, Kind.LEARNING, links=links)


@login_required
def claim_test(request: ActorRequest, slug: str, claim_id: UUID) -> HttpResponse:
    """One link: its question, all that was found, and registering it."""
    stated, today = claim_of(request.actor, slug, claim_id), timezone.localdate()
    claim, organisation = stated.claim, stated.claim.theory.organisation
    if request.method == "POST":
        register_test(actor=request.actor, claim=claim, today=today)
        messages.success(request, _("Registered. From now on it cannot be changed; its dates are fixed."))
        return redirect("theory:claim-test", slug, claim_id)
    step = step_of(claim, stated.text)
    tests = questions_of(claim, today)
    more = {
        "stated": stated,
        "claim": claim,
        "text": stated.text,
        "why_not": step.reason if isinstance(step, NotYet) else "",
        "tests": [(asked, canonical(asked.test.registered), _drawn(asked)) for asked in tests],
        "may_register": not isinstance(step, NotYet) and claim.dropped_in is None and not any(_asks(a) for a in tests),
        "is_over": any(asked.test.ended_on is None for asked in tests),
        "dates": dates_after(today),
    }
    return stated_screen(request, "theory/test.html", organisation, Kind.LEARNING, **more)


def _asks(asked: Asked) -> bool:
    """Whether it has dates to come."""
    return asked.next_on is not None


def _drawn(asked: Asked) -> list[tuple[Found, Chart | None]]:
    return [(found, _chart(found)) for found in asked.found]


def _chart(found: Found) -> Chart | None:
    verdict = found.verdict
    if verdict.effect is None or verdict.low is None or verdict.high is None:
        return None
    shown = Interval(verdict.effect, verdict.low, verdict.high)
    return interval(shown, key=f"found-{verdict.pk}", title=_("What was found, with what it may be"))
