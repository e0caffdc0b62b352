"""Two texts as one view, with links that lead where they lead in the manual that is read."""

from collections.abc import Sequence
from functools import partial
from typing import Protocol

from django.utils.translation import gettext as _

from fieldcraft.manual.models import Revision
from fieldcraft.manual.queries.reading import link_url
from fieldcraft.manual.queries.resolve import Stack
from fieldcraft.people.access import ActorRequest
from fieldcraft.ui.compare import Compared, compared


def beside(stack: Stack, path: str, old: str, new: str, fields: Sequence[tuple[str, str, str]] = ()) -> Compared:
    """What became of `old`; `path`: where the page stands in the source it was imported from, for relative links."""
    return compared(old, new, fields=fields, address_of=partial(link_url, stack, path))


def revisions_beside(stack: Stack, old: Revision | None, new: Revision) -> Compared:
    """What became of a text, its title and tags; of none, when everything is new."""
    return beside(stack, new.edition.path, old.body if old else "", new.body, what_else_changed(old, new))


class Around(Protocol):
    """What a text has besides its words, kept or only typed so far. section, position: None where they stay."""

    @property
    def title(self) -> str: ...
    @property
    def tags(self) -> Sequence[str]: ...
    @property
    def section(self) -> Sequence[str] | None: ...
    @property
    def position(self) -> int | None: ...


def what_else_changed(old: Revision | None, new: Around) -> list[tuple[str, str, str]]:
    """Title, tags and place, each before and after, as far as they differ; of no text before, nothing."""
    if old is None:
        return []
    rows = [(_("Title"), old.title, new.title), (_("Tags"), ", ".join(old.tags), ", ".join(new.tags))]
    if new.section is not None:
        rows.append((_("Heading"), " › ".join(old.section or ()), " › ".join(new.section)))
    if new.position is not None and list(new.section or ()) == list(old.section or ()):
        rows.append((_("Place"), "", "" if new.position == old.position else _("elsewhere under its heading")))
    return [row for row in rows if row[1] != row[2]]


def folded_or_whole(request: ActorRequest, shown: Compared, url: str) -> dict[str, object]:
    """The comparison as the reader asked for it, and the way to the other view; `url` leads to the whole one."""
    if "only" in request.GET:
        return {"compared": shown.only_changed(), "whole_text_url": url}
    return {"compared": shown, "only_changed_url": f"{url}{'&' if '?' in url else '?'}only=1"}


def folded_first(request: ActorRequest, shown: Compared) -> dict[str, object]:
    """As `folded_or_whole`, but what changed comes first: a colleague is asked for a yes to that."""
    if "whole" in request.GET:
        return {"compared": shown, "only_changed_url": request.path}
    return {"compared": shown.only_changed(), "whole_text_url": f"{request.path}?whole=1"}
