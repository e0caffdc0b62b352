"""Asking about purposes, offering one, sorting what can be read, and answering."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.forms.utils import flatatt
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from fieldcraft.theory.models import LONGEST_SENTENCE, LONGEST_THEME, Theme
from fieldcraft.theory.queries.purposes import LONGEST, LONGEST_WORDS, SHORTEST, Offered, Stands
from fieldcraft.theory.queries.purposes_map import Sentence
from fieldcraft.together.models import Condition

WRITE = {"required": _("Write a few words first.")}


def _in_three_weeks() -> Any:
    return timezone.localdate() + 7 * SHORTEST


class InvitationForm(forms.Form):
    """An open question, with what people need to know before they answer."""

    question = forms.CharField(
        label=_("What do you ask?"),
        max_length=200,
        error_messages=WRITE,
        help_text=_("An open question, such as: what are you here for, when the day goes well?"),
    )
    readers = forms.CharField(
        label=_("Who will read the answers with you?"),
        max_length=200,
        error_messages=WRITE,
        help_text=_(
            "Everybody here reads the map. Say who will sit down over it: the board, all leads, a named group."
        ),
    )
    use = forms.CharField(
        label=_("What will be done with them?"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea({"rows": 4}),
        error_messages=WRITE,
        help_text=_("Promise only what you will do. Your answer is published before you can ask again."),
    )
    closes_on = forms.DateField(
        label=_("Last day"),
        initial=_in_three_weeks,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a day."), "invalid": _("Choose a day.")},
        help_text=_("At least three days and at most ninety days from now."),
    )

    def clean_closes_on(self) -> Any:
        """A day that may be chosen."""
        day, today = self.cleaned_data["closes_on"], timezone.localdate()
        if not today + SHORTEST <= day <= today + LONGEST:
            raise forms.ValidationError(
                _("Choose a last day that is at least three days and at most ninety days away.")
            )
        return day


STANDS = [
    (Stands.NAMED.value, _("With my name: everybody reads my sentence and my name")),
    (Stands.READ.value, _("Unnamed: everybody may read my sentence, and nobody finds out whose it is")),
    (Stands.COUNTED.value, _("Unnamed and unread: it only adds to its theme, and nobody reads it")),
]


class OfferForm(forms.Form):
    """One sentence, how it stands, its theme, and what is in the way of it."""

    sentence = forms.CharField(
        label=_("Your sentence"),
        max_length=LONGEST_SENTENCE,
        widget=forms.Textarea({"rows": 3, "data-check-names": "", "autocomplete": "off"}),
        help_text=_("A direction, not a plan. No names of people you work with or for."),
        error_messages={
            **WRITE,
            "max_length": _("This is longer than one sentence: %(show_value)s signs, and 200 fit."),
        },
    )
    stands = forms.ChoiceField(
        label=_("How shall it stand?"),
        choices=STANDS,
        widget=forms.RadioSelect,
        initial=Stands.READ.value,
        error_messages={"required": _("Choose one of these.")},
    )
    theme = forms.ChoiceField(label=_("Under which theme?"), required=False)
    new_theme = forms.CharField(
        label=_("Or a theme in your own words"),
        max_length=LONGEST_THEME,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_(
            "Two or three words. Others can choose it after a week or two, without knowing whose it is. It stands on the "
            "map if somebody chose it by name, or enough people did; else nobody reads it there."
        ),
    )
    conditions = forms.MultipleChoiceField(
        label=_("Is one of these in the way of it?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("It is said of the theme, not of your sentence."),
    )

    def __init__(self, *args: Any, themes: Sequence[Theme], conditions: Sequence[Condition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        theme, ways = self.fields["theme"], self.fields["conditions"]
        assert isinstance(theme, forms.ChoiceField)
        assert isinstance(ways, forms.ChoiceField)
        theme.choices = [("", _("No theme")), *((each.name, each.name) for each in themes)]
        ways.choices = [(str(each.pk), each.words) for each in conditions]
        if not themes:
            del self.fields["theme"]
            self.fields["new_theme"].label = _("A theme in your own words, if you like")
        if not conditions:
            del self.fields["conditions"]

    @property
    def offered(self) -> Offered:
        """What was written, for the action."""
        sent = self.cleaned_data
        theme = sent["new_theme"] or sent.get("theme", "")
        conditions = tuple(UUID(each) for each in sent.get("conditions", ()))
        return Offered(sent["sentence"], Stands(sent["stands"]), theme, conditions)


class ReplyForm(forms.Form):
    """What was read, and what will be done."""

    reply = forms.CharField(
        label=_("What did you read, and what will you do?"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea({"rows": 8}),
        error_messages=WRITE,
        help_text=_("It stands above the map with your name, for everybody. It is published once and not changed."),
    )


SELECTED, CHECKED = mark_safe(" selected"), mark_safe(" checked")


class LongSelect(forms.Select):
    """One of hundreds: written at once, since a template for each takes as long as all the rest of the page."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """As Django's own, without groups."""
        chosen = self.format_value(value)
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((key, SELECTED if str(key) in chosen else "", label) for key, label in self.choices),
        )
        return format_html('<select name="{}"{}>{}</select>', name, flatatt(attrs or {}), options)


class LongChoices(forms.CheckboxSelectMultiple):
    """Any of hundreds, written at once too."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """As Django's own, without groups."""
        chosen = self.format_value(value)
        boxes = format_html_join(
            "",
            '<div><label><input type="checkbox" name="{}" value="{}"{}> {}</label></div>',
            ((name, key, CHECKED if str(key) in chosen else "", label) for key, label in self.choices),
        )
        return format_html('<div id="{}">{}</div>', (attrs or {}).get("id", ""), boxes)


class SortForm(forms.Form):
    """Sentences, and the theme they are put under."""

    offerings = forms.MultipleChoiceField(
        label=_("Which sentences?"),
        widget=LongChoices,
        error_messages={"required": _("Choose at least one of the sentences that are listed here.")},
    )
    theme = forms.ChoiceField(label=_("Under which theme?"), required=False)
    new_theme = forms.CharField(label=_("Or a new theme"), max_length=LONGEST_THEME, required=False)

    def __init__(self, *args: Any, sentences: Sequence[Sentence], themes: Sequence[Theme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offerings, theme = self.fields["offerings"], self.fields["theme"]
        assert isinstance(offerings, forms.ChoiceField)
        assert isinstance(theme, forms.ChoiceField)
        offerings.choices = [(str(each.offering_id), _as_listed(each)) for each in sentences]
        theme.choices = [("", _("No theme")), *((each.name, each.name) for each in themes)]


class PointForm(forms.Form):
    """A condition, and the sentence that it is in the way of."""

    condition = forms.TypedChoiceField(label=_("Which condition?"), coerce=UUID, widget=LongSelect)
    offering = forms.TypedChoiceField(label=_("In the way of which sentence?"), coerce=UUID, widget=LongSelect)

    def __init__(
        self, *args: Any, sentences: Sequence[Sentence], conditions: Sequence[Condition], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        condition, offering = self.fields["condition"], self.fields["offering"]
        assert isinstance(condition, forms.ChoiceField)
        assert isinstance(offering, forms.ChoiceField)
        condition.choices = [(str(each.pk), each.words) for each in conditions]
        offering.choices = [(str(each.offering_id), _as_listed(each)) for each in sentences]


def _as_listed(sentence: Sentence) -> str:
    return f"{sentence.words} ({sentence.by})" if sentence.by else sentence.words
