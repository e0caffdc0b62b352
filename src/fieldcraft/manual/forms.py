"""Forms check shape; actions check rules."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from fieldcraft.manual.models import Audience, Manual, Pole


class AudienceForm(forms.Form):
    """Who reads a manual."""

    audience = forms.ChoiceField(label=_("Who may read it"), choices=Audience.choices, widget=forms.RadioSelect)


class BuildOnForm(forms.Form):
    """Which manual to build on."""

    included = forms.ChoiceField(label=_("Build it on another manual"))

    def __init__(self, *args: Any, manuals: Sequence[Manual], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["included"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(manual.slug, manual.title) for manual in manuals]


class StartForm(forms.Form):
    """A new manual: its title, for whom, and what it is built on."""

    title = forms.CharField(label=_("Its title"), max_length=160, help_text=_("For example: Harbour Street's manual"))
    keeper = forms.ChoiceField(label=_("Whose manual is it?"), widget=forms.RadioSelect)
    built_on = forms.MultipleChoiceField(
        label=_("What is it built on?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Its readers get every page of these, and your own pages and notes over them. Nothing is copied."),
    )

    def __init__(
        self, *args: Any, keepers: Sequence[tuple[str, str]], manuals: Sequence[Manual], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        keeper, built_on = self.fields["keeper"], self.fields["built_on"]
        assert isinstance(keeper, forms.ChoiceField)
        assert isinstance(built_on, forms.MultipleChoiceField)
        keeper.choices, built_on.choices = keepers, [(manual.slug, manual.title) for manual in manuals]


class NoteForm(forms.Form):
    """A local note: what it says, and the words it stands beside."""

    body = forms.CharField(
        label=_("What should a colleague know here?"),
        widget=forms.Textarea({"rows": 5}),
        help_text=_("No names of people you work with. It stays beside the page when the core changes."),
    )
    quote = forms.CharField(
        label=_("Beside which words?"),
        required=False,
        max_length=300,
        help_text=_(
            "Copy a few words of the page, and the note stands beside them. Leave empty for the page as a whole."
        ),
    )


class TextForm(forms.Form):
    """A page's text, why it is as it is, and what that serves; `based_on` is the revision the writer had before them."""

    title = forms.CharField(label=_("Title"), max_length=255)
    body = forms.CharField(
        label=_("The text"),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 18}),
        help_text=_(
            "An empty line begins a new paragraph, “- ” a list, “## ” a heading, [[a title]] a link to that page."
        ),
    )
    tags = forms.CharField(label=_("Tags, with commas between"), required=False, max_length=500)
    reason = forms.CharField(label=_("Why?"), required=False, max_length=300, help_text=_("One line is enough."))
    pole = forms.ChoiceField(
        label=_("What does it serve?"),
        required=False,
        choices=[("", _("I would not say")), *Pole.choices],
        widget=forms.RadioSelect,
    )
    based_on = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def clean_body(self) -> str:
        """Browsers send line breaks as they please; the manual keeps the one kind."""
        return str(self.cleaned_data["body"]).replace("\r\n", "\n")

    def clean_tags(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(tag.strip() for tag in self.cleaned_data["tags"].split(",") if tag.strip()))


class AsideForm(forms.Form):
    """Why a page is set aside."""

    reason = forms.CharField(label=_("Why does your team not use this page?"), max_length=300)


class ImportForm(forms.Form):
    """A file, and the manual it goes into."""

    file = forms.FileField(
        label=_("The file"),
        help_text=_("A zip of Markdown pages, a TiddlyWiki (one HTML file, JSON or a zip), or a single page."),
    )
    manual = forms.ChoiceField(label=_("Into which manual?"))
    title = forms.CharField(
        label=_("Its title, if it is a new one"),
        max_length=160,
        required=False,
        help_text=_("For example: Our handbook"),
    )

    def __init__(self, *args: Any, manuals: Sequence[Manual], may_make: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["manual"]
        assert isinstance(field, forms.ChoiceField)
        new = [("", _("A new manual of our organisation"))] if may_make else []
        field.choices = [*new, *((manual.slug, manual.title) for manual in manuals)]
        field.required = not may_make

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_BYTES:
            raise forms.ValidationError(
                _("This file is larger than can be imported here. Ask whoever runs this server.")
            )
        return file

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not found.get("manual") and not found.get("title"):
            self.add_error("title", _("Give the new manual a title."))
        return found
