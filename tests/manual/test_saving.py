"""What one save costs, and that what is derived from a text, or kept in memory, is that of the newest."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.conftest import Cast

from fieldcraft.audit.queries import events_on
from fieldcraft.manual.actions.drafts import Text, agree
from fieldcraft.manual.actions.manuals import ask_first, build_on, make_manual, stop_building_on
from fieldcraft.manual.actions.pages import add_page, revise
from fieldcraft.manual.actions.writing import bump
from fieldcraft.manual.models import Audience, Entry, Link, Manual, Revision, Word
from fieldcraft.manual.queries.resolve import chain_of, stack_named, stack_now
from fieldcraft.people.actions.community import set_quorum

SLUG = "street-manual"


@pytest.fixture
def page(cast: Cast) -> Revision:
    text = Text("Kettles", "A kettle sings.\n\nSee [[Tea]] and [[Cups]].", ("kitchen",))
    return add_page(actor=cast.actor("ben"), manual=cast.team_manual, text=text)


@pytest.fixture
def below(cast: Cast) -> tuple[Manual, Manual]:
    """Two more manuals of the organisation, each with a page of its own."""
    return _below(cast, "First"), _below(cast, "Second")


def _below(cast: Cast, title: str) -> Manual:
    made = make_manual(by=None, organisation_id=cast.organisation.pk, title=title)
    add_page(actor=cast.actor("edie"), manual=made, text=Text(title, "Words."))
    return made


def _changed(cast: Cast, page: Revision, body: str, title: str = "Kettles") -> Revision:
    return revise(actor=cast.actor("ben"), edition=page.edition, text=Text(title, body), based_on=page.pk)


@contextmanager
def _statements(most: int) -> Iterator[None]:
    with CaptureQueriesContext(connection) as queries:
        yield
    told = [each["sql"] for each in queries if not each["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(told) <= most, "\n".join(each[:100] for each in told)


def _links(page: Revision) -> list[str]:
    return sorted(Link.objects.filter(edition=page.edition_id).values_list("name", flat=True))


def _times() -> dict[str, int]:
    return dict(Word.objects.filter(times__gt=0).values_list("word", "times"))


def test_a_save_of_words_alone_costs_few_statements(cast: Cast, page: Revision) -> None:
    client = Client()
    client.force_login(cast.people["ben"], "allauth.account.auth_backends.AuthenticationBackend")
    sent = {"title": "Kettles", "tags": "kitchen", "reason": "", "pole": "", "based_on": str(page.pk)}
    stack_named(SLUG)

    with _statements(18):
        answer = client.post(f"/m/{SLUG}/p/kettles/change/", sent | {"body": "It hums.\n\nSee [[Tea]] and [[Cups]]."})

    assert answer.status_code == 302


def test_what_another_process_kept_is_renewed_in_four_queries(cast: Cast, page: Revision) -> None:
    stack_named(SLUG)
    _changed(cast, page, "It hums.")

    with _statements(4):
        stack = stack_named(SLUG)

    assert stack is not None
    assert stack.at("kettles") == stack_now(cast.team_manual).at("kettles")


def test_bumping_gives_the_version_that_the_row_has(cast: Cast) -> None:
    before = Manual.objects.get(pk=cast.team_manual.pk).version

    given = bump(cast.team_manual)

    assert given == cast.team_manual.version == Manual.objects.get(pk=cast.team_manual.pk).version == before + 1


def test_a_new_text_takes_the_place_of_the_old_one_in_the_search_index(cast: Cast, page: Revision) -> None:
    entry = Entry.objects.get(edition=page.edition_id)

    _changed(cast, page, "A jug pours.", title="Jugs")

    now = Entry.objects.get(edition=page.edition_id)
    assert (now.pk, now.title, now.tags, now.body) == (entry.pk, "jugs", "", "a jug pours.")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps the index in the row itself")
def test_the_index_of_sqlite_tells_the_same_as_its_table_after_a_change(cast: Cast, page: Revision) -> None:
    _changed(cast, page, "A jug pours.", title="Jugs")

    with connection.cursor() as cursor:  # raises where the two differ
        cursor.execute("INSERT INTO manual_entry_index(manual_entry_index, rank) VALUES ('integrity-check', 1)")
        found = cursor.execute("SELECT count(*) FROM manual_entry_index WHERE manual_entry_index MATCH 'kettle'")
        assert found.fetchone() == (0,)


def test_words_are_counted_once_however_often_a_page_is_saved(cast: Cast, page: Revision) -> None:
    first = _times()

    second = _changed(cast, page, "A jug pours. A jug pours.")
    _changed(cast, second, "A kettle sings.\n\nSee [[Tea]] and [[Cups]].")

    assert _times() == {word: times for word, times in first.items() if word != "kitchen"}


@pytest.mark.parametrize(("body", "names"), [
    ("It hums. See [[Cups]], see [[Tea]].", ["cups", "tea"]),
    ("See [[Tea]] and [[Jugs]].", ["jugs", "tea"]),
    ("See [[Tea]].", ["tea"]),
    ("No more.", []),
])  # fmt: skip
def test_links_are_those_of_the_newest_text(cast: Cast, page: Revision, body: str, names: list[str]) -> None:
    assert _links(page) == ["cups", "tea"]

    _changed(cast, page, body)

    assert _links(page) == names


def test_a_text_that_was_never_open_is_one_event_of_the_trail(cast: Cast, page: Revision) -> None:
    events = events_on(page.pk, organisation=cast.organisation.pk)

    assert [(event.verb, event.by) for event in events] == [("page.local", cast.people["ben"].pk)]
    assert page.agreements.count() == 1
    assert page.agreed_at


def test_a_draft_that_waited_is_two_events_of_the_trail(cast: Cast, page: Revision) -> None:
    set_quorum(actor=cast.actor("ana"), team=cast.team, quorum=2)
    draft = _changed(cast, page, "It hums.")
    assert draft.agreed_at is None

    agree(actor=cast.actor("ana"), draft=draft)

    events = events_on(draft.pk, organisation=cast.organisation.pk)
    told = [(event.verb, event.by) for event in events]
    assert told == [("draft.local", cast.people["ben"].pk), ("page.local", cast.people["ana"].pk)]


def _titles_of_chain() -> list[str]:
    stack = stack_named(SLUG)
    assert stack is not None
    assert stack.manuals == stack_now(stack.manual).manuals
    assert stack.state == stack_now(stack.manual).state
    return [manual.title for manual in stack.manuals if manual.title in {"First", "Second"}]


def test_what_a_manual_stands_on_is_never_that_of_before(cast: Cast, below: tuple[Manual, Manual]) -> None:
    ana, (first, second) = cast.actor("ana"), below
    seen = [_titles_of_chain()]

    for step in (
        lambda: build_on(actor=ana, manual=cast.team_manual, included=first),
        lambda: build_on(actor=ana, manual=cast.team_manual, included=second),
        lambda: ask_first(actor=ana, manual=cast.team_manual, included=second),
        lambda: stop_building_on(actor=ana, manual=cast.team_manual, included=second),
        lambda: build_on(actor=cast.actor("ada"), manual=first, included=second),
    ):
        step()
        seen.append(_titles_of_chain())

    assert seen == [[], ["First"], ["First", "Second"], ["Second", "First"], ["First"], ["First", "Second"]]


def test_what_came_between_two_looks_is_seen_at_the_next(
    cast: Cast, below: tuple[Manual, Manual], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = below

    def interrupted(manual: Manual) -> tuple[Manual, ...]:
        found = chain_of(manual)
        build_on(actor=cast.actor("ada"), manual=first, included=second)
        return found

    build_on(actor=cast.actor("ana"), manual=cast.team_manual, included=first)
    with monkeypatch.context() as patched:
        patched.setattr("fieldcraft.manual.queries.resolve.chain_of", interrupted)
        stack_named(SLUG)

    assert _titles_of_chain() == ["First", "Second"]


def test_who_may_read_a_manual_is_never_that_of_before(cast: Cast, page: Revision) -> None:
    assert stack_named(SLUG).manual.audience != Audience.TEAM

    Manual.objects.filter(pk=cast.team_manual.pk).update(audience=Audience.TEAM)
    bump(Manual.objects.get(pk=cast.team_manual.pk))

    assert stack_named(SLUG).manual.audience == Audience.TEAM


def test_a_page_is_found_by_each_name_it_had_however_often_it_was_renamed(cast: Cast, page: Revision) -> None:
    stack_named(SLUG)
    second = _changed(cast, page, "x", title="Jugs")
    stack_named(SLUG)
    third = _changed(cast, second, "x", title="Pots")

    stack = stack_named(SLUG)

    assert {stack.at(name).title for name in ("kettles", "jugs", "pots")} == {"Pots"}
    assert {stack.titled(name).revision_id for name in ("Kettles", "Jugs", "Pots")} == {third.pk}
    assert stack.layers[0].old_names == stack_now(cast.team_manual).layers[0].old_names
