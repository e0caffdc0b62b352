"""Whose yes counts: of those who may still agree, each once, and one's own alone to take back."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.conftest import Cast
from tests.together.made import as_, html

from fieldcraft.errors import Invalid
from fieldcraft.manual.actions.drafts import Text, agree, redo, take_back_yes
from fieldcraft.manual.actions.pages import add_page, bring_back, give_up, set_page_aside
from fieldcraft.manual.models import Edition, Revision, State
from fieldcraft.manual.queries.drafts import drafts_for
from fieldcraft.people.actions.community import make_sample_person, set_quorum
from fieldcraft.people.models import Membership, Role

AT = "/m/street-manual/"


@pytest.fixture
def draft(cast: Cast) -> Revision:
    """Ben's draft of a page, in a team of three that agrees by three."""
    cast.people["dora"] = make_sample_person(
        name="Dora", email="dora@example.org", organisation=cast.organisation, team=cast.team, role=Role.MEMBER
    )
    set_quorum(actor=cast.actor("ana"), team=cast.team, quorum=3)
    return add_page(actor=cast.actor("ben"), manual=cast.team_manual, text=Text("Kettles", "They sing."))


def leave(cast: Cast, who: str) -> None:
    Membership.objects.filter(person=cast.people[who]).update(ended_at=timezone.now())


def test_the_yes_of_somebody_who_left_is_not_said_to_count(cast: Cast, draft: Revision) -> None:
    agree(actor=cast.actor("dora"), draft=draft)
    leave(cast, "dora")

    screen, waiting = (html(as_(cast, "ana").get(f"{AT}{path}")) for path in (f"drafts/{draft.pk}/", "to-manualize/"))

    assert "1 of 2 has agreed." in screen
    assert "Dora" not in screen
    assert "1 of 2" in waiting
    draft.refresh_from_db()
    assert draft.state == State.DRAFT
    agree(actor=cast.actor("ana"), draft=draft)
    draft.refresh_from_db()
    assert draft.state == State.AGREED


def test_taking_ones_yes_back_leaves_the_others(cast: Cast, draft: Revision) -> None:
    agree(actor=cast.actor("dora"), draft=draft)

    take_back_yes(actor=cast.actor("dora"), draft=draft)

    assert [each.by.name for each in draft.agreements.select_related("by")] == ["Ben"]


def test_ones_own_draft_never_waits_for_oneself(cast: Cast, draft: Revision) -> None:
    take_back_yes(actor=cast.actor("ben"), draft=draft)

    waits = {who: list(drafts_for(cast.actor(who), [cast.team_manual])) for who in ("ben", "ana", "dora")}

    assert waits == {"ben": [], "ana": [draft], "dora": [draft]}


@pytest.mark.parametrize("reason", ["", " "])
def test_a_setting_aside_is_never_left_without_its_reason(cast: Cast, draft: Revision, reason: str) -> None:
    below = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", "Knock."))
    aside = set_page_aside(
        actor=cast.actor("ben"), manual=cast.team_manual, page_id=below.edition.page_id, reason="No doors.",
        based_on=below.pk,
    )  # fmt: skip

    with pytest.raises(Invalid):
        redo(actor=cast.actor("ana"), draft=aside, text=Text("Hello", reason=reason), based_on=None)


@pytest.mark.parametrize(
    ("ago", "is_undone"), [(timedelta(days=29, hours=23), True), (timedelta(days=30, minutes=1), False)]
)
def test_what_was_given_up_comes_back_for_thirty_days_and_no_longer(
    cast: Cast, ago: timedelta, is_undone: bool
) -> None:
    page = add_page(
        actor=cast.actor("ben"), manual=cast.team_manual, text=Text("Lamps", "They shine.", ("light", "hall"))
    )
    give_up(actor=cast.actor("ben"), edition=page.edition, based_on=page.pk)
    Edition.objects.filter(pk=page.edition_id).update(ended_at=timezone.now() - ago)
    edition = Edition.objects.get(pk=page.edition_id)

    if not is_undone:
        with pytest.raises(Invalid):
            bring_back(actor=cast.actor("ben"), edition=edition)
        return
    back = bring_back(actor=cast.actor("ben"), edition=edition)
    assert (back.title, back.body, back.tags) == ("Lamps", "They shine.", ["light", "hall"])
