"""Whoever suggests something from outside reads beforehand where they will hear what came of it."""

from html import unescape

import pytest
from tests.conftest import Cast
from tests.together.made import as_

from fieldcraft.manual.models import Manual, Revision

NOBODY = "No answer comes to you here; what changes, you will see on the page."
TODAY = "What came of it, you will read on Today."


@pytest.mark.parametrize(("name", "said", "not_said"), [("cleo", TODAY, NOBODY), ("anyone", NOBODY, TODAY)])
def test_with_an_account_on_today_and_without_one_nowhere(
    cast: Cast, page: Revision, open_manual: Manual, name: str, said: str, not_said: str
) -> None:
    form = as_(cast, name).get(f"/m/street-manual/p/{page.edition.slug}/remark/")

    words = " ".join(unescape(form.content.decode()).split())
    assert form.status_code == 200
    assert said in words
    assert not_said not in words
