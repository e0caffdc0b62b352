"""Claims: what each needs, versions that never change, the starter, and what becomes of a challenge."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone
from tests.conftest import Cast
from tests.together.made import as_

from fieldcraft.audit.models import Event
from fieldcraft.errors import Invalid, NotAllowed, NotFound, Stale
from fieldcraft.theory import models
from fieldcraft.theory.actions.challenges import answer_challenge, challenge_claim
from fieldcraft.theory.actions.claims import add_link, add_statement, change_claim, drop_claim, start_from_starter
from fieldcraft.theory.models import Claim, ClaimText, Construct, Kind, Part, Theory, Version
from fieldcraft.theory.queries.claims import claim_following, claim_of, stated_at, stated_now, texts_of, theory_of
from fieldcraft.theory.queries.measured import measured
from fieldcraft.theory.queries.saying import Named, Saying
from fieldcraft.theory.queries.texts import claim_as_text, version_as_text
from fieldcraft.ui.compare import compared

SAYING = Saying(
    because="We have seen it.",
    source="Our own notes.",
    would_see="More of it.",
    would_change="Less of it.",
    review_on=date(2027, 3, 1),
    sign="more",
    delay="week",
)


def link(cast: Cast, cause: str = "tea", outcome: str = "talk", **said: Any) -> Claim:
    ends = {"cause": Named(cause), "outcome": Named(outcome)}
    where = {"actor": cast.actor("cora"), "organisation_id": cast.organisation.pk}
    return add_link(**where, **ends, saying=replace(SAYING, **said))


def statement(cast: Cast, **said: Any) -> Claim:
    where = {"actor": cast.actor("cora"), "organisation_id": cast.organisation.pk}
    saying = replace(SAYING, sign="", delay="", **{"says": "People sleep.", **said})
    return add_statement(**where, part=Part.SUBCONSCIOUS, saying=saying)


def change(cast: Cast, claim: Claim, **said: Any) -> ClaimText:
    claim.refresh_from_db()
    assert claim.current_id
    saying = replace(SAYING, **said)
    on = {"actor": cast.actor("ada"), "claim": claim, "based_on": claim.current_id}
    return change_claim(**on, saying=saying, reason="We looked again.")


def drop(cast: Cast, claim: Claim) -> None:
    claim.refresh_from_db()
    assert claim.current_id
    drop_claim(actor=cast.actor("cora"), claim=claim, based_on=claim.current_id, reason="It was not so.")


def theory(cast: Cast, kind: Kind = Kind.LEARNING) -> Theory:
    found = theory_of(cast.actor("ben"), cast.organisation, kind)
    assert found
    return found


def test_a_link_is_a_sentence_made_of_its_ends_its_sign_and_how_long_it_takes(cast: Cast) -> None:
    assert link(cast).current.says == "When there is more tea, there is more talk, after about a week."  # type: ignore[union-attr]
    less = link(cast, "haste", "talk", sign="less", delay="quarter").current
    assert less
    assert less.says == "When there is more haste, there is less talk, after about a quarter."


@pytest.mark.parametrize("missing", ["because", "source", "would_see", "would_change"])
def test_a_claim_without_one_of_its_parts_is_refused_and_nothing_is_left_behind(cast: Cast, missing: str) -> None:
    with pytest.raises(Invalid):
        link(cast, **{missing: "  "})

    assert not Claim.objects.exists()
    assert not Version.objects.exists()


def test_a_link_joins_two_things_once_each_way(cast: Cast) -> None:
    link(cast, "tea", "talk")
    link(cast, "talk", "tea")

    with pytest.raises(Invalid):
        link(cast, "Tea ", "TALK")
    with pytest.raises(Invalid):
        link(cast, "tea", "Tea")
    assert list(Construct.objects.order_by("name").values_list("name", flat=True)) == ["talk", "tea"]
    assert theory(cast).version == 2


@pytest.mark.parametrize("who", ["ana", "ben", "edie", "cleo"])
def test_only_convenors_and_administrators_state_change_and_drop(cast: Cast, who: str) -> None:
    claim = link(cast)
    assert claim.current_id
    on: dict[str, Any] = {"actor": cast.actor(who), "claim": claim, "based_on": claim.current_id, "reason": "No."}
    where: dict[str, Any] = {"actor": cast.actor(who), "organisation_id": cast.organisation.pk}

    with pytest.raises(NotAllowed):
        add_link(**where, cause=Named("a"), outcome=Named("b"), saying=SAYING)
    with pytest.raises(NotAllowed):
        add_statement(**where, part=Part.REASON, saying=replace(SAYING, says="x"))
    with pytest.raises(NotAllowed):
        start_from_starter(**where, kind=Kind.PSYCHOLOGY)
    with pytest.raises(NotAllowed):
        change_claim(**on, saying=SAYING)
    with pytest.raises(NotAllowed):
        drop_claim(**on)
    assert theory(cast).version == 1


def test_a_change_is_a_new_text_in_a_new_version_and_the_old_one_never_changes(cast: Cast) -> None:
    claim = link(cast)
    first = ClaimText.objects.get()
    before = {field.attname: getattr(first, field.attname) for field in ClaimText._meta.concrete_fields}

    change(cast, claim, because="It was the cake.", sign="less")

    first.refresh_from_db()
    assert {field.attname: getattr(first, field.attname) for field in ClaimText._meta.concrete_fields} == before
    latest, earliest = texts_of(claim)
    assert (latest.text.version, latest.text.sign, latest.reason) == (2, "less", "We looked again.")
    assert earliest.text == first
    with pytest.raises(IntegrityError):
        ClaimText.objects.create(claim=claim, version=2, review_on=date(2027, 1, 1))


def test_every_version_can_be_read_as_it_was(cast: Cast) -> None:
    one = link(cast)
    change(cast, one, because="It was the cake.")
    two = link(cast, "talk", "trust")
    drop(cast, one)
    found = theory(cast)

    said = [[each.text.because for each in stated_at(found, number)] for number in range(5)]

    assert said == [
        [],
        ["We have seen it."],
        ["It was the cake."],
        ["It was the cake.", "We have seen it."],
        [SAYING.because],
    ]
    assert [each.claim for each in stated_at(found, 4)] == [two] == [each.claim for each in stated_now(found)]
    with pytest.raises(NotFound):
        stated_at(found, 5)


def test_two_versions_are_compared_word_by_word(cast: Cast) -> None:
    claim = link(cast)
    change(cast, claim, because="We have seen it twice.")
    found = theory(cast)
    texts = [version_as_text(stated_at(found, number)) for number in (1, 2)]

    shown = compared(*texts)

    assert shown.is_changed
    assert shown.counts.changed == 1
    assert "<ins>" in "".join(passage.html for passage in shown.passages)
    assert not compared(texts[0], texts[0]).is_changed


def test_words_of_a_claim_stay_words_when_they_are_compared(cast: Cast) -> None:
    claim = link(cast, because="# Not a heading\n* [x](http://example.org) <b>bold</b>")
    text = claim.current
    assert text

    html = "".join(passage.html for passage in compared("", claim_as_text(claim, text)).passages)

    assert "href" not in html
    assert "<b>" not in html
    assert html.count("<h2") == 1


def test_a_change_needs_a_reason_and_the_text_it_is_based_on(cast: Cast) -> None:
    claim = link(cast)
    assert claim.current_id
    on: dict[str, Any] = {"actor": cast.actor("cora"), "claim": claim, "saying": SAYING}
    with pytest.raises(Invalid):
        change_claim(**on, based_on=claim.current_id, reason=" ")
    based_on = claim.current_id
    change(cast, claim)

    with pytest.raises(Stale):
        change_claim(**on, based_on=based_on, reason="Mine.")
    with pytest.raises(Stale):
        drop_claim(actor=cast.actor("cora"), claim=claim, based_on=based_on, reason="Mine.")
    assert theory(cast).version == 2


def test_what_is_dropped_stays_in_the_history_and_takes_along_only_what_nothing_else_joins(cast: Cast) -> None:
    first = link(cast, "tea", "talk")
    link(cast, "talk", "trust")

    drop(cast, first)

    ended = dict(Construct.objects.values_list("name", "ended_in"))
    assert ended == {"tea": 3, "talk": None, "trust": None}
    assert claim_of(cast.actor("ben"), cast.organisation.slug, first.pk).claim.dropped_in == 3
    again = link(cast, "tea", "talk")
    assert again.source_id != first.source_id
    with pytest.raises(Stale):
        drop(cast, first)


def test_a_changed_or_dropped_claim_ends_its_test_and_keeps_it(cast: Cast) -> None:
    for end in (change, drop):
        claim = link(cast, f"tea {end.__name__}")
        pinned = {"text": claim.current, "by": cast.people["cora"], "registered": {}, "digest": "x"}
        test = models.Test.objects.create(claim=claim, **pinned)

        end(cast, claim)

        test.refresh_from_db()
        assert test.ended_on == timezone.localdate()


def test_what_is_done_is_recorded_without_words(cast: Cast) -> None:
    claim = link(cast)
    change(cast, claim)
    made = challenge_claim(actor=cast.actor("ben"), claim=claim, words="No.")
    answer_challenge(actor=cast.actor("cora"), challenge=made, outcome="stands", answer="Yes.")
    drop(cast, claim)

    verbs = set(Event.objects.filter(verb__regex="^(claim|challenge)").values_list("verb", flat=True))
    assert verbs == {"claim.added", "claim.changed", "claim.challenged", "challenge.answered", "claim.dropped"}


def test_everybody_of_the_organisation_challenges_and_nobody_else(cast: Cast) -> None:
    claim = link(cast)
    for who in ("ana", "ben", "edie", "ada", "cora"):
        challenge_claim(actor=cast.actor(who), claim=claim, words="I saw otherwise.")

    with pytest.raises(NotAllowed):
        challenge_claim(actor=cast.actor("cleo"), claim=claim, words="Me too.")
    with pytest.raises(Invalid):
        challenge_claim(actor=cast.actor("ben"), claim=claim, words=" ")
    assert claim_of(cast.actor("ben"), cast.organisation.slug, claim.pk).open_challenges == 5


def test_an_answer_says_what_was_done_and_only_once(cast: Cast) -> None:
    claim = link(cast)
    made = challenge_claim(actor=cast.actor("ben"), claim=claim, words="I saw otherwise.")
    on: dict[str, Any] = {"actor": cast.actor("cora"), "challenge": made, "answer": "Because."}
    with pytest.raises(NotAllowed):
        answer_challenge(**{**on, "actor": cast.actor("ben")}, outcome="stands")
    for outcome in ("changed", "dropped", "so what"):
        with pytest.raises(Invalid):
            answer_challenge(**on, outcome=outcome)
    with pytest.raises(Invalid):
        answer_challenge(**{**on, "answer": ""}, outcome="stands")

    change(cast, claim, because="It was the cake.")
    answer_challenge(**on, outcome="changed")

    made.refresh_from_db()
    assert (made.outcome, made.answer, made.answered_by_id) == ("changed", "Because.", cast.people["cora"].pk)
    with pytest.raises(Stale):
        answer_challenge(**on, outcome="stands")


def test_a_dropped_claim_does_not_stand_and_is_not_challenged_any_more(cast: Cast) -> None:
    claim = link(cast)
    made = challenge_claim(actor=cast.actor("ben"), claim=claim, words="I saw otherwise.")
    drop(cast, claim)
    on: dict[str, Any] = {"actor": cast.actor("cora"), "challenge": made, "answer": "Because."}

    with pytest.raises(Invalid):
        answer_challenge(**on, outcome="stands")
    answer_challenge(**on, outcome="dropped")
    with pytest.raises(Invalid):
        challenge_claim(actor=cast.actor("ben"), claim=claim, words="And another thing.")


def test_nobody_outside_finds_anything(cast: Cast) -> None:
    claim = statement(cast, follows=("sleep-on-it",))
    cleo = cast.actor("cleo")

    assert theory_of(cleo, cast.organisation, Kind.PSYCHOLOGY) is None
    assert claim_following(cleo, "sleep-on-it") is None
    assert claim_following(cast.actor("ben"), "sleep-on-it") == claim
    with pytest.raises(NotFound):
        claim_of(cleo, cast.organisation.slug, claim.pk)


def test_a_construct_may_be_one_that_is_measured_here(cast: Cast) -> None:
    found = measured(cast.actor("ben"))

    assert {"own-week:purpose", "own-week:mastery", "own-week:change", "rooms:answered", "rooms:agreed"} <= set(found)
    assert found["own-week:same_anyway"].name == "powerlessness"
    assert not [key for key in found if key.startswith("spreitzer")], "it needs a permission"


def test_a_challenge_stands_on_today_of_those_who_answer_and_its_answer_on_that_of_who_wrote_it(cast: Cast) -> None:
    made = challenge_claim(actor=cast.actor("ben"), claim=link(cast), words="I saw otherwise.")
    line = f"/challenges/{made.pk}/"

    def read_by() -> list[str]:
        return [name for name in cast.people if line in as_(cast, name).get("/?all=1").content.decode()]

    assert read_by() == ["ada", "cora"]
    answer_challenge(actor=cast.actor("cora"), challenge=made, outcome="stands", answer="Because.")
    assert read_by() == ["ben"]
