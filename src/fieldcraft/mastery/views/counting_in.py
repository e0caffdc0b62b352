"""Count me in: one question for each use, in plain words, and taking it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldcraft.mastery.actions.counting_in import answer_counting
from fieldcraft.mastery.forms.counting_in import CountingForm
from fieldcraft.mastery.queries.counting_in import Counting, counting_of
from fieldcraft.mastery.views.asked import screen, signed_in
from fieldcraft.people.access import ActorRequest


@signed_in
def count_me_in(request: ActorRequest) -> HttpResponse:
    """What would be shown to whom, and yes or no to it; open before the compass is, so that a no always can be said."""
    today = timezone.localdate()
    counting = counting_of(request.actor, today)
    sent = request.POST if request.method == "POST" else None
    forms = [CountingForm(sent, asked=asked) for asked in counting.asked]
    if sent is None or not all(form.is_valid() for form in forms):
        return _asked(request, counting, forms)
    for asked, form in zip(counting.asked, forms, strict=True):
        answer_counting(actor=request.actor, organisation_id=asked.organisation.pk, says=form.says, today=today)
    messages.success(request, _("Kept. You can change it on any day."))
    return redirect("mastery:count-me-in")


def _asked(request: ActorRequest, counting: Counting, forms: list[CountingForm]) -> HttpResponse:
    pairs = list(zip(counting.asked, forms, strict=True))
    context: dict[str, object] = {"quarter": counting.quarter, "pairs": pairs}
    return screen(request, "mastery/count_me_in.html", context, 400 if any(form.errors for form in forms) else 200)
