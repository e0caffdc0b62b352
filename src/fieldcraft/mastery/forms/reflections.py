"""Reflecting, sleeping on it, and adding exercises: forms check shape."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fieldcraft.people.models import Organisation

LONGEST = 20_000


class AnswersForm(forms.Form):
    """One question below the other; any may be left empty.

    vision: for the sake of which picture. seen: for a change, the state that its owner had before them.
    """

    vision = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, prompts: Sequence[str], answers: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.prompts = tuple(prompts)
        for place, prompt in enumerate(self.prompts):
            self.fields[f"answer_{place}"] = forms.CharField(
                label=prompt or _("What is on your mind?"),
                required=False,
                max_length=LONGEST,
                initial=answers[place] if place < len(answers) else "",
                widget=forms.Textarea({"rows": 3 if prompt else 10}),
            )

    @property
    def answered(self) -> list[tuple[str, str]]:
        """Each question with what was written, in order."""
        return [(prompt, self.cleaned_data[f"answer_{place}"]) for place, prompt in enumerate(self.prompts)]


class SleepForm(AnswersForm):
    """A question and the day on which it comes back."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer_0"].required = True
        self.fields["answer_0"].error_messages["required"] = str(
            _("Write down the question that you want to sleep on.")
        )
        self.fields["wakes_on"] = _day_field()


class WakesOnForm(forms.Form):
    """Another day for something that is put away."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wakes_on"] = _day_field()


def _day_field() -> forms.DateField:
    """A day; a week from now is offered."""
    today = timezone.localdate()
    return forms.DateField(
        label=_("When shall it come back?"),
        initial=today + timedelta(days=7),
        error_messages={"required": _("Choose a day.")},
        widget=forms.DateInput({"type": "date", "min": today.isoformat()}, format="%Y-%m-%d"),
    )


class FreeForm(AnswersForm):
    """Writing freely, with a few words to find it by."""

    title = forms.CharField(
        label=_("A few words to find it by"), required=False, max_length=120, help_text=_("Leave it if none come.")
    )
    field_order = ("answer_0", "title")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prompts=("",), **kwargs)
        self.order_fields(("answer_0", "title"))


class WokenForm(forms.Form):
    """The empty box that stands before the old text."""

    words = forms.CharField(
        label=_("What comes to you about it now?"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("Write something, or nothing. What you wrote then is shown after it."),
    )


class OwnExerciseForm(forms.Form):
    """An exercise for everybody of an organisation; the questions one to a line."""

    title = forms.CharField(label=_("What is it called?"), max_length=120)
    idea = forms.CharField(
        label=_("Where does the idea come from?"),
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Name whoever you learnt it from. Use your own words, or say whose they are."),
    )
    prompts = forms.CharField(
        label=_("The questions, one to a line"),
        max_length=5000,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("Two to six are good. Whoever answers may leave any of them empty."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_prompts(self) -> list[str]:
        """Each line that says something."""
        return [line.strip() for line in str(self.cleaned_data["prompts"]).splitlines() if line.strip()]


class NewExerciseForm(OwnExerciseForm):
    """The same, for one of the organisations where the actor may add one."""

    organisation = forms.ChoiceField(label=_("For whom?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, organisations: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(each.pk), each.name) for each in organisations]
        field.initial = str(organisations[0].pk)
        if len(organisations) == 1:
            field.widget = forms.HiddenInput()
