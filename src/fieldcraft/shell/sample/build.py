"""Builds the sample community through the rooms' own actions, as people would."""

from pathlib import Path
from uuid import UUID

from fieldcraft.engine.words import slug_of
from fieldcraft.manual.actions.manuals import include, make_manual, make_team_manual
from fieldcraft.manual.actions.pages import Text, adapt_page, add_page, note_page, revise_held, set_page_aside, state_of
from fieldcraft.manual.actions.transfer.apply import apply_plan
from fieldcraft.manual.actions.transfer.plan import plan_import
from fieldcraft.manual.actions.transfer.source import library_at
from fieldcraft.manual.queries.pages import manual_named
from fieldcraft.manual.queries.resolve import stack_now
from fieldcraft.people.access import Actor
from fieldcraft.people.actions.community import make_organisation, make_sample_person, make_sample_team, role_named
from fieldcraft.people.queries import actor_of
from fieldcraft.shell.sample.layers import CORE_MOVES_ON, LAYERS, PEOPLE, Adaptation, Aside, Made, Note, Own

CORE_SLUG = "working-alongside"
ORGANISATIONS = {"tideway": "Tideway Trust", "northfield": "Northfield Community Mental Health"}
TEAMS = {"Harbour Street": "tideway", "Mill Lane": "tideway", "Quayside": "northfield", "Elm House": "northfield"}


def is_built() -> bool:
    """Whether the sample community is here."""
    return manual_named(CORE_SLUG) is not None


def build_sample() -> None:
    """Two organisations, their people, the core manual, and four teams' layers over it."""
    actors = _people()
    core_id = _core(actors["editor"])
    for team in LAYERS:
        _layer(team, actors[f"{team} member"] if f"{team} member" in actors else actors[team], core_id)
    _core_moves_on(actors["editor"])


def _people() -> dict[str, Actor]:
    """The actors by team (its lead), by "team member", and by role; teams and organisations made on the way."""
    organisations = {
        slug: make_organisation(name=name, slug=slug, is_sample=True) for slug, name in ORGANISATIONS.items()
    }
    teams = {name: make_sample_team(organisations[slug], name) for name, slug in TEAMS.items()}
    actors: dict[str, Actor] = {}
    for name, organisation, team, role in PEOPLE:
        person = make_sample_person(
            name=name,
            email=f"{slug_of(name)}@{organisation}.example",
            organisation=organisations[organisation],
            team=teams.get(team),
            role=role_named(role),
        )
        actor = actor_of(person)
        actors |= {f"{team} member" if role == "member" else team or role: actor}
    return actors


def _core(editor: Actor) -> UUID:
    (organisation_id,) = {post.organisation_id for post in editor.posts}
    core = make_manual(
        by=editor.person_id,
        organisation_id=organisation_id,
        title="Working Alongside",
        slug=CORE_SLUG,
        audience="public",
    )
    library = library_at(Path(__file__).parent / "core")
    apply_plan(by=editor.person_id, manual=core, plan=plan_import(library, core, None))
    return core.pk


def _layer(team: str, actor: Actor, core_id: UUID) -> None:
    (post,) = actor.posts
    core = manual_named(CORE_SLUG)
    assert core is not None
    manual = make_team_manual(
        by=actor.person_id, organisation_id=post.organisation_id, team_id=post.team_id, title=f"{team} manual"
    )
    include(by=actor.person_id, manual=manual, included=core)
    for made in LAYERS[team]:
        _make(made, actor, manual.slug)


def _make(made: Made, actor: Actor, slug: str) -> None:
    manual = manual_named(slug)
    assert manual is not None
    if isinstance(made, Own):
        add_page(actor=actor, manual=manual, text=Text(made.title, made.body, made.tags, (f"Only in {manual.title}",)))
        return
    held = stack_now(manual).titled(made.page)
    assert held is not None, made.page
    match made:
        case Note():
            text = Text(held.title, made.body, quote=made.quote)
            note_page(actor=actor, manual=manual, page_id=held.page_id, text=text)
        case Adaptation():
            text = Text(held.title, made.body, held.tags, reason=made.reason, pole=made.pole)
            state = state_of(is_draft=made.is_draft)
            adapt_page(
                actor=actor, manual=manual, page_id=held.page_id, text=text, based_on=held.revision_id, state=state
            )
        case Aside():
            set_page_aside(actor=actor, manual=manual, page_id=held.page_id, reason=made.reason)


def _core_moves_on(editor: Actor) -> None:
    core = manual_named(CORE_SLUG)
    assert core is not None
    for title, more in CORE_MOVES_ON.items():
        held = stack_now(core).titled(title)
        assert held is not None, title
        revise_held(actor=editor, held=held, more=more, reason="Workers asked for it at the last gathering.")
