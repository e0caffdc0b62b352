"""One's own trail where a manual's whole history came in a second time: nobody did anything again by that."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.conftest import Cast

from fieldcraft.engine.formats.export.history import history_json
from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.pages import add_page, note_page
from fieldcraft.manual.actions.remarks import Noticed, make_remark
from fieldcraft.manual.actions.transfer.checked import checked
from fieldcraft.manual.actions.transfer.history import restore_history
from fieldcraft.manual.models import Manual, Remark, Rendering, Revision, State
from fieldcraft.manual.queries.export.history import whole_history
from fieldcraft.together.queries.trail import path_of, traces
from fieldcraft.together.queries.trail.traces import AT_ONCE, Trace


@pytest.fixture
def acts(cast: Cast) -> Revision:
    """Ben puts a note beside a page, remarks on it, and has a text of his declined; gives the core's page."""
    ben, team = cast.actor("ben"), cast.team_manual
    below = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", "Knock twice."))
    note_page(actor=ben, manual=team, page_id=below.edition.page_id, text=Text("Hello", "Once will do."))
    make_remark(actor=ben, manual=team, page_id=below.edition.page_id, noticed=Noticed("Nobody hears it.", below.pk))
    page = add_page(actor=ben, manual=team, text=Text("Bell", "Ring."))
    draft = Revision.objects.create(
        edition=page.edition, standing="local", parent=page, title="Bell", body="Ring on.", by=cast.people["ben"],
        state=State.DECLINED, answer="Too loud.", answered_by=cast.people["ana"], answered_at=timezone.now(),
    )  # fmt: skip
    Rendering.objects.create(revision=draft, html="", text="")
    return below


def _copied(cast: Cast, slug: str = "again") -> Manual:
    history = checked(json.loads(history_json(whole_history(cast.team_manual))))
    return restore_history(by=None, history=history, slug=slug, organisation=cast.organisation).manual


def _whole_trail(cast: Cast) -> list[Trace]:
    found, onward = traces(cast.actor("ben"))
    while onward:
        more, onward = traces(cast.actor("ben"), onward)
        found += more
    return found


def test_a_copy_beside_the_original_adds_nothing_to_anybodys_trail(cast: Cast, acts: Revision) -> None:
    before, path = _whole_trail(cast), path_of(cast.actor("ben"))
    assert [trace.became for trace in before].count("It was declined.") == 1

    _copied(cast)
    _copied(cast, "and-again")

    assert _whole_trail(cast) == before, "and each leads to the original"
    assert path_of(cast.actor("ben")) == path


def test_what_somebody_does_in_the_copy_is_in_their_trail(cast: Cast, acts: Revision) -> None:
    before = _whole_trail(cast)
    copy = _copied(cast)

    note_page(actor=cast.actor("ben"), manual=copy, page_id=acts.edition.page_id, text=Text("Hello", "Twice will do."))

    assert len(_whole_trail(cast)) == len(before) + 1


def test_different_things_of_one_moment_are_all_there(cast: Cast, acts: Revision) -> None:
    ben, page = cast.actor("ben"), acts.edition.page_id
    for words in ("It is dark.", "It is cold."):
        make_remark(actor=ben, manual=cast.team_manual, page_id=page, noticed=Noticed(words, acts.pk))
    Remark.objects.update(made_at=timezone.now() - timedelta(days=1))

    _copied(cast)

    assert [trace.did for trace in _whole_trail(cast)].count("You remarked on “Hello”.") == 3


def test_a_trail_that_goes_on_loses_nothing_to_copies(cast: Cast, acts: Revision) -> None:
    ben, page = cast.actor("ben"), acts.edition.page_id
    for number in range(AT_ONCE + 5):
        make_remark(actor=ben, manual=cast.team_manual, page_id=page, noticed=Noticed(f"{number}", acts.pk))
    before = _whole_trail(cast)

    _copied(cast)

    assert _whole_trail(cast) == before
    assert len(before) == AT_ONCE + 5 + 4
