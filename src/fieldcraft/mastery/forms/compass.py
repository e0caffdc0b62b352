"""Purpose, vision, what is so now, and what is in the way."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from fieldcraft.mastery.models import ObstacleKind, Scope, Whose, Why, Wish

LONGEST = 4_000


def _box(rows: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


class OwnForm(forms.Form):
    """What every form here carries: what it is based on, and what it has asked already."""

    based_on = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    asked = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)


class PurposeForm(OwnForm):
    """A direction in one sentence."""

    sentence = forms.CharField(
        label=_("I am here"),
        max_length=200,
        widget=_box(2),
        help_text=_("One sentence, no date. For example: so that nobody is given up on."),
    )


class RewordForm(PurposeForm):
    """Another sentence when there is one already."""

    which = forms.ChoiceField(
        label=_("Is it the same direction, said better, or another one?"),
        choices=[("same", _("The same, said better; my visions stay with it")), ("other", _("Another one"))],
        widget=forms.RadioSelect,
        initial="same",
    )


class PictureForm(OwnForm):
    """A picture in the present tense."""

    picture = forms.CharField(
        label=_("What would somebody see and hear?"),
        max_length=LONGEST,
        widget=_box(6),
        help_text=_("For example: It is Thursday, and a family calls us before it breaks."),
    )


class ScopeForm(OwnForm):
    """Whose picture it is."""

    scope = forms.ChoiceField(label=_("It shows"), choices=Scope.choices, widget=forms.RadioSelect, required=False)


class WishForm(OwnForm):
    """Whether it is wanted for itself."""

    wish = forms.ChoiceField(
        label=_("As I see it"),
        choices=Wish.choices,
        widget=forms.RadioSelect,
        required=False,
    )


class BringForm(OwnForm):
    """One step from what I want towards what I wish."""

    words = forms.CharField(label=_("It would bring me"), max_length=300, widget=_box(2))

    def __init__(self, *args: Any, is_first: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_first:
            self.fields["words"].label = _("And that would bring me")


LONGEST_CHOICE = 200  # signs: a purpose as long as it can be


class ChosenForm(OwnForm):
    """One of a person's own things, or none of them; `words`: the column that says which it is."""

    words = ""
    none: Any = ""

    def __init__(self, *args: Any, choices: Sequence[Model], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chosen = {str(each.pk): each for each in choices}
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.choices = [*((key, self.named(each)) for key, each in self.chosen.items()), ("", self.none)]

    def named(self, thing: Model) -> str:
        """Its beginning, cut between words."""
        said = str(getattr(thing, self.words))
        return said if len(said) <= LONGEST_CHOICE else f"{said[:LONGEST_CHOICE].rsplit(None, 1)[0]} …"


class ServesForm(ChosenForm):
    """Which purpose it serves."""

    words = "sentence"
    none = _("None of these")
    serves = forms.ChoiceField(label=_("It serves"), widget=forms.RadioSelect, required=False)

    def clean_serves(self) -> Model | None:
        return self.chosen.get(self.cleaned_data["serves"])


class OrganisationForm(OwnForm):
    """What the organisation could do."""

    organisation_could = forms.CharField(
        label=_("The organisation could"),
        max_length=LONGEST,
        widget=_box(4),
        required=False,
        help_text=_("This stays with you, too. It helps to know what you would ask for."),
    )


class HorizonForm(OwnForm):
    """By when, if at all."""

    horizon = forms.DateField(
        label=_("I would like to stand in it by"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Leave it empty if that does not matter. Nothing counts down, and nothing reminds you."),
    )


def _why() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Why? No answer is wrong."), choices=Why.choices, widget=forms.RadioSelect, required=False
    )


def _said() -> forms.CharField:
    return forms.CharField(label=_("In a few words, if you like"), required=False, max_length=LONGEST, widget=_box(3))


class ChangeForm(OwnForm):
    """The picture as it is now, and why it changed."""

    picture = forms.CharField(label=_("The picture now"), max_length=LONGEST, widget=_box(6))
    why = _why()
    said = _said()


class LetGoForm(OwnForm):
    """Why a vision is let go."""

    why = _why()
    said = _said()


class NowForm(OwnForm):
    """What is so, told twice: as a camera saw it, and as I tell it."""

    seen = forms.CharField(
        label=_("What would a camera have seen?"),
        max_length=LONGEST,
        widget=_box(4),
        help_text=_("No names, please: “a young person”, “the mother”."),
    )
    story = forms.CharField(
        label=_("What is the story I tell about it?"), max_length=LONGEST, widget=_box(4), required=False
    )
    would_show_me_wrong = forms.CharField(
        label=_("What would show me that my story is wrong?"), max_length=LONGEST, widget=_box(3), required=False
    )


class ObstacleForm(OwnForm):
    """Something in the way."""

    text = forms.CharField(
        label=_("What is in the way?"),
        max_length=LONGEST,
        widget=_box(3),
        help_text=_("One line is enough. No names, please: “a young person”, “the mother”."),
    )


class KindForm(OwnForm):
    """What kind of thing it is."""

    kind = forms.ChoiceField(
        label=_("Nearest to"), choices=ObstacleKind.choices, widget=forms.RadioSelect, required=False
    )


class WhoseForm(OwnForm):
    """Whose it is to move."""

    whose = forms.ChoiceField(
        label=_("As I see it, it is"), choices=Whose.choices, widget=forms.RadioSelect, required=False
    )


class AgainstForm(OwnForm):
    """One thing that speaks against it."""

    against = forms.CharField(
        label=_("One thing, if there is one"),
        max_length=LONGEST,
        widget=_box(3),
        required=False,
        help_text=_("A time when it was otherwise; somebody who sees it otherwise. If nothing does, leave it empty."),
    )


class OfVisionForm(ChosenForm):
    """Which vision it is in the way of."""

    words = "picture"
    none = _("None in particular")
    vision = forms.ChoiceField(label=_("It is in the way of"), widget=forms.RadioSelect, required=False)

    def clean_vision(self) -> Model | None:
        return self.chosen.get(self.cleaned_data["vision"])


class PageForm(forms.Form):
    """Words of a page to look for."""

    q = forms.CharField(label=_("Words of the page"), max_length=200, required=False)
