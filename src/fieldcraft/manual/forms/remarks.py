"""Forms for noticing something, suggesting something from outside, replying, and saying what came of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fieldcraft.manual.forms.passages import BesideForm
from fieldcraft.manual.models import Outcome


class RemarkForm(BesideForm):
    """What somebody noticed, and the words of the page it is about; `based_on` is the text they had before them."""

    body = forms.CharField(
        label=_("What did you notice?"),
        max_length=2000,
        widget=forms.Textarea({"rows": 5, "data-check-names": ""}),
        help_text=_("No names of people you work with."),
    )
    position = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=10_000_000)
    based_on = forms.UUIDField(widget=forms.HiddenInput, required=False)
    field_order = ("body", "quote", "passage")

    def clean(self) -> dict[str, Any]:
        asked = super().clean()
        return {**asked, "position": None if asked["is_chosen"] else asked.get("position")}


class SuggestionForm(RemarkForm):
    """What a reader from outside suggests; `nickname` is there for programs that fill in everything."""

    body = forms.CharField(
        label=_("What would you suggest?"),
        max_length=2000,
        widget=forms.Textarea({"rows": 5, "data-check-names": ""}),
        help_text=_("No names of other people, please."),
    )
    from_name = forms.CharField(label=_("Your name, if you like"), required=False, max_length=80)

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if self.data.get("nickname"):
            raise forms.ValidationError(_("A hidden part of this form was filled in. Send it once more, please."))
        return found


class ReplyForm(forms.Form):
    """A reply to a remark."""

    body = forms.CharField(
        label=_("Your reply"), max_length=2000, widget=forms.Textarea({"rows": 4, "data-check-names": ""})
    )


class SettleForm(forms.Form):
    """What came of a remark."""

    outcome = forms.ChoiceField(label=_("What came of it?"), choices=Outcome.choices, widget=forms.RadioSelect)
    answer = forms.CharField(
        label=_("In a few words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3, "data-check-names": ""}),
        help_text=_("Whoever noticed it will look for this. Where the page was changed, you may leave it empty."),
    )

    def is_for_nobody_to_read(self) -> None:
        """Whoever suggested it did not say who they are, so that no answer reaches them."""
        self.fields["answer"].help_text = _("No answer reaches whoever suggested it; this is for your team.")
