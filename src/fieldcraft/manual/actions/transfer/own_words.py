"""Where people here decided on a page, the file's text for it is a change like any other, and made only when chosen."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from fieldcraft.manual.actions.drafts import Text, put_to_team
from fieldcraft.manual.actions.gathering import state_once_agreed
from fieldcraft.manual.actions.transfer.plan import Doing, Planned
from fieldcraft.manual.actions.transfer.sentences import source_words
from fieldcraft.manual.models import Edition, Manual, Revision, Standing
from fieldcraft.manual.queries.drafts import yeses_needed
from fieldcraft.people.access import ANYONE, Actor


@dataclass(frozen=True, slots=True)
class Chosen:
    """The editions that get the file's text over people's own words; who wishes it, and what the file is called."""

    editions: frozenset[UUID] = frozenset()
    source: str = ""
    actor: Actor = ANYONE


def require_room(manual: Manual, editions: Iterable[UUID]) -> None:
    """Raises Invalid where a change of one of the pages is gathered already."""
    if yeses_needed(manual) == 1:
        for edition in Edition.objects.filter(pk__in=editions, manual=manual).select_related("manual"):
            state_once_agreed(edition)


def take_over(manual: Manual, page: Planned, chosen: Chosen) -> Revision:
    """The file's text put to the team; where it is that of the page below, giving the team's own version up.

    Inside the import's transaction, which holds the manual's row.
    """
    assert page.edition_id  # nobody has words on a page without an edition
    edition = Edition.objects.select_related("current").get(pk=page.edition_id)
    edition.manual = manual
    old = edition.current
    assert old  # a page without a text is nobody's words
    standing, text = _change(page, edition, old)
    return put_to_team(
        actor=chosen.actor,
        edition=edition,
        text=Text(*text, reason=source_words(chosen.source), fields=page.document.fields),
        standing=standing,
        base=old.base_id,
    )


def _change(page: Planned, edition: Edition, old: Revision) -> tuple[Standing, tuple[str, str, tuple[str, ...]]]:
    document = page.document
    if page.doing is Doing.OWN_OVER_BELOW:
        return Standing.INHERITED, (old.title, old.body, tuple(old.tags))
    standing = Standing(edition.standing)
    if standing is Standing.SET_ASIDE:
        standing = Standing.ADAPTED if old.base_id else Standing.LOCAL
    return standing, (document.title, document.body, document.tags)
