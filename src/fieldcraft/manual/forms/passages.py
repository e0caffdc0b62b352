"""Beside which words of a page something stands: copied from it, selected on it, or chosen from a list of its passages."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from fieldcraft.engine.prose.anchor import CONTEXT, Quote
from fieldcraft.manual.queries.passages import LONGEST_PASSAGE

_SHOWN = 20  # of a long passage one reads as many words before choosing it
_LONGEST_LABEL = 240  # characters; a line of code can be one word
_APART = "\t"  # between what stands before a passage and its words; neither has any


class BesideForm(forms.Form):
    """The words and what surrounds them there. A chosen passage goes before words that came with the address."""

    quote = forms.CharField(
        label=_("Beside which words?"),
        required=False,
        max_length=LONGEST_PASSAGE,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Copy a few words of the page, or choose them below. Leave empty for the page as a whole."),
        show_hidden_initial=True,  # so that words which stood there are told from typed ones, whatever came since
    )
    passage = forms.CharField(
        label=_("Which part of the page?"),
        required=False,
        max_length=CONTEXT + 1 + LONGEST_PASSAGE,
        widget=forms.RadioSelect({"data-any": ""}),
        strip=False,
    )
    prefix = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)  # type: ignore[assignment]
    suffix = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    def offer(self, passages: Iterable[Quote]) -> None:
        """Say which passages there are to choose from; one that was chosen before stays among them."""
        widget = self.fields["passage"].widget
        assert isinstance(widget, forms.RadioSelect)
        values = [f"{each.prefix}{_APART}{each.exact}" for each in passages]
        chosen = self["passage"].value()
        named = [(value, _label(value)) for value in dict.fromkeys([*values, chosen]) if value]
        widget.choices = [("", _("None of these")), *named] if named else []

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or self.cleaned_data
        before, _apart, passage = asked.pop("passage", "").rpartition(_APART)
        if passage:
            self._choose(asked, before, passage, self._typed(asked))
        return {**asked, "is_chosen": bool(passage)}

    def _typed(self, asked: dict[str, Any]) -> str:
        came = self.data.get(self["quote"].html_initial_name, self["quote"].initial)
        typed, stood = (" ".join(str(words or "").split()) for words in (asked.get("quote"), came))
        return "" if typed == stood else typed

    def _choose(self, asked: dict[str, Any], before: str, passage: str, typed: str) -> None:
        """The passage, or of it the words that were typed."""
        start = passage.find(typed)
        if start < 0:
            self.add_error(
                "quote",
                _(
                    "These words are not in the part that you chose below. "
                    "Leave this empty, or choose “None of these” there."
                ),
            )
            return
        end = start + len(typed or passage)
        asked.update(
            quote=passage[start:end], prefix=(before + passage[:start])[-CONTEXT:], suffix=passage[end:][:CONTEXT]
        )


def _label(value: str) -> str:
    words = Truncator(value.rpartition(_APART)[2]).words(_SHOWN, " …")
    return Truncator(words).chars(_LONGEST_LABEL, " …")
