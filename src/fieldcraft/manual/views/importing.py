"""Bringing a manual in through the screen: choose, see what will happen, do it."""

import contextlib
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fieldcraft.engine.formats.document import BadSource
from fieldcraft.errors import NotAllowed
from fieldcraft.manual import policy
from fieldcraft.manual.actions.manuals import make_manual
from fieldcraft.manual.actions.transfer.apply import apply_plan
from fieldcraft.manual.actions.transfer.plan import Plan, plan_import
from fieldcraft.manual.actions.transfer.sentences import loss_lines, sentence_of
from fieldcraft.manual.actions.transfer.source import library_of
from fieldcraft.manual.forms import ImportForm
from fieldcraft.manual.models import Kind, Manual
from fieldcraft.manual.queries.pages import manual_named, manuals_to_read
from fieldcraft.people.access import ActorRequest, Permission, require

_SHOWN = 200


def import_start(request: ActorRequest) -> HttpResponse:
    """First the file and a plan; the same address then carries the plan out."""
    shaped = [manual for manual in manuals_to_read(request.actor) if policy.can_shape(request.actor, manual)]
    makes_in = request.actor.organisations_where(Permission.SHAPE_ORGANISATION_MANUAL)
    if not shaped and not makes_in:
        raise NotAllowed(_("Importing is for leads, editors and administrators. Ask one of them."))
    if request.method == "POST" and "held" in request.POST:
        return _carry_out(request)
    form = ImportForm(request.POST or None, request.FILES or None, manuals=shaped, may_make=bool(makes_in))
    if request.method == "POST" and form.is_valid():
        try:
            return _show_plan(request, form)
        except BadSource as problem:
            form.add_error("file", sentence_of(problem))
    return render(request, "manual/import.html", {"form": form}, status=400 if form.errors else 200)


def _show_plan(request: ActorRequest, form: ImportForm) -> HttpResponse:
    upload = form.cleaned_data["file"]
    content = upload.read()
    manual = manual_named(form.cleaned_data["manual"]) if form.cleaned_data["manual"] else None
    plan = plan_import(library_of(upload.name, content), manual, _below(manual))
    held = _hold(content)
    asked = {
        "held": held,
        "name": Path(upload.name).name,
        "slug": form.cleaned_data["manual"],
        "title": form.cleaned_data["title"],
    }
    request.session["import"] = asked
    return render(request, "manual/import_plan.html", {**asked, **_as_shown(plan), "manual": manual})


def _below(manual: Manual | None) -> Manual | None:
    """A team's manual is compared with what it is built on."""
    if manual is None or manual.kind != Kind.TEAM:
        return None
    first = manual.inclusions.select_related("included").first()
    return first.included if first else None


def _as_shown(plan: Plan) -> dict[str, object]:
    return {
        "counts": plan.counts,
        "total": len(plan.pages),
        "pages": plan.pages[:_SHOWN],
        "more": max(0, len(plan.pages) - _SHOWN),
        "losses": [(page.document.title, loss_lines(page.document)) for page in plan.pages if page.document.losses][
            :_SHOWN
        ],
        "skipped": len(plan.library.skipped),
        "files": len(plan.library.attachments),
        "inferred": [page for page in plan.pages if page.base][:_SHOWN],
    }


def _hold(content: bytes) -> str:
    """Keep the upload until its plan is confirmed; only its session knows the name."""
    folder = settings.HOME.media / "uploads"
    folder.mkdir(exist_ok=True)
    name = secrets.token_urlsafe(24)
    (folder / name).write_bytes(content)
    return name


def _carry_out(request: ActorRequest) -> HttpResponse:
    asked = request.session.pop("import", None)
    if not asked or asked["held"] != request.POST["held"]:
        messages.error(request, _("This plan is no longer open. Choose the file again; nothing was changed."))
        return redirect("manual:import-start")
    file = settings.HOME.media / "uploads" / asked["held"]
    manual = manual_named(asked["slug"]) if asked["slug"] else None
    if manual:
        require(policy.can_shape(request.actor, manual))
    with contextlib.closing(file.open("rb")) as stream:
        library = library_of(asked["name"], stream.read())
    manual = manual or _made(request, asked["title"])
    applied = apply_plan(by=request.actor.person_id, manual=manual, plan=plan_import(library, manual, _below(manual)))
    file.unlink(missing_ok=True)
    messages.success(request, _("Imported: %(count)s pages written.") % {"count": applied.revisions})
    return redirect("manual:contents", manual.slug)


def _made(request: ActorRequest, title: str) -> Manual:
    organisation = min(request.actor.organisations_where(Permission.SHAPE_ORGANISATION_MANUAL))
    return make_manual(by=request.actor.person_id, organisation_id=organisation, title=title, kind=Kind.ORGANISATION)
