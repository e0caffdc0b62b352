"""Forms with which a team brings a page into step."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fieldcraft.manual.forms import TextForm, which_pole


class ChoiceForm(forms.Form):
    """What is to stand in one place; key: which place it was, chosen: the name of an alternative, or `own`."""

    key = forms.CharField(max_length=60, widget=forms.HiddenInput)
    chosen = forms.CharField(
        max_length=60, error_messages={"required": _("Choose one of these, or leave the place for now.")}
    )
    own = forms.CharField(required=False, strip=False)

    def clean_own(self) -> str:
        """Browsers send line breaks as they please; the manual keeps the one kind."""
        return str(self.cleaned_data["own"]).replace("\r\n", "\n")


class WholeForm(TextForm):
    """The whole page as it is to be; it stays where it stands. seen: which other text the writer had before them."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("file", "remark"):
            del self.fields[name]


class _DecideForm(forms.Form):
    """based_on: the team's text that the writer had before them; none for a page that it does not have.

    seen: which other text they had before them.
    """

    reason = forms.CharField(label=_("Why?"), max_length=300, help_text=_("One line is enough."))
    pole = which_pole()
    based_on = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput, required=False)


class TakeForm(_DecideForm):
    """Why the team takes the other text as it is."""


class KeepForm(_DecideForm):
    """Why the team keeps its own, and for how long it wants to hear nothing more."""

    reason = forms.CharField(
        label=_("Why does your team keep its own?"),
        max_length=300,
        error_messages={"required": _("Say in a few words why your team keeps its own.")},
        help_text=_("Your readers see this above the page. One line is enough."),
    )
    until = forms.DateField(
        label=_("Keep quiet about it until"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
        help_text=_("Leave it empty, and you hear of this page again when the core changes it once more."),
        error_messages={"invalid": _("Write a day as year, month and day, or leave the date empty.")},
    )
    field_order = ("reason", "until", "pole")
