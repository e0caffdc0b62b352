"""Wherever somebody types a sentence in this room, it is kept on their device until it has arrived."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import get_template
from tests.conftest import Cast
from tests.manual.made import Commit
from tests.manual.remarks_made import remark
from tests.manual.steps_made import CLASH
from tests.manual.steps_screens import at, waiting
from tests.together.made import as_, html

from fieldcraft.engine.prose.anchor import Quote
from fieldcraft.manual.actions.drafts import Text, agree
from fieldcraft.manual.actions.manuals import make_manual
from fieldcraft.manual.actions.offers import Seen, decline_offer, make_offer
from fieldcraft.manual.actions.pages import add_page, note_page, set_page_aside
from fieldcraft.manual.actions.publications import begin, publish
from fieldcraft.manual.actions.remarks import Noticed, make_remark
from fieldcraft.manual.models import Audience, Kind, Manual, Offer, Revision
from fieldcraft.manual.queries.publications import open_publication
from fieldcraft.people.actions.community import set_quorum

AT, TYPED = "/m/street-manual/", "Words that took a while."
TEMPLATES = Path(get_template("manual/frame.html").origin.name).parent
A_FORM = re.compile(r'<form[^>]*method="post"[^>]*>.*?</form>', re.S)
TYPED_INTO = ("ui/form.html", "ui/field.html", "manual/reason_form.html", "<textarea", 'type="text"')
NO_SENTENCE = {
    "about.html": "one chooses there",
    "import_start.html": "a file is chosen there",
    "manual_start.html": "a title and what to build on",
}
Where = tuple[str, str]  # who, and at which address
Screen = Callable[[Cast, Commit, str], Where]


def below(cast: Cast, title: str, body: str = "Knock.") -> Revision:
    return add_page(actor=cast.actor("edie"), manual=cast.core, text=Text(title, body))


def own(cast: Cast, title: str, body: str = "They sing.") -> Revision:
    return add_page(actor=cast.actor("ben"), manual=cast.team_manual, text=Text(title, body))


def noted(cast: Cast, title: str) -> Revision:
    page = below(cast, title)
    ask: dict[str, Any] = {"manual": cast.team_manual, "page_id": page.edition.page_id, "based_on": page.pk}
    return note_page(actor=cast.actor("ben"), text=Text(title, "The bell is broken."), **ask)


def drafted(cast: Cast, title: str) -> Revision:
    set_quorum(actor=cast.actor("ana"), team=cast.team, quorum=2)
    return own(cast, title)


def aside(cast: Cast, title: str) -> Revision:
    set_quorum(actor=cast.actor("ana"), team=cast.team, quorum=2)
    page = below(cast, title)
    ask: dict[str, Any] = {"manual": cast.team_manual, "page_id": page.edition.page_id, "based_on": page.pk}
    return set_page_aside(actor=cast.actor("ben"), reason="No doors.", **ask)


def offered(cast: Cast, title: str) -> Offer:
    of: dict[str, Any] = {"actor": cast.actor("ben"), "manual": cast.team_manual, "to": cast.core}
    return make_offer(**of, revision=own(cast, title), seen=Seen("A bell is heard."))


def remarked(cast: Cast, title: str) -> str:
    return f"{AT}remarks/{remark(cast, below(cast, title)).pk}/"


def page_at(title: str, end: str) -> str:
    return f"{AT}p/{title.lower()}/{end}/"


def of_manual(cast: Cast, title: str, end: str) -> Where:
    """Of what a manual has once, two manuals have two."""
    return ("edie", f"/m/core/{end}/") if title == "Lamps" else ("ben", f"{AT}{end}/")


def to_gather(cast: Cast, title: str) -> Where:
    made = make_manual(by=None, organisation_id=cast.organisation.pk, title=title, audience=Audience.ORGANISATION)
    return "edie", f"/m/{made.slug}/publication/"


def gathering(cast: Cast, title: str) -> Where:
    if before := open_publication(cast.core):
        publish(actor=cast.actor("edie"), publication=before, note="Tea.")
    begin(actor=cast.actor("edie"), manual=cast.core, title=title)
    below(cast, title)
    return "edie", "/m/core/publication/"


def to_copy(cast: Cast, title: str) -> Where:
    """Somebody of another organisation reads a page that they may copy into their own team's manual."""
    team = cast.people["cleo"].memberships.get().team
    if not Manual.objects.filter(team=team).exists():
        into: dict[str, Any] = {"organisation_id": team.organisation_id, "team_id": team.pk}
        make_manual(by=None, title="Theirs", kind=Kind.TEAM, **into)
    own(cast, title)
    return "cleo", page_at(title, "copy")


def passage(cast: Cast, title: str) -> str:
    page = below(cast, title)
    where: dict[str, Any] = {"manual": cast.team_manual, "page_id": page.edition.page_id}
    made = make_remark(actor=cast.actor("ben"), noticed=Noticed("Hm.", page.pk, Quote("Knock")), **where)
    return f"{AT}remarks/{made.pk}/pass-on/"


def on_core(cast: Cast, title: str, end: str) -> Where:
    below(cast, title)
    return "ben", page_at(title, end)


def on_own(cast: Cast, title: str, end: str, body: str = "They sing.") -> Where:
    own(cast, title, body)
    return "ben", page_at(title, end)


def beside(cast: Cast, title: str, end: str = "") -> Where:
    return "ben", f"{page_at(title, 'notes')}{noted(cast, title).edition_id}/{end}"


def of_step(cast: Cast, commit: Commit, title: str, end: str) -> Where:
    return "ben", at(waiting(cast, commit, CLASH, title=title), end)


def suggested(cast: Cast, title: str) -> Where:
    below(cast, title)
    return "anyone", page_at(title, "remark")


SCREENS: list[tuple[str, str, Screen]] = [
    ("text_form", "body", lambda cast, _commit, title: of_manual(cast, title, "add")),
    ("text_form", "body", lambda cast, _commit, title: on_core(cast, title, "change")),
    ("text_form", "body", lambda cast, _commit, title: ("ana", f"{AT}drafts/{drafted(cast, title).pk}/change/")),
    ("page_note", "body", lambda cast, _commit, title: on_core(cast, title, "note")),
    ("page_note", "body", lambda cast, _commit, title: beside(cast, title)),
    ("give_up_form", "reason", lambda cast, _commit, title: beside(cast, title, "out/")),
    ("give_up_form", "reason", lambda cast, _commit, title: on_own(cast, title, "return")),
    ("page_set_aside", "reason", lambda cast, _commit, title: on_core(cast, title, "set-aside")),
    (
        "page_draft_reason",
        "reason",
        lambda cast, _commit, title: ("ana", f"{AT}drafts/{aside(cast, title).pk}/change/"),
    ),
    ("page_split", "reason", lambda cast, _commit, title: on_own(cast, title, "split", "A.\n\n## Going in\n\nB.")),
    ("page_copy", "reason", lambda cast, _commit, title: to_copy(cast, title)),
    ("draft", "reason", lambda cast, _commit, title: ("ana", f"{AT}drafts/{drafted(cast, title).pk}/")),
    ("remark_make", "body", lambda cast, _commit, title: on_core(cast, title, "remark")),
    ("remark_make", "body", lambda cast, _commit, title: suggested(cast, title)),
    ("remark", "body", lambda cast, _commit, title: ("ana", remarked(cast, title))),
    ("remark", "answer", lambda cast, _commit, title: ("ana", remarked(cast, title))),
    ("remark_pass", "body", lambda cast, _commit, title: ("ben", passage(cast, title))),
    ("offer_make", "reason", lambda cast, _commit, title: on_own(cast, title, "offer")),
    ("offer_made", "body", lambda cast, _commit, title: ("ben", f"{AT}offers/{offered(cast, title).pk}/")),
    ("offer_received", "body", lambda cast, _commit, title: ("edie", f"/m/core/offers/{offered(cast, title).pk}/")),
    ("offer_received", "reason", lambda cast, _commit, title: ("edie", f"/m/core/offers/{offered(cast, title).pk}/")),
    ("publication_begin", "title", lambda cast, _commit, title: to_gather(cast, title)),
    ("publication", "note", lambda cast, _commit, title: gathering(cast, title)),
    ("step_choice", "own", lambda cast, commit, title: of_step(cast, commit, title, "1/")),
    ("step_whole", "reason", lambda cast, commit, title: of_step(cast, commit, title, "whole/")),
    ("step_keep", "reason", lambda cast, commit, title: of_step(cast, commit, title, "keep/")),
    ("step_take", "reason", lambda cast, commit, title: of_step(cast, commit, title, "take/")),
]


def key_of(screen: str, field: str) -> str:
    """Under which key the form with that field is kept; "" where it is not."""
    form = next(found for found in A_FORM.findall(screen) if f'name="{field}"' in found)
    key = re.search(r'data-keep="([^"]*)"', form.partition(">")[0])
    return key[1].strip() if key else ""


@pytest.mark.parametrize(
    ("template", "field", "screen"), SCREENS, ids=lambda each: each if isinstance(each, str) else ""
)
def test_it_is_kept_under_a_key_of_its_own(
    cast: Cast, commit: Commit, open_manual: Manual, template: str, field: str, screen: Screen
) -> None:
    keys = set()
    for title in ("Kettles", "Lamps"):
        who, address = screen(cast, commit, title)
        answer = as_(cast, who).get(address)
        assert answer.status_code == 200, address
        assert f"manual/{template}.html" in {each.name for each in answer.templates}
        assert 'id="keep-words"' in html(answer), "the page has the script that keeps"
        keys.add(key_of(html(answer), field))

    assert "" not in keys
    assert len(keys) == 2, keys


def test_what_is_typed_into_two_forms_of_one_screen_is_kept_apart(cast: Cast, open_manual: Manual) -> None:
    answered, received = as_(cast, "ana").get(remarked(cast, "Doors")), offered(cast, "Bells")
    asked = as_(cast, "edie").get(f"/m/core/offers/{received.pk}/")

    assert key_of(html(answered), "body") != key_of(html(answered), "answer")
    assert key_of(html(asked), "body") != key_of(html(asked), "reason")


def test_no_form_of_this_room_is_left_out() -> None:
    kept = set()
    for path in sorted(TEMPLATES.glob("*.html")):
        for form in A_FORM.findall(path.read_text(encoding="utf-8")):
            if not any(each in form for each in TYPED_INTO) or path.name in NO_SENTENCE:
                continue
            assert "data-keep=" in form, path.name
            kept.add(path.stem)

    assert kept == {template for template, _field, _screen in SCREENS}


# What is typed comes back on the screen, too, where it cannot be taken


def test_a_reason_to_decline_what_was_agreed_meanwhile_is_shown_back(cast: Cast) -> None:
    draft = drafted(cast, "Kettles")
    agree(actor=cast.actor("ana"), draft=draft)

    answer = as_(cast, "ana").post(f"{AT}drafts/{draft.pk}/", {"act": "decline", "reason": TYPED})

    assert answer.status_code == 409
    assert TYPED in html(answer)


@pytest.mark.parametrize(
    ("who", "manual", "sent"),
    [
        ("ben", "street-manual", {"act": "answer", "body": TYPED}),
        ("edie", "core", {"act": "ask", "body": TYPED}),
        ("edie", "core", {"act": "decline", "reason": TYPED}),
    ],
)
def test_words_on_an_offer_that_was_answered_meanwhile_are_shown_back(
    cast: Cast, who: str, manual: str, sent: dict[str, str]
) -> None:
    offer = offered(cast, "Kettles")
    decline_offer(actor=cast.actor("edie"), offer=offer, reason="Ours rings.")

    answer = as_(cast, who).post(f"/m/{manual}/offers/{offer.pk}/", sent)

    assert answer.status_code == 409
    assert TYPED in html(answer)


def test_a_note_on_changes_that_were_published_meanwhile_is_shown_back(cast: Cast) -> None:
    made = begin(actor=cast.actor("edie"), manual=cast.core, title="Spring")
    below(cast, "Kettles")
    publish(actor=cast.actor("edie"), publication=made, note="Hers.")

    answer = as_(cast, "edie").post("/m/core/publication/", {"act": "publish", "note": TYPED})

    assert answer.status_code == 409
    assert TYPED in html(answer)


@pytest.mark.parametrize(
    ("end", "field"),
    [
        ("p/kettles/note/", "body"),
        ("p/kettles/change/", "body"),
        ("p/kettles/set-aside/", "reason"),
        ("p/kettles/return/", "reason"),
        ("p/kettles/remark/", "body"),
        ("publication/", "note"),
    ],
)
def test_who_was_signed_out_meanwhile_reads_their_words_again(cast: Cast, end: str, field: str) -> None:
    own(cast, "Kettles")

    answer = as_(cast, "anyone").post(f"{AT}{end}", {field: TYPED, "title": "Kettles"})

    assert answer.status_code == 404
    assert TYPED in html(answer)


def test_an_overlong_suggestion_comes_back_whole(cast: Cast, open_manual: Manual) -> None:
    words = f"{TYPED} " * 200

    answer = as_(cast, "anyone").post(f"{AT}p/hello/remark/", {"body": words, "based_on": "", "quote": ""})

    assert answer.status_code == 400
    assert words.strip() in html(answer)


def test_one_suggestion_too_many_comes_back_whole(cast: Cast, open_manual: Manual, page: Revision) -> None:
    client = as_(cast, "anyone")
    sent = {"based_on": str(page.pk), "quote": ""}

    answers = [client.post(f"{AT}p/hello/remark/", {**sent, "body": f"{TYPED} {number}"}) for number in range(40)]

    refused = next(each for each in answers if each.status_code == 429)
    assert TYPED in html(refused)
