"""Today, the contents and the list to manualize count the same pages, or say what else they count."""

import pytest
from django.test import Client
from django.utils import timezone
from tests.conftest import Cast
from tests.manual.made import words

from fieldcraft.manual.models import Fit, Revision, Source, Step


@pytest.fixture
def lent(cast: Cast, step: Step, core: Revision) -> Step:
    """Another team's text of the same page, to be looked at beside what the core has moved on to."""
    of = {"manual": cast.team_manual, "page_id": core.edition.page_id, "ours": step.ours, "theirs": core}
    return Step.objects.create(**of, source=Source.NEIGHBOUR, fit=Fit.CHOICE, needs=1, changed_at=timezone.now())


def test_what_another_team_has_is_counted_apart_from_what_is_out_of_step(ben: Client, lent: Step) -> None:
    html = words(ben.get("/m/street-manual/to-manualize/"))

    assert "1 page waits to be brought into step" in html
    assert "1 text of another team waits to be looked at" in html
    assert "Bring it into step" in words(ben.get("/m/street-manual/"))
    assert words(ben.get("/?all=1")).count("The core moved on") == 1


def test_what_another_team_has_is_not_forgotten_where_nothing_is_out_of_step(ben: Client, lent: Step) -> None:
    Step.objects.filter(source=Source.BELOW).delete()
    html = words(ben.get("/m/street-manual/to-manualize/"))

    assert "Nothing is waiting" not in html
    assert "brought into step" not in html
    assert "1 text of another team waits to be looked at" in html
