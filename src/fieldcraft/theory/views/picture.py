"""The picture by itself: to look at, to arrange, to take along as a file; and the names of its loops."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fieldcraft.errors import Invalid, NotFound
from fieldcraft.people.access import ActorRequest
from fieldcraft.people.models import Organisation
from fieldcraft.theory import policy
from fieldcraft.theory.actions.picture import let_picture_place, name_loop, place_construct, step_from
from fieldcraft.theory.forms.claims import LoopNameForm
from fieldcraft.theory.models import Construct, Kind, Theory
from fieldcraft.theory.queries.claims import Stated, organisation_or_404, stated_now, theory_of
from fieldcraft.theory.queries.picture import boxes, constructs_of
from fieldcraft.theory.views.claims import stated_screen
from fieldcraft.theory.views.drawing import drawn_part, picture_of, where
from fieldcraft.ui.charts.causal_loop import as_file


def _asked(request: ActorRequest, slug: str) -> tuple[Organisation, Theory, list[Stated]]:
    organisation = organisation_or_404(request.actor, slug)
    theory = theory_of(request.actor, organisation, Kind.LEARNING)
    stated = stated_now(theory)
    if theory is None or not stated:
        raise NotFound(_("There is nothing to draw yet."))
    return organisation, theory, stated


@login_required
def picture(request: ActorRequest, slug: str) -> HttpResponse:
    """The picture on a screen of its own."""
    organisation, theory, stated = _asked(request, slug)
    return stated_screen(
        request, "theory/theory_picture.html", organisation, Kind.LEARNING, **drawn_part(theory, stated)
    )


@login_required
def picture_file(request: ActorRequest, slug: str) -> HttpResponse:
    """The picture as an SVG file."""
    _organisation, _theory, stated = _asked(request, slug)
    answer = HttpResponse(as_file(picture_of(stated, boxes(stated))), content_type="image/svg+xml")
    answer["Content-Disposition"] = 'attachment; filename="theory.svg"'
    return answer


@login_required
@require_POST
def picture_move(request: ActorRequest, slug: str) -> HttpResponse:
    """Move one construct: by a step, or to a place; a script asks for the part alone."""
    organisation, theory, stated = _asked(request, slug)
    if "arrange" in request.POST:
        let_picture_place(actor=request.actor, theory=theory)
        return redirect("theory:picture", slug)
    construct = _construct(request, stated)
    place_construct(actor=request.actor, construct=construct, **_place(request, construct, stated))
    if not request.headers.get("X-Fieldcraft-Part"):
        return redirect("theory:picture", slug)
    now = stated_now(theory)
    said = next(where(box) for box in boxes(now) if box.id == str(construct.pk))
    context = {"organisation": organisation, "kind": Kind.LEARNING, **drawn_part(theory, now, said)}
    may = policy.can_keep_theory(request.actor, organisation.pk)
    return render(request, "theory/theory_drawn.html", {**context, "may": may, "moved": str(construct.pk)})


def _construct(request: ActorRequest, stated: list[Stated]) -> Construct:
    try:
        asked = UUID(request.POST.get("box", ""))
    except ValueError:
        raise NotFound(_("Choose what to move.")) from None
    found = next((each for each in constructs_of(stated) if each.pk == asked), None)
    if found is None:
        raise NotFound(_("This is not in the picture any more."))
    return found


def _place(request: ActorRequest, construct: Construct, stated: list[Stated]) -> dict[str, float]:
    """Where it goes: a step from where it is drawn now, or the place that was sent."""
    box = next(each for each in boxes(stated) if each.id == str(construct.pk))
    sent = request.POST
    if way := sent.get("move"):
        across, down = step_from(box.across, box.down, way)
    else:
        across, down = _number(sent.get("x", "")), _number(sent.get("y", ""))
    return {"across": across, "down": down}


def _number(text: str) -> float:
    try:
        found = float(text)
    except ValueError:
        found = float("nan")
    if not -10 < found < 10:
        raise Invalid(_("This is not a place in the picture."))
    return found


@login_required
@require_POST
def loop_name(request: ActorRequest, slug: str) -> HttpResponse:
    """What do you call it?"""
    _organisation, theory, _stated = _asked(request, slug)
    form = LoopNameForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("A name of up to eighty letters is enough."))
    name_loop(actor=request.actor, theory=theory, key=form.cleaned_data["key"], name=form.cleaned_data["name"])
    messages.success(request, _("Kept. Everybody here sees the name."))
    return redirect("theory:theory", slug, Kind.LEARNING)
