"""The core moves on: a step for each team that covers the page, and what the team does with it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.conftest import Cast
from tests.manual.made import Commit
from tests.manual.steps_made import BOTH, LATER, OLD, OURS, adapted, core_moves

from fieldcraft.errors import Invalid, NotFound, Stale
from fieldcraft.manual.actions.drafts import Text, agree, decline
from fieldcraft.manual.actions.manuals import include, make_manual, stop_building_on
from fieldcraft.manual.actions.pages import add_page, give_up, revise, set_page_aside
from fieldcraft.manual.actions.steps import bring_to_slot, choose, combine, keep, note_place, open_step, take, undo
from fieldcraft.manual.models import Decision, Edition, Fit, Kind, Manual, Revision, Source, Standing, State, Step
from fieldcraft.manual.queries.combining import combined
from fieldcraft.manual.queries.resolve import stack_named, stack_now
from fieldcraft.people.models import Team


@pytest.fixture
def core(cast: Cast) -> Revision:
    return add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", OLD, ("doors",)))


def _step(cast: Cast) -> Step:
    return Step.objects.get(manual=cast.team_manual, settled_at=None)


def _read(cast: Cast, core: Revision) -> Revision:
    held = stack_now(cast.team_manual).covering(core.edition.page_id)
    assert held
    return Revision.objects.get(pk=held.revision_id)


@pytest.fixture
def moved_on(cast: Cast, core: Revision, commit: Commit) -> Revision:
    """The team's own text, which the core has moved on from."""
    ours = adapted(cast, core)
    with commit():
        core_moves(cast, core)
    return ours


def test_only_teams_that_cover_the_page_hear_of_it(cast: Cast, core: Revision, commit: Commit) -> None:
    team = Team.objects.create(organisation=cast.organisation, name="Elm", slug="elm")
    follower = make_manual(
        by=None, organisation_id=cast.organisation.pk, title="Elm manual", kind=Kind.TEAM, team_id=team.pk
    )
    include(by=None, manual=follower, included=cast.core)
    adapted(cast, core)

    with commit():
        newest = core_moves(cast, core)

    assert [(step.manual, step.theirs, step.fit) for step in Step.objects.all()] == [
        (cast.team_manual, newest, Fit.FITS)
    ]
    assert (_step(cast).fits, _step(cast).needs) == (1, 0)
    assert _read(cast, core).body == OURS


def test_a_newer_change_folds_into_the_same_step_and_keeps_what_was_chosen(
    cast: Cast, moved_on: Revision, commit: Commit
) -> None:
    step = _step(cast)
    choose(actor=cast.actor("ben"), step=step, choices={"a-0": {"as": "ours"}})
    with commit():
        newest = core_moves(cast, Revision.objects.get(body=OLD), "Tap on the door.\n\nWait a minute.\n\nGo in.\n")

    now = _step(cast)
    assert (now.pk, now.theirs, now.choices) == (step.pk, newest, {"a-0": {"as": "ours"}})
    assert now.fit in {Fit.SUGGESTION, Fit.CHOICE}
    assert now.needs == 1


def test_combining_moves_the_base_and_settles_the_step(cast: Cast, core: Revision, moved_on: Revision) -> None:
    step = _step(cast)
    assert step.theirs
    found = combined(step.base, moved_on, step.theirs)
    text = Text(found.title_now(), found.body_now(), found.tags, reason="Slowly is right here too.")

    made = combine(actor=cast.actor("ben"), step=step, text=text, based_on=moved_on.pk)

    assert (made.state, made.body, made.base) == (State.AGREED, BOTH, step.theirs)
    assert _read(cast, core) == made
    step.refresh_from_db()
    assert (step.decision, step.settled_by) == (Decision.COMBINED, cast.people["ben"])


def test_nothing_is_published_before_the_quorum(cast: Cast, core: Revision, moved_on: Revision) -> None:
    cast.team.quorum = 2
    cast.team.save()
    step = _step(cast)
    made = combine(actor=cast.actor("ben"), step=step, text=Text("Hello", BOTH), based_on=moved_on.pk)
    assert (made.state, _read(cast, core)) == (State.DRAFT, moved_on)
    step.refresh_from_db()
    assert step.settled_at is None

    agree(actor=cast.actor("ana"), draft=made)

    step.refresh_from_db()
    assert (step.decision, _read(cast, core)) == (Decision.COMBINED, made)


def test_taking_the_cores_returns_to_it(cast: Cast, core: Revision, moved_on: Revision) -> None:
    take(actor=cast.actor("ben"), step=_step(cast), based_on=moved_on.pk, reason="Theirs is better.")
    assert _read(cast, core).body == LATER
    assert Step.objects.get().decision == Decision.TAKEN


def test_keeping_ours_without_a_date_counts_as_in_step(
    cast: Cast, core: Revision, moved_on: Revision, commit: Commit
) -> None:
    step = _step(cast)
    with pytest.raises(Invalid):
        keep(actor=cast.actor("ben"), step=step, based_on=moved_on.pk, reason=" ")
    with commit():
        made = keep(actor=cast.actor("ben"), step=step, based_on=moved_on.pk, reason="Ours is tried.", pole="evidence")
    assert (made.body, made.base, made.reason, made.pole) == (OURS, step.theirs, "Ours is tried.", "evidence")
    assert not Step.objects.filter(settled_at=None).exists()
    assert Step.objects.get().decision == Decision.KEPT


def test_keeping_ours_until_a_date_leaves_the_step_open_and_quiet(cast: Cast, moved_on: Revision) -> None:
    step, day = _step(cast), timezone.localdate() + timedelta(days=30)
    keep(actor=cast.actor("ben"), step=step, based_on=moved_on.pk, reason="After the move.", until=day)
    now = _step(cast)
    assert (now.quiet_until, now.base) == (day, moved_on.base)
    with pytest.raises(Invalid):
        keep(actor=cast.actor("ben"), step=step, based_on=moved_on.pk, reason="Then.", until=day - timedelta(days=30))


def test_a_declined_decision_leaves_the_step_as_it_was(cast: Cast, moved_on: Revision) -> None:
    cast.team.quorum = 2
    cast.team.save()
    step, day = _step(cast), timezone.localdate() + timedelta(days=30)
    draft = keep(actor=cast.actor("ben"), step=step, based_on=moved_on.pk, reason="Later.", until=day)
    decline(actor=cast.actor("ana"), draft=draft, reason="Let us look now.")
    assert _step(cast).quiet_until is None


def test_undone_within_thirty_days_and_not_later(
    cast: Cast, core: Revision, moved_on: Revision, commit: Commit
) -> None:
    step = _step(cast)
    combine(actor=cast.actor("ben"), step=step, text=Text("Hello", BOTH), based_on=moved_on.pk)
    with commit():
        undo(actor=cast.actor("ana"), step=step)
    assert (_read(cast, core).body, _read(cast, core).base) == (OURS, core)
    assert _step(cast).fit == Fit.FITS

    Step.objects.filter(pk=step.pk).update(settled_at=timezone.now() - timedelta(days=31))
    with pytest.raises(Invalid):
        undo(actor=cast.actor("ana"), step=step)


def test_taking_theirs_is_undone_too(cast: Cast, core: Revision, moved_on: Revision, commit: Commit) -> None:
    step = _step(cast)
    take(actor=cast.actor("ben"), step=step, based_on=moved_on.pk, reason="Theirs.")
    with commit():
        undo(actor=cast.actor("ben"), step=step)
    assert _read(cast, core).body == OURS
    assert _step(cast).theirs == step.theirs


def test_a_text_that_became_equal_dissolves(cast: Cast, core: Revision, moved_on: Revision, commit: Commit) -> None:
    with commit():
        newest = core_moves(cast, core, OURS)
    assert _read(cast, core) == newest
    edition = Edition.objects.get(manual=cast.team_manual)
    assert edition.ended_at
    assert edition.revisions.order_by("id").last().by is None


def test_a_rename_in_the_core_is_told_and_follows(cast: Cast, core: Revision, commit: Commit) -> None:
    ours = adapted(cast, core)
    with commit():
        core_moves(cast, core, OLD, title="Coming in")
    step = _step(cast)
    assert (step.fit, step.fits) == (Fit.FITS, 1)
    assert step.theirs
    assert combined(step.base, ours, step.theirs).title_now() == "Coming in"
    assert _read(cast, core).title == "Hello"


def test_a_page_withdrawn_below_stays_with_the_team(cast: Cast, core: Revision, commit: Commit) -> None:
    ours = adapted(cast, core)
    with commit():
        give_up(actor=cast.actor("edie"), edition=core.edition, based_on=core.pk, reason="Merged elsewhere.")
    step = _step(cast)
    assert (step.fit, step.theirs, _read(cast, core)) == (Fit.WITHDRAWN, None, ours)

    with commit():
        made = keep(actor=cast.actor("ben"), step=step, based_on=ours.pk, reason="We still need it.")
    assert (made.standing, made.base) == (Standing.LOCAL, None)
    assert not Step.objects.filter(settled_at=None).exists()


def test_set_aside_here_and_made_better_there(cast: Cast, core: Revision, commit: Commit) -> None:
    aside = set_page_aside(
        actor=cast.actor("ben"),
        manual=cast.team_manual,
        page_id=core.edition.page_id,
        reason="No doors here.",
        based_on=core.pk,
    )
    with commit():
        newest = core_moves(cast, core)
    step = _step(cast)
    assert step.fit == Fit.LEFT_OUT
    keep(actor=cast.actor("ben"), step=step, based_on=aside.pk, reason="Still no doors.")
    assert not Step.objects.filter(settled_at=None).exists()
    assert Edition.objects.get(manual=cast.team_manual).standing == Standing.SET_ASIDE

    again = Edition.objects.get(manual=cast.team_manual).current
    with commit():
        newest = core_moves(cast, core, LATER + "\nShut it.\n")
    assert again
    take(actor=cast.actor("ben"), step=_step(cast), based_on=again.pk, reason="We have a door now.")
    assert _read(cast, core) == newest


def test_a_moved_page_is_noted_and_its_base_follows(cast: Cast, core: Revision, commit: Commit) -> None:
    ours = adapted(cast, core)
    with commit():
        revise(
            actor=cast.actor("edie"),
            edition=core.edition,
            text=Text("Hello", OLD, ("doors",), section=("Visits",)),
            based_on=core.pk,
        )
    step = _step(cast)
    assert step.fit == Fit.PLACE
    note_place(actor=cast.actor("ben"), step=step)
    ours.refresh_from_db()
    assert ours.base == step.theirs
    assert not Step.objects.filter(settled_at=None).exists()


def test_an_inclusion_that_ends_takes_what_was_below_with_it(cast: Cast, core: Revision, commit: Commit) -> None:
    adapted(cast, core)
    with commit():
        stop_building_on(actor=cast.actor("ana"), manual=cast.team_manual, included=cast.core)
    assert _step(cast).fit == Fit.WITHDRAWN
    with commit():
        include(by=None, manual=cast.team_manual, included=cast.core)
    assert Step.objects.get().decision == Decision.CAUGHT_UP


def test_a_draft_that_was_overtaken_by_the_core_gets_its_step(cast: Cast, core: Revision, commit: Commit) -> None:
    cast.team.quorum = 2
    cast.team.save()
    draft = adapted(cast, core)
    with commit():
        core_moves(cast, core)
    with commit():
        agree(actor=cast.actor("ana"), draft=draft)
    assert _step(cast).fit == Fit.FITS


def test_two_who_decide_at_once(cast: Cast, moved_on: Revision) -> None:
    step = _step(cast)
    with pytest.raises(Stale):
        combine(actor=cast.actor("ben"), step=step, text=Text("Hello", BOTH), based_on=step.base_id)
    bring_to_slot(actor=cast.actor("ben"), step=step)
    combine(actor=cast.actor("ben"), step=step, text=Text("Hello", BOTH), based_on=moved_on.pk)
    with pytest.raises(NotFound):
        combine(actor=cast.actor("ana"), step=step, text=Text("Hello", BOTH), based_on=moved_on.pk)


def test_a_neighbours_text_is_combined_with_what_the_team_has(cast: Cast, core: Revision, neighbour: Manual) -> None:
    ours = adapted(cast, core)
    theirs = Revision.objects.create(
        edition=Edition.objects.create(
            manual=neighbour, page=core.edition.page, standing=Standing.ADAPTED, title="Hello", slug="hello"
        ),
        standing=Standing.ADAPTED, title="Hello", body=LATER, base=core, state=State.AGREED,
        agreed_at=timezone.now(),
    )  # fmt: skip
    step = open_step(actor=cast.actor("ben"), manual=cast.team_manual, theirs=theirs)
    assert (step.source, step.base, step.fit, step.fits) == (Source.NEIGHBOUR, core, Fit.FITS, 1)
    assert open_step(actor=cast.actor("ben"), manual=cast.team_manual, theirs=theirs) == step

    made = combine(actor=cast.actor("ben"), step=step, text=Text("Hello", BOTH), based_on=ours.pk)
    assert (made.base, made.copied_from, made.standing) == (core, theirs, Standing.ADAPTED)
    assert Step.objects.get().decision == Decision.COMBINED


def test_a_page_that_only_a_neighbour_has_is_copied_with_its_provenance(cast: Cast, neighbour: Manual) -> None:
    edition = Edition.objects.create(
        manual=neighbour, page=cast.core.own_pages.create(), standing=Standing.LOCAL, title="Dogs", slug="dogs"
    )
    theirs = Revision.objects.create(
        edition=edition, standing=Standing.LOCAL, title="Dogs", body="Ask first.", state=State.AGREED,
        agreed_at=timezone.now(),
    )  # fmt: skip
    step = open_step(actor=cast.actor("ben"), manual=cast.team_manual, theirs=theirs)
    made = take(actor=cast.actor("ben"), step=step, based_on=None, reason="We have dogs too.")
    assert (made.standing, made.copied_from, made.state) == (Standing.LOCAL, theirs, State.AGREED)
    stack = stack_named(cast.team_manual.slug)
    assert stack
    assert [held.title for held in stack.read_pages()] == ["Dogs"]
    undo(actor=cast.actor("ben"), step=step)
    assert not list(stack_now(cast.team_manual).read_pages())
