"""From how many people on something is shown."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ThresholdsForm(forms.Form):
    """Two numbers, which may be raised and never lowered."""

    team = forms.IntegerField(label=_("For a team's own picture"), min_value=8, max_value=200)
    above = forms.IntegerField(
        label=_("For the organisation's picture and every group in it"), min_value=11, max_value=200
    )
