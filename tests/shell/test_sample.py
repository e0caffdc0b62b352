"""The sample community: what everybody sees first teaches what careful teams do."""

import re
from collections import Counter

import pytest
from django.test import TestCase
from django.utils import timezone

from fieldcraft.engine.words import words
from fieldcraft.manual.actions.pages import UNDO_FOR
from fieldcraft.manual.models import (
    Answer,
    Decision,
    Edition,
    Fit,
    Manual,
    Offer,
    Outcome,
    Publication,
    Question,
    Remark,
    Reply,
    Revision,
    Source,
    Standing,
    State,
    Step,
)
from fieldcraft.manual.queries.pages import manual_named
from fieldcraft.manual.queries.publications import notices
from fieldcraft.manual.queries.remarks import remark_as_read, to_manualize
from fieldcraft.manual.queries.resolve import Stack, stack_now
from fieldcraft.manual.queries.steps import decided_lately, moved_on
from fieldcraft.people.access import Actor
from fieldcraft.people.queries import actor_of, sample_people
from fieldcraft.shell.sample.build import build_sample, is_built
from fieldcraft.shell.sample.layers import LAYERS
from fieldcraft.shell.sample.people import PEOPLE, PUBLIC, QUORUMS, TEAMS
from fieldcraft.shell.sample.steps import changed

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
            "Harbour Street": [
                "Meetings the person would recognise",
                "The two-visit rule",
                "When services pull apart",
                "Who does what, in the family's words",
                "Working with the police and courts",
            ],
            "Mill Lane": ["Plans on one page"],
            "Quayside": ["Safety plans", "Ten-minute case talk", "Working with schools"],
            "Elm House": ["Working with families and friends", "Working with schools"],
        }

    def test_every_way_of_being_out_of_step_is_there(self) -> None:
        fits = Step.objects.filter(source=Source.BELOW, settled_at=None).values_list("fit", flat=True)

        assert {*fits} == {*Fit} - {Fit.FAR}
        assert Step.objects.filter(fit=Fit.SUGGESTION, flags__gt=0, settled_at=None, source=Source.BELOW).exists()
        assert Step.objects.filter(source=Source.NEIGHBOUR, settled_at=None).exists()

    def test_a_team_waits_for_a_yes_keeps_its_own_until_a_day_and_can_undo(self) -> None:
        waiting = Step.objects.get(drafts__state=State.DRAFT)
        quiet = Step.objects.select_related("ours").get(quiet_until__gt=timezone.localdate(), settled_at=None)
        decided = decided_lately(people()["Jo Brennan"], stack_of_team("Elm House"), timezone.now() - UNDO_FOR)

        assert str(waiting.manual.team) == str(quiet.manual.team) == "Harbour Street"
        assert Revision.objects.filter(step=quiet, state=State.AGREED).exclude(reason="").exists()
        assert [(each.step.decision, each.may_undo) for each in decided] == [(Decision.COMBINED, True)]

    def test_the_core_renamed_moved_and_withdrew_a_page_that_a_team_has(self) -> None:
        steps = Step.objects.filter(source=Source.BELOW).select_related("base", "ours", "theirs")
        renamed = [
            (step.base.title, step.theirs.title)
            for step in steps
            if step.base and step.theirs and step.base.title != step.theirs.title and step.fit == Fit.FITS
        ]

        assert renamed == [("Working with schools", "Working with schools and colleges")]
        assert [step.ours.title for step in steps if step.ours and step.fit == Fit.WITHDRAWN] == [
            "When services pull apart"
        ]
        assert [step.ours.title for step in steps if step.ours and step.fit == Fit.PLACE] == ["Ten-minute case talk"]

    def test_offers_wait_are_drawn_in_with_thanks_and_declined_with_a_reason(self) -> None:
        by_answer = {answer: list(Offer.objects.filter(answer=answer)) for answer in ("", *Answer)}
        (drawn_in,), (declined,) = by_answer[Answer.DRAWN_IN], by_answer[Answer.DECLINED]
        asked = Question.objects.filter(offer__answer="").order_by("id").values_list("is_from_team", flat=True)

        assert Counter(offer.is_named for offer in by_answer[""]) == {True: 1, False: 1}
        assert list(asked) == [False, True]
        assert drawn_in.drawn_into
        assert drawn_in.drawn_into.edition.credits == [str(drawn_in.manual.team)]
        assert not Edition.objects.filter(manual=drawn_in.manual, page=drawn_in.page, ended_at=None).exists()
        assert declined.reason_why

    def test_a_page_says_that_it_was_copied_and_a_remark_that_it_was_passed_on(self) -> None:
        copied = Revision.objects.get(copied_from__isnull=False, edition__manual__team__isnull=False)
        passed = Remark.objects.get(passed_from__isnull=False)

        assert copied.copied_from
        assert copied.copied_from.edition.manual != copied.edition.manual
        assert (str(passed.manual), passed.outcome, passed.is_held) == ("Working Alongside", "", False)

    def test_changes_were_published_together_and_others_are_being_gathered(self) -> None:
        published = Publication.objects.get(published_at__isnull=False)
        gathering = Publication.objects.get(published_at=None)
        told = [notices([stack_of_team(team)], []) for team in TEAMS]

        assert published.note
        assert [[notice.publication for notice in each] for each in told] == [[published]] * len(TEAMS)
        assert gathering.revisions.filter(state=State.GATHERED).exists()
        assert not gathering.manual.included_by.exists()

    def test_on_some_of_them_both_changed_the_same_sentence(self) -> None:
        both = set()
        for team in TEAMS:
            ids = [each.step.pk for each in moved_on([stack_of_team(team)], timezone.localdate())]
            for step in Step.objects.filter(pk__in=ids).select_related("base", "ours", "theirs"):
                assert step.base
                assert step.ours
                theirs = step.theirs or step.base
                base = sentences(step.base.body)
                if (base - sentences(step.ours.body)) & (base - sentences(theirs.body)) and step.fit != Fit.LEFT_OUT:
                    both.add((team, step.ours.title))

        assert both == {
            ("Elm House", "Working with families and friends"),
            ("Harbour Street", "Meetings the person would recognise"),
            ("Harbour Street", "Who does what, in the family's words"),
        }

    def test_pages_have_a_history_by_more_than_one_hand(self) -> None:
        editions = Edition.objects.filter(
            manual__team__isnull=False, standing=Standing.ADAPTED, current__isnull=False, ended_at=None
        )
        texts = {
            f"{edition.manual}: {edition.title}": list(
                edition.revisions.filter(state=State.AGREED, step=None).values_list("by", "body")
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
            "Harbour Street": {State.DRAFT: 3, State.DECLINED: 1, State.WITHDRAWN: 1},
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
            found = Revision.objects.filter(edition__manual__team__name=team, state=State.AGREED, by__isnull=False)
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
        columns = {
            Revision: ("title", "body", "reason", "answer"),
            Remark: ("body", "answer"),
            Reply: ("body",),
            Offer: ("reason", "reason_why"),
            Question: ("body",),
            Publication: ("title", "note"),
        }
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
