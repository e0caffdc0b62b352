"""What I try, and what happened: forms check shape."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fieldcraft.mastery.models import Followed, Outcome
from fieldcraft.mastery.queries.practice import Cited

COMPANY = (("yes", _("With others")), ("no", _("On my own")))


class _OnPage(forms.Form):
    """manual, page, revision: the page that is cited, as it was read."""

    manual = forms.SlugField(widget=forms.HiddenInput, required=False)
    page = forms.UUIDField(widget=forms.HiddenInput, required=False)
    revision = forms.UUIDField(widget=forms.HiddenInput, required=False)

    @property
    def cited(self) -> Cited | None:
        """The page, where one is named."""
        sent = self.cleaned_data
        return Cited(sent["manual"], sent["page"], sent["revision"]) if sent["manual"] and sent["page"] else None


class PracticeForm(_OnPage):
    """Something to try; `vision`: for the sake of which picture."""

    what = forms.CharField(
        label=_("What will you try?"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One small thing is enough."),
        error_messages={"required": _("Say in a few words what you will try.")},
    )
    when = forms.CharField(
        label=_("When might it come up?"),
        max_length=120,
        required=False,
        help_text=_("A moment rather than a date: “at the door”, “in Thursday's handover”."),
    )
    vision = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class NoteForm(_OnPage):
    """What happened, in a minute; nothing but that is needed.

    practice: what was tried. seen: for a change, the state of the note that its owner had before them.
    """

    hunch = forms.CharField(
        label=_("My hunch, before I think"),
        max_length=500,
        required=False,
        help_text=_("One line. What did your gut say?"),
    )
    happened = forms.CharField(
        label=_("What did you try, and what happened?"),
        max_length=20_000,
        widget=forms.Textarea({"rows": 4, "data-check-names": ""}),
        help_text=_("No names, please: “a young person”, “the mother”."),
        error_messages={"required": _("Say in a few words what happened. The rest can stay empty.")},
    )
    surprise = forms.CharField(
        label=_("What surprised you?"),
        max_length=5_000,
        required=False,
        widget=forms.Textarea({"rows": 2, "data-check-names": ""}),
    )
    reasons = forms.CharField(
        label=_("My reasons, now that I think"),
        max_length=5_000,
        required=False,
        widget=forms.Textarea({"rows": 2, "data-check-names": ""}),
    )
    outcome = forms.ChoiceField(
        label=_("How did it go?"), choices=Outcome.choices, required=False, widget=forms.RadioSelect
    )
    hours = forms.DecimalField(
        label=_("How many hours was it?"),
        required=False,
        min_value=0,
        max_value=200,
        max_digits=5,
        decimal_places=2,
        widget=forms.NumberInput({"step": "0.25", "inputmode": "decimal"}),
        help_text=_("For a record of your learning, if you keep one. Half an hour is 0.5."),
    )
    with_others = forms.TypedChoiceField(
        label=_("With others, or on your own?"),
        choices=COMPANY,
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    practice = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class NoteChangeForm(NoteForm):
    """As it was written, to be said otherwise; what was chosen can be taken back."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("outcome", Outcome.choices), ("with_others", COMPANY)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [*choices, ("", _("I would not say"))]


class FollowedForm(forms.Form):
    """Later: the hunch or the reasons, and what came of it."""

    followed = forms.ChoiceField(
        label=_("Which did you follow?"), choices=Followed.choices, required=False, widget=forms.RadioSelect
    )
    followed_what = forms.CharField(
        label=_("And what happened?"), max_length=5_000, required=False, widget=forms.Textarea({"rows": 2})
    )
    seen = forms.CharField(widget=forms.HiddenInput)
