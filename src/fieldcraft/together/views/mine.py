"""What I raised, and what became of it: for its owner alone, kept by nothing in between."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fieldcraft.errors import NotFound
from fieldcraft.people.access import ActorRequest
from fieldcraft.together.actions.judging import say_whether_it_helped
from fieldcraft.together.actions.raising import take_back
from fieldcraft.together.models import Helped
from fieldcraft.together.queries.raisings import my_raisings, unjudged_first

SHOWN_TODAY = 3


@login_required
def mine(request: ActorRequest) -> HttpResponse:
    """All of it, unnamed ones too; here one says whether it is better, and takes an unnamed one back."""
    if request.method == "POST":
        _act(request)
        return redirect("together:mine")
    context = {"mine": my_raisings(request.actor), "helped": [(value, str(label)) for value, label in Helped.choices]}
    return render(request, "together/mine.html", context)


def _act(request: ActorRequest) -> None:
    try:
        condition_id = UUID(request.POST.get("condition", ""))
    except ValueError:
        raise NotFound(_("There is no such condition among yours.")) from None
    if request.POST.get("act") == "take-back":
        take_back(actor=request.actor, condition_id=condition_id)
        return
    say_whether_it_helped(actor=request.actor, condition_id=condition_id, helped=request.POST.get("helped", ""))


@login_required
def mine_panel(request: ActorRequest) -> HttpResponse:
    """What Today shows of it: what was answered lately; unnamed ones that nobody sees stay on their own screen."""
    shown = unjudged_first(my_raisings(request.actor))[:SHOWN_TODAY]
    is_part = request.headers.get("HX-Request") == "true"
    template = "together/panel_mine_part.html" if is_part else "together/panel_mine.html"
    return render(request, template, {"shown": shown})
