"""What is said of a draft that something came in between with."""

from django.utils.translation import gettext as _

from fieldcraft.manual.models import Revision, Standing
from fieldcraft.manual.queries.drafts import is_overtaken


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
