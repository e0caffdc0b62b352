"""Forms check shape; actions check rules."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from fieldcraft.people.models import Person, Role


class SignUpForm(forms.Form):
    """What making an account asks besides e-mail and password."""

    name = forms.CharField(label=_("Your name"), max_length=80, widget=forms.TextInput({"autocomplete": "name"}))

    def signup(self, request: HttpRequest, person: Person) -> None:
        """Called by allauth when the account is made."""
        person.name = self.cleaned_data["name"]
        person.save(update_fields=["name"])


class NameForm(forms.Form):
    """A name for a team or an organisation."""

    name = forms.CharField(label=_("Its name"), max_length=120)


class QuorumForm(forms.Form):
    """A team's reflective quorum."""

    quorum = forms.IntegerField(
        label=_("How many agree before a change counts?"),
        min_value=1,
        max_value=12,
        help_text=_("The reflective quorum, whoever wrote the change included. With 1, readers have it at once."),
    )


class ThemeForm(forms.Form):
    """Light or dark."""

    theme = forms.ChoiceField(
        label=_("Light or dark"),
        required=False,
        choices=[("", _("As on my device")), ("light", _("Light")), ("dark", _("Dark"))],
        widget=forms.RadioSelect,
    )


class SetUpForm(forms.Form):
    """A new organisation and its first administrator."""

    organisation = forms.CharField(label=_("The organisation's name"), max_length=120)
    name = forms.CharField(label=_("Your name"), max_length=80, widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(label=_("Your e-mail address"), widget=forms.EmailInput({"autocomplete": "email"}))
    password = forms.CharField(
        label=_("A password"),
        help_text=_("At least ten characters. Four words you can picture are good."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).casefold()
        if Person.objects.filter(email=email).exists():
            raise forms.ValidationError(_("There is an account with this address already. Sign in first."))
        return email

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        validate_password(password)
        return password


class InviteForm(forms.Form):
    """Whom to invite, and to what."""

    email = forms.EmailField(
        label=_("Their e-mail address"),
        required=False,
        help_text=_("Leave empty for a link that you pass on yourself."),
    )
    role = forms.ChoiceField(label=_("Their role"), widget=forms.RadioSelect)
    places = forms.IntegerField(label=_("How many people may use the link"), min_value=1, max_value=50, initial=1)

    def __init__(self, *args: Any, roles: Sequence[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(role.value, role.label) for role in roles]
        field.initial = roles[0].value
