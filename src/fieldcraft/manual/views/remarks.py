"""Remarks on pages, suggestions from outside, and the list of what waits to be manualized."""

from hashlib import sha256
from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fieldcraft.engine.prose.anchor import Quote
from fieldcraft.errors import FieldcraftError, Invalid, NotAllowed, NotFound, Stale
from fieldcraft.manual import policy
from fieldcraft.manual.actions.remarks import (
    Noticed,
    let_remark_stand,
    make_remark,
    reopen_remark,
    reply_to_remark,
    settle_remark,
    suggest_change,
)
from fieldcraft.manual.forms.remarks import RemarkForm, ReplyForm, SettleForm, SuggestionForm
from fieldcraft.manual.models import Outcome, Remark, State
from fieldcraft.manual.queries.layers import Held
from fieldcraft.manual.queries.notes_left import held_left
from fieldcraft.manual.queries.passages import passages_read
from fieldcraft.manual.queries.passing import passed_on, places_to_pass_on
from fieldcraft.manual.queries.reading import page_url
from fieldcraft.manual.queries.remarks import remark_as_read, remark_in, state_of, to_manualize
from fieldcraft.manual.queries.resolve import Stack
from fieldcraft.manual.views.asked import stack_or_404
from fieldcraft.people.access import ActorRequest, require


def page_remark(request: ActorRequest, slug: str, address: str) -> HttpResponse:
    """Notice something on a page; a reader from outside suggests something, where the manual takes it."""
    stack = stack_or_404(request.actor, slug)
    held = stack.at(address)
    if held is None:
        raise NotFound(_("There is no such page in this manual."))
    is_house = bool(policy.can_see_remarks(request.actor, stack.manual))
    if not is_house:
        require(policy.can_suggest(request.actor, stack.manuals))
    form = _form(request, held, is_house)
    status = 200
    if request.method == "POST":
        status = _keep(request, stack, held, form, is_house) if form.is_valid() else 400
        if status == 302:
            return HttpResponseRedirect(page_url(stack, held) + ("#remarks" if is_house else ""))
    form.offer(passages_read(stack, held, form["based_on"].value()))
    context = {"stack": stack, "manual": stack.manual, "held": held, "page_url": page_url(stack, held)}
    return render(request, "manual/remark_make.html", {**context, "form": form, "is_house": is_house}, status=status)


def _form(request: ActorRequest, held: Held, is_house: bool) -> RemarkForm:
    """A passage that was selected on the page comes with the address; the text that was read does, too."""
    asked = request.GET
    first = {name: asked.get(name, "") for name in ("quote", "prefix", "suffix", "position")}
    first["based_on"] = asked.get("revision") or str(held.revision_id)
    form = (RemarkForm if is_house else SuggestionForm)(request.POST or None, initial=first)
    if request.actor.is_signed_in:
        form.fields.pop("from_name", None)
    return form


def _keep(request: ActorRequest, stack: Stack, held: Held, form: RemarkForm, is_house: bool) -> int:
    """The status that answers it: 302 once it is kept; else the form says what is amiss."""
    asked = form.cleaned_data
    passage = Quote(asked["quote"], asked["prefix"], asked["suffix"], asked["position"] or 0)
    noticed = Noticed(asked["body"], asked["based_on"], passage)
    on: dict[str, Any] = {"actor": request.actor, "manual": stack.manual, "page_id": held.page_id}
    try:
        if is_house:
            make_remark(**on, noticed=noticed)
        else:
            suggest_change(**on, noticed=noticed, sender=_sender(request), from_name=asked.get("from_name", ""))
    except (Invalid, NotAllowed) as problem:
        form.add_error("quote" if problem.code == "no_such_words" else None, str(problem))
        return 429 if problem.code == "too_many" else 400
    said = (
        _("Your remark stands with the page.") if is_house else _("Thank you. Those who keep this manual will read it.")
    )
    messages.success(request, said)
    return 302


def _sender(request: ActorRequest) -> str:
    """Tells one sender from another without keeping who or where they are."""
    who = request.actor.person_id or get_adapter(request).get_client_ip(request)
    return sha256(f"{settings.SECRET_KEY} {who}".encode()).hexdigest()


def remark(request: ActorRequest, slug: str, remark_id: UUID) -> HttpResponse:
    """One remark: its passage then and now, what was replied, what came of it, and what can be done with it."""
    stack = stack_or_404(request.actor, slug)
    found = _remark_or_404(request, stack, remark_id)
    act = request.POST.get("act", "")
    reply = ReplyForm(request.POST if act == "reply" else None, auto_id="reply_%s")
    settle = SettleForm(request.POST if act == "settle" else None, auto_id="settle_%s")
    if found.is_from_outside and not found.by_id:
        settle.is_for_nobody_to_read()
    if request.method != "POST":
        return _screen(request, stack, found, reply, settle)
    try:
        if _is_done(request, found, reply, settle):
            return redirect("manual:remark", slug, remark_id)
    except (Stale, Invalid) as problem:
        found = _remark_or_404(request, stack, remark_id)
        return _screen(request, stack, found, reply, settle, problem=problem)
    return _screen(request, stack, found, reply, settle)


def _remark_or_404(request: ActorRequest, stack: Stack, remark_id: UUID) -> Remark:
    found = remark_in(request.actor, stack, remark_id)
    if found is None:
        raise NotFound(_("There is no such remark in this manual."))
    return found


def _is_done(request: ActorRequest, found: Remark, reply: ReplyForm, settle: SettleForm) -> bool:
    """Whether what was asked for is done; not when a form is not filled in."""
    on: dict[str, Any] = {"actor": request.actor, "remark": found, "seen": request.POST.get("seen", "")}
    match request.POST.get("act"):
        case "reply" if reply.is_valid():
            reply_to_remark(**on, body=reply.cleaned_data["body"])
            messages.success(request, _("Your reply stands with the remark."))
        case "settle" if settle.is_valid():
            outcome = Outcome(settle.cleaned_data["outcome"])
            settle_remark(**on, outcome=outcome, answer=settle.cleaned_data["answer"])
            messages.success(request, _("Settled. What came of it stands with the remark."))
        case "stand":
            let_remark_stand(**on)
            messages.success(request, _("It stands with the page now, for everyone who sees remarks here."))
        case "reopen":
            reopen_remark(**on)
            messages.success(request, _("Open again. It waits on the list for the next slot."))
        case _:
            return False
    return True


def _screen(
    request: ActorRequest,
    stack: Stack,
    found: Remark,
    reply: ReplyForm,
    settle: SettleForm,
    problem: FieldcraftError | None = None,
) -> HttpResponse:
    held, can_pass_on = stack.covering(found.page_id), policy.can_pass_on(request.actor, found)
    is_stale = isinstance(problem, Stale)
    context = {
        "stack": stack,
        "manual": stack.manual,
        "held": held,
        "title": held.title if held else found.revision.title,
        "address": stack.address(held) if held else "",
        "page_url": page_url(stack, held) if held else "",
        "read": remark_as_read(stack, held, found),
        "remark": found,
        "drafts": [draft for draft in found.drafts.all() if draft.state == State.DRAFT],
        "seen": state_of(found),
        "reply": reply,
        "settle": settle,
        "problem": problem,
        "is_stale": is_stale,
        "may_settle": policy.can_settle(request.actor, found),
        "write": policy.can_write(request.actor, stack.manual),
        "passed_on": passed_on(found),
        "pass_on": can_pass_on,
        "shows_pass_on": policy.can_write(request.actor, stack.manual) and bool(places_to_pass_on(stack, found)),
    }
    status = 409 if is_stale else 400 if problem or reply.errors or settle.errors else 200
    return render(request, "manual/remark.html", context, status=status)


def to_manualize_page(request: ActorRequest, slug: str) -> HttpResponse:
    """What waits for the next slot; prints for the meeting."""
    stack = stack_or_404(request.actor, slug)
    require(policy.can_see_remarks(request.actor, stack.manual))
    context = {
        "stack": stack,
        "manual": stack.manual,
        "waiting": to_manualize(request.actor, stack),
        "notes_left": len(held_left(stack)),
        "write": policy.can_write(request.actor, stack.manual),
    }
    return render(request, "manual/to_manualize.html", context)
