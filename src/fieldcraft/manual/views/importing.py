"""Bringing a manual in through the screen: choose, see what will happen, do it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fieldcraft.engine.formats.document import BadSource, Fault, LossKind
from fieldcraft.errors import FieldcraftError, Invalid, NotAllowed, NotFound
from fieldcraft.manual import policy
from fieldcraft.manual.actions.bases import confirm_base
from fieldcraft.manual.actions.imports import begin_import, confirm_import, drop_import
from fieldcraft.manual.actions.transfer.plan import Doing
from fieldcraft.manual.actions.transfer.sentences import (
    doing_words,
    gathers_words,
    instead_words,
    likeness_words,
    loss_line,
    sentence_of,
    way_words,
)
from fieldcraft.manual.forms import ImportForm
from fieldcraft.manual.models import Import, Manual, Progress
from fieldcraft.manual.queries.drafts import yeses_needed
from fieldcraft.manual.queries.pages import manual_named, manuals_to_read
from fieldcraft.manual.queries.publications import open_publication
from fieldcraft.manual.queries.transfer import guesses, import_of
from fieldcraft.manual.views.asked import stack_or_404
from fieldcraft.people.access import Actor, ActorRequest, Permission, require


def import_start(request: ActorRequest) -> HttpResponse:
    """Choose the file and where it goes."""
    shaped = [manual for manual in manuals_to_read(request.actor) if policy.can_shape(request.actor, manual)]
    makes_in = request.actor.organisations_where(Permission.SHAPE_ORGANISATION_MANUAL)
    if not shaped and not makes_in:
        raise NotAllowed(_("Importing is for leads, editors and administrators. Ask one of them."))
    form = ImportForm(request.POST or None, request.FILES or None, manuals=shaped, may_make=bool(makes_in))
    if request.method == "POST" and form.is_valid():
        begun = _begun(request, form, min(makes_in, default=None))
        return redirect("manual:import", begun.pk)
    return render(request, "manual/import_start.html", {"form": form}, status=400 if form.errors else 200)


def _begun(request: ActorRequest, form: ImportForm, organisation_id: UUID | None) -> Import:
    asked = form.cleaned_data
    return begin_import(
        actor=request.actor,
        name=asked["file"].name,
        content=asked["file"].read(),
        manual=manual_named(asked["manual"]) if asked["manual"] else None,
        organisation_id=organisation_id,
        title=asked["title"],
    )


def import_page(request: ActorRequest, import_id: UUID) -> HttpResponse:
    """How far it has come; the plan, when it waits for a yes; what came of it."""
    begun = import_of(request.actor, import_id)
    if begun is None:
        raise NotFound(_("There is no such import, or it is somebody else's."))
    if request.method == "POST":
        return _answered(request, begun)
    return render(
        request, "manual/import.html", {"begun": begun, "manual": begun.manual, **_as_shown(request.actor, begun)}
    )


def _answered(request: ActorRequest, begun: Import) -> HttpResponse:
    if "drop" in request.POST:
        drop_import(begun=begun)
        messages.success(request, _("Thrown away. Nothing was changed."))
        return redirect("manual:import-start")
    try:
        confirm_import(actor=request.actor, begun=begun, chosen=request.POST.getlist("ours"))
    except Invalid as problem:
        messages.error(request, str(problem))
    return redirect("manual:import", begun.pk)


def _as_shown(actor: Actor, begun: Import) -> dict[str, Any]:
    """The kept values in the reader's words."""
    plan = begun.plan
    return {
        "is_busy": begun.progress in {Progress.READING, Progress.WORKING},
        "sentence": _sentence(begun),
        "at_once": _at_once(begun),
        **_ours(actor, begun),
        "counts": [(doing_words(Doing(doing)), count) for doing, count in plan.get("counts", {}).items() if count],
        "pages": [(title, doing_words(Doing(doing))) for title, doing in plan.get("pages", ())],
        "notes_left": plan.get("notes_left", ()),
        "set_aside": plan.get("set_aside", ()),
        "more": max(0, plan.get("total", 0) - len(plan.get("pages", ()))),
        "inferred": [(title, below, likeness_words(alike)) for title, below, alike in plan.get("inferred", ())],
        "losses": [
            (title, [loss_line(LossKind(kind), count, example) for kind, count, example in lost])
            for title, lost in plan.get("losses", ())
        ],
    }


def _at_once(begun: Import) -> str:
    """Where the manual gathers its changes: that an import does not wait for the others; "" elsewhere."""
    waits = open_publication(begun.manual) if begun.manual and begun.progress == Progress.PLANNED else None
    return gathers_words(waits.manual.title, waits.title) if waits else ""


def _ours(actor: Actor, begun: Import) -> dict[str, Any]:
    """Pages that people here decided on, each to be chosen by those who may write; nothing where there are none."""
    rows = begun.plan.get("ours", ()) if begun.progress == Progress.PLANNED else ()
    if not rows or begun.manual is None:
        return {}
    waits = yeses_needed(begun.manual) > 1 or open_publication(begun.manual) is not None
    return {
        "ours": [(edition, title, instead_words(Doing(doing))) for edition, title, doing in rows],
        "ours_way": way_words(waits=waits),
        "may_choose": policy.can_write(actor, begun.manual),
    }


def _sentence(begun: Import) -> str:
    problem = begun.problem
    if "fault" in problem:
        return sentence_of(BadSource(Fault(problem["fault"]), problem["path"], problem["detail"]))
    if begun.progress == Progress.REFUSED:
        return _("It took too long, or something broke on our side. Nothing was changed; choose the file again.")
    return ""


def bases(request: ActorRequest, slug: str) -> HttpResponse:
    """Which text below each adaptation was made from, where an import had to guess."""
    manual = stack_or_404(request.actor, slug).manual
    require(policy.can_write(request.actor, manual))
    problem = ""
    if request.method == "POST":
        problem = _confirmed(request, manual)
        if not problem:
            return redirect("manual:bases", slug)
    shown = [(guess, likeness_words(guess.alike)) for guess in guesses(manual)]
    context = {"manual": manual, "guesses": shown, "problem": problem}
    return render(request, "manual/bases.html", context, status=400 if problem else 200)


def _confirmed(request: ActorRequest, manual: Manual) -> str:
    """Confirms each page whose box is ticked; the first sentence of refusal, "" when there is none."""
    try:
        for revision in request.POST.getlist("confirm"):
            base = request.POST.get(f"base-{revision}", "")
            confirm_base(actor=request.actor, manual=manual, revision_id=UUID(revision), base_id=UUID(base))
    except ValueError:
        return _("Choose one of the texts from the list.")
    except FieldcraftError as refusal:
        return str(refusal)
    return ""
