"""While a manual gathers changes, what is agreed waits for its publication instead of reaching readers at once.

Used inside the transaction of the action that agreed a draft, which holds the manual's row.
"""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from fieldcraft.errors import Invalid
from fieldcraft.manual.models import Edition, Revision, State
from fieldcraft.manual.queries.publications import open_publication


def state_once_agreed(edition: Edition) -> dict[str, Any]:
    """A revision's values once enough have said yes. Raises Invalid where another change of the page is gathered."""
    publication = open_publication(edition.manual)
    if publication is None:
        return {"state": State.AGREED, "agreed_at": timezone.now()}
    if edition.revisions.filter(state=State.GATHERED).exists():
        raise Invalid(
            _("A change of this page is gathered for “%(title)s” already. Change that one, or take it out first.")
            % {"title": publication.title}
        )
    return {"state": State.GATHERED, "publication": publication}


def gather(draft: Revision) -> bool:
    """Have an agreed draft wait for its manual's open publication; false where there is none."""
    values = state_once_agreed(draft.edition)
    if values["state"] != State.GATHERED:
        return False
    for name, value in values.items():
        setattr(draft, name, value)
    draft.save(update_fields=list(values))
    return True
