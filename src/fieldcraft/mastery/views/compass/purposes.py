"""Purpose: what I am here for, and what I said earlier."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fieldcraft.engine.asking import Noticed, about_purpose
from fieldcraft.mastery.actions.compass import begin_purpose, rest_purpose, reword_purpose, take_up_purpose
from fieldcraft.mastery.forms.compass import PurposeForm, RewordForm
from fieldcraft.mastery.models import Purpose
from fieldcraft.mastery.queries import switches
from fieldcraft.mastery.queries.compass.own import own
from fieldcraft.mastery.queries.compass.visions import purpose_now, purposes
from fieldcraft.mastery.views.asked import compass, not_offered, screen
from fieldcraft.mastery.views.compass.writing import Answers, Writing, written
from fieldcraft.people.access import ActorRequest


@compass
def purpose_list(request: ActorRequest) -> HttpResponse:
    """The present purpose and the earlier ones."""
    found = purposes(request.actor)
    has_earlier = any(each.ended_at for each in found)
    return screen(request, "mastery/purposes.html", {"purposes": found, "has_earlier": has_earlier})


@compass
def purpose_new(request: ActorRequest) -> HttpResponseBase:
    """Write a purpose: the first, the same said better, or another one."""
    present = purpose_now(request.actor)
    form_of = RewordForm if present else PurposeForm
    form = form_of(request.POST or None, initial={"sentence": present.sentence if present else ""})

    def keep(answers: Answers) -> str:
        if present and answers["which"] == "same":
            reword_purpose(actor=request.actor, purpose=present, sentence=answers["sentence"])
        else:
            begin_purpose(actor=request.actor, sentence=answers["sentence"])
        messages.success(request, _("Kept, for you. A picture of what it would look like can stand beside it."))
        return reverse("mastery:home")

    writing = Writing(
        heading=_("What are you here for?"),
        lead=_("A purpose is a direction: you can follow it for as long as you work, and are never done with it."),
        button=_("Keep it"),
        out_url=reverse("mastery:purposes" if present else "mastery:home"),
        crumbs=((_("Purpose"), reverse("mastery:purposes")),),
    )

    def noticed(answers: Answers) -> Noticed | None:
        is_off = switches.DIRECTION_OR_PICTURE in not_offered(request)
        return None if is_off else about_purpose(answers["sentence"])

    return written(request, form, writing, keep, noticed)


@compass
@require_POST
def purpose_rest(request: ActorRequest, purpose_id: UUID) -> HttpResponse:
    """Let it rest, with none in its place."""
    rest_purpose(actor=request.actor, purpose=own(request.actor, Purpose, purpose_id))
    return redirect("mastery:purposes")


@compass
@require_POST
def purpose_resume(request: ActorRequest, purpose_id: UUID) -> HttpResponse:
    """An earlier one holds again."""
    take_up_purpose(actor=request.actor, purpose=own(request.actor, Purpose, purpose_id))
    return redirect("mastery:purposes")
