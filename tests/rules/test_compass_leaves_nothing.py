"""What is written in a compass stands in its tables and nowhere else: no log, letter, session, cache, trail or count."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.urls import URLPattern, reverse
from django.utils import timezone
from django_tasks import default_task_backend
from tests.conftest import Cast
from tests.mastery.planted import fill
from tests.rules.test_privacy import _log

from fieldcraft.audit.models import Event as AuditEvent
from fieldcraft.mastery import policy
from fieldcraft.mastery.actions.keeping import keep_promises
from fieldcraft.mastery.models import Share, Vision
from fieldcraft.mastery.queries.kinds import KINDS
from fieldcraft.mastery.urls import urlpatterns
from fieldcraft.shell import middleware

SOURCE = Path(__file__).parents[2] / "src/fieldcraft"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TYPED = "unspeakabletypedword"


def _client(cast: Cast, who: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(cast.people[who], BACKEND)
    return client


def _plain_addresses() -> list[str]:
    """Every address of the compass that needs no id."""
    return [
        reverse(f"mastery:{pattern.name}")
        for pattern in urlpatterns
        if isinstance(pattern, URLPattern) and not pattern.pattern.converters
    ]


def _used(cast: Cast) -> tuple[Client, list[str]]:
    """Ben's compass, filled and then used: every screen opened, words posted to each, a thing shared and looked at."""
    words = sorted(fill(cast).values())
    client = _client(cast, "ben")
    for address in _plain_addresses():
        client.get(address)
        if "delete" not in address:
            client.post(address, dict.fromkeys(_NAMES, TYPED))
    vision = Vision.objects.filter(picture=next(word for word in words if "visionpicture" in word)).get()
    there = f"/compass/share/vision/{vision.pk}/"
    seen = client.get(there).context["shown"].mark
    sent = {"reader": str(cast.people["ana"].pk), "until": str(timezone.localdate()), "seen": seen}
    assert client.post(there, sent).status_code == 302
    share = Share.objects.get()  # the planted one, moved on
    ana = _client(cast, "ana")
    assert "visionpicture" in ana.post(f"/compass/shared/{share.pk}/").content.decode()
    client.post(f"/compass/shares/{share.pk}/withdraw/")
    keep_promises()
    return client, [*words, TYPED]


_NAMES = (
    "sentence",
    "picture",
    "text",
    "what",
    "happened",
    "hunch",
    "line",
    "words",
    "answers",
    "title",
    "body",
    "seen",
)


def _in(said: str, words: list[str]) -> list[str]:
    return [word for word in words if word in said.lower()]


def test_using_it_sends_no_letter_fills_no_session_and_leaves_no_trail(cast: Cast) -> None:
    before = set(AuditEvent.objects.values_list("pk", flat=True))
    with _log() as told:
        client, words = _used(cast)
        client.post("/compass/delete/sure/", {"what": "all"})
    after = AuditEvent.objects.exclude(pk__in=before)

    assert mail.outbox == []
    assert _in(repr([session.get_decoded() for session in Session.objects.all()]), words) == []
    assert _in(repr({key: str(cookie) for key, cookie in client.cookies.items()}), words) == []
    assert [event.verb for event in after if event.subject_kind.startswith("mastery.")] == []
    assert _in(told.getvalue(), words) == []
    assert getattr(default_task_backend, "results", []) == []


def test_using_it_leaves_nothing_in_any_cache(cast: Cast) -> None:
    _client_of_ben, words = _used(cast)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM shared_cache")
        kept = repr(cursor.fetchall())
    in_process = repr(getattr(caches["process"], "_cache", None))
    pages = repr(list(middleware._kept._values.items()))

    assert "OrderedDict" in in_process
    assert _in(kept + in_process + pages, words) == []
    assert "/compass" not in pages


def test_its_words_stand_in_its_own_tables_and_in_no_other(cast: Cast) -> None:
    _client_of_ben, words = _used(cast)
    own = {kind.model._meta.db_table for kind in KINDS}
    elsewhere = []
    with connection.cursor() as cursor:
        for table in set(connection.introspection.table_names()) - own:
            cursor.execute(f'SELECT * FROM "{table}"')
            elsewhere += [(table, word) for word in _in(repr(cursor.fetchall()), words)]

    assert elsewhere == []


def _break(monkeypatch: pytest.MonkeyPatch, words: list[str]) -> None:
    """Every query of the room begins with this; it breaks quoting what was written, as a database does."""

    def broken(*_: Any, **__: Any) -> None:
        int(f"{TYPED} {' '.join(words)}")

    monkeypatch.setattr(policy, "mine", broken)
    monkeypatch.setattr(policy, "shared_with", broken)


def test_a_screen_that_breaks_tells_neither_the_log_nor_the_answer(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    words = sorted(fill(cast).values())
    client = _client(cast, "ben")
    _break(monkeypatch, words)
    broken = 0
    with _log() as told:
        for address in _plain_addresses():
            for answer in (client.get(address), client.post(address, dict.fromkeys(_NAMES, TYPED))):
                broken += answer.status_code == 500
                if answer.status_code == 500:
                    assert _in(answer.content.decode(), [*words, TYPED]) == [], address
                assert answer["Cache-Control"] == "no-store", address

    assert broken > 10
    assert "ValueError" in told.getvalue()
    assert _in(told.getvalue(), [*words, TYPED]) == []


def test_the_log_does_not_tell_which_thing_was_opened(cast: Cast) -> None:
    fill(cast)
    client = _client(cast, "ana")
    with _log() as told:
        for kind in KINDS:
            thing = kind.model._default_manager.get().pk
            assert client.get(f"/compass/visions/{thing}/").status_code == 404
            assert str(thing) not in told.getvalue()


def test_nothing_of_it_is_a_background_task_and_no_admin_screen_holds_it() -> None:
    texts = {file: file.read_text() for file in (SOURCE / "mastery").rglob("*.py")}

    assert [
        file.name for file, text in texts.items() if re.search(r"@task\b|\.enqueue\(|send_mail|EmailMessage", text)
    ] == []
    assert [file.name for file in texts if file.name in {"admin.py", "tasks.py"}] == []


def test_no_other_room_names_its_tables_or_reaches_into_it() -> None:
    """Together with the import contracts of pyproject.toml, which hold for what is imported."""
    tables = "|".join(kind.model._meta.db_table for kind in KINDS)
    reaching = re.compile(rf"get_model\(\s*[\"']mastery|[\"']mastery\.\w|\b(?:{tables})\b|mastery\.models")
    found = [
        f"{file.relative_to(SOURCE)}: {match[0]}"
        for file in SOURCE.rglob("*.py")
        if file.relative_to(SOURCE).parts[0] not in {"mastery"}
        for match in reaching.finditer(file.read_text())
    ]

    assert found == []
    assert set(_importers()) <= {"shell"}, "a room above it goes through mastery/sharing.py"


ABOUT_NO_PERSON = {"mastery.queries.switches", "mastery.actions.switches"}
"""What an organisation does not want offered to anybody: a list of what there is, and its own decisions."""


def test_what_other_rooms_may_ask_of_the_compass_knows_of_no_person() -> None:
    texts = {name: (SOURCE / f"{name.replace('.', '/')}.py").read_text() for name in ABOUT_NO_PERSON}
    asks = {name: set(re.findall(r"policy\.(\w+)|mastery\.models import (.+)", text)) for name, text in texts.items()}

    assert asks == {
        "mastery.queries.switches": {("switched_off_in", "")},
        "mastery.actions.switches": {("can_switch", ""), ("", "SwitchedOff")},
    }


def _importers() -> Iterator[str]:
    for file in SOURCE.rglob("*.py"):
        room = file.relative_to(SOURCE).parts[0]
        imports = re.findall(r"^\s*(?:from|import) fieldcraft\.(mastery[\w.]*)", file.read_text(), re.M)
        door = {"mastery.sharing"} if str(file.relative_to(SOURCE)) in THROUGH_THE_DOOR else set()
        if room != "mastery" and set(imports) - ABOUT_NO_PERSON - door:
            yield room


THROUGH_THE_DOOR = {"theory/actions/releases.py", "theory/actions/evidence.py"}
"""What opens the one way out, for those alone who said yes to being counted."""


PAST_THE_OWNER = {
    ("queries/kinds.py", "ShareRead"): "looks at the owner's own shares",
    ("actions/sample.py", "ShareRead"): "looks at the owner's own shares",
    ("actions/keeping.py", "Retention"): "each day for everybody, one owner after the other",
    ("actions/keeping.py", "Share"): "each day for everybody: shares between people who have parted end",
    ("sharing.py", "Answer"): "the one way out, for those alone who said yes to being counted",
    ("policy.py", "Share"): "what somebody lets the actor read",
}
"""Where a query does not begin with `policy.mine`, and why."""


def test_every_query_of_the_room_begins_with_what_is_ones_own() -> None:
    """So nothing counts, lists or looks across people."""
    names = "|".join(kind.model.__name__ for kind in KINDS)
    asking = re.compile(
        rf"\b({names})\.(?:_default_manager|objects)\.(?!create|bulk_create|update_or_create|get_or_create)"
    )
    found = {
        (str(file.relative_to(SOURCE / "mastery")), match[1])
        for file in (SOURCE / "mastery").rglob("*.py")
        if "migrations" not in file.parts
        for match in asking.finditer(file.read_text())
    }

    assert found - set(PAST_THE_OWNER) == set()
    assert set(PAST_THE_OWNER) - found == set()


def test_no_letter_about_what_broke_is_sent() -> None:
    assert settings.ADMINS == []
    assert settings.MANAGERS == []
