"""What costs more than reading is answered only so often from one address."""

from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from fieldcraft.shell import middleware


@pytest.fixture(autouse=True)
def _counted_afresh(settings: Any) -> None:
    settings.LIMITS_TIMES = 1
    caches["process"].clear()


def test_asking_too_often_is_refused_with_a_sentence(db: None, monkeypatch: Any) -> None:
    monkeypatch.setitem(middleware._A_MINUTE, "search", 2)
    client = Client()

    answers = [client.get("/search/?q=tea") for _number in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2]["Retry-After"] == "60"
    assert b"Wait a minute and try again." in answers[2].content


def test_another_address_is_counted_by_itself_and_reading_is_not_counted(db: None, monkeypatch: Any) -> None:
    monkeypatch.setitem(middleware._A_MINUTE, "search", 1)
    Client().get("/search/?q=tea")

    assert Client().get("/search/?q=tea").status_code == 429
    assert Client(REMOTE_ADDR="192.0.2.7").get("/search/?q=tea").status_code == 200
    assert Client().get("/manuals/").status_code == 200
