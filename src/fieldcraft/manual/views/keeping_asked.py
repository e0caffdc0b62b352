"""What a writer is asked once before a page is kept."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from fieldcraft.engine.words import name_key
from fieldcraft.manual.forms import TextForm
from fieldcraft.manual.queries.reading import page_url
from fieldcraft.manual.queries.resolve import Stack


def asked_of_new(stack: Stack, form: TextForm) -> dict[str, Any] | None:
    """What the screen of a new page says instead of keeping it; None when it may be kept."""
    if not form.cleaned_data["body"].strip():
        form.add_error("body", _("Write a few words first."))
        return {}
    return same_name_asked(stack, form)


def same_name_asked(
    stack: Stack, form: TextForm, page_id: UUID | None = None, before: str = ""
) -> dict[str, Any] | None:
    """The question where another page has the title or had it, with the answer in the form for next time; else None.

    page_id: the page that is written; before: its title so far, which is asked about no more.
    """
    title = form.cleaned_data["title"]
    found, key = stack.named(title), name_key(title)
    if found is None or found.page_id == page_id or key in {name_key(before), form.cleaned_data["same_name"]}:
        return None
    is_now = name_key(found.title) == key
    form.add_error(
        "title", _("There is a page with this name already.") if is_now else _("A page had this name before.")
    )
    form.data = {**dict(form.data.items()), "same_name": key}
    return {"same_named": found, "same_url": page_url(stack, found), "is_now": is_now}
