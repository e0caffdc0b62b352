"""A remark leads to the very passage it was made on, also where its words stand twice."""

import pytest
from django.test import Client
from tests.conftest import Cast
from tests.manual.remarks_made import beside, remark

from fieldcraft.manual.models import Remark, Revision
from fieldcraft.manual.queries.passages import text_as_seen

WORDS, FAR = "Knock twice", 9_000
FIRST, SECOND = "#at-the-door", "#inside"
TELLS = [
    pytest.param({"prefix": "may sit down. "}, SECOND, id="what stands before it"),
    pytest.param({"suffix": ", then wait. Inside Ask", "position": FAR}, FIRST, id="what stands behind it"),
    pytest.param({"position": FAR}, SECOND, id="where about it stood"),
]
NOTHING = {"prefix": "", "suffix": "", "position": 0}


@pytest.mark.parametrize(("said", "heading"), TELLS)
def test_it_is_shown_at_its_own_place(cast: Cast, page: Revision, said: dict[str, object], heading: str) -> None:
    made = remark(cast, page, WORDS)
    Remark.objects.filter(pk=made.pk).update(**{**NOTHING, **said})

    (read,) = beside(cast, page.edition.page_id).open

    assert read.place == heading


@pytest.mark.parametrize(("said", "heading"), TELLS)
def test_it_is_kept_with_the_place_that_its_form_sent(
    cast: Cast, page: Revision, ben: Client, said: dict[str, object], heading: str
) -> None:
    sent = {"body": "Nobody hears it.", "quote": WORDS, "based_on": str(page.pk), **NOTHING, **said}

    assert ben.post("/m/street-manual/p/hello/remark/", sent).status_code == 302

    made, text = Remark.objects.get(), text_as_seen(page.rendering.html)
    assert made.position == (text.index(WORDS) if heading == FIRST else text.rindex(WORDS))
