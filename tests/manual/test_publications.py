"""Agreed changes that are gathered and published together, and what teams hear of them."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.conftest import Cast
from tests.manual.made import Commit

from fieldcraft.errors import Invalid, NotAllowed, NotFound, Stale
from fieldcraft.manual.actions.drafts import Text, agree, decline, redo
from fieldcraft.manual.actions.manuals import make_manual
from fieldcraft.manual.actions.pages import adapt_page, add_page, give_up, note_page, revise
from fieldcraft.manual.actions.publications import begin, hear, keep_note, publish, stop, take_out
from fieldcraft.manual.actions.remarks import Noticed, make_remark
from fieldcraft.manual.models import Edition, Fit, Heard, Kind, OldName, Publication, Revision, State, Step
from fieldcraft.manual.queries.changes import changed_lately
from fieldcraft.manual.queries.drafts import is_overtaken
from fieldcraft.manual.queries.publications import Notice, gathering, notices, notices_of_steps, past
from fieldcraft.manual.queries.resolve import Stack, stack_now
from fieldcraft.manual.queries.search import search
from fieldcraft.manual.queries.steps import moved_on

NOTE = "We knock now.\n\nNobody goes in unasked."


@pytest.fixture
def page(cast: Cast) -> Revision:
    return add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", "Go in."))


@pytest.fixture
def spring(cast: Cast, page: Revision) -> Publication:
    return begin(actor=cast.actor("edie"), manual=cast.core, title=" Spring ")


def _changed(cast: Cast, page: Revision, body: str = "Knock first.", title: str = "Hello") -> Revision:
    edition = Edition.objects.get(pk=page.edition_id)
    assert edition.current_id
    return revise(actor=cast.actor("edie"), edition=edition, text=Text(title, body), based_on=edition.current_id)


def _adapted(cast: Cast, page: Revision, body: str = "Ring.") -> Revision:
    text = Text(page.title, body)
    return adapt_page(
        actor=cast.actor("ben"), manual=cast.team_manual, page_id=page.edition.page_id, text=text, based_on=page.pk
    )


def _published(cast: Cast, publication: Publication, note: str = NOTE) -> Publication:
    return publish(actor=cast.actor("edie"), publication=publication, note=note)


def _body(cast: Cast, page: Revision) -> str:
    held = stack_now(cast.team_manual).covering(page.edition.page_id)
    assert held
    return Revision.objects.get(pk=held.revision_id).body


def _notices(stack: Stack) -> list[Notice]:
    return notices([stack], moved_on([stack], timezone.localdate()))


def test_what_is_agreed_while_gathering_waits_and_readers_keep_their_text(
    cast: Cast, page: Revision, spring: Publication
) -> None:
    made = _changed(cast, page)

    assert (made.state, made.publication, made.agreed_at) == (State.GATHERED, spring, None)
    assert _body(cast, page) == "Go in."
    assert gathering(cast.core) == ("Spring", 1)
    stack = stack_now(cast.core)
    assert [(draft.id, draft.is_gathered) for draft in stack.layers[0].drafts[page.edition.page_id]] == [
        (made.pk, True)
    ]
    assert made.pk not in {change.revision_id for change in changed_lately(stack)}
    assert not search([stack], "knock").hits


def test_published_together_readers_have_all_at_one_moment(
    cast: Cast, page: Revision, spring: Publication, commit: Commit
) -> None:
    other = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Stairs", "Hold the rail."))
    changed = _changed(cast, page, title="Coming in")
    assert stack_now(cast.core).titled("Stairs") is None
    version = cast.core.version

    with commit():
        _published(cast, spring)

    for made in (other, changed):
        made.refresh_from_db()
    spring.refresh_from_db()
    assert [made.state for made in (other, changed)] == [State.AGREED, State.AGREED]
    assert (spring.note, spring.published_by) == (NOTE, cast.people["edie"])
    stack = stack_now(cast.team_manual)
    assert sorted(held.title for held in stack.read_pages()) == ["Coming in", "Stairs"]
    assert [hit.held.title for hit in search([stack], "rail").hits] == ["Stairs"]
    assert OldName.objects.filter(manual=cast.core, name="hello").exists()
    cast.core.refresh_from_db()
    assert cast.core.version > version
    assert gathering(cast.core) is None
    assert _changed(cast, page, "At once.").state == State.AGREED


def test_one_bump_for_all_that_is_published(cast: Cast, spring: Publication) -> None:
    for number in range(5):
        add_page(actor=cast.actor("edie"), manual=cast.core, text=Text(f"Page {number}", "Words."))
    cast.core.refresh_from_db()
    before = cast.core.version

    _published(cast, spring)

    cast.core.refresh_from_db()
    assert cast.core.version == before + 1
    assert set(Edition.objects.filter(revisions__publication=spring).values_list("version", flat=True)) == {before + 1}


def test_a_page_given_up_makes_room_for_one_of_its_name(cast: Cast, page: Revision, spring: Publication) -> None:
    new = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", "New words."))
    give_up(actor=cast.actor("edie"), edition=page.edition, based_on=page.pk)
    assert _body(cast, page) == "Go in."

    _published(cast, spring)

    held = stack_now(cast.core).at("hello")
    assert held
    assert held.edition_id == new.edition_id


def test_a_team_s_own_changes_are_never_gathered(cast: Cast, page: Revision) -> None:
    with pytest.raises(NotAllowed):
        begin(actor=cast.actor("ana"), manual=cast.team_manual, title="Ours")


@pytest.mark.parametrize("who", ["ben", "cleo"])
def test_only_those_who_change_its_pages_gather_and_publish(
    cast: Cast, page: Revision, spring: Publication, who: str
) -> None:
    made = _changed(cast, page)
    actor = cast.actor(who)
    for act in (
        lambda: begin(actor=actor, manual=cast.core, title="x"),
        lambda: keep_note(actor=actor, publication=spring, note="x"),
        lambda: publish(actor=actor, publication=spring, note="x"),
        lambda: take_out(actor=actor, revision=made),
        lambda: stop(actor=actor, publication=spring),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_only_one_is_open_and_it_has_a_name(cast: Cast, spring: Publication) -> None:
    with pytest.raises(Invalid, match="Spring"):
        begin(actor=cast.actor("edie"), manual=cast.core, title="Summer")
    with pytest.raises(Invalid, match="name"):
        begin(actor=cast.actor("edie"), manual=cast.core, title="  ")


def test_it_is_not_published_without_a_note_nor_empty_nor_twice(
    cast: Cast, page: Revision, spring: Publication
) -> None:
    with pytest.raises(Invalid, match="Nothing is gathered"):
        _published(cast, spring)
    _changed(cast, page)
    with pytest.raises(Invalid, match="plain words"):
        _published(cast, spring, "  ")
    _published(cast, spring)
    with pytest.raises(NotFound):
        _published(cast, spring)


def test_stopping_is_refused_while_something_waits(cast: Cast, page: Revision, spring: Publication) -> None:
    made = _changed(cast, page)
    with pytest.raises(Invalid):
        stop(actor=cast.actor("edie"), publication=spring)

    take_out(actor=cast.actor("edie"), revision=made)
    stop(actor=cast.actor("edie"), publication=spring)

    assert not Publication.objects.exists()
    assert Revision.objects.get(pk=made.pk).state == State.DRAFT


def test_what_is_taken_out_is_a_draft_that_can_be_agreed_again(cast: Cast, page: Revision, spring: Publication) -> None:
    made = _changed(cast, page)
    out = take_out(actor=cast.actor("edie"), revision=made)
    assert (out.state, out.publication) == (State.DRAFT, None)
    with pytest.raises(NotFound):
        take_out(actor=cast.actor("edie"), revision=made)

    assert agree(actor=cast.actor("edie"), draft=out).state == State.GATHERED
    out = take_out(actor=cast.actor("edie"), revision=made)
    decline(actor=cast.actor("edie"), draft=out, reason="Not now.")
    with pytest.raises(Invalid):
        _published(cast, spring)


def test_a_page_has_one_gathered_change_which_is_itself_changed(
    cast: Cast, page: Revision, spring: Publication
) -> None:
    first = _changed(cast, page)
    with pytest.raises(Invalid, match="Spring"):
        _changed(cast, page, "Wave.")

    second = redo(actor=cast.actor("edie"), draft=first, text=Text("Hello", "Wave."), based_on=page.pk)

    first.refresh_from_db()
    assert (first.state, first.publication) == (State.WITHDRAWN, None)
    assert (second.state, second.redone_from, second.publication) == (State.GATHERED, first, spring)
    _published(cast, spring)
    assert _body(cast, page) == "Wave."


def test_of_two_changes_of_a_page_the_second_is_not_gathered_beside_the_first(
    cast: Cast, page: Revision, spring: Publication
) -> None:
    first = take_out(actor=cast.actor("edie"), revision=_changed(cast, page))
    _changed(cast, page, "Wave.")

    with pytest.raises(Invalid, match="gathered for"):
        agree(actor=cast.actor("edie"), draft=first)


def test_a_gathered_change_that_was_overtaken_is_brought_up_to_date_first(
    cast: Cast, page: Revision, spring: Publication
) -> None:
    made = _changed(cast, page)
    newer = Revision.objects.create(
        edition=page.edition, standing="local", title="Hello", state=State.AGREED, agreed_at=timezone.now()
    )  # as an import does
    Edition.objects.filter(pk=page.edition_id).update(current=newer)
    made = Revision.objects.select_related("edition").get(pk=made.pk)
    assert is_overtaken(made)
    with pytest.raises(Stale, match="Hello"):
        _published(cast, spring)

    again = redo(actor=cast.actor("edie"), draft=made, text=Text("Hello", "Both."), based_on=newer.pk)

    _published(cast, spring)
    again.refresh_from_db()
    assert again.state == State.AGREED


def test_a_remark_is_settled_when_readers_have_the_change(cast: Cast, page: Revision, spring: Publication) -> None:
    noticed = Noticed("Nobody knocks.", page.pk)
    remark = make_remark(actor=cast.actor("edie"), manual=cast.core, page_id=page.edition.page_id, noticed=noticed)
    text = Text("Hello", "Knock.", remark=remark.pk)
    revise(actor=cast.actor("edie"), edition=page.edition, text=text, based_on=page.pk)
    remark.refresh_from_db()
    assert remark.outcome == ""

    _published(cast, spring)

    remark.refresh_from_db()
    assert remark.outcome == "changed"


def test_notes_and_the_page_s_own_text_are_gathered_side_by_side(cast: Cast, page: Revision) -> None:
    ours = make_manual(
        by=None, organisation_id=cast.organisation.pk, title="Ours", kind=Kind.ORGANISATION, built_on=[cast.core]
    )
    made = begin(actor=cast.actor("edie"), manual=ours, title="Spring")
    ask: dict[str, Any] = {"actor": cast.actor("edie"), "manual": ours, "page_id": page.edition.page_id}
    notes = [note_page(**ask, text=Text("Hello", words)) for words in ("One.", "Two.")]
    adapted = adapt_page(**ask, text=Text("Hello", "Ours."), based_on=page.pk)
    assert {each.state for each in (*notes, adapted)} == {State.GATHERED}

    _published(cast, made)

    stack = stack_now(ours)
    held = stack.covering(page.edition.page_id)
    assert held
    assert held.revision_id == adapted.pk
    assert {note.revision_id for note in stack.notes(page.edition.page_id)} == {note.pk for note in notes}


def test_teams_get_one_notice_with_the_pages_of_theirs_that_it_concerns(
    cast: Cast, page: Revision, spring: Publication, commit: Commit
) -> None:
    other = Revision.objects.get(pk=page.pk)
    _adapted(cast, page)
    _changed(cast, page, "Knock first.\n\nWait.")
    stack = stack_now(cast.team_manual)
    assert _notices(stack) == []
    with commit():
        _published(cast, spring)
    assert Step.objects.get(manual=cast.team_manual).publication == spring

    stack = stack_now(cast.team_manual)
    (notice,) = _notices(stack)

    assert (notice.publication, [step.title for step in notice.steps]) == (spring, [other.title])
    assert notices_of_steps([stack], moved_on([stack], timezone.localdate())) == [notice]


def test_a_page_that_was_taken_out_is_among_the_notice_s(
    cast: Cast, page: Revision, spring: Publication, commit: Commit
) -> None:
    _adapted(cast, page)
    give_up(actor=cast.actor("edie"), edition=page.edition, based_on=page.pk)
    with commit():
        _published(cast, spring)
    assert Step.objects.get().fit == Fit.WITHDRAWN

    (notice,) = _notices(stack_now(cast.team_manual))

    assert [step.title for step in notice.steps] == ["Hello"]


def test_a_notice_goes_when_it_was_read_or_after_thirty_days(cast: Cast, page: Revision, spring: Publication) -> None:
    _changed(cast, page)
    _published(cast, spring)
    stack = stack_now(cast.team_manual)
    (notice,) = _notices(stack)
    assert notice.steps == ()
    assert notices_of_steps([stack], moved_on([stack], timezone.localdate())) == []

    Publication.objects.update(published_at=timezone.now() - timedelta(days=31))
    assert _notices(stack) == []
    Publication.objects.update(published_at=timezone.now())
    hear(actor=cast.actor("ben"), manual=cast.team_manual, publication=spring)
    hear(actor=cast.actor("ana"), manual=cast.team_manual, publication=spring)

    assert _notices(stack) == []
    assert Heard.objects.get().by == cast.people["ben"]
    with pytest.raises(NotAllowed):
        hear(actor=cast.actor("cleo"), manual=cast.team_manual, publication=spring)


def test_past_ones_are_read_with_their_pages_by_readers_of_any_manual_above(
    cast: Cast, page: Revision, spring: Publication
) -> None:
    _changed(cast, page)
    add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Stairs", "Hold the rail."))
    assert past(stack_now(cast.team_manual)) == ([], False)
    _published(cast, spring)

    ((found,), has_more) = past(stack_now(cast.team_manual))

    assert not has_more
    assert found.publication == spring
    assert [(each.revision.title, bool(each.compare_url)) for each in found.pages] == [
        ("Hello", True),
        ("Stairs", False),
    ]
    assert all(each.url.startswith("/m/street-manual/p/") for each in found.pages)


def test_publishing_many_takes_a_few_statements_for_each(cast: Cast, page: Revision, spring: Publication) -> None:
    for number in range(30):
        add_page(actor=cast.actor("edie"), manual=cast.core, text=Text(f"Page {number}", f"Words {number}."))

    with CaptureQueriesContext(
        connection,
    ) as asked:
        _published(cast, spring)

    assert len(asked) < 30 * 5 + 40
