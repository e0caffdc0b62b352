"""Sharing, deleting, how long things are kept, and whom to call; forms check shape, actions check rules."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fieldcraft.mastery.queries.keeping import MONTHS
from fieldcraft.mastery.queries.kinds import RETAINED, Period
from fieldcraft.people.models import Person

People = Sequence[tuple[str, Sequence[Person]]]


def _day(**asked: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **asked)


class ShareForm(forms.Form):
    """With whom, until when; seen: the mark of what was looked at."""

    reader = forms.TypedChoiceField(label=_("Who may read it?"), empty_value=None)
    until = _day(label=_("Until which day?"), help_text=_("It ends by itself. Six months at most."))
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reader = self.fields["reader"]
        assert isinstance(reader, forms.ChoiceField)
        named = [(group, [(str(person.pk), person.name) for person in people_of]) for group, people_of in people]
        reader.choices = [("", _("Choose a person")), *named]


class DeleteForm(forms.Form):
    """All, or the days from and to."""

    what = forms.ChoiceField(
        label=_("What do you want to delete?"),
        choices=[("all", _("Everything in my compass")), ("period", _("Only what I wrote between two days"))],
        widget=forms.RadioSelect,
    )
    first = _day(label=_("From which day?"), required=False)
    last = _day(label=_("To which day?"), required=False, help_text=_("Both days are included."))

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or {}
        if asked.get("what") != "period":
            return asked
        for name in ("first", "last"):
            if name not in self.errors and not asked.get(name):
                self.add_error(name, _("Choose a day."))
        if (
            isinstance(asked.get("first"), date)
            and isinstance(asked.get("last"), date)
            and asked["last"] < asked["first"]
        ):
            self.add_error("last", _("Choose the first day, or a later one."))
        return asked

    @property
    def period(self) -> Period | None:
        """The days that were chosen; None for everything."""
        asked = self.cleaned_data
        return Period(asked["first"], asked["last"]) if asked["what"] == "period" else None


def _months_choices() -> list[tuple[str, object]]:
    words = {3: _("3 months"), 6: _("6 months"), 12: _("one year"), 24: _("two years")}
    return [("", _("until I delete it")), *((str(months), words[months]) for months in MONTHS)]


class RetentionForm(forms.Form):
    """How long each kind is kept; a field for each kind."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, (label, _past) in RETAINED.items():
            self.fields[kind] = forms.ChoiceField(label=label, choices=_months_choices, required=False)

    @property
    def months(self) -> dict[str, int | None]:
        """By the name of the rule; None until it is deleted by hand."""
        return {kind: int(months) if months else None for kind, months in self.cleaned_data.items()}


class SafetyForm(forms.Form):
    """Whom to call, and the safeguarding route; seen: the mark of what stood there."""

    whom_to_call = forms.CharField(
        label=_("Whom can somebody call, at what number, by day and by night?"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("For the worker themself and for somebody they worry about. A line for each, with its number."),
    )
    safeguarding = forms.CharField(
        label=_("What is your safeguarding route?"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Whom to tell, how soon, and where it is written down."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class ReceiptForm(forms.Form):
    """The words of a receipt."""

    receipt = forms.CharField(
        label=_("The whole receipt, from its first line to its last"),
        max_length=10_000,
        strip=False,
        widget=forms.Textarea({"rows": 10}),
    )
