"""The words of a page that a note or a remark stands beside, with what surrounds them there."""

from uuid import UUID

from django.utils.translation import gettext as _

from fieldcraft.engine.prose.anchor import Changed, Found, Gone, Quote, find, quote_at
from fieldcraft.errors import Invalid
from fieldcraft.manual.models import Rendering
from fieldcraft.manual.queries.passages import text_as_seen


def passage_in(revision_id: UUID, said: Quote | None) -> Quote:
    """The passage as it stands in that text; nothing for the page as a whole. Refuses words that are not there."""
    if said is None or not said.exact.strip():
        return Quote("")
    text = text_as_seen(Rendering.objects.get(pk=revision_id).html)
    match find(text, said):
        case Found(place):
            return quote_at(text, place.start, place.end)
        case Changed() | Gone():
            raise Invalid(
                _("The page does not have these words. Copy them as they stand there, or leave this empty."),
                code="no_such_words",
            )
