"""A question for each use, answered by itself; no is what stands there first."""

from collections.abc import Iterator
from typing import NamedTuple

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from fieldcraft.mastery.queries.counting_in import Asked
from fieldcraft.people.consent import Use

YES_OR_NO = [("no", _("No")), ("yes", _("Yes, count me in for this quarter"))]
QUESTIONS = {
    Use.TEAM_PICTURE: _("In my team's own picture?"),
    Use.ORGANISATION_PICTURE: _("In the picture of the whole organisation?"),
    Use.THEORY: _("In testing what the organisation believes about learning?"),
}


class Question(NamedTuple):
    """One use, its question, and its field on the screen."""

    use: Use
    field: forms.BoundField


class CountingForm(forms.Form):
    """One organisation's questions."""

    def __init__(self, sent: QueryDict | None, *, asked: Asked) -> None:
        super().__init__(sent, prefix=asked.organisation.slug)
        self._uses = asked.uses
        for use in asked.uses:
            self.fields[use.value] = forms.ChoiceField(
                label=QUESTIONS[use],
                choices=YES_OR_NO,
                initial="yes" if use in asked.yes else "no",
                widget=forms.RadioSelect,
            )

    @property
    def questions(self) -> Iterator[Question]:
        """As they stand on the screen."""
        for use in self._uses:
            yield Question(use, self[use.value])

    @property
    def says(self) -> dict[Use, bool]:
        """What was answered."""
        return {use: self.cleaned_data[use.value] == "yes" for use in self._uses}
