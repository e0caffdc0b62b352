"""What stands on one's own trail is a link only where whoever follows it may go."""

import pytest
from django.utils import timezone
from tests.conftest import Cast
from tests.together.made import as_

from fieldcraft.manual.actions.drafts import Text, decline, redo
from fieldcraft.manual.actions.manuals import open_to
from fieldcraft.manual.actions.pages import add_page
from fieldcraft.manual.actions.remarks import Noticed, let_remark_stand, make_remark, suggest_change, switch_suggestions
from fieldcraft.manual.models import Audience, Manual, Remark, Revision
from fieldcraft.manual.queries.remarks import state_of
from fieldcraft.people.actions.community import set_quorum
from fieldcraft.people.models import Membership
from fieldcraft.together.queries.trail import traces


@pytest.fixture
def street(cast: Cast) -> Manual:
    """The team's manual, open to everybody and taking suggestions."""
    open_to(actor=cast.actor("edie"), manual=cast.core, audience=Audience.PUBLIC)
    open_to(actor=cast.actor("ana"), manual=cast.team_manual, audience=Audience.PUBLIC)
    switch_suggestions(actor=cast.actor("ana"), manual=cast.team_manual, are_taken=True)
    return Manual.objects.get(pk=cast.team_manual.pk)


@pytest.fixture
def hello(cast: Cast, street: Manual) -> Revision:
    return add_page(actor=cast.actor("ben"), manual=street, text=Text("Hello", "Knock twice."))


def suggested(cast: Cast, street: Manual, page: Revision) -> Remark:
    on = {"manual": street, "page_id": page.edition.page_id, "noticed": Noticed("Ring.", page.pk)}
    return suggest_change(actor=cast.actor("cleo"), **on, sender="cleo")


def where_of(cast: Cast, who: str) -> list[str]:
    """Where the trail leads, each place looked up by its owner."""
    found, _more = traces(cast.actor(who))
    assert found
    urls = [trace.url for trace in found]
    client = as_(cast, who)
    assert [url for url in urls if url and client.get(url).status_code != 200] == []
    return urls


def test_a_suggestion_from_outside_leads_nowhere_held_or_not(cast: Cast, street: Manual, hello: Revision) -> None:
    made = suggested(cast, street, hello)
    assert where_of(cast, "cleo") == [""]
    assert as_(cast, "cleo").get(f"/m/street-manual/remarks/{made.pk}/").status_code == 404

    let_remark_stand(actor=cast.actor("ana"), remark=made, seen=state_of(made))

    assert where_of(cast, "cleo") == [""]


def test_what_one_noticed_in_ones_own_house_leads_there(cast: Cast, street: Manual, hello: Revision) -> None:
    made = make_remark(
        actor=cast.actor("ben"), manual=street, page_id=hello.edition.page_id, noticed=Noticed("Ring.", hello.pk)
    )

    assert f"/m/street-manual/remarks/{made.pk}/" in where_of(cast, "ben")


def test_a_declined_draft_leads_nowhere_once_one_has_left_the_house(cast: Cast, street: Manual) -> None:
    set_quorum(actor=cast.actor("ana"), team=cast.team, quorum=2)
    draft = add_page(actor=cast.actor("ben"), manual=street, text=Text("Lamps", "They shine."))
    decline(actor=cast.actor("ana"), draft=draft, reason="Too bright.")
    assert where_of(cast, "ben") == [f"/m/street-manual/drafts/{draft.pk}/"]

    Membership.objects.filter(person=cast.people["ben"]).update(ended_at=timezone.now())

    assert where_of(cast, "ben") == [""]


def test_a_manual_whose_core_was_closed_leads_nowhere_for_whoever_left(
    cast: Cast, street: Manual, hello: Revision
) -> None:
    Membership.objects.filter(person=cast.people["ben"]).update(ended_at=timezone.now())
    assert where_of(cast, "ben") == [f"/m/street-manual/revisions/{hello.pk}/"]

    open_to(actor=cast.actor("edie"), manual=cast.core, audience=Audience.ORGANISATION)

    assert where_of(cast, "ben") == [""]
    (trace,), _onward = traces(cast.actor("ben"))
    assert trace.became == "You do not read this manual any more."


def test_a_draft_that_a_colleague_went_on_from_stays_and_ones_own_earlier_one_does_not(
    cast: Cast, street: Manual
) -> None:
    set_quorum(actor=cast.actor("ana"), team=cast.team, quorum=2)
    first = add_page(actor=cast.actor("ben"), manual=street, text=Text("Lamps", "They shine."))
    own = redo(actor=cast.actor("ben"), draft=first, text=Text("Lamps", "They shine at night."), based_on=None)

    redo(actor=cast.actor("ana"), draft=own, text=Text("Lamps", "They shine all night."), based_on=None)

    [mine] = traces(cast.actor("ben"))[0]
    assert (mine.became, mine.reason) == ("A colleague went on from it.", "")
    assert where_of(cast, "ben") == [f"/m/street-manual/drafts/{own.pk}/"]
    assert [trace.became for trace in traces(cast.actor("ana"))[0]] == ["It waits for a yes."]
