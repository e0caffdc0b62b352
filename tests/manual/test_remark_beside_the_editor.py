"""Whoever turns a remark into a draft has it before them while they write."""

from html import unescape

from django.http import HttpResponse
from tests.conftest import Cast
from tests.manual.remarks_made import remark, suggest
from tests.together.made import as_

from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.pages import add_page
from fieldcraft.manual.actions.remarks import reply_to_remark
from fieldcraft.manual.models import Manual, Revision
from fieldcraft.manual.queries.remarks import state_of

CHANGE = "/m/street-manual/p/hello/change/"


def above_the_form(answer: HttpResponse) -> str:
    html = " ".join(unescape(answer.content.decode()).split())
    return html[: html.index("<textarea")]


def test_its_passage_its_words_and_the_replies_stand_above_the_form(cast: Cast, page: Revision) -> None:
    made = remark(cast, page, "Knock twice", body="Nobody hears it in the yard.")
    reply_to_remark(actor=cast.actor("ana"), remark=made, body="The bell is louder.", seen=state_of(made))

    seen = above_the_form(as_(cast, "ben").get(CHANGE, {"remark": str(made.pk)}))

    for words in ("<q>Knock twice</q>", "Nobody hears it in the yard.", "The bell is louder.", "Ben"):
        assert words in seen
    assert f'href="/m/street-manual/remarks/{made.pk}/"' in seen


def test_it_stays_there_when_sending_is_refused(cast: Cast, page: Revision) -> None:
    made = remark(cast, page, body="Nobody hears it in the yard.")
    sent = {"title": "", "body": "Ring.", "based_on": str(page.pk), "remark": str(made.pk)}

    answer = as_(cast, "ben").post(CHANGE, sent)

    assert answer.status_code == 400
    assert "Nobody hears it in the yard." in above_the_form(answer)


def test_a_remark_of_another_page_or_none_at_all_changes_nothing(cast: Cast, page: Revision) -> None:
    other = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Other", "Words."))
    made = remark(cast, other, body="About the other page.")
    ben = as_(cast, "ben")

    for asked in (str(made.pk), "x", "", "0190c2f1-0000-7000-8000-000000000000"):
        answer = ben.get(CHANGE, {"remark": asked})
        assert answer.status_code == 200
        assert "About the other page." not in answer.content.decode()


def test_a_held_suggestion_of_another_team_cannot_be_read_this_way(
    cast: Cast, page: Revision, open_manual: Manual
) -> None:
    held = suggest(cast, page, body="For those of Street alone.")

    assert "For those of Street alone." in above_the_form(as_(cast, "ben").get(CHANGE, {"remark": str(held.pk)}))
    assert (
        "For those of Street alone."
        not in as_(cast, "edie").get("/m/core/p/hello/change/", {"remark": str(held.pk)}).content.decode()
    )
