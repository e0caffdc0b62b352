"""The sample community: what everybody sees first teaches what careful teams do."""

import re
from collections import Counter

import pytest
from django.test import TestCase
from django.utils import timezone

from fieldcraft.engine.words import words
from fieldcraft.manual.actions.preparing import prepare
from fieldcraft.manual.models import Edition, Manual, Outcome, Page, Remark, Reply, Revision, Standing, State, Step
from fieldcraft.manual.queries.below import Graph
from fieldcraft.manual.queries.pages import manual_named
from fieldcraft.manual.queries.remarks import remark_as_read, to_manualize
from fieldcraft.manual.queries.resolve import Stack, stack_now
from fieldcraft.manual.queries.steps import moved_on
from fieldcraft.people.access import Actor
from fieldcraft.people.queries import actor_of, sample_people
from fieldcraft.shell.sample.build import build_sample, is_built
from fieldcraft.shell.sample.layers import LAYERS
from fieldcraft.shell.sample.people import PEOPLE, PUBLIC, QUORUMS, TEAMS
from fieldcraft.shell.sample.workshop import changed

SAFETY = re.compile(r"emergency number|safeguarding|\[\[When you are worried about someone\]\]|in danger")
NUMBER_OR_ADDRESS = re.compile(r"\d[\d ()/-]{4,}\d|\S@\S")


def stack_of(slug: str) -> Stack:
    manual = manual_named(slug)
    assert manual is not None
    return stack_now(manual)


def stack_of_team(team: str) -> Stack:
    return stack_of(f"{team.lower().replace(' ', '-')}-manual")


def people() -> dict[str, Actor]:
    return {person.name: actor_of(person) for person in sample_people()}


def adaptations() -> list[tuple[Revision, Revision]]:
    """Every text of an adapted page, and the core's text that it was made from."""
    found = Revision.objects.filter(standing=Standing.ADAPTED).select_related("base", "edition__manual__team")
    return [(revision, revision.base) for revision in found.order_by("id") if revision.base]


def sentences(text: str) -> set[str]:
    return {part.strip() for part in re.split(r"(?<=[.?:;])\s+|\n", text) if part.strip()}


class TestSample(TestCase):
    """Built once for all tests here, which only look at it."""

    @classmethod
    def setUpTestData(cls) -> None:
        build_sample()
        prepare(Graph(), Manual.objects.values_list("pk", flat=True), Page.objects.values_list("pk", flat=True))

    def test_everybody_is_in_their_team(self) -> None:
        firsts = [name.partition(" ")[0] for name, *_rest in PEOPLE]

        assert is_built()
        assert [person.name for person in sample_people()] == [name for name, *_rest in PEOPLE]
        assert firsts[0] == "Dee"
        assert [(one, two) for one in firsts for two in firsts if one != two and two.startswith(one)] == []
        assert Counter(team for _name, _organisation, team, _role in PEOPLE if team) == dict.fromkeys(TEAMS, 3)

    def test_an_adaptation_is_the_core_page_with_a_small_difference(self) -> None:
        found = adaptations()

        assert {str(ours.edition.manual.team) for ours, _base in found} == set(LAYERS)
        for ours, base in found:
            kept = (Counter(words(base.body)) & Counter(words(ours.body))).total()
            assert len(words(base.body)) * 0.5 <= kept, ours.title
            assert ours.body != base.body
            assert ours.reason

    def test_no_adaptation_loses_a_sentence_of_the_core_about_danger(self) -> None:
        told = [(ours, sentence) for ours, base in adaptations() for sentence in sentences(base.body)]
        of_danger = [(ours, sentence) for ours, sentence in told if SAFETY.search(sentence)]

        assert of_danger
        assert [(ours.title, sentence) for ours, sentence in of_danger if sentence not in ours.body] == []

    def test_the_core_has_moved_on_from_a_page_of_every_team(self) -> None:
        titles = {
            team: [each.title for each in moved_on([stack_of_team(team)], timezone.localdate())] for team in TEAMS
        }

        assert titles == {
            "Harbour Street": ["The two-visit rule"],
            "Mill Lane": ["Plans on one page"],
            "Quayside": ["Safety plans"],
            "Elm House": ["Working with families and friends"],
        }

    def test_on_one_of_them_both_changed_the_same_sentence(self) -> None:
        both = set()
        for team in TEAMS:
            (each,) = moved_on([stack_of_team(team)], timezone.localdate())
            step = Step.objects.select_related("base", "ours", "theirs").get(pk=each.step.pk)
            assert step.base
            assert step.ours
            assert step.theirs
            base = sentences(step.base.body)
            if (base - sentences(step.ours.body)) & (base - sentences(step.theirs.body)):
                both.add(team)

        assert both == {"Elm House"}

    def test_pages_have_a_history_by_more_than_one_hand(self) -> None:
        editions = Edition.objects.filter(manual__team__isnull=False, standing=Standing.ADAPTED, current__isnull=False)
        texts = {
            f"{edition.manual}: {edition.title}": list(
                edition.revisions.filter(state=State.AGREED).values_list("by", "body")
            )
            for edition in editions.select_related("manual")
        }
        revised = {page: found for page, found in texts.items() if len(found) > 1}
        back = [page for page, found in revised.items() if len({body for _by, body in found}) < len(found)]

        assert len(revised) >= 3
        assert all(len({by for by, _body in found}) > 1 for found in revised.values())
        assert back == ["Mill Lane manual: Handover that helps"]

    def test_drafts_wait_are_declined_and_withdrawn(self) -> None:
        expected = {
            "Harbour Street": {State.DRAFT: 2, State.DECLINED: 1, State.WITHDRAWN: 1},
            "Mill Lane": {},
            "Quayside": {State.DRAFT: 1},
            "Elm House": {},
        }

        for team, states in expected.items():
            found = Revision.objects.filter(edition__manual__team__name=team).exclude(state=State.AGREED)
            assert Counter(revision.state for revision in found) == states, team
            assert all(revision.answer for revision in found.exclude(state=State.DRAFT))

    def test_what_is_agreed_was_agreed_by_as_many_as_the_team_decided(self) -> None:
        for team in TEAMS:
            found = Revision.objects.filter(edition__manual__team__name=team, state=State.AGREED)
            assert {revision.agreements.count() for revision in found} == {QUORUMS.get(team, 1)}, team

    def test_every_team_has_noticed_something(self) -> None:
        for team in TEAMS:
            remarks = Remark.objects.filter(manual__team__name=team, is_held=False)
            is_open = remarks.filter(outcome="")
            assert is_open.exclude(quote="").filter(replies__isnull=False).exists(), team
            assert is_open.filter(quote="").exists(), team
            assert remarks.filter(outcome=Outcome.CHANGED, drafts__state=State.AGREED).exists(), team

    def test_the_passage_of_every_open_remark_stands_on_its_page(self) -> None:
        for remark in Remark.objects.filter(outcome="").select_related("manual"):
            stack = stack_now(remark.manual)
            assert not remark_as_read(stack, stack.covering(remark.page_id), remark).is_changed, remark.quote

    def test_a_suggestion_from_a_family_waits_for_a_team_that_takes_them(self) -> None:
        held = Remark.objects.get(is_held=True, manual__team__isnull=False)

        assert str(held.manual.team) in PUBLIC
        assert held.manual.takes_suggestions
        assert (held.by_id, held.outcome, held.from_name) == (None, "", "A grandmother")

    def test_something_waits_for_everybody_of_a_team(self) -> None:
        everybody = people()
        for name, _organisation, team, _role in PEOPLE:
            if team:
                found = to_manualize(everybody[name], stack_of_team(team))
                remarks = [each for each in found.remarks if each.remark.by_id != everybody[name].person_id]
                assert found.steps, name
                assert remarks or found.held, name
                assert bool(found.drafts) == (QUORUMS.get(team, 1) > 1), name

    def test_a_remark_and_a_suggestion_wait_for_the_editor(self) -> None:
        found = to_manualize(people()["Edith Marlow"], stack_of("working-alongside"))

        assert found.remarks
        assert found.held

    def test_a_question_waits_for_those_who_belong_to_no_team(self) -> None:
        for name, team in {
            "Sam Whitcombe": "Harbour Street",
            "Leon Adeyemi": "Quayside",
            "Priya Nair": "Quayside",
        }.items():
            actor = people()[name]
            asked = [each.remark for each in to_manualize(actor, stack_of_team(team)).remarks]
            assert [each for each in asked if actor.first_name in each.body or each.by_id == actor.person_id], name

    def test_no_text_holds_a_telephone_number_or_an_address(self) -> None:
        columns = {Revision: ("title", "body", "reason", "answer"), Remark: ("body", "answer"), Reply: ("body",)}
        texts = [text for model, names in columns.items() for row in model.objects.values_list(*names) for text in row]

        assert len(texts) > 300
        assert [found[0] for text in texts if (found := NUMBER_OR_ADDRESS.search(text))] == []

    def test_every_link_leads_to_a_page(self) -> None:
        nowhere = []
        for manual in Manual.objects.all():
            stack = stack_now(manual)
            bodies = Revision.objects.in_bulk([held.revision_id for held in stack.read_pages()])
            linked = {name for each in bodies.values() for name in re.findall(r"\[\[([^\]|]+)\]\]", each.body)}
            nowhere += [(manual.slug, name) for name in linked if not stack.titled(name)]

        assert nowhere == []


@pytest.mark.parametrize(("text", "times"), [("Nothing.", 0), ("Knock. Knock.", 2)])
def test_a_passage_that_is_not_there_exactly_once_stops_the_building(text: str, times: int) -> None:
    with pytest.raises(ValueError, match=f"stands {times} times"):
        changed(text, (("Knock.", "Ring."),))


def test_several_passages_are_changed_in_their_order() -> None:
    assert changed("Knock. Wait.", (("Knock.", "Ring."), ("Ring. Wait.", "Ring twice."))) == "Ring twice."
