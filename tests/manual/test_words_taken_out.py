"""A name that should never have been written is taken out of all that a manual ever said, and nothing else changes."""

import json
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.conftest import Cast
from tests.manual.remarks_made import remark
from tests.together.made import as_, html

from fieldcraft.audit.models import Event
from fieldcraft.errors import Invalid
from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.pages import add_page, note_page, revise
from fieldcraft.manual.actions.remarks import reply_to_remark
from fieldcraft.manual.actions.taking_out import PLACES, TakenOut, take_words_out
from fieldcraft.manual.models import Entry, Link, Manual, OldName, Rendering, Revision, Word
from fieldcraft.manual.queries.remarks import state_of
from fieldcraft.manual.queries.resolve import stack_named
from fieldcraft.manual.queries.search import search
from fieldcraft.rows import write_over_what_went

NAME = "Jayden Brooks"
BODY = (
    f"## At {NAME}'s door\n\nRing **twice** for {NAME.upper()}, then wait. See [[{NAME}]].\n\nJayden\nBrooks hears it."
)
MADE_FROM_TEXTS = {Rendering, Entry, Word, Link, OldName}
NO_WORDS_OF_PEOPLE = {
    ("Manual", "title"), ("Manual", "slug"), ("Manual", "root_tag"),  # is said on a screen of its own
    ("Edition", "credits"),  # names of teams
    ("Edition", "slug"),  # made of the title
    ("Attachment", "sha256"), ("Attachment", "media_type"),
    ("Import", "upload"),
}  # fmt: skip


def take_out(manual: Manual, words: str = NAME, *, apply: bool = True) -> TakenOut:
    return take_words_out(by=None, manual=manual, words=words, apply=apply)


def everything(*, but: set[str] = frozenset()) -> str:  # type: ignore[assignment]
    """Every row of every table of this room, as whoever has a copy of the database reads it."""
    rooms = [model for model in apps.get_app_config("manual").get_models() if model.__name__ not in but]
    return "\n".join(
        f"{model.__name__} {row}" for model in rooms for row in model._default_manager.values_list()
    ).lower()


@pytest.fixture
def street(cast: Cast) -> Manual:
    """A page, its former text, a note, a remark and a reply, all with the name; and another page without."""
    ben, manual = cast.actor("ben"), cast.team_manual
    page = add_page(
        actor=ben, manual=manual, text=Text(f"Visiting {NAME}", BODY, tags=(NAME,), reason=f"{NAME} asked.")
    )
    core = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Core", "Wait."))
    add_page(actor=ben, manual=manual, text=Text("Brooks", "Jayden's brook. Brooks run."))
    note_page(
        actor=ben, manual=manual, page_id=core.edition.page_id, text=Text("Core", f"{NAME} waits."), based_on=core.pk
    )
    made = remark(cast, page, f"for {NAME.upper()}", body=f"{NAME} is deaf.")
    reply_to_remark(actor=cast.actor("ana"), remark=made, body=f"So is {NAME}'s mother.", seen=state_of(made))
    text = Text("Visiting somebody", BODY.replace("wait", "wait a little"))
    revise(actor=ben, edition=page.edition, text=text, based_on=page.pk)
    return Manual.objects.get(pk=manual.pk)


def test_no_row_of_the_room_holds_it_any_more_and_what_is_not_it_stays(street: Manual) -> None:
    assert "jayden brooks" in everything()

    done = take_out(street)

    left = everything()
    assert [words for words in ("jayden brooks", "jayden\\nbrooks", "jayden-brooks") if words in left] == []
    assert "jayden's brook. brooks run." in left
    assert done.rows["revision"] == 3
    assert (done.rows["remark"], done.rows["reply"]) == (1, 1)


def test_readers_get_the_mark_and_the_page_is_found_by_its_other_words(cast: Cast, street: Manual) -> None:
    take_out(street)

    ben = as_(cast, "ben")
    shown = html(ben.get("/m/street-manual/p/visiting-somebody/"))
    assert "Ring <strong>twice</strong> for (…), then wait a little." in shown
    stack = stack_named("street-manual")
    assert stack
    assert [hit.held.title for hit in search([stack], "twice").hits] == ["Visiting somebody"]
    assert [hit.held.title for hit in search([stack], "jayden brooks").hits] == ["Brooks"]
    assert "(…) asked." in html(ben.get("/m/street-manual/p/visiting-somebody/history/"))


def test_a_page_whose_title_held_it_moves_to_an_address_without_it(cast: Cast) -> None:
    add_page(actor=cast.actor("ben"), manual=cast.team_manual, text=Text(f"Visiting {NAME}", "Ring."))
    take_out(cast.team_manual)

    ben = as_(cast, "ben")
    assert ben.get("/m/street-manual/p/visiting-jayden-brooks/").status_code == 404
    assert "Visiting (…)" in html(ben.get("/m/street-manual/p/visiting/"))


def test_links_between_pages_and_front_matter_stay_what_they_are(cast: Cast) -> None:
    add_page(actor=cast.actor("ben"), manual=cast.team_manual, text=Text(NAME, "He waits."))
    body = f"See [[{NAME}]] and [him]({NAME.replace(' ', '%20')}.md).\n\n## {NAME}\n\n- **{NAME}**\n"
    page = add_page(actor=cast.actor("ben"), manual=cast.team_manual, text=Text("Doors", body))
    Revision.objects.filter(pk=page.pk).update(header=f"---\ntitle: {NAME}\ntags: [{NAME}]\n---\n")

    take_out(cast.team_manual)

    shown = html(as_(cast, "ben").get("/m/street-manual/p/doors/"))
    assert '<a href="/m/street-manual/p/page/">(…)</a>' in shown
    page.refresh_from_db()
    assert page.header == "---\ntitle: (…)\ntags: [(…)]\n---\n"
    assert page.body == "See [[(…)]] and [him]((…).md).\n\n## (…)\n\n- **(…)**\n"


def test_a_plan_counts_the_same_and_changes_nothing(street: Manual) -> None:
    before, events = everything(), Event.objects.count()

    planned = take_out(street, apply=False)

    assert everything() == before
    assert Event.objects.count() == events
    assert take_out(street) == planned


def test_a_second_time_there_is_nothing(street: Manual) -> None:
    take_out(street)

    assert take_out(street).rows == {}


def test_the_record_of_events_says_that_it_was_done_and_not_what(street: Manual) -> None:
    take_out(street)

    event = Event.objects.order_by("pk").last()
    assert event
    assert (event.verb, event.subject) == ("manual.words_taken_out", street.pk)
    assert "jayden" not in str(list(Event.objects.values_list())).lower()


def test_other_manuals_are_named_and_left(cast: Cast, street: Manual) -> None:
    add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Also", f"{NAME} again."))

    assert take_out(street).elsewhere == ("core",)
    assert Revision.objects.filter(edition__manual=cast.core, body__contains=NAME).exists()


@pytest.mark.parametrize("words", ["", "  ", "Jo", "J o"])
def test_too_few_letters_are_refused(street: Manual, words: str) -> None:
    before = everything()

    with pytest.raises(Invalid, match="at least three letters"):
        take_out(street, words)

    assert everything() == before


def test_signs_that_mean_something_to_a_pattern_are_taken_as_they_are(cast: Cast) -> None:
    made = add_page(actor=cast.actor("ben"), manual=cast.team_manual, text=Text("Calls", "Ring (020) 7946*0 or 79460."))

    take_out(cast.team_manual, "(020) 7946*0")

    made.refresh_from_db()
    assert made.body == "Ring (…) or 79460."


def test_every_column_with_words_of_people_is_looked_through() -> None:
    """A new column of words has to be put into one of the three."""
    for model in apps.get_app_config("manual").get_models():
        if model in MADE_FROM_TEXTS:
            continue
        looked_through = PLACES[model][1] if model in PLACES else ()
        for field in model._meta.concrete_fields:
            holds_words = (
                isinstance(field, models.CharField | models.TextField | models.JSONField) and not field.choices
            )
            if holds_words and field.name not in looked_through:
                assert (model.__name__, field.name) in NO_WORDS_OF_PEOPLE


def said(*words: str, **options: Any) -> str:
    out = StringIO()
    call_command("take_words_out", "street-manual", *words, stdout=out, **options)
    return out.getvalue()


def test_the_command_plans_then_does_it_and_says_so(street: Manual) -> None:
    assert "Nothing has changed yet." in said("Jayden", "Brooks")
    assert json.loads(said("Jayden Brooks", json=True))["applied"] is False
    assert "“(…)” stands in their place now." in said("jayden brooks", apply=True)
    assert said("Jayden Brooks") == "Nothing in this manual holds these words.\n"


def test_the_command_refuses_with_a_sentence(db: None, cast: Cast) -> None:
    with pytest.raises(CommandError, match="There is no manual “nowhere”"):
        call_command("take_words_out", "nowhere", "Jayden")
    with pytest.raises(CommandError, match="at least three letters"):
        said("Jo")


@pytest.mark.parametrize(("apply", "after"), [(True, [write_over_what_went]), (False, [])])
def test_it_is_written_over_when_words_were_taken_out_and_not_for_a_plan(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, *, apply: bool, after: list[object]
) -> None:
    with django_capture_on_commit_callbacks() as calls:
        take_words_out(by=None, manual=cast.team_manual, words=NAME, apply=apply)

    assert calls == after
