"""Two texts of one note: both together where they touch different parts, else one beside the other."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from fieldcraft.manual.models import Revision
from fieldcraft.manual.queries.combining import Told, put_together
from fieldcraft.manual.queries.resolve import Stack
from fieldcraft.manual.views.comparing import beside

_PASSAGE = ("quote", "prefix", "suffix")


def note_as_typed(note: Revision) -> dict[str, Any]:
    """The form's values for the text of a note that there is."""
    return {name: getattr(note, name) for name in ("body", *_PASSAGE, "reason", "pole")}


def both_notes(
    stack: Stack, typed: Mapping[str, Any], began: Revision | None, now: Revision
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The form's values to go on from, and what the screen shows above them.

    typed: the form's values as sent, or as a draft has them; began: what they were made from, where that is known.
    """
    passage = _passage(typed, began, now)
    own = Told(now.title, typed["body"], tuple(now.tags))
    together = None if began is None or _both_chose(passage["quote"], began, now) else put_together(began, own, now)
    body = together.body if together else typed["body"]
    fields = [(_("Beside the words"), now.quote, passage["quote"])] if passage["quote"] != now.quote else []
    shown = {
        "theirs": now,
        "compared": beside(stack, now.edition.path, now.body, body, fields),
        "is_together": together is not None,
        "sent": typed["body"],
    }
    return {**typed, **passage, "body": body}, shown


def _passage(typed: Mapping[str, Any], began: Revision | None, now: Revision) -> dict[str, str]:
    """The words it stands beside: those that the note has by now, unless whoever typed chose others."""
    own = {name: typed.get(name, "") for name in _PASSAGE}
    if began is None or own["quote"] != began.quote or own["prefix"] not in {"", began.prefix}:
        return own
    return {name: getattr(now, name) for name in _PASSAGE}


def _both_chose(quote: str, began: Revision, now: Revision) -> bool:
    """Whether either side has put the note beside other words, and not beside the same."""
    return now.quote != began.quote and quote not in {began.quote, now.quote}


def somebody_was_quicker() -> str:
    """What whoever was slower with a note is told."""
    return _("Somebody else changed this note since you began. Both texts are kept; look at theirs first.")
