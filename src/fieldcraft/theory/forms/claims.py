"""Stating a claim: a sentence with blanks; forms check shape, actions check rules."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fieldcraft.mastery.queries.switches import switches
from fieldcraft.theory.models import ClaimText, Delay, Outcome, Part, Sign, Sure
from fieldcraft.theory.queries.saying import Named, Saying

LONGEST = 4_000
WRITE = {"required": _("Write a few words first.")}
CHOOSE = {"required": _("Choose one of these.")}


def _box(rows: int = 3) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


def _in_a_year() -> Any:
    return timezone.localdate() + timedelta(days=365)


class SayingForm(forms.Form):
    """What every claim needs besides what it says."""

    because = forms.CharField(label=_("We think so because"), max_length=LONGEST, widget=_box(), error_messages=WRITE)
    source = forms.CharField(
        label=_("Source"),
        max_length=LONGEST,
        widget=_box(2),
        help_text=_("A book, a study, a page of the manual, or what we have seen ourselves. Say which."),
        error_messages=WRITE,
    )
    would_see = forms.CharField(label=_("We would see"), max_length=LONGEST, widget=_box(), error_messages=WRITE)
    would_change = forms.CharField(
        label=_("We would change our mind if"), max_length=LONGEST, widget=_box(), error_messages=WRITE
    )
    critics = forms.CharField(
        label=_("What those who doubt it say"),
        max_length=LONGEST,
        widget=_box(),
        required=False,
        help_text=_("If you know it. Leave it empty if you do not."),
    )
    sure = forms.ChoiceField(
        label=_("How sure are you?"),
        choices=Sure.choices,
        widget=forms.RadioSelect,
        initial=Sure.HUNCH,
        error_messages=CHOOSE,
    )
    review_on = forms.DateField(
        label=_("To be looked at again on"),
        initial=_in_a_year,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a day."), "invalid": _("Choose a day.")},
    )
    reason = forms.CharField(
        label=_("Why now?"),
        max_length=1_000,
        widget=_box(2),
        required=False,
        help_text=_("One line for the history, if you like."),
        error_messages=WRITE,
    )
    based_on = forms.UUIDField(widget=forms.HiddenInput, required=False)

    @property
    def saying(self) -> Saying:
        """What was written, for the action."""
        sent = self.cleaned_data
        names = ("because", "source", "would_see", "would_change", "review_on", "sure", "critics")
        extra = {name: sent[name] for name in ("sign", "delay", "says") if name in sent}
        return Saying(**{name: sent[name] for name in names}, **extra, follows=tuple(sent.get("follows", ())))

    def clean_review_on(self) -> date:
        """A day that lies ahead: what is written today is looked at again later."""
        day: date = self.cleaned_data["review_on"]
        if day <= timezone.localdate():
            raise forms.ValidationError(_("Choose a day that lies ahead."))
        return day

    def needs_a_reason(self) -> None:
        """For a change: history says why."""
        field = self.fields["reason"]
        field.required, field.label = True, _("Why do you change it?")
        field.help_text = _("It stands in the history beside your name.")


class _Way(forms.Form):
    """Which way a link goes, and after about how long."""

    sign = forms.ChoiceField(
        label=_("there is"), choices=Sign.choices, widget=forms.RadioSelect, initial=Sign.MORE, error_messages=CHOOSE
    )
    delay = forms.ChoiceField(
        label=_("after about"),
        choices=Delay.choices,
        widget=forms.RadioSelect,
        initial=Delay.WEEK,
        error_messages=CHOOSE,
    )


class LinkForm(_Way, SayingForm):
    """When there is more of this, there is more or less of that."""

    cause = forms.ChoiceField(label=_("When there is more"), required=False)
    cause_words = forms.CharField(label=_("or, in your own words"), max_length=80, required=False)
    outcome = forms.ChoiceField(label=_("of this"), required=False)
    outcome_words = forms.CharField(label=_("or of this, in your own words"), max_length=80, required=False)
    field_order = ("cause", "cause_words", "sign", "outcome", "outcome_words", "delay")

    def __init__(self, *args: Any, choices: Sequence[tuple[str, Any]], named: dict[str, Named], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.named = named
        for name in ("cause", "outcome"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("Choose, or write below")), *choices]

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or self.cleaned_data
        for name in ("cause", "outcome"):
            if not sent.get(name) and not sent.get(f"{name}_words", "").strip():
                self.add_error(name, _("Choose something from the list, or write it in your own words."))
        return sent

    def end(self, name: str) -> Named:
        """What was written in own words, else what was chosen."""
        words = str(self.cleaned_data[f"{name}_words"]).strip()
        return Named(words) if words else self.named[self.cleaned_data[name]]


class LinkChangeForm(_Way, SayingForm):
    """A link said otherwise; what it joins stays."""

    field_order = ("sign", "delay")


class StatementForm(SayingForm):
    """Something of how people function, and what in this tool follows from it."""

    part = forms.ChoiceField(
        label=_("It is about"), choices=Part.choices, widget=forms.RadioSelect, error_messages=CHOOSE
    )
    says = forms.CharField(label=_("We think that"), max_length=LONGEST, widget=_box(), error_messages=WRITE)
    follows = forms.MultipleChoiceField(
        label=_("What follows from it in this tool"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("So that everybody can see what the tool takes for granted about them, and dispute it."),
    )
    field_order = ("part", "says", "because", "source", "would_see", "would_change", "critics", "follows")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["follows"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(key, each.title) for key, each in switches().items()]


class StatementChangeForm(StatementForm):
    """The same said otherwise; what it is about stays."""

    part = None  # type: ignore[assignment]


def as_written(text: ClaimText) -> dict[str, Any]:
    """What a claim says now, to begin a change from."""
    names = ("because", "source", "would_see", "would_change", "critics", "sure", "review_on", "sign", "delay", "says")
    return {**{name: getattr(text, name) for name in names}, "follows": text.follows, "based_on": text.pk}


class DropForm(forms.Form):
    """Why something is not claimed any more."""

    reason = forms.CharField(
        label=_("Why do you not think so any more?"), max_length=1_000, widget=_box(), error_messages=WRITE
    )
    based_on = forms.UUIDField(widget=forms.HiddenInput)


class ChallengeForm(forms.Form):
    """What speaks against a claim."""

    words = forms.CharField(
        label=_("What speaks against it, or what is missing?"),
        max_length=LONGEST,
        widget=_box(5),
        help_text=_("What you have seen yourself counts. No names of the people you work with, please."),
        error_messages=WRITE,
    )


class AnswerForm(forms.Form):
    """What became of the claim, and why."""

    outcome = forms.ChoiceField(
        label=_("What became of it"), choices=Outcome.choices, widget=forms.RadioSelect, error_messages=CHOOSE
    )
    answer = forms.CharField(label=_("Why"), max_length=LONGEST, widget=_box(4), error_messages=WRITE)


class SwitchForm(forms.Form):
    """Why something is not to be offered any more."""

    reason = forms.CharField(
        label=_("Why do you not want it offered?"),
        max_length=1_000,
        widget=_box(),
        help_text=_("Everybody in the organisation reads it, here and where it would have been offered."),
        error_messages=WRITE,
    )


class LoopNameForm(forms.Form):
    """What people call a way round."""

    key = forms.CharField(max_length=2_000)
    name = forms.CharField(max_length=80, required=False)
