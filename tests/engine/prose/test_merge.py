"""What people expect of a combined page, by example; and recorded merges, where they are at hand."""

import gzip
import json
from itertools import islice
from pathlib import Path

import pytest

from fieldcraft.engine.prose.merge import Kind, Region, is_silent, merge, text_of
from fieldcraft.engine.prose.merging.weights import WEIGHTS
from fieldcraft.engine.prose.render import with_markers

CORPORA = Path(__file__).parents[4] / "shared/corpora/merges"


def open_regions(regions: list[Region]) -> list[Region]:
    return [region for region in regions if region.kind not in {Kind.SAME, Kind.APART}]


def texts(region: Region) -> list[str]:
    return [one.text for one in region.alternatives]


def test_changes_on_separate_lines_are_combined_silently() -> None:
    regions = merge("one\n\ntwo\n\nthree\n", "One\n\ntwo\n\nthree\n", "one\n\ntwo\n\nThree\n")

    assert is_silent(regions)
    assert text_of(regions) == "One\n\ntwo\n\nThree\n"
    assert [region.kind for region in regions] == [Kind.APART, Kind.SAME, Kind.APART]


def test_two_words_of_one_line_are_a_suggestion_with_both_changes() -> None:
    regions = merge("We meet on Monday at nine.\n", "We meet on Tuesday at nine.\n", "We meet on Monday at ten.\n")

    assert not is_silent(regions)
    assert {text for region in open_regions(regions) for text in texts(region)} == {
        "Tuesday ", "Monday ", "ten", "nine"
    }  # fmt: skip
    assert {region.kind for region in open_regions(regions)} == {Kind.SUGGESTION}


def test_a_sentence_that_only_theirs_added_to_a_changed_paragraph_is_in_the_first_text() -> None:
    base = "Ring before you write. Ask what they are tired of. Five minutes save a letter.\n"
    ours = base.replace("Ring before you write.", "Ring from the car before you write, and before it is a form.")
    theirs = base.replace("tired of.", "tired of. If another service wants the opposite, ask what each fears.")

    page = text_of(merge(base, ours, theirs))

    assert page == ours.replace("tired of.", "tired of. If another service wants the opposite, ask what each fears.")
    assert text_of(merge(base, theirs, ours)) == page


def test_the_same_words_changed_twice_are_a_choice_with_both_sides_first() -> None:
    [region] = open_regions(merge("Call Ana.\n", "Call Ben.\n", "Call Cleo.\n"))

    assert region.kind is Kind.CHOICE
    assert set(texts(region)[:2]) == {"Ben", "Cleo"}


def test_what_one_side_took_out_and_the_other_changed_is_shown() -> None:
    base = "Start.\n\nAsk the family first.\n\nEnd.\n"
    regions = merge(base, "Start.\n\nEnd.\n", base.replace("first", "twice"))

    assert {"", "Ask the family twice.\n\n"} <= {text for one in open_regions(regions) for text in texts(one)}


def test_two_additions_in_one_place_can_stand_in_turn() -> None:
    [region] = open_regions(merge("- a\n", "- a\n- tea\n", "- a\n- coffee\n"))

    assert {"- tea\n- coffee\n", "- coffee\n- tea\n"} <= {one.text for one in region.alternatives}


def test_a_change_follows_what_the_other_side_moved() -> None:
    base = "Ask the family first of all.\n\nThen plan.\n\nThen meet.\n\nThen write.\n"
    moved = "Then plan.\n\nThen meet.\n\nThen write.\n\nAsk the family first of all.\n"
    changed = base.replace("first of all", "twice")

    for regions in (merge(base, moved, changed), merge(base, changed, moved)):
        assert not is_silent(regions)
        assert text_of(regions).split() == moved.replace("first of all", "twice").split()


def test_what_one_side_only_put_elsewhere_is_not_shown() -> None:
    first, second = "We meet on Monday in the hall.\n", "Bring your own cup and a warm coat.\n"
    base = f"{first}{second}Call Ana.\n"
    regions = merge(base, f"{second}{first}Call Ben.\n", f"{first}{second}Call Cleo.\n")

    assert text_of(regions).startswith(second + first)
    assert [region.base for region in open_regions(regions)] == ["Ana"]


def test_choosing_a_text_for_each_region_gives_that_page() -> None:
    regions = merge("a b\n", "a x\n", "a y\n")

    assert text_of(regions, [region.theirs for region in regions]) == "a y\n"


def test_a_page_that_ours_translated_stays_and_shows_what_changed_in_theirs() -> None:
    base = "".join(f"This is sentence number {count} of it.\n" for count in "abcdefgh")
    ours = "".join(f"Das ist der {count}. Satz davon.\n" for count in "abcdefgh")
    regions = merge(base, ours, base.replace("number c", "number seven"))

    assert {region.kind for region in open_regions(regions)} == {Kind.FAR}
    assert text_of(regions) == ours
    assert all([one.name for one in region.alternatives] == ["ours", "theirs"] for region in open_regions(regions))


def head(*lines: str) -> str:
    return "---\n" + "".join(f"{line}\n" for line in lines) + "---\n\nText.\n"


def test_tags_of_both_sides_are_combined_silently() -> None:
    regions = merge(head("tags: [a, b]"), head("tags: [a, b, c]"), head("tags: [b]"))

    assert is_silent(regions)
    assert text_of(regions) == head("tags: [b, c]")


def test_a_list_of_items_takes_the_additions_of_both() -> None:
    regions = merge(head("tags:", "- a"), head("tags:", "- a", "- tea"), head("tags:", "- a", "- coffee"))

    assert is_silent(regions)
    assert text_of(regions) == head("tags:", "- a", "- coffee", "- tea")


def test_the_later_date_wins() -> None:
    regions = merge(
        head("modified: 2024-01-01"), head("modified: 2024-03-01"), head("modified: 2024-02-01")
    )  # fmt: skip

    assert is_silent(regions)
    assert text_of(regions) == head("modified: 2024-03-01")


def test_a_tiddlers_time_stamp_and_who_set_it_go_together() -> None:
    before = "title: A\nmodified: 20240101000000000\nmodifier: ana\ntype: text/plain\n\nText.\n"
    ours = before.replace("20240101", "20240201").replace("ana", "ben")
    theirs = before.replace("20240101", "20240301").replace("ana", "cleo")

    assert is_silent(merge(before, ours, theirs))
    assert text_of(merge(before, ours, theirs)) == theirs


def test_a_title_that_both_changed_is_not_silent() -> None:
    regions = merge(head("title: A"), head("title: B"), head("title: C"))

    assert not is_silent(regions)


def test_an_entry_reworded_by_both_is_not_silent() -> None:
    assert not is_silent(merge(head("tags:", "- a b"), head("tags:", "- a c"), head("tags:", "- a d")))


def test_combined_lines_that_leave_a_fence_open_are_a_suggestion() -> None:
    base = "```\ncode\nmore\n```\n\nx\n\ny\n"
    without_fence = "code\nmore\n\nx\n\ny\n"
    with_longer_fence = "```\ncode\nmore\n\nx\n\ny\n```\n"
    regions = merge(base, without_fence, with_longer_fence)

    assert {region.kind for region in open_regions(regions)} == {Kind.SUGGESTION}
    assert all({region.ours, region.theirs} <= set(texts(region)) for region in open_regions(regions))


@pytest.mark.parametrize(
    ("before", "after", "flag"),
    [
        ("You must not run.", "You must run.", "negation"),
        ("You must not run.", "You must run.", "must"),
        ("Du darfst nicht gehen.", "Du darfst gehen.", "negation"),
        ("Du musst kommen.", "Du kannst kommen.", "must"),
        ("You don't need it.", "You need it.", "negation"),
        ("Take 5 mg now.", "Take 10 mg now.", "dose"),
        ("2 Tabletten täglich.", "3 Tabletten täglich.", "dose"),
        ("Wait 20 minutes.", "Wait 30 minutes.", "number"),
        ("Kinder ab 12 Jahren.", "Kinder ab 14 Jahren.", "age"),
        ("Aged 16 or older.", "Aged 18 or older.", "age"),
        ("Call 030 1234567 now.", "Call 030 1234568 now.", "phone"),
        ("Call +49 (30) 901820.", "Call +49 (30) 901821.", "phone"),
        ("See https://example.org/a now.", "See https://example.org/b now.", "address"),
        ("Write to ana@example.org.", "Write to ben@example.org.", "address"),
        ("On 12 March 2024 we start.", "On 13 March 2024 we start.", "date"),
        ("Am 3. Mai um 10 Uhr.", "Am 4. Mai um 10 Uhr.", "date"),
    ],
)
def test_what_a_careful_reader_looks_at_is_flagged_even_if_one_side_changed_it(
    before: str, after: str, flag: str
) -> None:
    regions = merge(f"{before}\n", f"{after}\n", f"{before}\n")

    assert is_silent(regions)
    assert flag in {flag for region in regions for flag in region.flags}


def test_a_changed_number_is_flagged_though_its_unit_stands_in_the_next_region() -> None:
    regions = merge("Take 5 mg now.\n", "Take 10 mg now.\n", "Take 5 mg then.\n")

    assert "dose" in {flag for region in open_regions(regions) for flag in region.flags}


def test_other_words_and_the_numbers_of_items_are_not_flagged() -> None:
    assert not any(one.flags for one in merge("1. tea\n2. milk\n", "1. tea\n2. water\n3. milk\n", "1. tea\n2. milk\n"))


def test_markers_are_written_by_whole_lines() -> None:
    assert with_markers("a\nb\n", "a\nc\n", "a\nd") == "a\n<<<<<<< ours\nc\n=======\nd\n>>>>>>> theirs\n"


def test_the_order_is_learnt_from_few_named_features() -> None:
    assert len(WEIGHTS) <= 12
    assert WEIGHTS["mixes words of one line"] < 0


def test_recorded_merges_that_are_silent_are_what_people_recorded() -> None:
    silent = equal = 0
    for case in _sample():
        regions = merge(case["base"], case["ours"], case["theirs"])
        silent += is_silent(regions)
        equal += is_silent(regions) and text_of(regions) == case["human"]

    assert equal >= 0.97 * silent > 30


def _sample() -> list[dict[str, str]]:
    files = sorted(CORPORA.glob("*.jsonl.gz"))
    if not files:
        pytest.skip("recorded merges are not at hand: ../shared/corpora/merges is absent")
    found = []
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            found += [json.loads(line) for line in islice(lines, 0, 200, 12)]
    return found
