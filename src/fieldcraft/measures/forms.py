"""Forms check shape; actions check rules."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fieldcraft.measures.queries.asked import answer_keys
from fieldcraft.measures.queries.packs import Pack
from fieldcraft.people.models import Organisation


class PermissionForm(forms.Form):
    """An organisation's own evidence for a pack, and the wording where it does not ship."""

    organisation = forms.ChoiceField(label=_("For which organisation?"))
    given_by = forms.CharField(
        label=_("Who gave the permission?"),
        max_length=200,
        help_text=_("The holder of the rights, or the licence you bought."),
    )
    given_on = forms.DateField(label=_("On which day?"), widget=forms.DateInput({"type": "date"}))
    document = forms.CharField(
        label=_("Where does the document lie?"),
        max_length=300,
        help_text=_("A file number, a folder, an address. The document itself stays with you."),
    )

    def __init__(self, *args: Any, pack: Pack, organisations: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(each.pk), each.name) for each in organisations]
        if len(organisations) == 1:
            field.initial, field.widget = str(organisations[0].pk), forms.HiddenInput()
        self._wording = [] if pack.has_wording else list(self._add_wording(pack))

    def _add_wording(self, pack: Pack) -> Any:
        for number, item in enumerate(pack.items, start=1):
            label = _("Sentence %(number)s, word for word") % {"number": number}
            self.fields[f"item-{item.key}"] = forms.CharField(label=label, max_length=500)
            yield item.key
        for key in answer_keys(pack):
            label = _("The words of answer %(number)s") % {"number": key.rpartition("-")[2]}
            is_end = key in {answer_keys(pack)[0], answer_keys(pack)[-1]}
            self.fields[f"item-{key}"] = forms.CharField(label=label, max_length=100, required=is_end)
            yield key

    def wording(self) -> dict[str, str]:
        """The texts of the organisation's licensed copy, by key."""
        return {key: self.cleaned_data.get(f"item-{key}", "") for key in self._wording}
