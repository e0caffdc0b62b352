"""Builds the sample community through the rooms' own actions, as people would."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction

from fieldcraft.engine.words import slug_of
from fieldcraft.manual.actions.manuals import make_manual, make_team_manual, start_manual
from fieldcraft.manual.actions.preparing import prepare
from fieldcraft.manual.actions.remarks import switch_suggestions
from fieldcraft.manual.actions.transfer.apply import apply_plan
from fieldcraft.manual.actions.transfer.plan import plan_import
from fieldcraft.manual.actions.transfer.source import library_at
from fieldcraft.manual.queries.below import Graph
from fieldcraft.manual.queries.pages import manual_named
from fieldcraft.manual.queries.resolve import stack_now
from fieldcraft.mastery.actions.safety import set_safety
from fieldcraft.people.actions.community import (
    make_organisation,
    make_sample_person,
    make_sample_team,
    role_named,
    set_quorum,
)
from fieldcraft.people.queries import actor_of, my_organisations, team_of_id
from fieldcraft.shell.sample.compasses import build_compasses
from fieldcraft.shell.sample.layers import LAYERS
from fieldcraft.shell.sample.layers.between import INTO_STEP, OFFERS
from fieldcraft.shell.sample.layers.core import CORE_MOVES_ON, CORE_NOTICED
from fieldcraft.shell.sample.layers.tideway import TIDEWAY, TIDEWAY_TITLE
from fieldcraft.shell.sample.people import ORGANISATIONS, PEOPLE, PUBLIC, QUORUMS, SAFETY, TEAMS
from fieldcraft.shell.sample.workshop import Workshop

if TYPE_CHECKING:
    from fieldcraft.manual.models import Manual
    from fieldcraft.people.access import Actor
    from fieldcraft.shell.sample.steps import Step

CORE_SLUG = "working-alongside"


def is_built() -> bool:
    """Whether the sample community is here."""
    return manual_named(CORE_SLUG) is not None


@transaction.atomic
def build_sample() -> None:
    """Two organisations, their people, the core manual, and four teams' layers over it; all of it or nothing."""
    people = _people()
    _say_whom_to_call(people)
    editor = next(people[name] for name, _organisation, _team, role in PEOPLE if role == "editor")
    core = _core(editor)
    teams = {team: Workshop(_manual_of(team, people, core), people) for team in LAYERS}
    _take(teams, LAYERS)
    _take(teams, OFFERS)
    _bring_into_step(teams)
    for step in (*CORE_MOVES_ON, *CORE_NOTICED):
        Workshop(core, people).take(step)
    _bring_into_step(teams)
    _take(teams, INTO_STEP)
    _bring_into_step(teams)
    _house_manual(editor, core, people)
    build_compasses(people)


def _take(teams: dict[str, Workshop], layers: dict[str, tuple[Step, ...]]) -> None:
    for team, steps in layers.items():
        for step in steps:
            teams[team].take(step)


def _bring_into_step(teams: dict[str, Workshop]) -> None:
    """What the background does after each change, once for all of them, so that nothing waits for it at the first start."""
    manuals = [workshop.manual for workshop in teams.values()]
    covered = {page_id for manual in manuals for page_id in stack_now(manual).layers[0].covers}
    prepare(Graph(), [manual.pk for manual in manuals], covered)


def _people() -> dict[str, Actor]:
    """Everybody by name; organisations and teams are made on the way."""
    organisations = {
        slug: make_organisation(name=name, slug=slug, is_sample=True) for slug, name in ORGANISATIONS.items()
    }
    teams = {name: make_sample_team(organisations[slug], name) for name, slug in TEAMS.items()}
    return {
        name: actor_of(
            make_sample_person(
                name=name,
                email=f"{slug_of(name)}@{organisation}.example",
                organisation=organisations[organisation],
                team=teams.get(team),
                role=role_named(role),
            )
        )
        for name, organisation, team, role in PEOPLE
    }


def _say_whom_to_call(people: dict[str, Actor]) -> None:
    """An administrator of each organisation enters it, so that compasses are open."""
    for name, slug, _team, role in PEOPLE:
        if role == "administrator":
            (place,) = my_organisations(people[name])
            call, route = SAFETY[slug]
            set_safety(actor=people[name], organisation=place, whom_to_call=call, safeguarding=route)


def _core(editor: Actor) -> Manual:
    (post,) = editor.posts
    core = make_manual(
        by=editor.person_id,
        organisation_id=post.organisation_id,
        title="Working Alongside",
        slug=CORE_SLUG,
        audience="public",
    )
    library = library_at(Path(__file__).parent / "core")
    apply_plan(by=editor.person_id, manual=core, plan=plan_import(library, core, None))
    switch_suggestions(actor=editor, manual=core, are_taken=True)
    return core


def _house_manual(editor: Actor, core: Manual, people: dict[str, Actor]) -> None:
    """An organisation's manual over the core, in which changes are being gathered."""
    (post,) = editor.posts
    house = start_manual(
        actor=editor, organisation_id=post.organisation_id, team_id=None, title=TIDEWAY_TITLE, built_on=[core]
    )
    for step in TIDEWAY:
        Workshop(house, people).take(step)


def _manual_of(team: str, people: dict[str, Actor], core: Manual) -> Manual:
    """The team's manual over the core, as its lead begins it, with the quorum that the team decided on."""
    lead = next(people[name] for name, _organisation, of, role in PEOPLE if of == team and role == "lead")
    (post,) = lead.posts
    assert post.team_id
    set_quorum(actor=lead, team=team_of_id(post.team_id), quorum=QUORUMS.get(team, 1))
    manual = make_team_manual(
        by=lead.person_id,
        organisation_id=post.organisation_id,
        team_id=post.team_id,
        title=f"{team} manual",
        audience="public" if team in PUBLIC else "organisation",
        built_on=[core],
    )
    switch_suggestions(actor=lead, manual=manual, are_taken=team in PUBLIC)
    return manual
