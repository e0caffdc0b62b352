"""A step that waits for the team, its addresses, what its screens say and what its forms send."""

import re
from html import unescape
from typing import Any

from django.test import Client
from tests.conftest import Cast
from tests.manual.made import Commit
from tests.manual.steps_made import LATER, LIST, OLD, OURS, adapted, core_moves

from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.pages import add_page
from fieldcraft.manual.models import Revision, Step
from fieldcraft.manual.queries.steps import sight_of


def core_has(cast: Cast, title: str = "Hello", body: str = OLD) -> Revision:
    return add_page(actor=cast.actor("edie"), manual=cast.core, text=Text(title, body, ("doors",)))


def waiting(cast: Cast, commit: Commit, body: str = LATER, ours: str = OURS, title: str = "Hello") -> Step:
    """The core's page, the team's text of it, and the core's newer one."""
    core = core_has(cast, title)
    adapted(cast, core, ours)
    with commit():
        core_moves(cast, core, body)
    return Step.objects.get(page=core.edition.page_id, settled_at=None)


def at(step: Step, end: str = "") -> str:
    return f"{LIST}{step.pk}/{end}"


def text_of(answer: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())).split())


def seen(client: Client, url: str) -> str:
    """The words of a screen."""
    return text_of(client.get(url))


def read(client: Client, address: str = "hello") -> str:
    return seen(client, f"/m/street-manual/p/{address}/")


def value_of(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found, name
    return found[1]


def whole_form(step: Step, body: str, **more: str) -> dict[str, str]:
    """What the form of the whole page sends."""
    return {
        "title": "Hello",
        "body": body,
        "tags": "doors",
        "reason": "Slowly.",
        "pole": "",
        "based_on": str(step.ours_id),
        "seen": sight_of(step),
        **more,
    }
