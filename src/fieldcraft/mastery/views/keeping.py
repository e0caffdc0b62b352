"""Keeping, taking along and deleting what is mine."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fieldcraft.engine.formats.export.zipped import zipped
from fieldcraft.mastery.actions.keeping import delete_compass, is_receipt, keep_for
from fieldcraft.mastery.forms.keeping import DeleteForm, ReceiptForm, RetentionForm
from fieldcraft.mastery.queries.export.book import compass_book
from fieldcraft.mastery.queries.export.parts import files_of
from fieldcraft.mastery.queries.export.rows import compass_json, compass_of
from fieldcraft.mastery.queries.keeping import counts_of_going, counts_past, my_rules
from fieldcraft.mastery.views.asked import own, screen, signed_in
from fieldcraft.people.access import ActorRequest


@own
def keeping(request: ActorRequest) -> HttpResponse:
    """How long each kind is kept; what would go at once is shown before it does."""
    form = RetentionForm(request.POST if request.method == "POST" else None, initial=my_rules(request.actor))
    if request.method != "POST" or not form.is_valid():
        return screen(request, "mastery/keeping.html", {"form": form}, 400 if form.errors else 200)
    going = counts_past(request.actor, form.months)
    if going and "sure" not in request.POST:
        return screen(request, "mastery/keeping_sure.html", {"form": form, "going": going})
    keep_for(actor=request.actor, months=form.months)
    messages.success(request, _("Kept so, from now on."))
    return redirect("mastery:keeping")


@own
def export(request: ActorRequest) -> HttpResponse:
    """What is in the file, and the file."""
    return screen(request, "mastery/export.html")


@own
def export_file(request: ActorRequest) -> HttpResponse:
    """Everything as it is now: a page to read, and the rows for other programs."""
    compass = compass_of(request.actor)
    files = {"compass.html": compass_book(compass), "compass.json": compass_json(compass)}
    files |= files_of(request.actor)
    return _as_file(zipped(files), "application/zip", f"compass-{timezone.localdate()}.zip")


def _as_file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@own
def delete(request: ActorRequest) -> HttpResponse:
    """Everything, or some days."""
    return screen(request, "mastery/delete.html", {"form": DeleteForm(initial={"what": "period"})})


@own
def delete_sure(request: ActorRequest) -> HttpResponse:
    """What would go, in numbers; and with the one button there, the deletion and its receipt."""
    form = DeleteForm(request.POST if request.method == "POST" else request.GET)
    if not form.is_valid():
        return screen(request, "mastery/delete.html", {"form": form}, 400)
    if request.method != "POST":
        counts = counts_of_going(request.actor, form.period)
        return screen(request, "mastery/delete_sure.html", {"form": form, "counts": counts, "period": form.period})
    gone = delete_compass(actor=request.actor, period=form.period)
    return screen(request, "mastery/delete_done.html", {"gone": gone})


@signed_in
def receipt(request: ActorRequest) -> HttpResponse:
    """Whether a receipt was made here; nothing of it is kept."""
    form = ReceiptForm(request.POST or None)
    is_ours = is_receipt(form.cleaned_data["receipt"]) if form.is_valid() else None
    status = 400 if form.errors else 200
    return screen(request, "mastery/delete_receipt.html", {"form": form, "is_ours": is_ours}, status)


@signed_in
@require_POST
def receipt_file(request: ActorRequest) -> HttpResponse:
    """The receipt on the screen, as a file; only what was signed here."""
    form = ReceiptForm(request.POST)
    if not form.is_valid() or not is_receipt(form.cleaned_data["receipt"]):
        return redirect("mastery:receipt")
    text = "\n".join(form.cleaned_data["receipt"].strip().splitlines()) + "\n"
    return _as_file(text.encode(), "text/plain; charset=utf-8", f"receipt-{timezone.localdate()}.txt")
