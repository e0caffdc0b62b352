"""What is said of a draft when something came in between: what that was, and whether anything is left of it to agree."""

from django.utils.translation import gettext as _

from fieldcraft.manual.models import Revision, Standing
from fieldcraft.manual.queries.drafts import is_overtaken
from fieldcraft.manual.queries.layers import Held
from fieldcraft.manual.queries.resolve import Stack


def said_of_overtaken(found: Revision) -> str:
    """What came in between; "" for a draft that nobody has overtaken."""
    if not is_overtaken(found):
        return ""
    is_gone, is_note = found.edition.ended_at is not None, found.edition.standing == Standing.NOTED
    if is_note and is_gone:
        return _("The note has been taken out since this draft was written.")
    if is_note:
        return _("The note has a newer text than when this draft was written.")
    if is_gone:
        return _("The page's text has been given up since this draft was written.")
    if found.edition.standing == Standing.SET_ASIDE:
        return _("The page has been set aside since this draft was written.")
    return _("The page has a newer text than when this draft was written.")


def said_of_done(stack: Stack, found: Revision) -> str:
    """That readers have what the draft would bring about already; "" where something is left of it to agree."""
    if not is_overtaken(found):
        return ""
    held = stack.covering(found.edition.page_id)
    match found.standing:
        case Standing.SET_ASIDE:
            return _("It is set aside already.") if _is_own(stack, held) and _is_aside(held) else ""
        case Standing.INHERITED:
            return _said_of_given_up(stack, found, held) if found.edition.ended_at else ""
    return ""


def _is_own(stack: Stack, held: Held | None) -> bool:
    return held is not None and held.manual_id == stack.manual.pk


def _is_aside(held: Held | None) -> bool:
    return held is not None and held.standing is Standing.SET_ASIDE


def _said_of_given_up(stack: Stack, found: Revision, held: Held | None) -> str:
    if found.edition.standing == Standing.NOTED:
        return _("The note is taken out already.")
    if held is None:
        return _("The page is taken out already.")
    if _is_own(stack, held):
        return _("The text that it would give up is given up already.")
    return _("Readers have the core's text already.")
