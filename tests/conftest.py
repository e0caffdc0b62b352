"""The cast, and what every test stands on."""

import os
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import settings as properties

from fieldcraft.manual.actions.manuals import include, make_manual
from fieldcraft.manual.models import Audience, Kind, Manual
from fieldcraft.mastery.models import Safety
from fieldcraft.people.access import Actor
from fieldcraft.people.actions.community import make_organisation, make_sample_person
from fieldcraft.people.models import Membership, Organisation, Person, Role, Team
from fieldcraft.people.queries import actor_of

# By hand the properties are tried on other examples each time; where many wait for the answer, on the same ones.
properties.register_profile("steady", derandomize=True, deadline=None)
properties.register_profile("searching", deadline=None)
properties.load_profile("steady" if os.environ.get("CI") else "searching")


@pytest.fixture(autouse=True)
def _quick(settings: Any, tmp_path: Any) -> None:
    """Plain static files, tasks done at once, quick passwords, letters in memory; nothing that a rule depends on."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.LIMITS_TIMES = 1000  # a test asks more often than a person
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@dataclass
class Cast:
    """Ana leads, Ben is a member, Cleo is outside, Edie edits the core, Ada administers."""

    organisation: Organisation
    team: Team
    core: Manual
    team_manual: Manual
    people: dict[str, Person]

    def actor(self, name: str) -> Actor:
        return actor_of(self.people[name])


@pytest.fixture
def cast(db: None) -> Cast:
    organisation = make_organisation(name="Harbour Trust")
    elsewhere = make_organisation(name="Elsewhere")
    team = Team.objects.create(organisation=organisation, name="Street", slug="street")
    other = Team.objects.create(organisation=elsewhere, name="Other", slug="other")
    roles = {
        "ana": (organisation, team, Role.LEAD),
        "ben": (organisation, team, Role.MEMBER),
        "cleo": (elsewhere, other, Role.MEMBER),
        "edie": (organisation, None, Role.EDITOR),
        "ada": (organisation, None, Role.ADMINISTRATOR),
        "cora": (organisation, None, Role.CONVENOR),
    }
    people = {
        name: make_sample_person(
            name=name.capitalize(), email=f"{name}@example.org", organisation=place, team=of, role=role
        )
        for name, (place, of, role) in roles.items()
    }
    core = make_manual(by=None, organisation_id=organisation.pk, title="Core", audience=Audience.ORGANISATION)
    team_manual = make_manual(
        by=None, organisation_id=organisation.pk, title="Street manual", kind=Kind.TEAM, team_id=team.pk
    )
    include(by=None, manual=team_manual, included=core)
    Safety.objects.create(
        organisation=organisation, whom_to_call="The duty desk.", safeguarding="Tell your lead.", set_by=people["ada"]
    )  # so that compasses open; elsewhere they stay closed
    assert Membership.objects.count() == 6
    return Cast(organisation, team, core, team_manual, people)
