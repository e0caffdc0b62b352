"""A page is set aside or given up, with a reason; it is not emptied, which would leave its readers a blank one."""

from uuid import UUID

from django.utils.translation import gettext as _

from fieldcraft.errors import Invalid
from fieldcraft.manual.models import Revision, Standing


def require_words(body: str, before: UUID) -> None:
    """Refuse a page without words where the text `before` had some; asks nothing of a page that has them."""
    if not body.strip() and _had_words(before):
        raise Invalid(
            _(
                "A page without words leaves its readers with nothing. If your team does not use it, set it aside and say "
                "why; if your own text is to go, give it up."
            )
        )


def _had_words(before: UUID) -> bool:
    """Of a page set aside, the text it had before counts."""
    old = Revision.objects.select_related("parent", "base").get(pk=before)
    text = (old.parent or old.base or old) if old.standing == Standing.SET_ASIDE else old
    return bool(text.body.strip())
