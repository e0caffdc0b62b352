"""Which text a manual's reader gets, against a brute-force reading of random stacks."""

from random import Random
from uuid import UUID

import pytest
from tests.conftest import Cast

from fieldcraft.errors import Invalid, NotAllowed, Stale
from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.manuals import include, make_manual, stop_building_on
from fieldcraft.manual.actions.pages import adapt_page, add_page, give_up, note_page, revise, set_page_aside
from fieldcraft.manual.models import Edition, Manual, Standing
from fieldcraft.manual.queries.reading import page_as_read
from fieldcraft.manual.queries.resolve import stack_named


def test_a_page_without_edition_is_read_from_below(cast: Cast) -> None:
    added = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", "core words"))

    stack = stack_named(cast.team_manual.slug)
    held = stack.at("hello")

    assert held.revision_id == added.pk
    assert not Edition.objects.filter(manual=cast.team_manual).exists()


def test_an_adaptation_covers_the_page_and_keeps_its_base(cast: Cast) -> None:
    core = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", "core words"))
    adapted = _adapt(cast, core, "our words")

    held = stack_named(cast.team_manual.slug).at("hello")

    assert (held.revision_id, adapted.base_id) == (adapted.pk, core.pk)
    assert stack_named(cast.core.slug).at("hello").revision_id == core.pk


def test_a_new_core_text_puts_only_the_adaptation_out_of_step(cast: Cast) -> None:
    core = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", "core words"))
    other = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Bye", "core words"))
    _adapt(cast, core, "our words")
    for revision in (core, other):
        revise(
            actor=cast.actor("edie"), edition=revision.edition, text=Text(revision.title, "newer"), based_on=revision.pk
        )

    stack = stack_named(cast.team_manual.slug)
    assert [held.title for held in stack.pages() if page_as_read(stack, held).core_moved_on] == ["Hello"]


def test_a_core_rename_keeps_the_adaptation_and_the_old_address(cast: Cast) -> None:
    core = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", "core words"))
    adapted = _adapt(cast, core, "our words")
    revise(actor=cast.actor("edie"), edition=core.edition, text=Text("Good day", "core"), based_on=core.pk)

    assert stack_named(cast.core.slug).at("hello").title == "Good day"
    assert stack_named(cast.team_manual.slug).titled("Good day").revision_id == adapted.pk


def test_returning_to_core_shows_the_core_again(cast: Cast) -> None:
    core = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", "core words"))
    adapted = _adapt(cast, core, "our words")
    give_up(actor=cast.actor("ben"), edition=adapted.edition, based_on=adapted.pk)

    assert stack_named(cast.team_manual.slug).at("hello").revision_id == core.pk


def test_a_stale_write_is_refused_and_overwrites_nothing(cast: Cast) -> None:
    core = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", "one"))
    revise(actor=cast.actor("edie"), edition=core.edition, text=Text("Hello", "two"), based_on=core.pk)

    with pytest.raises(Stale):
        revise(actor=cast.actor("edie"), edition=core.edition, text=Text("Hello", "three"), based_on=core.pk)


def test_a_note_stands_beside_the_page_and_the_page_goes_on_following(cast: Cast) -> None:
    core = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", "one"))
    note_page(
        actor=cast.actor("ben"), manual=cast.team_manual, page_id=core.edition.page_id, text=Text("Hello", "a note")
    )
    newer = revise(actor=cast.actor("edie"), edition=core.edition, text=Text("Hello", "two"), based_on=core.pk)

    stack = stack_named(cast.team_manual.slug)

    assert stack.at("hello").revision_id == newer.pk
    assert len(stack.notes(core.edition.page_id)) == 1


def test_setting_aside_needs_a_reason_and_leaves_the_contents(cast: Cast) -> None:
    core = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", "one"))
    page_id = core.edition.page_id
    with pytest.raises(Invalid):
        set_page_aside(actor=cast.actor("ben"), manual=cast.team_manual, page_id=page_id, reason=" ", based_on=core.pk)
    set_page_aside(
        actor=cast.actor("ben"), manual=cast.team_manual, page_id=page_id, reason="No van.", based_on=core.pk
    )

    assert list(stack_named(cast.team_manual.slug).read_pages()) == []


def test_circles_are_refused(cast: Cast) -> None:
    with pytest.raises(Invalid, match="stand on itself"):
        include(by=None, manual=cast.core, included=cast.team_manual)


def test_removing_an_inclusion_removes_all_that_it_brought(cast: Cast) -> None:
    add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", "one"))
    assert stack_named(cast.team_manual.slug).at("hello")

    stop_building_on(actor=cast.actor("ana"), manual=cast.team_manual, included=cast.core)

    assert stack_named(cast.team_manual.slug).at("hello") is None


def test_a_member_cannot_change_the_core(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        add_page(actor=cast.actor("ben"), manual=cast.core, text=Text("Hello", "mine"))


@pytest.mark.parametrize("seed", range(4))
def test_any_stack_resolves_as_a_walk_over_it_would(cast: Cast, seed: int) -> None:
    random, editor = Random(seed), cast.actor("edie")
    manuals = [
        make_manual(by=None, organisation_id=cast.organisation.pk, title=f"Manual {seed} {number}")
        for number in range(5)
    ]
    for upper in range(5):
        for lower in random.sample(range(upper + 1, 5), k=min(2, 4 - upper)):
            include(by=None, manual=manuals[upper], included=manuals[lower])
    for step in range(30):
        _random_edit(random, editor, random.choice(manuals), f"Page {step}")
        manual = random.choice(manuals)
        read = {held.page_id: held.edition_id for held in stack_named(manual.slug).pages()}
        assert read == _walk(manual)


def _random_edit(random: Random, editor: object, manual: Manual, title: str) -> None:
    stack = stack_named(manual.slug)
    below = [held for held in stack.pages() if held.manual_id != manual.pk]
    own = [held for held in stack.layers[0].covers.values() if held.standing is Standing.ADAPTED]
    if below and random.random() < 0.4:
        held = random.choice(below)
        adapt_page(actor=editor, manual=manual, page_id=held.page_id, text=Text(title, "x"), based_on=held.revision_id)
    elif own and random.random() < 0.3:
        edition = Edition.objects.get(pk=random.choice(own).edition_id)
        give_up(actor=editor, edition=edition, based_on=edition.current_id)
    else:
        add_page(actor=editor, manual=manual, text=Text(title, "x"))


def _walk(manual: Manual) -> dict[UUID, UUID]:
    """Every page by a plain walk: nearest first, in order, the first edition of a page wins."""
    order, at = [manual], 0
    while at < len(order):
        for inclusion in order[at].inclusions.select_related("included").order_by("position"):
            if inclusion.included not in order:
                order.append(inclusion.included)
        at += 1
    found: dict[UUID, UUID] = {}
    for each in order:
        for edition in Edition.objects.filter(manual=each, ended_at=None).exclude(current=None):
            found.setdefault(edition.page_id, edition.pk)
    return found


def _adapt(cast: Cast, core: object, body: str) -> object:
    return adapt_page(
        actor=cast.actor("ben"),
        manual=cast.team_manual,
        page_id=core.edition.page_id,
        text=Text(core.title, body),
        based_on=core.pk,
    )
