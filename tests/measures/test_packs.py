"""The packs as shipped: whole, word for word, licensed, and unchanged within a version."""

from hashlib import sha256

import pytest
from django.utils.translation import override

from fieldcraft.engine.measure import scoring
from fieldcraft.engine.measure.scoring import Scored, TooFewAnswers
from fieldcraft.errors import NotFound
from fieldcraft.measures.queries.packs import (
    OWN_WEEK,
    PACKS,
    How,
    Pack,
    in_my_language,
    latest_packs,
    pack_named,
    scored,
)

# A changed word makes a new version in a new file, with a line of its own here; a line is never changed.
SHIPPED = {
    "gse-3-1.toml": "dd4e087aca748914f1a984ca3a0a576e5707e6257fb512d3c349a92133d28504",
    "ie-4-1.toml": "53eeade0b391c565c14ad843e081a4a0923a7ee9d3ce29f4535c80866bc642b4",
    "own-week-1.toml": "4e5bfffab4b6fc6ce1766aa2b42592f2042885412d83c078a873b255db148abf",
    "pearlin-mastery-1.toml": "7ba6e58353e3447a5a43ddd07f6a86d0de3e2118cf653627629121f50e2f02e4",
    "spreitzer-empowerment-1.toml": "539b84ead74b43d1aedb262144762896f3f62e02a7e32520a1bb569035bd26f9",
}
WORD_FOR_WORD = {
    "purpose": "My work connected with what I am here for.",
    "influence": "I could influence things that matter in my work.",
    "same_anyway": "Whatever I did, it would have come out the same.",
    "better": "I got a little better at something.",
    "reachable": "The picture I am working towards looks reachable.",
    "own_sake": "Some of the work I would have done for its own sake.",
    "change": "If I saw a better way here, I could get it changed.",
}
ALL = latest_packs()
OWN = pack_named(OWN_WEEK)


def test_a_shipped_file_is_never_changed_within_its_version() -> None:
    assert {file.name: sha256(file.read_bytes()).hexdigest() for file in PACKS.glob("*")} == SHIPPED


def test_a_file_is_named_after_its_pack_and_version() -> None:
    assert {f"{pack.id}-{pack.version}.toml" for pack in ALL} <= set(SHIPPED)


def test_the_check_in_is_ours_word_for_word() -> None:
    assert {item.key: item.text["en"] for item in OWN.items} == WORD_FOR_WORD
    assert (OWN.licence["en"], OWN.validated, OWN.needs_permission, OWN.low, OWN.high) == (
        "CC0-1.0",
        False,
        False,
        1,
        7,
    )
    assert [item.key for item in OWN.items if item.monthly] == ["change"]
    assert [item.key for item in OWN.items if item.reversed] == ["same_anyway"]
    assert (in_my_language(OWN.low_end), in_my_language(OWN.high_end)) == ("not at all", "completely")


def test_every_word_of_ours_is_there_in_german_too() -> None:
    texts = [OWN.title, OWN.low_end, OWN.high_end, OWN.why, OWN.known]
    texts += [words for item in OWN.items for words in (item.text, item.construct)]
    texts += [words for scale in OWN.scales for words in (scale.title, scale.low_end, scale.high_end)]

    assert [words for words in texts if set(words) != {"en", "de"} or words["en"] == words["de"]] == []
    with override("de-at"):
        assert in_my_language(OWN.title).startswith("Die vergangene Woche")
    with override("fr"):
        assert in_my_language(OWN.title) == "This past week at work"


@pytest.mark.parametrize("pack", [pack for pack in ALL if pack is not OWN], ids=lambda pack: pack.id)
def test_no_word_of_an_instrument_whose_licence_was_not_seen_is_shipped(pack: Pack) -> None:
    assert pack.needs_permission
    assert not pack.has_wording
    assert {(*item.text, *item.construct) for item in pack.items} == {()}
    assert (pack.low_end, pack.high_end) == ({}, {})
    assert pack.licence_evidence["en"]


@pytest.mark.parametrize("pack", ALL, ids=lambda pack: pack.id)
def test_every_scale_is_made_of_items_of_its_pack(pack: Pack) -> None:
    keys = {item.key for item in pack.items}

    assert all(set(part.items) <= keys for scale in pack.scales for part in scale.parts)
    assert len({item.key for item in pack.items}) == len(pack.items)
    assert all(scale.title["en"] and scale.low_end and scale.high_end for scale in pack.scales)


def test_the_keys_are_those_the_engine_was_tested_with() -> None:
    found = {(pack.id, scale.key): (scale.how, scale.parts) for pack in ALL for scale in pack.scales}

    assert found[OWN_WEEK, "mastery"] == (How.MEAN, (scoring.SENSE_OF_MASTERY,))
    assert found["pearlin-mastery", "pearlin"] == (How.SUM, (scoring.PEARLIN,))
    assert found["pearlin-mastery", "pearlin_five"] == (How.SUM, (scoring.PEARLIN_5,))
    assert found["ie-4", "internal"] == (How.MEAN, (scoring.IE4_INTERNAL,))
    assert found["ie-4", "external"] == (How.MEAN, (scoring.IE4_EXTERNAL,))
    assert found["gse-3", "gse"] == (How.MEAN, (scoring.GSE3,))
    assert found["spreitzer-empowerment", "empowerment"] == (How.MEAN_OF_MEANS, scoring.SPREITZER)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"influence": 1, "same_anyway": 7, "better": 1, "reachable": 1}, 1.0),
        ({"influence": 7, "same_anyway": 1, "better": 7, "reachable": 7}, 7.0),
        ({"influence": 7, "same_anyway": 1, "better": 1}, 5.0),
        ({"influence": 7, "same_anyway": 1}, None),
        ({"purpose": 7, "own_sake": 7, "change": 7, "better": 7}, None),
    ],
)
def test_a_sense_of_mastery_from_three_answers_on(answers: dict[str, float], expected: float | None) -> None:
    found = scored(OWN.scales[0], answers)

    assert found == (TooFewAnswers(len(answers) if "influence" in answers else 1, 3) if expected is None else Scored(expected, len(answers)))  # fmt: skip


def test_sums_reach_from_end_to_end() -> None:
    pearlin = pack_named("pearlin-mastery").scales

    assert [(scale.low, scale.high) for scale in pearlin] == [(7, 28), (5, 20)]
    most = {item.key: 1 if item.reversed else 4 for item in pack_named("pearlin-mastery").items}
    assert [scored(scale, most) for scale in pearlin] == [Scored(28, 7), Scored(20, 5)]


@pytest.mark.parametrize("asked", [("rfq-8", None), (OWN_WEEK, 99), ("..", None)])
def test_a_pack_that_is_not_shipped_is_not_found(asked: tuple[str, int | None]) -> None:
    with pytest.raises(NotFound):
        pack_named(*asked)
