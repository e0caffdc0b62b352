"""Forms for offering, for what is said about an offer, for copying, and for passing a remark on."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fieldcraft.manual.models import Manual, Remark

Choices = Sequence[tuple[str, str]]


def _choose(form: forms.Form, name: str, choices: Choices) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


class OfferForm(forms.Form):
    """To whom, why, what was seen, and whether with the team's name; `revision` is the text that is offered."""

    to = forms.ChoiceField(label=_("Whom do you offer it to?"))
    reason = forms.CharField(
        label=_("What did you see that makes this better?"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4, "data-check-names": ""}),
        error_messages={"required": _("Say in a few words what you saw. It is what others learn from.")},
        help_text=_("No names of people you work with."),
    )
    remarks = forms.MultipleChoiceField(
        label=_("Which of your team's remarks go with it?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Their words, without who noticed it."),
    )
    named = forms.ChoiceField(
        label=_("With your team's name?"),
        choices=[("yes", _("Yes; the page will thank your team")), ("no", _("No; they do not learn whose it is"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether your team is named.")},
    )
    revision = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, places: Sequence[Manual], remarks: Sequence[Remark], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "to", [(place.slug, f"{place.title} ({place.get_kind_display()})") for place in places])
        if remarks:
            _choose(self, "remarks", [(str(remark.pk), remark.body[:300]) for remark in remarks])
        else:
            del self.fields["remarks"]


class QuestionForm(forms.Form):
    """A question about an offer, or an answer to one."""

    body = forms.CharField(
        label=_("Your words"), max_length=2000, widget=forms.Textarea({"rows": 3, "data-check-names": ""})
    )


class DeclineForm(forms.Form):
    """Why an offer is not drawn in."""

    reason = forms.CharField(
        label=_("Why not?"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3, "data-check-names": ""}),
        error_messages={"required": _("Say in a few words why not. The team will read this.")},
        help_text=_("The team reads this, and keeps its own text."),
    )


class CopyForm(forms.Form):
    """Into which of one's manuals a page is copied, and why."""

    into = forms.ChoiceField(label=_("Into which manual?"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Why?"), required=False, max_length=300, help_text=_("One line is enough."))

    def __init__(self, *args: Any, manuals: Sequence[Manual], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "into", [(manual.slug, manual.title) for manual in manuals])


class PassOnForm(forms.Form):
    """A remark as those who keep the page below will read it."""

    to = forms.ChoiceField(label=_("To whom?"))
    body = forms.CharField(
        label=_("What they will read"),
        max_length=2000,
        widget=forms.Textarea({"rows": 6, "data-check-names": ""}),
        error_messages={"required": _("Write a few words first.")},
        help_text=_("Take out what is only for your team. No names of people you work with."),
    )

    def __init__(self, *args: Any, manuals: Sequence[Manual], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "to", [(manual.slug, manual.title) for manual in manuals])
