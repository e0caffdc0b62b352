"""Remarks and suggestions on a page, and what somebody sees beside it."""

from uuid import UUID

from tests.conftest import Cast

from fieldcraft.engine.prose.anchor import Quote
from fieldcraft.manual.actions.remarks import Noticed, make_remark, suggest_change
from fieldcraft.manual.models import Manual, Remark, Rendering, Revision
from fieldcraft.manual.queries.remarks import RemarksOfPage, remarks_of_page
from fieldcraft.manual.queries.resolve import stack_now
from fieldcraft.people.access import ANYONE, Actor

BODY = "## At the door\n\nKnock **twice**, then wait.\n\n## Inside\n\nAsk whether you may sit down.\n\nKnock twice, then wait."
HOUSE = ("ben", "ana", "edie", "ada", "cora")


def who(cast: Cast, name: str) -> Actor:
    return ANYONE if name == "anyone" else cast.actor(name)


def remark(cast: Cast, page: Revision, quote: str = "", *, by: str = "ben", body: str = "Nobody hears it.") -> Remark:
    noticed = Noticed(body, page.pk, Quote(quote))
    return make_remark(actor=cast.actor(by), manual=cast.team_manual, page_id=page.edition.page_id, noticed=noticed)


def suggest(cast: Cast, page: Revision, *, by: str = "anyone", sender: str = "one", body: str = "Say hello.") -> Remark:
    return suggest_change(
        actor=who(cast, by),
        manual=Manual.objects.get(pk=cast.team_manual.pk),
        page_id=page.edition.page_id,
        noticed=Noticed(body, page.pk),
        sender=sender,
        from_name="A mother",
    )


def beside(cast: Cast, page_id: UUID, by: str = "ben", manual: Manual | None = None) -> RemarksOfPage:
    stack = stack_now(manual or cast.team_manual)
    held = stack.covering(page_id)
    assert held
    return remarks_of_page(who(cast, by), stack, held, Rendering.objects.get(pk=held.revision_id).html)
