"""Nobody can find out who raised an unnamed condition: by no way in, by no order, by no time.

Two worlds are lived through that differ in one thing: in the first Ben raises it and Ana joins, in the second Ana raises it
and Ben joins. Everything that anybody gets to see is gathered in both, and what the database, the sessions and the log
hold for whoever has a copy of them without the installation's key. The two must not differ anywhere.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.http import HttpResponse
from tests.conftest import Cast
from tests.rules.test_privacy import _log
from tests.together.made import LIST, MINE, MONDAY, OTHERS, RAISE, WORDS, add_people, as_, html, on

from fieldcraft.audit.models import Event
from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.pages import add_page
from fieldcraft.people.actions.community import make_sample_person
from fieldcraft.people.models import Role
from fieldcraft.together.actions.answering import answer_condition
from fieldcraft.together.actions.raising import raise_with_name
from fieldcraft.together.models import Condition, Raising, Stage
from fieldcraft.together.queries.conditions import conditions_of
from fieldcraft.together.queries.raisings import joinable

ROLES = ("anyone", "dan", "edie", "ada", "cora", "cleo")
BOTH = ("ben", "ana")
PAGES = (
    "/", LIST, f"{LIST}open/", "/people/organisations/harbour-trust/", "/people/teams/{team}/", "/people/teams/",
    "/conditions/moved/{team}/", "/conditions/pages/street-manual/hello/", "/m/street-manual/p/hello/",
    "/m/street-manual/export/json/", "/m/street-manual/export/markdown/", "/m/street-manual/feed/",
    "/m/street-manual/to-manualize/", "/search/?q=night+desk", "/conditions/{condition}/",
)  # fmt: skip
SAID = (LIST, "/people/organisations/harbour-trust/", "/conditions/{condition}/")
OWN_SCREENS = (MINE, f"{MINE}today/", "/trail/", "/compass/", "/compass/export/file/", "/people/me/")
_ID = re.compile(r"\b(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b")
_TOKEN = re.compile(r"\b[0-9a-f]{64}\b")
_CSRF = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
_NOISE = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d[.\d+:Z]*|pbkdf2\S+|md5\$\S+")


def bare(cast: Cast, text: str) -> str:
    """Without what is drawn by lot; who is who stays, in the middle of anything, too."""
    known = {person.pk: name for name, person in cast.people.items()}
    for person_id, name in known.items():
        text = text.replace(person_id.hex, name)

    def named(found: re.Match[str]) -> str:
        return known.get(UUID(found[0]), "id")

    return _ID.sub(named, _TOKEN.sub("token", _CSRF.sub("csrf", _NOISE.sub("then", text))))


def body(answer: Any) -> str:
    inside = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return f"{answer.status_code} {inside.decode(errors='replace')}"


def rows(cast: Cast) -> list[str]:
    """Every row of every table as whoever has a copy reads it, without the order in which they came."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        if model is Session:
            continue
        names = [field.attname for field in model._meta.concrete_fields if field.attname not in {"last_login"}]
        found += [bare(cast, f"{model._meta.label} {row}") for row in model._default_manager.values_list(*names)]
    found += [bare(cast, repr(sorted(session.get_decoded()))) for session in Session.objects.all()]
    return sorted(found)


def seen(cast: Cast, pages: tuple[str, ...] = PAGES) -> dict[str, str]:
    """What every role gets from every screen that could tell, and Ben and Ana from those that are not their own."""
    condition = Condition.objects.get(words=WORDS)
    where = {"team": cast.team.pk, "condition": condition.pk}
    found = {}
    for who in (*ROLES, *BOTH):
        client = as_(cast, who)
        for path in (*pages, *(() if who in BOTH or pages is SAID else OWN_SCREENS)):
            found[f"{who} {path}"] = bare(cast, body(client.get(path.format(**where))))
        if who not in BOTH:
            found[f"{who} raising"] = bare(cast, body(client.post(RAISE, {"voice": "unnamed"})))
    return found


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def gathered(cast: Cast, raiser: str, joiner: str) -> dict[str, Any]:
    """One world from raising to what was said of the answer, looked at in each of its stages.

    No screen is asked for in the first of them, in which even those about to raise something do not read it yet.
    """
    found: dict[str, Any] = {}
    answers: list[HttpResponse] = []
    with undone(), _log() as told:
        with on(MONDAY):
            clients = {name: as_(cast, name) for name in sorted(BOTH)}
            sent = {"act": "raise", "voice": "unnamed", "words": WORDS, "place": str(cast.organisation.pk)}
            answers.append(clients[raiser].post(RAISE, sent))
            found["raised"] = {}, rows(cast)
        with on(date(2026, 3, 17)):
            condition = Condition.objects.get(words=WORDS)
            for name in (*OTHERS[:6], joiner):
                ours = as_(cast, name)
                join = {"act": "join", "voice": "unnamed", "condition": str(condition.pk), "place": ""}
                answers.append(ours.post(RAISE, join))
            found["joined"] = seen(cast), rows(cast)
        with on(date(2026, 3, 23)):
            answer_condition(
                actor=cast.actor("cora"), condition=condition, stage=Stage.CHANGED, words="It is.", seen="0"
            )
            for name in (*OTHERS[:6], *sorted(BOTH)):
                answers.append(as_(cast, name).post(MINE, {"condition": str(condition.pk), "helped": "yes"}))
            found["shown"] = seen(cast), rows(cast)
        with on(date(2026, 3, 31)):
            found["said"] = seen(cast, SAID), rows(cast)
    found["log"] = told.getvalue()
    assert {answer.status_code for answer in answers} == {302}
    assert {answer["Location"] for answer in answers} == {MINE}, "raising, joining and judging all lead to one place"
    return found


@pytest.fixture
def world(cast: Cast) -> Cast:
    add_people(cast)
    cast.people["dan"] = make_sample_person(
        name="Dan", email="dan@example.org", organisation=cast.organisation, team=cast.team, role=Role.MEMBER
    )
    add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", "Words."))
    with on(MONDAY):
        raise_with_name(actor=cast.actor("p8"), organisation=cast.organisation, words="The rota comes late.")
    return cast


def test_two_worlds_that_differ_in_who_raised_it_look_the_same_to_everybody_else(world: Cast) -> None:
    first, second = (gathered(world, *pair) for pair in (("ben", "ana"), ("ana", "ben")))

    assert first["log"] == second["log"]
    for stage in ("raised", "joined", "shown", "said"):
        differs = {
            at: (first[stage][0][at], text) for at, text in second[stage][0].items() if first[stage][0][at] != text
        }
        assert list(differs) == [], stage
        assert first[stage][1] == second[stage][1], stage


def test_it_shows_to_those_who_may_see_it_when_they_may_and_is_the_same_page_for_all(world: Cast) -> None:
    """In one world only, and so that the two are not alike because nothing was looked at."""
    found = gathered(world, "ben", "ana")
    screens = {stage: found[stage][0] for stage in ("joined", "shown", "said")}

    assert {at for at, text in screens["joined"].items() if WORDS in text} == {
        f"{who} raising" for who in ROLES if who not in {"anyone", "cleo"}
    }
    assert "raised by 8 to 14 people, unnamed" in screens["shown"][f"edie {LIST}"]
    assert "Most of those who raised it" not in screens["shown"][f"edie {LIST}"]
    assert "Most of those who raised it" in screens["said"][f"edie {LIST}"]
    assert any("together.Raising" in row and "token" in row for row in found["raised"][1])
    for at, text in (each for stage in screens.values() for each in stage.items()):
        assert WORDS not in text or not at.startswith(("anyone", "cleo")), at
    pages = {who: screens["shown"][f"{who} /conditions/{{condition}}/"] for who in ("ben", "ana", "dan")}
    assert len({re.sub(rf"\b{who}\b", "me", text, flags=re.I) for who, text in pages.items()}) == 1


def test_nothing_is_told_between_the_requests(world: Cast) -> None:
    """No message waits in a session or a cookie, and no answer is kept by anything between."""
    with on(MONDAY):
        client = as_(world, "ben")
        sent = {"act": "raise", "voice": "unnamed", "words": WORDS, "place": str(world.organisation.pk)}
        answer = client.post(RAISE, sent)
        kept = [set(session.get_decoded()) for session in Session.objects.all()]

    assert answer["Cache-Control"] == "no-store"
    assert "messages" not in answer.cookies
    assert all(names <= {"_auth_user_id", "_auth_user_backend", "_auth_user_hash"} for names in kept)
    assert WORDS not in repr(answer.headers)


def test_no_event_tells_of_raising_joining_taking_back_or_saying_whether_it_helped(world: Cast) -> None:
    before = set(Event.objects.values_list("pk", flat=True))
    with undone():
        gathered_verbs = _verbs_after_a_whole_life(world, before)

    assert gathered_verbs == ["condition.changed"]


def _verbs_after_a_whole_life(cast: Cast, before: set[UUID]) -> list[str]:
    with on(MONDAY):
        client = as_(cast, "ben")
        client.post(RAISE, {"act": "raise", "voice": "unnamed", "words": "x", "place": str(cast.organisation.pk)})
        mine = Condition.objects.get(words="x")
        client.post(MINE, {"act": "take-back", "condition": str(mine.pk)})
        assert not Condition.objects.filter(words="x").exists()
        client.post(RAISE, {"act": "raise", "voice": "unnamed", "words": WORDS, "place": str(cast.organisation.pk)})
    made = Condition.objects.get(words=WORDS)
    with on(date(2026, 3, 17)):
        for name in OTHERS[:7]:
            sent = {"act": "join", "voice": "unnamed", "condition": str(made.pk)}
            as_(cast, name).post(RAISE, sent)
    with on(date(2026, 3, 24)):
        answer_condition(actor=cast.actor("cora"), condition=made, stage=Stage.CHANGED, words="It is.", seen="0")
        as_(cast, "ben").post(MINE, {"condition": str(made.pk), "helped": "no"})
    return list(Event.objects.exclude(pk__in=before).values_list("verb", flat=True))


TEXTS = ("The rota comes late.", "After six nobody answers.", "École trips are not paid.", "after all, no car.")


@pytest.mark.parametrize("turned", [False, True])
def test_lists_stand_in_the_same_order_in_whichever_they_were_raised(cast: Cast, turned: bool) -> None:
    add_people(cast)
    pairs = list(zip(TEXTS, OTHERS, strict=False))
    with on(MONDAY):
        for words, name in reversed(pairs) if turned else pairs:
            sent = {"act": "raise", "voice": "unnamed", "words": words, "place": str(cast.organisation.pk)}
            as_(cast, name).post(RAISE, sent)
    with on(date(2026, 3, 16)):
        listed = [row.words for row in joinable(cast.actor("edie"), cast.organisation)]
        screen = html(as_(cast, "edie").post(RAISE, {"voice": "unnamed"}))
    Condition.objects.update(shown_on=date(2026, 3, 23))
    with on(date(2026, 3, 23)):
        open_ones = [row.condition.words for row in conditions_of(cast.actor("edie"), cast.organisation).open]

    expected = ["after all, no car.", "After six nobody answers.", "École trips are not paid.", "The rota comes late."]
    assert listed == open_ones == expected
    places = [screen.index(words) for words in expected]
    assert places == sorted(places)


def test_what_others_wrote_stands_without_numbers_and_days(cast: Cast) -> None:
    add_people(cast)
    with on(MONDAY):
        as_(cast, "ben").post(
            RAISE, {"act": "raise", "voice": "unnamed", "words": WORDS, "place": str(cast.organisation.pk)}
        )
    made = Condition.objects.get()
    before, after = [], []
    for number, day in enumerate(range(16, 20)):
        with on(date(2026, 3, day)):
            screen = html(as_(cast, "edie").post(RAISE, {"voice": "unnamed"}))
            (before if number == 0 else after).append(bare(cast, screen))
            as_(cast, OTHERS[number]).post(RAISE, {"act": "join", "voice": "unnamed", "condition": str(made.pk)})

    assert set(after) == set(before), "whether one has joined or four"
    assert made.raisings.count() == 5


def test_no_column_of_a_raising_but_its_token_tells_one_from_another(cast: Cast) -> None:
    columns = {column.name for column in connection.introspection.get_table_description(
        connection.cursor(), Raising._meta.db_table)}  # fmt: skip

    assert columns == {"id", "condition_id", "token", "helped"}


def test_raisings_are_read_in_the_order_of_their_tokens(cast: Cast) -> None:
    add_people(cast)
    with on(MONDAY):
        as_(cast, "ben").post(
            RAISE, {"act": "raise", "voice": "unnamed", "words": WORDS, "place": str(cast.organisation.pk)}
        )
    made = Condition.objects.get()
    with on(MONDAY + timedelta(days=20)):
        for name in OTHERS:
            as_(cast, name).post(RAISE, {"act": "join", "voice": "unnamed", "condition": str(made.pk)})

    tokens = list(made.raisings.values_list("token", flat=True))
    assert tokens == sorted(tokens)
    assert len(tokens) == 10
