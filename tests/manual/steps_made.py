"""The texts of one page as they move on, and what brings a step about."""

from typing import Any

from tests.conftest import Cast
from tests.manual.made import Commit

from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.pages import adapt_page, revise
from fieldcraft.manual.models import Edition, Revision, Step

OLD = "Knock twice.\n\nWait a minute.\n\nGo in.\n"
OURS = "Ring the bell.\n\nWait a minute.\n\nGo in.\n"
LATER = "Knock twice.\n\nWait a minute.\n\nGo in slowly.\n"
LATEST = "Knock twice.\n\nWait two minutes.\n\nGo in slowly.\n"
BOTH = "Ring the bell.\n\nWait a minute.\n\nGo in slowly.\n"
CLASH = "Knock three times.\n\nWait a minute.\n\nGo in slowly.\n"
LIST = "/m/street-manual/steps/"


def adapted(cast: Cast, core: Revision, body: str = OURS) -> Revision:
    """The team's own text of a page of the core's."""
    text = Text(core.title, body, tuple(core.tags), reason="No door.")
    on: dict[str, Any] = {"manual": cast.team_manual, "page_id": core.edition.page_id, "based_on": core.pk}
    return adapt_page(actor=cast.actor("ben"), text=text, **on)


def core_moves(cast: Cast, core: Revision, body: str = LATER, title: str = "", **more: Any) -> Revision:
    """A newer text of a page of the core's, whichever is its newest."""
    text = Text(title or core.title, body, tuple(core.tags), reason="A fall.", **more)
    now = Edition.objects.get(pk=core.edition_id)
    assert now.current_id
    return revise(actor=cast.actor("edie"), edition=now, text=text, based_on=now.current_id)


def moves(cast: Cast, core: Revision, commit: Commit, body: str = LATER) -> Step:
    """The team's step once the core has moved on."""
    with commit():
        core_moves(cast, core, body)
    return Step.objects.get(manual=cast.team_manual)


def with_quorum(cast: Cast, number: int) -> None:
    """From now on a change of the team's needs so many yeses."""
    cast.team.quorum = number
    cast.team.save()
