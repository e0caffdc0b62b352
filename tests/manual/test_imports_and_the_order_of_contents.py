"""A source that is about the whole manual says how its contents are ordered; some pages to add do not."""

import json

import pytest
from tests.conftest import Cast

from fieldcraft.engine.formats.detect import read_source
from fieldcraft.manual.actions.transfer.apply import apply_plan
from fieldcraft.manual.actions.transfer.plan import below_of, plan_import
from fieldcraft.manual.models import ContentsBy, Edition, Manual, Standing
from fieldcraft.manual.queries.contents import contents
from fieldcraft.manual.queries.resolve import stack_now

WIKI = {"wiki.json": json.dumps([{"title": title, "tags": "Start", "text": "Words."} for title in "ABCD"]).encode()}
TREE = {f"one/{title}.md": f"# {title}\n\nWords.\n".encode() for title in "ABCD"}
ONE_PAGE = {"two/Late.md": b"# Late\n\nRing first.\n"}


def _bring(manual: Manual, files: dict[str, bytes]) -> str:
    """What orders the manual's contents after these files were imported."""
    kept = Manual.objects.get(pk=manual.pk)
    apply_plan(by=None, manual=kept, plan=plan_import(read_source(files), kept, below_of(kept)))
    return Manual.objects.get(pk=manual.pk).contents_by


@pytest.mark.parametrize(("whole", "order"), [(WIKI, ContentsBy.TAGS), (TREE, ContentsBy.FOLDERS)])
def test_a_page_that_is_added_leaves_it_as_it_is(cast: Cast, whole: dict[str, bytes], order: str) -> None:
    assert _bring(cast.core, whole) == order

    assert _bring(cast.core, ONE_PAGE) == order
    assert Manual.objects.get(pk=cast.core.pk).editions.count() == 5


def test_a_page_that_is_added_over_the_core_leaves_a_team_with_the_order_of_the_core(cast: Cast) -> None:
    _bring(cast.core, WIKI)

    assert _bring(cast.team_manual, ONE_PAGE) == ContentsBy.BELOW


def test_the_whole_manual_again_brings_the_order_that_its_source_has_by_now(cast: Cast) -> None:
    site = {"mkdocs.yml": b"site_name: Ours\n", **{f"docs/{path}": text for path, text in TREE.items()}}
    before = _bring(cast.core, site)
    nav = b"nav:\n" + b"".join(f"  - one/{title}.md\n".encode() for title in "DCBA")
    later = {path: text.replace(b"Words.", b"Other words.") for path, text in site.items()}

    after = _bring(cast.core, {**later, "mkdocs.yml": site["mkdocs.yml"] + nav})

    assert (before, after) == (ContentsBy.FOLDERS, ContentsBy.ORDER)


def test_an_empty_manual_takes_it_from_its_first_source(cast: Cast) -> None:
    assert _bring(cast.team_manual, ONE_PAGE) == ContentsBy.FOLDERS


def _order(manual: Manual) -> list[str]:
    return [held.title for held in contents(stack_now(manual)).order]


def test_pages_that_come_again_among_a_few_stay_where_they_stand(cast: Cast) -> None:
    _bring(cast.core, TREE)

    _bring(cast.core, {"one/D.md": b"# D\n\nOther words.\n"})

    assert _order(cast.core) == ["A", "B", "C", "D"]


def test_pages_that_are_new_among_a_few_come_last_in_their_section(cast: Cast) -> None:
    _bring(cast.core, TREE)

    _bring(cast.core, {"one/After.md": b"# After\n\nWords.\n"})

    assert _order(cast.core) == ["A", "B", "C", "D", "After"]


def test_a_page_of_the_core_that_a_team_brings_changed_stays_where_the_core_has_it(cast: Cast) -> None:
    _bring(cast.core, TREE)

    _bring(cast.team_manual, {"one/D.md": b"# D\n\nWords.\n\nOurs.\n"})

    assert _order(cast.team_manual) == ["A", "B", "C", "D"]
    assert Edition.objects.get(manual=cast.team_manual).standing == Standing.ADAPTED
