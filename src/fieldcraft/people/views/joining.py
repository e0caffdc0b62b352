"""Coming in: setting up an organisation, and accepting an invitation."""

import secrets

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fieldcraft.errors import Invalid, NotFound
from fieldcraft.people.access import ActorRequest
from fieldcraft.people.actions.community import make_organisation, make_person
from fieldcraft.people.actions.invitations import accept, open_invitation
from fieldcraft.people.forms import SetUpForm
from fieldcraft.people.models import Person

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def set_up(request: ActorRequest) -> HttpResponse:
    """A new organisation and its administrator, for whoever holds the code that the server prints when it starts."""
    code = request.POST.get("code") or request.GET.get("code", "")
    if not secrets.compare_digest(code.encode(), settings.HOME.secret("set-up-code").encode()):
        raise NotFound(_("An organisation is set up with the link that the server prints when it starts."))
    form = SetUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = _set_up(form)
        except Invalid as problem:
            form.add_error("organisation", str(problem))
        else:
            login(request, person, BACKEND)
            messages.success(request, _("Your organisation is set up. Open its first team, then invite people to it."))
            return redirect("people:team-list")
    return render(request, "people/set_up.html", {"form": form, "code": code}, status=400 if form.errors else 200)


@transaction.atomic
def _set_up(form: SetUpForm) -> Person:
    asked = form.cleaned_data
    person = make_person(name=asked["name"], email=asked["email"], password=asked["password"])
    make_organisation(name=asked["organisation"], administrator=person)
    return person


def join(request: ActorRequest, key: str) -> HttpResponse:
    """What an invitation offers; who is signed in takes it, others make an account or sign in first."""
    invitation = open_invitation(key)
    if request.method == "POST" and request.user.is_authenticated:
        accept(person=request.user, key=key)
        messages.success(request, _("Welcome to %(place)s.") % {"place": invitation.team or invitation.organisation})
        return redirect("people:team-list")
    request.session["invitation"] = str(invitation.pk)
    return render(request, "people/join.html", {"invitation": invitation, "key": key})
