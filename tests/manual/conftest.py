"""What several files of this room stand on; a file that needs other words has its own of the same name."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from tests.conftest import Cast
from tests.manual.history_made import history_of
from tests.manual.made import Commit
from tests.manual.remarks_made import BODY
from tests.manual.steps_made import OLD, adapted, moves
from tests.together.made import as_

from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.manuals import include, make_manual, open_to
from fieldcraft.manual.actions.pages import add_page
from fieldcraft.manual.actions.remarks import switch_suggestions
from fieldcraft.manual.models import Audience, Kind, Manual, Revision, Step
from fieldcraft.people.models import Team


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Commit) -> Commit:
    """What happens once a change is committed happens at the end of the block."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def ben(cast: Cast) -> Client:
    return as_(cast, "ben")


# Steps and offers


@pytest.fixture
def core(cast: Cast) -> Revision:
    return add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", OLD))


@pytest.fixture
def ours(cast: Cast, core: Revision) -> Revision:
    return adapted(cast, core)


@pytest.fixture
def step(cast: Cast, core: Revision, ours: Revision, commit: Commit) -> Step:
    """The team's text, which the core has moved on from."""
    return moves(cast, core, commit)


@pytest.fixture
def neighbour(cast: Cast) -> Manual:
    """Another team's manual on the same core."""
    team = Team.objects.create(organisation=cast.organisation, name="Elm", slug="elm")
    made = make_manual(
        by=None, organisation_id=cast.organisation.pk, title="Elm manual", kind=Kind.TEAM, team_id=team.pk
    )
    include(by=None, manual=made, included=cast.core)
    return made


# Remarks


@pytest.fixture
def page(cast: Cast) -> Revision:
    """With two headings and a sentence that stands there twice."""
    return add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", BODY))


@pytest.fixture
def open_manual(cast: Cast, page: Revision) -> Manual:
    """The team's manual, open to everybody and taking suggestions; nobody has made one yet."""
    open_to(actor=cast.actor("edie"), manual=cast.core, audience=Audience.PUBLIC)
    open_to(actor=cast.actor("ana"), manual=cast.team_manual, audience=Audience.PUBLIC)
    switch_suggestions(actor=cast.actor("ana"), manual=cast.team_manual, are_taken=True)
    cache.clear()
    return Manual.objects.get(pk=cast.team_manual.pk)


# Histories


@pytest.fixture
def told(cast: Cast) -> dict[str, Any]:
    """The history of the team's manual with a bit of everything in it."""
    return history_of(cast)
