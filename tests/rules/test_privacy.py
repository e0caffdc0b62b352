"""Whose business each stored thing is; a model that is not listed here fails."""

import logging
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from tests.conftest import Cast

from fieldcraft.manual.actions.pages import Text, add_page
from fieldcraft.manual.models import Import

PRIVATE = {
    "people.Person": "its owner; the name also to those they share a team or organisation with",
    "manual.Import": "who brought the file",
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
    "manual.Inclusion": "the manual's audience",
    "manual.Page": "the manual's audience",
    "manual.Edition": "the manual's audience",
    "manual.Revision": "the manual's audience; drafts the team's members",
    "manual.Rendering": "as its revision",
    "manual.Link": "as its edition",
    "manual.Entry": "as its edition",
    "manual.Word": "as the manual it counts",
    "manual.OldName": "the manual's audience",
    "manual.Attachment": "the manual's audience",
    "django_tasks_database.DBTaskResult": "nobody; names of tasks and ids of what they work on",
}
PUBLIC = {"auth.Group": "unused", "auth.Permission": "unused", "contenttypes.ContentType": "names of tables"}


def _all_models() -> set[str]:
    return {model._meta.label for model in apps.get_models()}


def test_every_model_says_whose_business_it_is() -> None:
    listed = set(PRIVATE) | set(SHARED) | set(PUBLIC)

    assert _all_models() - listed == set()


def test_no_admin_screen_is_installed() -> None:
    assert not apps.is_installed("django.contrib.admin")


def test_nothing_that_was_written_goes_into_the_log(
    cast: Cast, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Secret heading", "Very secret words."))
    client = Client(raise_request_exception=False)
    client.force_login(cast.people["edie"], "allauth.account.auth_backends.AuthenticationBackend")

    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("out of order")

    monkeypatch.setattr("fieldcraft.manual.views.manuals.search", broken)
    with caplog.at_level(logging.DEBUG):
        answer = client.get("/m/core/search/?q=unspeakable")

    assert answer.status_code == 500
    told = " ".join(record.getMessage() for record in caplog.records)
    assert "out of order" not in answer.content.decode()
    for written in ("Secret heading", "Very secret", "unspeakable"):
        assert written not in told


def test_tasks_are_given_ids_and_nothing_that_was_written(cast: Cast, settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django_tasks import default_task_backend

    client = Client()
    client.force_login(cast.people["ada"], "allauth.account.auth_backends.AuthenticationBackend")
    client.post("/import/", {"file": SimpleUploadedFile("secret.md", b"# Secret\n\nWords."), "title": "Hidden"})

    (result,) = default_task_backend.results
    assert list(result.args) == [str(Import.objects.get().pk)]
    assert result.kwargs == {}


def test_private_answers_are_not_kept_by_anything_between(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.people["ben"], "allauth.account.auth_backends.AuthenticationBackend")

    for path in ("/", "/people/me/", "/people/teams/", "/m/street-manual/"):
        assert "private" in client.get(path)["Cache-Control"], path


def test_the_session_cookie_is_out_of_reach_of_scripts() -> None:
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"
