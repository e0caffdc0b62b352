"""A part of a page becomes a page of its own; and what becomes of a note whose page is taken out below."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.conftest import Cast

from fieldcraft.errors import Invalid, NotAllowed, Stale
from fieldcraft.manual.actions.drafts import Text, agree, decline, redo, take_back_yes
from fieldcraft.manual.actions.notes_left import make_page_of_note
from fieldcraft.manual.actions.pages import adapt_page, add_page, give_up, note_page
from fieldcraft.manual.actions.publications import begin, take_out
from fieldcraft.manual.actions.splitting import split_page
from fieldcraft.manual.models import Edition, Revision, Standing, State, Step
from fieldcraft.manual.queries.notes_left import notes_left
from fieldcraft.manual.queries.reading import page_as_read
from fieldcraft.manual.queries.resolve import stack_named, stack_now

BODY = "Ring first.\n\n## Going in\n\nKnock, see [[Keys]].\n\n## Leaving\n\nSay when.\n"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
Commit = Callable[..., Any]


@pytest.fixture
def page(cast: Cast) -> Revision:
    text = Text("Visits", BODY, ("doors",), section=("Basics",), position=3)
    return add_page(actor=cast.actor("edie"), manual=cast.core, text=text)


def _split(cast: Cast, page: Revision, who: str = "edie", **of: Any) -> tuple[Revision, Revision]:
    start = page.body.index(f"## {of.pop('heading', 'Going in')}")
    asked: dict[str, Any] = {"page_id": page.edition.page_id, "start": start, "title": "", "based_on": page.pk, **of}
    return split_page(actor=cast.actor(who), manual=asked.pop("manual", cast.core), **asked)


def _client(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.people[who], BACKEND)
    return client


def test_the_part_is_a_page_of_its_own_and_a_link_stands_in_its_place(cast: Cast, page: Revision) -> None:
    part, rest = _split(cast, page)

    assert (part.title, part.body, part.copied_from, part.state) == (
        "Going in", "Knock, see [[Keys]].\n", page, State.AGREED,
    )  # fmt: skip
    assert rest.reason == "“Going in” became a page of its own."
    assert rest.body == "Ring first.\n\n[[Going in]]\n\n## Leaving\n\nSay when.\n"
    stack = stack_now(cast.team_manual)
    new, old = stack.titled("Going in"), stack.titled("Visits")
    assert new
    assert old
    assert (new.tags, new.section, new.position) == (("doors",), ("Basics",), 3)
    html = "".join(str(each) for each, _notes in page_as_read(stack, old).parts)
    assert 'href="/m/street-manual/p/going-in/"' in html


@pytest.mark.parametrize("title", ["A [b] | c # d", "Tea & <i>"])
def test_the_link_leads_there_whatever_the_new_title_is(cast: Cast, page: Revision, title: str) -> None:
    part, _rest = _split(cast, page, title=title)

    stack = stack_now(cast.core)
    held = stack.covering(page.edition.page_id)
    assert held
    html = "".join(str(each) for each, _notes in page_as_read(stack, held).parts)
    assert part.title == title
    assert f'href="/m/core/p/{part.edition.slug}/"' in html


def test_a_title_that_is_taken_or_too_long_or_of_signs_alone_is_refused(cast: Cast, page: Revision) -> None:
    add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Going in", "Other."))
    before = Revision.objects.count()
    for title in ("", "going  IN", "x" * 256, "[|#]"):
        with pytest.raises(Invalid):
            _split(cast, page, title=title)
    assert Revision.objects.count() == before


def test_what_is_no_part_of_the_text_is_refused(cast: Cast, page: Revision) -> None:
    with pytest.raises(Invalid):
        _split(cast, page, start=1)


def test_of_two_at_once_the_second_splits_nothing(cast: Cast, page: Revision) -> None:
    _split(cast, page)
    with pytest.raises(Stale):
        _split(cast, page, heading="Leaving")


def test_only_those_who_write_the_manual_split_its_own_pages(cast: Cast, page: Revision) -> None:
    with pytest.raises(NotAllowed):
        _split(cast, page, who="ben")
    with pytest.raises(Stale):
        _split(cast, page, who="ben", manual=cast.team_manual)


@pytest.fixture
def halves(cast: Cast, page: Revision) -> tuple[Revision, Revision]:
    """The new page and the old one without it, each a draft of a team where two have to agree."""
    ours = adapt_page(
        actor=cast.actor("ben"), manual=cast.team_manual, page_id=page.edition.page_id, text=Text("Visits", BODY),
        based_on=page.pk,
    )  # fmt: skip
    cast.team.quorum = 2
    cast.team.save()
    return _split(cast, ours, who="ben", manual=cast.team_manual)


def _states(*drafts: Revision) -> list[str]:
    return [Revision.objects.get(pk=draft.pk).state for draft in drafts]


@pytest.mark.parametrize("asked", [0, 1])
def test_where_more_than_one_yes_is_needed_both_drafts_are_agreed_by_one(
    cast: Cast, page: Revision, halves: tuple[Revision, Revision], asked: int
) -> None:
    part, rest = halves
    assert _states(part, rest) == [State.DRAFT] * 2
    assert (rest.base, rest.standing) == (page, Standing.ADAPTED)
    shown = _client(cast, "ana").get(f"/m/street-manual/drafts/{halves[asked].pk}/").content.decode()
    assert "two drafts go together" in shown
    assert str(halves[1 - asked].pk) in shown

    agree(actor=cast.actor("ana"), draft=halves[asked])

    assert _states(part, rest) == [State.AGREED] * 2
    held = stack_now(cast.team_manual).titled("Going in")
    assert held
    assert held.section == ("Basics",), "where the page stands, though the adaptation names no place"


@pytest.mark.parametrize("asked", [0, 1])
def test_half_a_split_is_neither_declined_nor_withdrawn(
    cast: Cast, halves: tuple[Revision, Revision], asked: int
) -> None:
    decline(actor=cast.actor("ana"), draft=halves[asked], reason="One page reads better.")

    assert _states(*halves) == [State.DECLINED] * 2
    assert not Edition.objects.filter(manual=cast.team_manual, title="Going in", ended_at=None).exists()


@pytest.mark.parametrize("asked", [0, 1])
def test_a_half_that_is_written_anew_goes_with_the_other_still(
    cast: Cast, halves: tuple[Revision, Revision], asked: int
) -> None:
    old, other = halves[asked], halves[1 - asked]
    text = Text(old.title, f"{old.body}\nGently.\n")
    anew = redo(actor=cast.actor("ben"), draft=old, text=text, based_on=old.parent_id)

    agree(actor=cast.actor("ana"), draft=other)

    assert _states(anew, other) == [State.AGREED] * 2


def test_a_yes_to_a_half_is_taken_back_from_both(cast: Cast, halves: tuple[Revision, Revision]) -> None:
    assert [draft.agreements.count() for draft in halves] == [1, 1]

    take_back_yes(actor=cast.actor("ben"), draft=halves[1])

    assert [draft.agreements.count() for draft in halves] == [0, 0]


def test_half_a_split_is_not_taken_out_of_what_is_gathered(cast: Cast, page: Revision) -> None:
    begin(actor=cast.actor("edie"), manual=cast.core, title="Spring")
    part, rest = _split(cast, page)

    take_out(actor=cast.actor("edie"), revision=part)

    assert _states(part, rest) == [State.DRAFT] * 2


def test_both_are_gathered_while_the_manual_gathers(cast: Cast, page: Revision) -> None:
    begin(actor=cast.actor("edie"), manual=cast.core, title="Spring")
    assert {each.state for each in _split(cast, page)} == {State.GATHERED}


def test_teams_that_cover_the_page_get_its_step(
    cast: Cast, page: Revision, django_capture_on_commit_callbacks: Commit
) -> None:
    adapt_page(
        actor=cast.actor("ben"), manual=cast.team_manual, page_id=page.edition.page_id,
        text=Text("Visits", f"Ours.\n\n{BODY}"), based_on=page.pk,
    )  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        part, rest = _split(cast, page)

    step = Step.objects.get(manual=cast.team_manual)
    assert step.theirs == rest
    assert stack_now(cast.team_manual).covering(part.edition.page_id)


def test_relative_links_of_an_imported_page_go_on_leading_where_they_led(cast: Cast, page: Revision) -> None:
    Edition.objects.filter(pk=page.edition_id).update(path="guide/visits.md")

    part, _rest = _split(cast, page)

    assert part.edition.path == "guide/going-in.md"


def test_on_screen_the_parts_are_chosen_seen_and_split(cast: Cast, page: Revision) -> None:
    client, path = _client(cast, "edie"), "/m/core/p/visits/split/"
    assert path in client.get("/m/core/p/visits/").content.decode()
    html = client.get(path).content.decode()
    assert "Going in" in html
    sent = {"part": str(BODY.index("## Going")), "based_on": str(page.pk), "title": "", "reason": ""}

    seen = client.post(path, {**sent, "preview": "yes"})
    assert "The new page: Going in" in seen.content.decode()
    assert Revision.objects.count() == 1
    assert client.post(path, {**sent, "part": ""}).status_code == 400
    assert client.post(path, {**sent, "part": "1"}).status_code == 400
    assert client.post(path, {**sent, "title": "Visits"}).status_code == 400

    answer = client.post(path, sent, follow=True)

    assert "is a page of its own now" in answer.content.decode()
    stale = client.post(path, sent)
    assert stale.status_code == 400, "the part is not on the list any more"
    left = {**sent, "part": str(Revision.objects.last().body.index("## Leaving"))}
    assert client.post(path, left).status_code == 409


def test_a_page_without_parts_says_how_it_gets_one(cast: Cast) -> None:
    add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Short", "Words."))
    client = _client(cast, "edie")

    assert "Give the part a heading first" in client.get("/m/core/p/short/split/").content.decode()
    assert "/split/" not in client.get("/m/core/p/short/").content.decode()


@pytest.fixture
def left(cast: Cast, page: Revision) -> Revision:
    """A note of the team beside a page that the core has taken out since."""
    text = Text("Visits", "Our bell is *broken*.", quote="Ring first")
    note = note_page(actor=cast.actor("ben"), manual=cast.team_manual, page_id=page.edition.page_id, text=text)
    give_up(actor=cast.actor("edie"), edition=page.edition, based_on=page.pk)
    return note


def test_a_note_whose_page_is_gone_is_told_and_its_words_are_kept(cast: Cast, left: Revision) -> None:
    client = _client(cast, "ben")
    for path in ("/m/street-manual/", "/m/street-manual/to-manualize/"):
        assert "/m/street-manual/notes-left/" in client.get(path).content.decode()

    html = client.get("/m/street-manual/notes-left/").content.decode()

    assert "Our bell is <em>broken</em>." in html
    assert "Ring first" in html


def test_it_becomes_a_page_of_the_team_s_own_with_the_page_s_identity(cast: Cast, left: Revision) -> None:
    answer = _client(cast, "ben").post(
        "/m/street-manual/notes-left/",
        {"note": str(left.edition_id), "based_on": str(left.pk), "act": "page"},
        follow=True,
    )

    assert "It is a page of your own now." in answer.content.decode()
    stack = stack_named("street-manual")
    assert stack
    held = stack.covering(left.edition.page_id)
    assert held
    assert (held.standing, held.title) == (Standing.LOCAL, "Visits")
    assert Revision.objects.get(pk=held.revision_id).body == "Our bell is *broken*."
    assert (notes_left(stack), stack.notes(held.page_id)) == ([], ())


def test_it_is_taken_out_and_can_be_brought_back(cast: Cast, left: Revision) -> None:
    client = _client(cast, "ben")
    client.post("/m/street-manual/notes-left/", {"note": str(left.edition_id), "act": "out"})

    assert "Every note stands beside its page." in client.get("/m/street-manual/notes-left/").content.decode()
    assert "Our bell" in client.get("/m/street-manual/gone/").content.decode()


def test_where_the_team_agrees_first_the_note_stays_until_then(cast: Cast, left: Revision) -> None:
    cast.team.quorum = 2
    cast.team.save()
    client = _client(cast, "ben")
    sent = {"note": str(left.edition_id), "based_on": str(left.pk), "act": "page"}

    assert client.post("/m/street-manual/notes-left/", sent).status_code == 302

    html = client.get("/m/street-manual/notes-left/").content.decode()
    assert "Our bell" in html
    assert html.count("draft of") == 2
    assert 'value="page"' not in html


def test_nobody_else_decides_and_a_page_that_is_back_needs_no_deciding(
    cast: Cast, page: Revision, left: Revision
) -> None:
    sent = {"note": str(left.edition_id), "based_on": str(left.pk), "act": "page"}
    assert _client(cast, "cora").post("/m/street-manual/notes-left/", sent).status_code == 403
    ask: dict[str, Any] = {"actor": cast.actor("ben"), "manual": cast.team_manual, "based_on": left.pk}
    with pytest.raises(Stale):
        make_page_of_note(**ask, edition_id=page.edition_id)
    Edition.objects.filter(pk=page.edition_id).update(ended_at=None)
    with pytest.raises(Stale):
        make_page_of_note(**ask, edition_id=left.edition_id)
    assert _client(cast, "ben").post("/m/street-manual/notes-left/", {"note": "x", "act": "page"}).status_code == 404
