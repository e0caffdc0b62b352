"""A remark follows its passage through what becomes of the page."""

import pytest
from tests.conftest import Cast
from tests.manual.remarks_made import BODY, beside, remark

from fieldcraft.engine.prose.anchor import Quote
from fieldcraft.errors import Invalid
from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.pages import adapt_page, add_page, revise
from fieldcraft.manual.actions.remarks import Noticed, make_remark
from fieldcraft.manual.models import Revision
from fieldcraft.manual.queries.passages import text_as_seen


def test_the_text_is_read_as_it_is_seen() -> None:
    assert text_as_seen("<p>Knock <b>tw</b>ice,&nbsp;then</p><ul><li>wait.</li></ul>") == "Knock twice, then wait."


def test_a_passage_is_kept_with_its_place(cast: Cast, page: Revision) -> None:
    made = remark(cast, page, "twice, then")

    text = text_as_seen(page.rendering.html)
    assert made.quote == "twice, then"
    assert text[made.position :].startswith("twice, then wait. Inside")
    assert made.suffix.startswith(" wait. Inside")


def test_of_two_equal_passages_the_one_that_was_meant_is_kept(cast: Cast, page: Revision) -> None:
    meant = Quote("Knock twice", prefix="Ask whether you may sit down. ", position=70)
    noticed = Noticed("The second.", page.pk, meant)

    made = make_remark(actor=cast.actor("ben"), manual=cast.team_manual, page_id=page.edition.page_id, noticed=noticed)

    assert made.position == text_as_seen(page.rendering.html).rindex("Knock twice")


def test_words_that_the_page_does_not_have_are_refused(cast: Cast, page: Revision) -> None:
    with pytest.raises(Invalid) as refusal:
        remark(cast, page, "Ring the bell.")

    assert refusal.value.code == "no_such_words"


def test_it_leads_to_the_heading_above_its_passage(cast: Cast, page: Revision) -> None:
    remark(cast, page, "sit down")

    (read,) = beside(cast, page.edition.page_id).open

    assert (read.place, read.is_changed) == ("#inside", False)


def test_it_follows_its_passage_through_an_edit_of_the_core(cast: Cast, page: Revision) -> None:
    remark(cast, page, "sit down")
    body = "## Before\n\nBreathe.\n\n## On the sofa\n\n" + BODY.replace("## Inside", "")
    revise(actor=cast.actor("edie"), edition=page.edition, text=Text("Hello", body), based_on=page.pk)

    (read,) = beside(cast, page.edition.page_id).open

    assert not read.is_changed
    assert read.place == "#at-the-door"


def test_it_follows_its_passage_into_the_teams_own_version(cast: Cast, page: Revision) -> None:
    made = remark(cast, page, "sit down")
    page_id = page.edition.page_id
    adapt_page(
        actor=cast.actor("ana"),
        manual=cast.team_manual,
        page_id=page_id,
        text=Text("Hello", "Our own. Ask whether you may sit down."),
        based_on=page.pk,
    )

    (read,) = beside(cast, page_id).open

    assert (read.remark, read.is_changed) == (made, False)
    assert beside(cast, page_id, "edie", cast.core).open == ()


def test_a_passage_that_has_changed_is_shown_as_it_was_and_as_it_is(cast: Cast, page: Revision) -> None:
    remark(cast, page, "Ask whether you may sit down.")
    body = BODY.replace("Ask whether you may sit down.", "Ask whether you may stay standing.")
    revise(actor=cast.actor("edie"), edition=page.edition, text=Text("Hello", body), based_on=page.pk)

    (read,) = beside(cast, page.edition.page_id).open

    assert read.is_changed
    assert read.remark.quote == "Ask whether you may sit down."
    assert "standing" in read.now


def test_a_passage_that_is_gone_says_so(cast: Cast, page: Revision) -> None:
    remark(cast, page, "Ask whether you may sit down.")
    revise(actor=cast.actor("edie"), edition=page.edition, text=Text("Hello", "Ring."), based_on=page.pk)

    (read,) = beside(cast, page.edition.page_id).open

    assert (read.is_changed, read.now, read.place) == (True, "", "")


def test_a_remark_on_a_text_that_is_not_the_newest_any_more_is_kept_with_it(cast: Cast, page: Revision) -> None:
    revise(actor=cast.actor("edie"), edition=page.edition, text=Text("Hello", "Ring."), based_on=page.pk)

    made = remark(cast, page, "sit down")

    assert made.revision == page


def test_a_remark_names_the_text_of_this_page_that_was_read(cast: Cast, page: Revision) -> None:
    other = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Other", "Words."))

    for based_on in (None, other.pk):
        with pytest.raises(Invalid):
            make_remark(
                actor=cast.actor("ben"),
                manual=cast.team_manual,
                page_id=page.edition.page_id,
                noticed=Noticed("Hm.", based_on),
            )
