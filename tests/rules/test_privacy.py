"""Whose business each stored thing is, and that nothing written leaves by a side door."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django_tasks import default_task_backend
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from tests.conftest import Cast

from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.pages import add_page
from fieldcraft.manual.models import Import
from fieldcraft.people.actions.invitations import invite
from fieldcraft.people.models import Role

SOURCE = Path(__file__).parents[2] / "src/fieldcraft"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PRIVATE = {
    "people.Person": "its owner; the name also to those they share a team or organisation with",
    "manual.Import": "who brought the file",
    "mastery.Purpose": "its owner",
    "mastery.Vision": "its owner",
    "mastery.VisionRevision": "its owner",
    "mastery.RealityNote": "its owner",
    "mastery.TensionMark": "its owner",
    "mastery.Obstacle": "its owner",
    "mastery.Practice": "its owner",
    "mastery.PracticeNote": "its owner",
    "mastery.Weight": "its owner",
    "mastery.Reflection": "its owner",
    "mastery.CheckIn": "its owner",
    "mastery.Answer": "its owner",
    "mastery.Event": "its owner",
    "mastery.Retention": "its owner",
    "mastery.Share": "its owner and the one reader it names",
    "mastery.ShareRead": "the owner of what was shared; its reader knows of their own",
    "people.Grant": "its owner; the door that lets counted answers out asks it, and no screen, list or count does",
    "theory.Counted": "nobody: keyed names of who was counted, so that later figures cannot be told apart from earlier ones",
    "theory.Offering": "whoever offered it, until it is released; then the organisation's members what may be read of it",
    "together.Raising": "whoever raised it, found by nobody else; what many said is told in words",
    "account.EmailAddress": "its owner",
    "account.EmailConfirmation": "its owner, by letter",
    "mfa.Authenticator": "its owner",
    "sessions.Session": "the browser that holds its key",
}
SHARED = {
    "people.Organisation": "its members",
    "people.Team": "the organisation's members",
    "people.Membership": "the team's or organisation's members",
    "people.Invitation": "who may invite there; the key itself is kept nowhere",
    "audit.Event": "no screen yet; ids and verbs only",
    "manual.Manual": "its audience",
    "mastery.OwnExercise": "the organisation's members",
    "mastery.Safety": "the organisation's members",
    "measures.PackPermission": "the organisation's administrators and convenors",
    "together.Condition": "the organisation's members; an unnamed one below the threshold those about to raise something",
    "together.ConditionPage": "as its condition",
    "together.ConditionStep": "as its condition",
    "mastery.SwitchedOff": "the organisation's members",
    "theory.Theory": "the organisation's members",
    "theory.Version": "the organisation's members",
    "theory.Construct": "the organisation's members",
    "theory.Claim": "the organisation's members",
    "theory.ClaimText": "the organisation's members",
    "theory.LoopName": "the organisation's members",
    "theory.Test": "the organisation's members, with the name of who registered it",
    "theory.Verdict": "the organisation's members; a finding of all who were counted, in ranges",
    "theory.Thresholds": "the organisation's members",
    "theory.Window": "the organisation's members",
    "theory.RosterPlace": "no screen; who worked where on a day, which colleagues know",
    "theory.Released": "the organisation's members; a team's own picture the team alone",
    "theory.Invitation": "the organisation's members, with the names of who asked and who answered",
    "theory.Theme": "those who offer, from a Monday on; the organisation's members once it is released",
    "theory.OfferingCondition": "as the theme of its offering, once that is shown",
    "theory.Challenge": "the organisation's members, with the name of who wrote it",
    "manual.Inclusion": "the manual's audience",
    "manual.Page": "the manual's audience",
    "manual.Edition": "the manual's audience",
    "manual.Revision": "the manual's audience, open drafts too; declined and withdrawn ones the manual's own people",
    "manual.Agreement": "as its revision",
    "manual.Remark": "the manual's own people; held ones those who change its pages",
    "manual.Reply": "as its remark",
    "manual.Offer": "the team that made it; those who change the manual it is for, who learn whose it is where it is named",
    "manual.Offer_remarks": "as their offer: the remarks' words, never who noticed it",
    "manual.OfferReader": "nobody; the offering team sees how many there are",
    "manual.Question": "as its offer; never who wrote it",
    "manual.Step": "the manual's own people",
    "manual.Publication": "the manual's audience once published; before that those who change its pages",
    "manual.Heard": "the manual's own people",
    "manual.Rendering": "as its revision",
    "manual.Link": "as its edition",
    "manual.Entry": "as its edition",
    "manual.Word": "as the manual it counts",
    "manual.OldName": "the manual's audience",
    "manual.Attachment": "the manual's audience",
    "django_tasks_database.DBTaskResult": "nobody; names of tasks and ids of what they work on",
}
PUBLIC = {
    "auth.Group": "unused",
    "auth.Group_permissions": "unused",
    "auth.Permission": "unused",
    "contenttypes.ContentType": "names of tables",
}
TABLES_WITHOUT_MODEL = {
    "django_migrations": "names of migrations",
    "shared_cache": "counts of tries at signing in, under hashed names",
    "manual_entry_index": "as manual.Entry, which it indexes",
}
IN_A_SESSION = {
    "_auth_user_id": "who is signed in",
    "_auth_user_backend": "how they signed in",
    "_auth_user_hash": "ends the session when the password changes",
    "account_authentication_methods": "when and in which way they signed in",
    "invitation": "the id of the invitation whose link was opened",
    "hidden_pictures": "which pictures of their own weeks they do not want to see; nothing of what is in them",
}
HEADING, WORDS, SOUGHT = "Secret heading", "Very secret words.", "unspeakable"
WRITTEN = (HEADING, WORDS, SOUGHT)


def _signed_in(cast: Cast, who: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(cast.people[who], BACKEND)
    return client


def _holds(text: str) -> list[str]:
    return [written for written in WRITTEN if written.casefold() in text.casefold()]


def _broken(*_: Any, **__: Any) -> None:
    raise RuntimeError("out of order")


def test_every_model_says_whose_business_it_is_and_none_is_listed_that_is_gone() -> None:
    models = [model._meta.label for model in apps.get_models(include_auto_created=True)]

    assert sorted([*PRIVATE, *SHARED, *PUBLIC]) == sorted(models)
    assert all({**PRIVATE, **SHARED, **PUBLIC, **TABLES_WITHOUT_MODEL, **IN_A_SESSION}.values())


def test_every_table_belongs_to_a_model_or_says_what_it_holds(db: None) -> None:
    modelled = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    found = {re.sub(r"_(config|content|data|docsize|idx|vocab)$", "", table) for table in _tables()}

    assert found - modelled - set(TABLES_WITHOUT_MODEL) == set()


def _tables() -> list[str]:
    return connection.introspection.table_names()


def test_no_admin_screen_and_no_way_to_be_somebody_else_is_installed(cast: Cast) -> None:
    installed = {config.name for config in apps.get_app_configs()}
    texts = {file: file.read_text() for file in SOURCE.rglob("*.py")}

    assert {name for name in installed if re.search(r"admin|hijack|loginas|impersonate", name)} == set()
    assert [file.name for file, text in texts.items() if re.search(r"contrib(\.| import )admin\b", text)] == []
    assert _signed_in(cast, "ada").get("/admin/").status_code == 404


@contextmanager
def _log() -> Iterator[StringIO]:
    """What the handlers of `settings.LOGGING` write; the test's own handlers are not asked."""
    told = StringIO()
    loggers = [logging.root, *(each for each in logging.root.manager.loggerDict.values() if hasattr(each, "handlers"))]
    handlers = {handler for each in loggers for handler in each.handlers if type(handler) is logging.StreamHandler}
    assert handlers
    before = [(handler, handler.stream) for handler in handlers]
    for handler in handlers:  # not setStream, which flushes a former stream that may be closed by now
        handler.stream = told
    try:
        yield told
    finally:
        for handler, stream in before:
            handler.stream = stream


def test_a_request_that_breaks_leaves_nothing_written_in_the_log(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even where what broke quotes it, as `int("…")` and a database do."""
    add_page(actor=cast.actor("edie"), manual=cast.core, text=Text(HEADING, WORDS))

    def broken(_stacks: object, text: str) -> int:
        return int(f"{text} {HEADING} {WORDS}")

    monkeypatch.setattr("fieldcraft.manual.views.manuals.search", broken)
    with _log() as told:
        answer = _signed_in(cast, "edie").get(f"/m/core/search/?q={SOUGHT}")

    assert answer.status_code == 500
    assert _holds(answer.content.decode()) == []
    assert "ValueError" in told.getvalue(), "what kind of thing broke"
    assert "in search_page" in told.getvalue(), "where it broke"
    assert _holds(told.getvalue()) == []


def test_what_is_posted_to_a_request_that_breaks_is_not_in_the_log(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fieldcraft.people.views.teams.make_team", _broken)
    with _log() as told:
        answer = _signed_in(cast, "ada").post("/people/organisations/harbour-trust/", {"name": HEADING})

    assert answer.status_code == 500
    assert _holds(told.getvalue() + answer.content.decode()) == []
    assert settings.ADMINS == [], "a letter about a broken request would hold what was posted"


@pytest.mark.parametrize("who", ["ben", "cleo"])
def test_the_log_does_not_tell_who_looked_for_which_page(cast: Cast, who: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An address is made of a page's title."""
    add_page(actor=cast.actor("edie"), manual=cast.core, text=Text(HEADING, WORDS))
    client = _signed_in(cast, who)
    with _log() as told:
        client.get("/m/core/p/secret-heading/")
        client.get("/m/core/p/secret-heading-that-is-not-there/")
        client.get(f"/m/core/missing/?title={SOUGHT}")
        client.get(f"/m/core/files/{SOUGHT}.png")
        monkeypatch.setattr("fieldcraft.manual.views.asked.stack_named", _broken)
        assert client.get("/m/core/p/secret-heading/").status_code == 500

    assert [line for line in told.getvalue().splitlines() if "secret-heading" in line or SOUGHT in line] == []


def test_the_key_of_an_invitation_is_not_in_the_log(cast: Cast) -> None:
    invitation, key = invite(
        actor=cast.actor("ana"),
        organisation_id=cast.organisation.pk,
        team=cast.team,
        role=Role.MEMBER,
        email="",
        places=1,
    )
    invitation.withdrawn_at = invitation.invited_at
    invitation.save()
    with _log() as told:
        assert Client().get(f"/people/join/{key}/").status_code == 404

    assert key not in told.getvalue()


def _import(client: Client) -> None:
    client.post(
        "/import/", {"file": SimpleUploadedFile("secret.md", f"# {HEADING}\n\n{WORDS}".encode()), "title": SOUGHT}
    )


def test_tasks_are_given_ids_and_nothing_that_was_written(cast: Cast, settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}

    _import(_signed_in(cast, "ada"))

    (result,) = default_task_backend.results
    assert list(result.args) == [str(Import.objects.get().pk)]
    assert result.kwargs == {}


def test_every_task_takes_ids_alone() -> None:
    takes = [
        taken.strip()
        for file in SOURCE.rglob("*.py")
        for given in re.findall(r"^@task\(.*\)\ndef \w+\(([^)]*)\)", file.read_text(), re.M)
        for taken in given.split(",")
    ]

    assert takes
    assert [taken for taken in takes if not re.fullmatch(r"\w+_id: str", taken)] == []


def _worker() -> Worker:
    return Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=1,
        worker_id="one",
        excluded_queue_names=[],
    )


def test_a_task_that_breaks_keeps_nothing_that_was_written(
    cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr("fieldcraft.manual.actions.imports.plan_import", lambda *_: int(f"{HEADING} {WORDS}"))
    _import(_signed_in(cast, "ada"))

    result = DBTaskResult.objects.get()
    with _log() as told:
        _worker().run_task(result)

    assert result.status == "FAILED"
    assert _holds(f"{result.args_kwargs} {result.exception_class_path} {result.traceback}") == []
    assert _holds(told.getvalue()) == []


def test_a_session_holds_what_is_listed_and_nothing_that_was_written(cast: Cast) -> None:
    _invitation, key = invite(
        actor=cast.actor("ana"),
        organisation_id=cast.organisation.pk,
        team=cast.team,
        role=Role.MEMBER,
        email="",
        places=5,
    )
    add_page(actor=cast.actor("edie"), manual=cast.core, text=Text(HEADING, WORDS))
    client = _signed_in(cast, "ada")
    for path in ("/", "/m/core/p/secret-heading/", f"/search/?q={SOUGHT}", f"/m/core/search/?q={SOUGHT}"):
        client.get(path)
    client.post("/people/organisations/harbour-trust/", {"name": HEADING})
    _import(client)
    client.get(f"/people/join/{key}/")
    client.post(f"/people/join/{key}/")
    Client().get(f"/people/join/{key}/")
    Client().get(f"/search/?q={SOUGHT}")
    Client().post("/account/login/", {"login": "ben@example.org", "password": "not this one"})

    kept = [session.get_decoded() for session in Session.objects.all()]
    assert {name for session in kept for name in session} - set(IN_A_SESSION) == set()
    assert "invitation" in {name for session in kept for name in session}
    assert _holds(repr(kept)) == []


def test_private_answers_are_not_kept_by_anything_between(cast: Cast) -> None:
    client = _signed_in(cast, "ben")

    for path in ("/", "/people/me/", "/people/teams/", "/m/street-manual/"):
        assert "private" in client.get(path)["Cache-Control"], path


def test_the_session_cookie_is_out_of_reach_of_scripts() -> None:
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"
