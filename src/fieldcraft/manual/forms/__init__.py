"""Forms check shape; actions check rules."""

import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from fieldcraft.manual.forms.passages import BesideForm
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


def which_pole() -> forms.ChoiceField:
    """Which of the two a change serves, for whoever would say; a form's own each time."""
    return forms.ChoiceField(
        label=_("What does it serve?"),
        required=False,
        choices=[("", _("I would not say")), *Pole.choices],
        widget=forms.RadioSelect,
    )


class NoteForm(BesideForm):
    """A local note: what it says, the words it stands beside, why, and what that serves."""

    body = forms.CharField(
        label=_("What should a colleague know here?"),
        error_messages={"required": _("Write a few words first.")},
        widget=forms.Textarea({"rows": 5, "data-check-names": ""}),
        help_text=_("No names of people you work with. It stays beside the page when the core changes."),
    )
    reason = forms.CharField(label=_("Why?"), required=False, max_length=300, help_text=_("One line is enough."))
    pole = which_pole()
    based_on = forms.UUIDField(widget=forms.HiddenInput, required=False)


Sections = Callable[[], Sequence[tuple[str, ...]]]


def _section_choices(sections: Sections) -> list[tuple[str, object]]:
    named = [(json.dumps(path), " › ".join(path)) for path in sections()]
    return [("", _("Where it stands now")), ("[]", _("Under none, at the top")), *named]


class TextForm(forms.Form):
    """A page's text, where it stands, why it is as it is, and what that serves.

    based_on: the revision the writer had before them. remark: the remark that the change comes from.
    same_name: the title that its writer was asked about, because another page has it, and pressed again.
    """

    title = forms.CharField(
        label=_("Title"),
        max_length=255,
        error_messages={
            "required": _("Give the page a title."),
            "max_length": _("This is longer than a title can be: %(show_value)s letters, and 255 fit."),
        },
    )
    body = forms.CharField(
        label=_("The text"),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 18, "data-editor": "", "data-check-names": ""}),
        help_text=_(
            "An empty line begins a new paragraph, “- ” a list, “## ” a heading, [[a title]] a link to that page."
        ),
    )
    tags = forms.CharField(label=_("Tags, with commas between"), required=False, max_length=500)
    section = forms.ChoiceField(label=_("Under which heading?"), required=False)
    new_section = forms.CharField(label=_("Or under a new heading"), required=False, max_length=120)
    place = forms.ChoiceField(
        label=_("Where there?"),
        required=False,
        choices=[("", _("Where it stands now")), ("first", _("First")), ("last", _("Last"))],
    )
    file = forms.FileField(
        label=_("A picture or file"),
        required=False,
        error_messages={"empty": _("This file is empty.")},
        help_text=_("No pictures of people you work with. It goes where you were writing, or to the end of the text."),
    )
    reason = forms.CharField(label=_("Why?"), required=False, max_length=300, help_text=_("One line is enough."))
    pole = which_pole()
    based_on = forms.UUIDField(widget=forms.HiddenInput, required=False)
    remark = forms.UUIDField(widget=forms.HiddenInput, required=False)
    same_name = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)

    def __init__(
        self, *args: Any, sections: Sections | None = None, pages_url: str = "", files_url: str = "", **kwargs: Any
    ) -> None:
        """sections: gives the headings there are, each as its path from the top; asked only where they are needed.

        None where tags order the contents.

        pages_url: where the editor asks for titles; files_url: what the addresses of the manual's files begin with.
        """
        super().__init__(*args, **kwargs)
        self.fields["body"].widget.attrs |= {"data-pages-url": pages_url, "data-files-url": files_url}
        if sections is None:
            for name in ("section", "new_section", "place"):
                del self.fields[name]
            return
        section = self.fields["section"]
        assert isinstance(section, forms.ChoiceField)
        section.choices = partial(_section_choices, sections)

    def clean_body(self) -> str:
        """Browsers send line breaks as they please; the manual keeps the one kind."""
        return str(self.cleaned_data["body"]).replace("\r\n", "\n")

    def clean_tags(self) -> tuple[str, ...]:
        """Each tag once, whatever its capitals, as it was spelled first."""
        tags = [tag.strip() for tag in self.cleaned_data["tags"].split(",") if tag.strip()]
        return tuple(
            {tag.casefold(): tag for tag in reversed(tags)}[key] for key in dict.fromkeys(map(str.casefold, tags))
        )

    def clean(self) -> dict[str, Any]:
        """The heading as a path: a new one stands below the one that was chosen; None where nothing was."""
        found = super().clean() or {}
        chosen, new = found.get("section") or "", " ".join(found.get("new_section", "").split())
        path = tuple(json.loads(chosen)) if chosen else None
        found["path"] = (*(path or ()), new) if new else path
        return found


class AsideForm(forms.Form):
    """Why a page is set aside, and what that serves; `based_on` is the text its reader had before them."""

    reason = forms.CharField(
        label=_("Why does your team not use this page?"),
        max_length=300,
        error_messages={"required": _("Say in a few words why your team does not use this page.")},
    )
    pole = which_pole()
    based_on = forms.UUIDField(widget=forms.HiddenInput, required=False)


class NotInUseForm(AsideForm):
    """The same in a manual that no team keeps."""

    reason = forms.CharField(
        label=_("Why is this page not in use?"),
        max_length=300,
        error_messages={"required": _("Say in a few words why this page is not in use.")},
    )


def aside_form_of(manual: Manual) -> type[AsideForm]:
    """The form in the words of whoever keeps the manual."""
    return AsideForm if manual.team_id else NotInUseForm


class GiveUpForm(forms.Form):
    """Why the team gives up its own text of a page, and what that serves."""

    reason = forms.CharField(label=_("Why?"), required=False, max_length=300, help_text=_("One line is enough."))
    pole = which_pole()
    based_on = forms.UUIDField(widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    """Why a draft is declined."""

    reason = forms.CharField(
        label=_("Why not?"), max_length=300, help_text=_("Whoever wrote it reads this, and it stays in the history.")
    )


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


class SuggestionsForm(forms.Form):
    """Whether readers from outside may leave suggestions."""

    suggestions = forms.ChoiceField(
        label=_("May readers from outside leave suggestions?"),
        choices=[("yes", _("Yes; those who change its pages read them first")), ("no", _("No"))],
        widget=forms.RadioSelect,
    )
