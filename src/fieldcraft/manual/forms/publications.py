"""Gathering changes, publishing them together, and splitting a page."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fieldcraft.engine.prose.sections import Section


class GatherForm(forms.Form):
    """What the changes that are gathered from now on are called."""

    title = forms.CharField(
        label=_("What do you call it?"),
        max_length=120,
        help_text=_("For example: Spring. Teams see it when you publish."),
        error_messages={"required": _("Give it a name, so that teams know what you are speaking of.")},
    )


class PublicationForm(forms.Form):
    """What changed for readers, in plain words."""

    note = forms.CharField(
        label=_("What changed for you"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 6, "data-check-names": ""}),
        help_text=_("For the teams that build on this manual: what is different from now on, and why. No markup."),
    )

    def clean_note(self) -> str:
        """Browsers send line breaks as they please."""
        return str(self.cleaned_data["note"]).replace("\r\n", "\n")


class SplitForm(forms.Form):
    """Which part becomes a page of its own; `based_on` is the text its reader had before them."""

    part = forms.TypedChoiceField(
        label=_("Which part becomes a page of its own?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a part from the list."),
            "invalid_choice": _("Choose a part from the list."),
        },
    )
    title = forms.CharField(
        label=_("Title of the new page"),
        required=False,
        max_length=255,
        help_text=_("Leave empty to call it as its heading says."),
    )
    reason = forms.CharField(label=_("Why?"), required=False, max_length=300, help_text=_("One line is enough."))
    based_on = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, parts: Sequence[Section], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["part"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(part.start), _indented(parts, part)) for part in parts]


def _indented(parts: Sequence[Section], part: Section) -> str:
    """The heading behind those that it stands under."""
    above = [each.title for each in parts if each.start < part.start and part.end <= each.end]
    return " › ".join([*above, part.title])
