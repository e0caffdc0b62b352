"""What is asked and why, for everybody; and an organisation's evidence that it may use an instrument."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fieldcraft.errors import Invalid, NotFound
from fieldcraft.measures import policy
from fieldcraft.measures.actions.permissions import Given, end_permission, enter_permission
from fieldcraft.measures.forms import PermissionForm
from fieldcraft.measures.queries.asked import organisations_to_enter_for
from fieldcraft.measures.queries.packs import Pack, pack_named
from fieldcraft.measures.queries.reading import pack_as_read, packs_as_listed
from fieldcraft.people.access import ActorRequest, require

_AT = {"place": "compass"}  # where most readers come from


def pack_list(request: ActorRequest) -> HttpResponse:
    """Every pack, and whether it is open to the reader."""
    return render(request, "measures/pack_list.html", {"packs": packs_as_listed(request.actor), **_AT})


def pack(request: ActorRequest, pack_id: str) -> HttpResponse:
    """One pack: what is asked, why, how it is reckoned, whose words it is made of."""
    return render(request, "measures/pack.html", {"read": pack_as_read(request.actor, pack_named(pack_id)), **_AT})


@login_required
def permission_enter(request: ActorRequest, pack_id: str) -> HttpResponse:
    """An organisation's own evidence for a pack that needs permission."""
    found = pack_named(pack_id)
    if not found.needs_permission:
        raise NotFound(_("Everybody may use this one: it needs no permission."))
    require(policy.can_enter_somewhere(request.actor))
    form = PermissionForm(request.POST or None, pack=found, organisations=organisations_to_enter_for(request.actor))
    if request.method == "POST" and form.is_valid() and _is_entered(request, found, form):
        messages.success(request, _("Entered. It is open to your organisation’s people now; nobody has to use it."))
        return redirect("measures:pack", found.id)
    context = {"read": pack_as_read(request.actor, found), "form": form, **_AT}
    return render(request, "measures/permission.html", context, status=400 if form.errors else 200)


def _is_entered(request: ActorRequest, found: Pack, form: PermissionForm) -> bool:
    said = form.cleaned_data
    given = Given(said["given_by"], said["given_on"], said["document"], form.wording())
    try:
        enter_permission(actor=request.actor, organisation_id=UUID(said["organisation"]), pack=found, given=given)
    except Invalid as problem:
        form.add_error(None, str(problem))
        return False
    return True


@require_POST
@login_required
def permission_end(request: ActorRequest, pack_id: str, permission_id: UUID) -> HttpResponse:
    """Close the instrument again."""
    end_permission(actor=request.actor, permission_id=permission_id)
    messages.success(request, _("Closed. What people have answered stays theirs."))
    return redirect("measures:pack", pack_id)
