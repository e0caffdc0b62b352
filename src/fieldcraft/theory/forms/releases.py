"""From how many people on something is shown."""

from django import forms
from django.utils.translation import gettext_lazy as _

MOST = 200
NUMBERS = {
    "required": _("Write a number."),
    "invalid": _("Write a number."),
    "min_value": _("%(limit_value)s people at least; never fewer."),
    "max_value": _("%(limit_value)s people at most."),
}


class ThresholdsForm(forms.Form):
    """Two numbers, which may be raised and never lowered."""

    team = forms.IntegerField(label=_("For a team's own picture"), min_value=8, max_value=MOST, error_messages=NUMBERS)
    above = forms.IntegerField(
        label=_("For the organisation's picture and every group in it"),
        min_value=11,
        max_value=MOST,
        error_messages=NUMBERS,
    )
