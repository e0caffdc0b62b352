"""What of a practice note the team may read: forms check shape."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fieldcraft.manual.models import Pole
from fieldcraft.mastery.queries.turning import Way

WAYS = {
    Way.BESIDE: _("A note beside the page"),
    Way.CHANGE: _("A change of the page's text"),
    Way.OWN_PAGE: _("A page of its own"),
}


class WordsForm(forms.Form):
    """The words that others are to read."""

    words = forms.CharField(
        label=_("What of this may the team read?"),
        max_length=2000,
        widget=forms.Textarea({"rows": 6, "data-check-names": "all"}),
        help_text=_("A copy of what you wrote. Take out what is yours alone, and every name."),
    )


class WayForm(WordsForm):
    """The same, as what, and for which manual."""

    words = forms.CharField(
        label=_("What of this may the team read?"),
        max_length=20_000,
        widget=forms.Textarea({"rows": 6, "data-check-names": "all"}),
        help_text=_("A copy of what you wrote. Take out what is yours alone, and every name."),
    )
    way = forms.ChoiceField(label=_("As what?"), widget=forms.RadioSelect)
    manual = forms.ChoiceField(label=_("For which manual?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, ways: Sequence[Way], manuals: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        way, manual = self.fields["way"], self.fields["manual"]
        assert isinstance(way, forms.ChoiceField)
        assert isinstance(manual, forms.ChoiceField)
        way.choices, manual.choices = [(each.value, WAYS[each]) for each in ways], manuals
        way.initial, manual.initial = ways[0].value, manuals[0][0]
        if len(manuals) == 1:
            manual.widget = forms.HiddenInput()
        if len(ways) == 1:
            way.widget = forms.HiddenInput()


class DraftForm(forms.Form):
    """What goes to the team: the text, why, and what it serves.

    way, manual: as they were chosen. based_on: the text of the page that the writer had before them.
    """

    title = forms.CharField(label=_("Title"), max_length=255)
    body = forms.CharField(
        label=_("The text"), strip=False, widget=forms.Textarea({"rows": 14, "data-editor": "", "data-check-names": ""})
    )
    reason = forms.CharField(label=_("Why?"), required=False, max_length=300, help_text=_("One line is enough."))
    pole = forms.ChoiceField(
        label=_("What does it serve?"),
        required=False,
        choices=[("", _("I would not say")), *Pole.choices],
        widget=forms.RadioSelect,
    )
    way = forms.ChoiceField(choices=[(each.value, each.value) for each in Way], widget=forms.HiddenInput)
    manual = forms.SlugField(widget=forms.HiddenInput)
    based_on = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def clean_body(self) -> str:
        """Browsers send line breaks as they please; the manual keeps the one kind."""
        return str(self.cleaned_data["body"]).replace("\r\n", "\n")
