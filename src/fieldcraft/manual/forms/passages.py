"""Beside which words of a page something stands: copied from it, selected on it, or chosen from a list of its passages."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from fieldcraft.manual.queries.passages import LONGEST_PASSAGE

_SHOWN = 20  # of a long passage one reads as many words before choosing it


class BesideForm(forms.Form):
    """The words and what surrounds them there. A passage that was chosen from the list goes before words that were typed."""

    quote = forms.CharField(
        label=_("Beside which words?"),
        required=False,
        max_length=LONGEST_PASSAGE,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Copy a few words of the page, or choose them below. Leave empty for the page as a whole."),
    )
    passage = forms.CharField(
        label=_("Which part of the page?"), required=False, max_length=LONGEST_PASSAGE, widget=forms.RadioSelect
    )
    prefix = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)  # type: ignore[assignment]
    suffix = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    def offer(self, passages: Iterable[str]) -> None:
        """Say which passages there are to choose from."""
        widget = self.fields["passage"].widget
        assert isinstance(widget, forms.RadioSelect)
        named = [(passage, Truncator(passage).words(_SHOWN, " …")) for passage in passages]
        widget.choices = [("", _("None of these")), *named] if named else []

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or self.cleaned_data
        if passage := asked.pop("passage", ""):
            asked.update(quote=passage, prefix="", suffix="")
        return asked
