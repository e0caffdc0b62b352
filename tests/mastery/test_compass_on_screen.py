"""Purpose, vision, now and the band through the plain forms: what is asked, what is shown, nothing typed is lost."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.conftest import Cast

from fieldcraft.mastery.actions import compass as act
from fieldcraft.mastery.models import (
    Change,
    Hold,
    Obstacle,
    Purpose,
    RealityNote,
    TensionMark,
    Vision,
    VisionRevision,
)
from fieldcraft.mastery.queries.compass.own import stamp

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
EVIL = '<script>alert("1")</script> & <b>bold</b> {{ 7 }} javascript:x'
PICTURE = "A family calls us before it breaks."


def as_(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.people[name], BACKEND)
    return client


@pytest.fixture
def ben(cast: Cast) -> Client:
    return as_(cast, "ben")


@pytest.fixture
def vision(cast: Cast) -> Vision:
    return act.begin_vision(actor=cast.actor("ben"), picture=PICTURE)


def at(name: str, thing: Any, *more: str) -> str:
    return reverse(f"mastery:{name}", args=[thing.pk, *more])


def text(answer: Any) -> str:
    return str(answer.content.decode())


# The first screen


def test_the_first_screen_teaches_the_difference_in_three_sentences_and_urges_nothing(ben: Client) -> None:
    html = text(ben.get("/compass/"))
    found = re.search(r'id="begin">.*?<p>(.*?)</p>', html, re.S)

    assert found
    assert len(re.findall(r"[.](?:\s|$)", found[1])) == 3
    assert "purpose is a direction" in found[1]
    assert "vision is a picture" in found[1]
    assert "All the rest works without." in html


def test_the_first_screen_shows_vision_and_now_and_what_is_in_the_way(cast: Cast, ben: Client, vision: Vision) -> None:
    act.begin_purpose(actor=cast.actor("ben"), sentence="That nobody is given up on")
    act.keep_now(actor=cast.actor("ben"), vision=vision, seen=act.Seen("They call at midnight."))
    Obstacle.objects.create(owner=cast.people["ben"], text="The rota ends at six.")
    html = text(ben.get("/compass/"))

    for words in ("That nobody is given up on", PICTURE, "They call at midnight.", "The rota ends at six."):
        assert words in html
    assert "Where are you heading?" not in html
    assert not re.search(r"\d+ ?%|<progress|<meter", html)


# Asking back


@pytest.mark.parametrize(
    ("path", "field", "words", "noticed"),
    [
        ("/compass/purposes/new/", "sentence", "Ten more visits by June", "by June"),
        ("/compass/visions/new/", "picture", "Better communication", "Better"),
        ("/compass/visions/new/", "picture", "No more shouting", "No more"),
    ],
)
def test_what_is_noticed_is_asked_once_with_the_reason_and_blocks_nothing(
    ben: Client, path: str, field: str, words: str, noticed: str
) -> None:
    asked = ben.post(path, {field: words})
    html = text(asked)
    assert asked.status_code == 200
    assert f"“{noticed}”" in html
    assert "Keep it as it is" in html
    assert Purpose.objects.count() + Vision.objects.count() == 0

    sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html))
    sent.pop("csrfmiddlewaretoken")
    assert sent[field] == words
    again = ben.post(path, {**sent, "act": "again"})
    assert f"{words}</textarea>" in text(again)
    assert "Keep it as it is" not in text(again)

    assert ben.post(path, {**sent, "act": "keep"}).status_code == 302
    assert Purpose.objects.count() + Vision.objects.count() == 1


def test_looked_at_again_the_same_is_not_asked_twice(ben: Client) -> None:
    answer = ben.post("/compass/purposes/new/", {"sentence": "Ten by June", "asked": "target"})

    assert answer.status_code == 302


def test_letting_go_asks_nothing_about_the_words(cast: Cast, ben: Client, vision: Vision) -> None:
    Vision.objects.update(picture="No more shouting")
    vision.refresh_from_db()
    answer = ben.post(
        at("vision-change", vision) + "?kind=let_go",
        {"why": "life", "said": "No more.", "based_on": stamp(vision, "picture")},
    )

    assert answer.status_code == 302
    assert Vision.objects.get().hold == Hold.LET_GO


# Writing


def test_another_purpose_is_the_same_said_better_or_another_one(cast: Cast, ben: Client, vision: Vision) -> None:
    ben.post("/compass/purposes/new/", {"sentence": "That nobody is given up on"})
    first = Purpose.objects.get()
    Vision.objects.update(serves=first)
    assert "Is it the same direction, said better, or another one?" in text(ben.get("/compass/purposes/new/"))

    ben.post("/compass/purposes/new/", {"sentence": "That no one is given up on", "which": "same"})
    assert Vision.objects.get().serves != first
    ben.post("/compass/purposes/new/", {"sentence": "That people laugh", "which": "other"})

    html = text(ben.get("/compass/purposes/"))
    assert html.index("That people laugh") < html.index("That no one is given up on")
    assert "That nobody is given up on" in html
    assert Vision.objects.get().serves.sentence == "That no one is given up on"  # type: ignore[union-attr]


def test_the_questions_follow_one_another_and_each_can_be_left_out(ben: Client) -> None:
    answer = ben.post("/compass/visions/new/", {"picture": PICTURE})
    vision = Vision.objects.get()
    order = []
    while "/ask/" in answer["Location"] or "/brings/" in answer["Location"]:
        path = answer["Location"]
        order.append(path.partition(str(vision.pk))[2].split("/")[-2])
        html = text(ben.get(path))
        based_on = re.search(r'name="based_on" value="(\w*)"', html)
        assert based_on
        sent = {"based_on": based_on[1], "wish": "means", "words": "calm", "act": "wish"}
        answer = ben.post(path, sent)

    assert order == ["whose", "wish", "brings", "serves", "organisation", "horizon"]
    assert answer["Location"] == at("vision", vision)
    vision.refresh_from_db()
    assert (vision.scope, vision.wish, vision.brings) == ("", "means", ["★ calm"])


def test_a_question_answered_by_itself_leads_back(ben: Client, vision: Vision) -> None:
    path = at("vision-ask", vision, "organisation")

    answer = ben.post(path, {"organisation_could": "A phone.", "based_on": stamp(vision, "organisation_could")})

    assert answer["Location"] == at("vision", vision)
    assert "A phone." in text(ben.get(answer["Location"]))


@pytest.mark.parametrize(
    ("name", "more", "sent", "theirs"),
    [
        ("vision-ask", ("organisation",), {"organisation_could": "A car, please."}, {"organisation_could": "A phone."}),
        ("vision-change", (), {"picture": "A car, please."}, {"picture": "Another picture."}),
    ],
)
def test_what_another_device_wrote_is_shown_and_both_are_kept(
    ben: Client, vision: Vision, name: str, more: tuple[str, ...], sent: dict[str, str], theirs: dict[str, str]
) -> None:
    path = at(name, vision, *more) + ("?kind=larger" if name == "vision-change" else "")
    based_on = stamp(vision, *theirs)
    Vision.objects.update(**theirs)

    answer = ben.post(path, {**sent, "based_on": based_on})

    assert answer.status_code == 409
    html = text(answer)
    assert next(iter(theirs.values())) in html
    assert "A car, please.</textarea>" in html
    fresh = re.search(r'name="based_on" value="(\w+)"', html)
    assert fresh
    assert ben.post(path, {**sent, "based_on": fresh[1]}).status_code == 302


def test_a_step_of_the_chain_that_another_device_took_is_shown_and_the_words_are_kept(
    ben: Client, vision: Vision
) -> None:
    based_on = stamp(vision, "brings")
    Vision.objects.update(brings=["quiet"])

    answer = ben.post(at("vision-brings", vision), {"act": "add", "words": "calm", "based_on": based_on})

    assert answer.status_code == 409
    assert "quiet" in text(answer)
    assert "calm</textarea>" in text(answer)


@pytest.mark.parametrize("act_sent", ["", "mark", "mark-x", "mark-٣", "out-1", "add"])
def test_what_is_no_button_of_the_chain_changes_nothing(ben: Client, vision: Vision, act_sent: str) -> None:
    answer = ben.post(at("vision-brings", vision), {"act": act_sent, "based_on": stamp(vision, "brings")})

    assert answer.status_code in {302, 400}
    assert Vision.objects.get().brings == []


def test_the_picture_changes_with_what_and_why_and_the_third_time_shows_the_pattern(
    ben: Client, vision: Vision
) -> None:
    for number in range(3):
        vision.refresh_from_db()
        html = text(ben.get(at("vision-change", vision)))
        assert all(f"?kind={kind}" in html for kind in Change.values)
        sent = {"picture": f"Picture {number}.", "why": "learnt", "said": "", "based_on": stamp(vision, "picture")}
        answer = ben.post(at("vision-change", vision) + "?kind=clearer", sent, follow=True)
        assert ("So far you have made this picture" in text(answer)) == (number == 2)

    assert PICTURE in text(answer), "the first picture stays with its change"
    assert VisionRevision.objects.count() == 3


def test_a_change_without_a_why_is_a_change(ben: Client, vision: Vision) -> None:
    sent = {"picture": "Smaller.", "based_on": stamp(vision, "picture")}

    assert ben.post(at("vision-change", vision) + "?kind=smaller", sent).status_code == 302


def test_now_is_kept_beside_the_vision_and_can_be_said_in_other_words(ben: Client, vision: Vision) -> None:
    ben.post(
        at("now-new", vision), {"seen": "They call late.", "story": "They fear us.", "would_show_me_wrong": "A call."}
    )
    note = RealityNote.objects.get()
    html = text(ben.get(at("vision", vision)))
    assert "They call late." in html
    assert "They fear us." in html

    first = stamp(note, "seen", "story", "would_show_me_wrong")
    ben.post(at("now", note), {"seen": "They called at nine.", "based_on": first})
    stale = ben.post(at("now", note), {"seen": "At ten.", "story": "My long words.", "based_on": first})

    assert stale.status_code == 409
    assert "They called at nine." in text(stale)
    assert "My long words.</textarea>" in text(stale)
    assert "They called at nine." in text(ben.get(at("nows", vision)))


@pytest.mark.parametrize("before", ["x", "2026-13-45T00:00", "2026-01-01T00:00:00", "%00"])
def test_a_moment_that_is_none_shows_all(ben: Client, vision: Vision, before: str) -> None:
    assert ben.get(at("nows", vision) + f"?before={before}").status_code == 200


# The band


def test_the_band_moves_by_plain_buttons_and_says_no_number(cast: Cast, ben: Client, vision: Vision) -> None:
    assert 'name="move"' not in text(ben.get(at("vision", vision)))
    act.keep_now(actor=cast.actor("ben"), vision=vision, seen=act.Seen("They call late."))

    answer = ben.post(at("vision-band", vision), {"move": "vision-further"})

    assert answer["Location"] == at("vision", vision) + "#band"
    html = text(ben.get(at("vision", vision)))
    part = re.search(r'<section class="stack" id="band".*?</section>', html, re.S)
    assert part
    seen = re.sub(r"<svg.*?</svg>|<[^>]*>|csrf\w*", " ", part[0], flags=re.S)
    assert not re.search(r"\d|%", seen)
    assert "The pull is normal" in seen


def test_a_script_gets_the_part_alone(cast: Cast, ben: Client, vision: Vision) -> None:
    act.keep_now(actor=cast.actor("ben"), vision=vision, seen=act.Seen("They call late."))
    answer = ben.post(at("vision-band", vision), {"move": "now-closer"}, headers={"X-Fieldcraft-Part": "band"})

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    html = text(answer)
    assert html.lstrip().startswith("<section")
    assert "<html" not in html
    assert TensionMark.objects.count() == 1


def test_no_button_no_move(ben: Client, vision: Vision) -> None:
    assert ben.post(at("vision-band", vision), {"move": "vision-99"}).status_code == 400


def test_over_time_shows_both_lines_and_each_day_can_be_taken_out(cast: Cast, ben: Client, vision: Vision) -> None:
    act.move_end(actor=cast.actor("ben"), vision=vision, end="now", way="closer")
    mark = TensionMark.objects.get()
    html = text(ben.get(at("vision-tension", vision)))
    assert "<svg" in html
    assert at("mark-delete", mark) not in html
    assert at("mark-delete", mark) in text(ben.get(at("vision-tension", vision) + "?days=1"))

    ben.post(at("mark-delete", mark))

    assert not TensionMark.objects.exists()
    assert "You have not set how far apart they are." in text(ben.get(at("vision-tension", vision)))


# Deleting, and whose it is


def one_of_each(cast: Cast, vision: Vision) -> dict[str, Any]:
    of: dict[str, Any] = {"owner": cast.people["ben"], "vision": vision}
    return {
        "purpose": Purpose.objects.create(owner=cast.people["ben"], sentence="Secret purpose"),
        "vision": vision,
        "now": RealityNote.objects.create(**of, seen="Secret now"),
        "change": VisionRevision.objects.create(**of, before="Secret before", after=PICTURE, kind="clearer"),
        "mark": TensionMark.objects.create(**of, vision_place=7, now_place=2),
        "obstacle": Obstacle.objects.create(**of, text="Secret obstacle"),
    }


@pytest.mark.parametrize("kind", ["purpose", "vision", "now", "change", "mark", "obstacle"])
def test_one_confirm_deletes_one_thing_for_its_owner_alone(cast: Cast, ben: Client, vision: Vision, kind: str) -> None:
    thing = one_of_each(cast, vision)[kind]
    path = at(f"{kind}-delete", thing)
    assert as_(cast, "ana").post(path).status_code == 404
    ben.get(path)
    assert type(thing).objects.filter(pk=thing.pk).exists(), "looking deletes nothing"

    assert ben.post(path).status_code == 302

    assert not type(thing).objects.filter(pk=thing.pk).exists()
    assert ben.post(path).status_code == 404


POSTS = [
    ("purpose-rest", "purpose", {}), ("purpose-resume", "purpose", {}), ("vision-hold", "vision", {"hold": "held"}),
    ("vision-band", "vision", {"move": "now-closer"}), ("vision-brings", "vision", {"act": "out"}),
    ("now-new", "vision", {"seen": "x"}), ("now", "now", {"seen": "x"}), ("obstacle-gone", "obstacle", {}),
    ("obstacle-page", "obstacle", {"place": ""}), ("obstacle-notes", "obstacle", {"put": "x"}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "kind", "sent"), POSTS)
@pytest.mark.parametrize("who", ["ana", "ada", "cora"])
def test_nobody_else_s_form_does_anything_to_it(
    cast: Cast, vision: Vision, name: str, kind: str, sent: dict[str, str], who: str
) -> None:
    thing = one_of_each(cast, vision)[kind]

    assert as_(cast, who).post(at(name, thing), sent).status_code == 404


def test_what_is_written_never_becomes_markup(cast: Cast, ben: Client) -> None:
    ben.post("/compass/purposes/new/", {"sentence": EVIL[:150], "act": "keep"})
    ben.post("/compass/visions/new/", {"picture": EVIL, "act": "keep"})
    vision = Vision.objects.get()
    ben.post(at("vision-brings", vision), {"act": "add", "words": EVIL, "based_on": stamp(vision, "brings")})
    ben.post(at("now-new", vision), {"seen": EVIL, "story": EVIL})
    ben.post(f"/compass/in-the-way/new/?vision={vision.pk}", {"text": EVIL})
    obstacle = Obstacle.objects.get()
    paths = [
        "/compass/", "/compass/purposes/", "/compass/purposes/new/", "/compass/visions/", at("vision", vision),
        at("vision-brings", vision), at("vision-change", vision), at("vision-delete", vision), at("nows", vision),
        at("vision-ask", vision, "serves"), at("vision-tension", vision), "/compass/in-the-way/", at("obstacle", obstacle),
        at("obstacle-ask", obstacle, "vision"), at("obstacle-page", obstacle) + "?q=%3Cscript%3Ealert",
    ]  # fmt: skip

    for path in paths:
        html = text(ben.get(path))
        assert "<script>alert" not in html, path
        assert "<b>bold" not in html, path
    assert "<script>alert" not in text(ben.post("/compass/visions/new/", {"picture": f"No more {EVIL}"}))


@pytest.mark.parametrize("path", ["/compass/purposes/new/", "/compass/visions/new/", "/compass/in-the-way/new/"])
def test_who_can_see_it_is_said_before_anything_is_typed(ben: Client, path: str) -> None:
    html = text(ben.get(path))

    assert html.index("Only you see this") < html.index("<textarea")
    assert "data-keep" not in html
    assert "The duty desk." in html


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/compass/purposes/new/", "sentence"),
        ("/compass/visions/new/", "picture"),
        ("/compass/in-the-way/new/", "text"),
    ],
)
@pytest.mark.parametrize("words", ["", "   ", "x" * 5000, "nul\0"])
def test_what_cannot_be_kept_is_said_and_keeps_the_words(ben: Client, path: str, field: str, words: str) -> None:
    answer = ben.post(path, {field: words})

    assert answer.status_code == 400
    assert "Please look at this again" in text(answer)
