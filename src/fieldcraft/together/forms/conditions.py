"""Raising a condition and answering one."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from fieldcraft.people.models import Person
from fieldcraft.together.models import LONGEST_ANSWER, LONGEST_WORDS


class RaiseForm(forms.Form):
    """One sentence, and where it is raised: in an organisation, or for a team of one's own.

    manual, page: a page that it points to, as a link from the page carries it.
    """

    words = forms.CharField(
        label=_("What is in the way, in one sentence?"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea({"rows": 3, "data-check-names": "", "autocomplete": "off"}),
        help_text=_("Say what is in the way, not who. No names of people you work with or for."),
        error_messages={
            "required": _("Write a few words first."),
            "max_length": _("This is longer than one sentence: %(show_value)s signs, and 300 fit."),
        },
    )
    place = forms.ChoiceField(label=_("Where?"))
    voice = forms.CharField(widget=forms.HiddenInput)
    manual = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    page = forms.CharField(widget=forms.HiddenInput, required=False, max_length=300)

    def __init__(self, *args: Any, places: Sequence[tuple[UUID, str]], is_team: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = self.fields["place"]
        assert isinstance(place, forms.ChoiceField)
        place.choices = [(str(pk), name) for pk, name in places]
        place.label = _("For which team?") if is_team else _("In which organisation?")
        self.initial.setdefault("place", str(places[0][0]) if places else "")
        if len(places) == 1:
            place.widget = forms.HiddenInput()


class AnswerForm(forms.Form):
    """The words of one step; seen: how many steps there were."""

    words = forms.CharField(required=False, max_length=LONGEST_ANSWER, widget=forms.Textarea({"rows": 3}))
    seen = forms.CharField(widget=forms.HiddenInput, max_length=10)

    def __init__(self, *args: Any, label: object, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = label  # type: ignore[assignment]


class OwnerForm(forms.Form):
    """Who answers."""

    person = forms.TypedChoiceField(label=_("Somebody of the organisation"), coerce=UUID)

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = self.fields["person"]
        assert isinstance(person, forms.ChoiceField)
        person.choices = [("", _("Choose a person")), *((str(each.pk), each.name) for each in people)]
