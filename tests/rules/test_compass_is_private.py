"""Nobody but its owner sees a compass: every kind of thing × every role × every way in.

Ben's compass holds one thing of every kind, each text of it a word that stands nowhere else (`planted.py`). Whoever else
asks, and whichever way, gets an answer without any of these words.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.db import models
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, reverse
from django.utils import timezone
from tests.conftest import Cast
from tests.mastery.planted import fill
from tests.rules.test_access_table import TABLE, stated

from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.manuals import open_to
from fieldcraft.manual.actions.pages import add_page
from fieldcraft.manual.models import Audience
from fieldcraft.mastery.models import (
    CheckIn,
    Event,
    Obstacle,
    OwnExercise,
    Practice,
    PracticeNote,
    Purpose,
    RealityNote,
    Reflection,
    Safety,
    Share,
    TensionMark,
    Vision,
    VisionRevision,
)
from fieldcraft.mastery.queries.kinds import KINDS, SHAREABLE
from fieldcraft.mastery.urls import urlpatterns

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
OTHERS = ("anyone", "ana", "edie", "ada", "cora", "cleo")
OF: dict[str, tuple[type[models.Model], ...]] = {
    "purpose_id": (Purpose,),
    "vision_id": (Vision,),
    "now_id": (RealityNote,),
    "obstacle_id": (Obstacle,),
    "practice_id": (Practice,),
    "note_id": (PracticeNote,),
    "reflection_id": (Reflection,),
    "checkin_id": (CheckIn,),
    "event_id": (Event,),
    "share_id": (Share,),
    "exercise_id": (OwnExercise,),
    "thing_id": (Purpose, Vision, VisionRevision, RealityNote, TensionMark, Obstacle),
}
"""By the name of an id in an address: which kinds of thing it may name."""
SLUGS: dict[str, tuple[str, ...]] = {
    "kind": (*SHAREABLE, "checkin", "nothing"),
    "slug": ("street-manual", "harbour-trust"),
    "pack_id": ("own-week", "nothing"),
    "key": ("nothing",),
    "question": ("serves", "scope", "wish", "whose", "kind", "against", "nothing"),
    "address": ("hello",),
}
OPEN_WHEN_CLOSED = {"shared-list", "shared", "receipt", "receipt-file", "safety", "count-me-in"}


@dataclass
class World:
    """The cast, what Ben wrote, and the ids of all of it."""

    cast: Cast
    words: list[str]
    ids: dict[type[models.Model], UUID]

    def as_(self, who: str) -> Client:
        client = Client(raise_request_exception=False)
        if who != "anyone":
            client.force_login(self.cast.people[who], BACKEND)
        return client

    def told(self, answer: Any) -> list[str]:
        """Which of Ben's words are in an answer, its headers included."""
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        text = f"{content.decode(errors='replace')}{answer.headers}{answer.cookies}".lower()
        return [word for word in self.words if word in text]


@pytest.fixture
def world(cast: Cast) -> World:
    add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", "Words for everybody."))
    words = fill(cast)
    Share.objects.update(withdrawn_at=timezone.now())  # an open share has tests of its own, in test_shares.py
    ids = {kind.model: kind.model._default_manager.get().pk for kind in KINDS}
    exercise = OwnExercise.objects.create(
        organisation=cast.organisation, title="Ours", idea="An idea.", by=cast.people["cora"]
    )
    return World(cast, sorted(words.values()), {**ids, OwnExercise: exercise.pk})


def _addresses(world: World) -> Iterator[tuple[str, str, bool]]:
    """Every address of the compass with each of Ben's ids that fits: its name, itself, and whether it names one."""
    for pattern in urlpatterns:
        assert isinstance(pattern, URLPattern)
        names = list(pattern.pattern.converters)
        for given in _filled(world, names, {}):
            is_named = any(name in OF for name in names) and "exercise_id" not in names
            yield str(pattern.name), reverse(f"mastery:{pattern.name}", kwargs=given), is_named


def _filled(world: World, names: list[str], given: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if not names:
        yield given
        return
    name, *others = names
    values: list[Any] = list(SLUGS.get(name, ()))
    if name not in SLUGS:
        shared = SHAREABLE.get(str(given.get("kind")))
        values = [world.ids[model] for model in ((shared,) if shared else OF[name])]
    for value in values:
        yield from _filled(world, others, {**given, name: value})


def _rows() -> dict[str, list[dict[str, Any]]]:
    return {kind.key: list(kind.model._default_manager.order_by("pk").values()) for kind in KINDS}


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_gets_a_word_of_it_or_changes_it_at_any_address(world: World, who: str) -> None:
    client, before, told, wrong = world.as_(who), _rows(), [], []
    refused = {"anyone": {302, 404}, "cleo": {403, 404, 405}}.get(who, {404, 405})
    for name, address, is_named in _addresses(world):
        asked: list[HttpResponse] = [client.get(address)]
        asked += [client.post(address, {"what": "nothing"})] if is_named else []
        for answer in asked:
            told += [(address, word) for word in world.told(answer)]
            wrong += [(address, answer.status_code)] if is_named and answer.status_code not in refused else []
            assert answer.status_code < 500, address
            assert answer["Cache-Control"] == "no-store", name
            assert "ETag" not in answer, name

    assert told == []
    assert wrong == []
    assert _rows() == before


def test_its_owner_gets_to_all_of_it_and_no_answer_is_kept_anywhere(world: World) -> None:
    """Else the test above would prove nothing."""
    client, found = world.as_("ben"), set()
    for name, address, _is_named in _addresses(world):
        answer = client.get(address)
        if answer.status_code == 200:
            found |= set(world.told(answer))
        assert answer.status_code < 500, address
        assert answer["Cache-Control"] == "no-store", name
        assert "ETag" not in answer, name

    file = client.get("/compass/export/file/")
    assert file["Cache-Control"] == "no-store"
    assert {word for word in world.words if "sentence" in word or "picture" in word or "happened" in word} <= found


def test_refusals_redirects_and_what_is_not_there_are_kept_nowhere_either(world: World) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world.cast.people["ben"], BACKEND)
    answers = [
        strict.post("/compass/keeping/", {"body": "typed"}),
        Client().get("/compass/"),
        Client().get("/compass"),
        world.as_("ben").get("/compass/nothing/"),
        world.as_("ben").get("/compass"),
        world.as_("ben").post("/compass/"),
        world.as_("cleo").get("/compass/"),
        world.as_("ben").get(f"/compass/visions/{world.ids[Purpose]}/"),
        world.as_("ben").get("/compass/", headers={"If-None-Match": "*"}),
    ]

    assert [answer["Cache-Control"] for answer in answers] == ["no-store"] * len(answers)
    assert [answer for answer in answers if "ETag" in answer or answer.status_code == 304] == []


def test_signing_out_clears_what_the_browser_may_have_kept(world: World) -> None:
    assert world.as_("ben").post("/account/logout/")["Clear-Site-Data"] == '"cache", "storage"'


@pytest.mark.parametrize("who", OTHERS)
def test_no_other_page_feed_or_export_tells_any_of_it(world: World, who: str) -> None:
    """Every address outside the compass that names nothing of somebody's own, and every format a manual goes out in."""
    for manual in (world.cast.core, world.cast.team_manual):
        open_to(actor=world.cast.actor("ada"), manual=manual, audience=Audience.PUBLIC)
    client = world.as_(who)
    paths = {path for path, _statuses in TABLE.values() if "{" not in path and not path.startswith("/compass")}
    for file in ("markdown", "html", "tiddlywiki", "tiddlywiki-json", "json"):
        paths |= {f"/m/{slug}/export/{file}/" for slug in ("core", "street-manual")}
    paths |= {f"/people/teams/{world.cast.team.pk}/", "/m/core/feed/", "/m/core/p/hello/", "/admin/", "/api/v1/"}

    assert [(path, told) for path in sorted(paths) if (told := world.told(client.get(path)))] == []


@pytest.mark.parametrize("who", ["ben", "ada"])
def test_search_finds_nothing_of_it_for_anybody(world: World, who: str) -> None:
    """Words are looked for by their beginnings, as search would find them."""
    client = world.as_(who)
    found = [
        (path, word)
        for path in ("/search/", "/m/core/search/", "/m/street-manual/search/", "/m/street-manual/titles/")
        for word in world.words
        if word in client.get(path, {"q": word[:-2]}).content.decode().lower()
    ]

    assert found == []


def test_a_compass_stays_closed_to_all_but_what_was_shared_where_nobody_said_whom_to_call(cast: Cast) -> None:
    Safety.objects.all().delete()
    exercise = OwnExercise.objects.create(
        organisation=cast.organisation, title="Ours", idea="An idea.", by=cast.people["cora"]
    )
    nobodys = World(cast, [], {**{kind.model: cast.people["ben"].pk for kind in KINDS}, OwnExercise: exercise.pk})
    client = nobodys.as_("edie")
    wrong = [
        (address, answer.status_code)
        for name, address, _is_named in _addresses(nobodys)
        for answer in (client.get(address), client.post(address))
        if answer.status_code not in {403, 405} and name not in OPEN_WHEN_CLOSED
    ]

    assert wrong == []
    assert client.get("/compass/shared/").status_code == 200
    assert client.get("/compass/safety/harbour-trust/").status_code == 403
    assert nobodys.as_("ada").get("/compass/safety/harbour-trust/").status_code == 200


def test_whoever_never_wrote_an_entry_uses_all_the_rest(cast: Cast) -> None:
    add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", "Words for everybody."))
    stated(cast)
    client = Client()
    client.force_login(cast.people["ben"], BACKEND)
    column = 1  # Ben's, in the table
    answers = {
        path: (client.get(path).status_code, statuses[column])
        for path, statuses in TABLE.values()
        if "{" not in path and not path.startswith("/compass")
    }

    assert not any(kind.model._default_manager.exists() for kind in KINDS)
    assert {path: said for path, said in answers.items() if said[0] != said[1]} == {}


def test_an_id_in_an_address_has_a_name_that_these_tests_know(world: World) -> None:
    known = {*OF, *SLUGS}
    used = {name for pattern in urlpatterns for name in pattern.pattern.converters}

    assert used <= known, "say in OF which kind of thing it names, or in SLUGS what to try"
