"""The check-in and what belongs to the weeks; forms check shape, actions check rules."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fieldcraft.measures.queries.asked import Point, Question


@dataclass(frozen=True, slots=True)
class Choice:
    """One button. label: its words, "" where it has none."""

    value: int
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Put:
    """A question as it is put on the screen. is_passed: rather not say was chosen."""

    name: str
    text: str
    is_optional: bool
    choices: tuple[Choice, ...]
    is_passed: bool


class CheckInForm(forms.Form):
    """Buttons for each question, one private line. The template draws the buttons; nothing is chosen beforehand."""

    line = forms.CharField(
        label=_("What helped, or got in the way?"),
        required=False,
        max_length=1000,
        strip=True,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("One line for yourself, if you like. It is never counted, and nothing ever looks through it."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)

    def __init__(
        self,
        *args: Any,
        questions: Sequence[Question],
        points: Sequence[Point],
        answers: Mapping[str, int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._questions, self._points, self._before = questions, points, answers
        for question in questions:
            field = forms.IntegerField(
                label=question.text, required=False, min_value=points[0].value, max_value=points[-1].value
            )
            self.fields[_name(question)] = field

    def questions(self) -> Iterator[Put]:
        """Each question with its buttons, and what was chosen: before, or in the form that came back."""
        for question in self._questions:
            sent = self.data.get(_name(question)) if self.is_bound else None
            chosen = sent if self.is_bound else str(self._before.get(question.key, ""))
            choices = tuple(Choice(point.value, point.label, chosen == str(point.value)) for point in self._points)
            yield Put(_name(question), question.text, question.is_monthly, choices, is_passed=sent == "")

    def answers(self) -> dict[str, int]:
        """What was chosen, by item."""
        given = {question.key: self.cleaned_data.get(_name(question)) for question in self._questions}
        return {key: value for key, value in given.items() if value is not None}


def _name(question: Question) -> str:
    return f"item-{question.key}"


class FitForm(forms.Form):
    """Does the picture fit how it was?"""

    words = forms.CharField(
        label=_("Does this fit how it was for you?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("You know your weeks better than any picture. What does it miss?"),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)


class EventForm(forms.Form):
    """Something of one's own to pin to the weeks."""

    words = forms.CharField(label=_("What was it?"), max_length=60, help_text=_("A few words. No names, please."))
    on = forms.DateField(label=_("On which day?"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"on": timezone.localdate()}, **kwargs})


class WeekDeleteForm(forms.Form):
    """What of a week goes: all of it, or one answer."""

    what = forms.ChoiceField(label=_("What shall go?"), widget=forms.RadioSelect, initial="")

    def __init__(self, *args: Any, answered: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["what"]
        assert isinstance(field, forms.ChoiceField)
        single = [(key, _("Only: %(sentence)s") % {"sentence": text}) for key, text in answered]
        field.choices = [("", _("The whole week")), *single]
        field.required = False
