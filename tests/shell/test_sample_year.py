"""A year of the organisation's answers in the sample community: every state is there, and comes out of the rooms' own work."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client, TestCase, override_settings
from django.utils import timezone
from tests.conftest import Cast

from fieldcraft.errors import NotAllowed
from fieldcraft.mastery.actions.counting_in import EVERY_USE
from fieldcraft.mastery.actions.sample import SampleWeek, keep_sample_weeks
from fieldcraft.mastery.models import CheckIn, SwitchedOff
from fieldcraft.people.actions.community import make_organisation, make_sample_colleagues
from fieldcraft.people.consent import Grant
from fieldcraft.people.models import Membership, Organisation, Person, Team
from fieldcraft.people.queries import actor_of, sample_people
from fieldcraft.shell.sample.build import build_sample
from fieldcraft.shell.sample.people import PEOPLE
from fieldcraft.shell.sample.year import build_year
from fieldcraft.shell.sample.year.colleagues import TEAMS, names
from fieldcraft.shell.sample.year.conditions import (
    CARELESS_LETTER,
    HOUSING_FORM,
    KEY_CUPBOARD,
    LEAVE,
    NEXT_VISIT,
    NO_REFERRALS,
    QUIET_ROOM,
)
from fieldcraft.shell.sample.year.counting import WITHDREW
from fieldcraft.shell.sample.year.days import Days, moment
from fieldcraft.shell.sample.year.purposes import AGAIN, NAMED, REPLY, THEMES, TOO_FEW
from fieldcraft.shell.sample.year.stated import LOOP_NAME, REGISTERED, SWITCHED_OFF
from fieldcraft.theory.actions.challenges import challenge_claim
from fieldcraft.theory.actions.claims import start_from_starter
from fieldcraft.theory.actions.purposes import Question, open_invitation
from fieldcraft.theory.actions.registering import register_test
from fieldcraft.theory.actions.sample import (
    LEARNING,
    date_challenge_back,
    date_invitation_back,
    date_loop_names_back,
    date_reply_back,
    date_test_back,
    date_version_back,
)
from fieldcraft.theory.models import Challenge, Claim, Invitation, Offering, Released, Theory, Verdict, Window
from fieldcraft.theory.queries.purposes_map import purpose_map
from fieldcraft.together.models import Condition
from fieldcraft.together.queries.conditions import AsRead, conditions_of

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
HERE = "/organisations/tideway/"
WHY_FEW = "too few people let themselves be counted"


def test_the_days_of_a_year_are_in_order_whenever_it_is_built() -> None:
    for number in range(0, 800, 3):
        days = Days.until(date(2026, 1, 1) + timedelta(days=number))

        assert days.mondays[0] < days.stated < days.registered < days.judged[1] < days.judged[3] <= days.today
        assert days.judged[0] < days.registered
        assert 47 <= len(days.mondays) <= 64
        assert days.thin == max(day for day in days.quarters if day <= days.registered)
        assert days.quarters.index(days.thin) == 1
        assert {day.month % 3 for day in days.quarters[1:]} == {1}
        assert days.mondays[-1] + timedelta(weeks=1) <= days.today


def test_no_name_comes_twice() -> None:
    made = [name for name, _number in zip(names(), range(sum(TEAMS.values())), strict=False)]

    assert len(set(made)) == len(made)
    assert not {name.partition(" ")[0] for name in made} & {name.partition(" ")[0] for name, *_rest in PEOPLE}


@pytest.mark.django_db
def test_nothing_is_put_back_in_time_outside_the_sample_community(cast: Cast) -> None:
    organisation, day, ada = cast.organisation, date(2026, 1, 1), cast.actor("ada")
    theory = start_from_starter(actor=ada, organisation_id=organisation.pk, kind=LEARNING)
    claim = Claim.objects.filter(theory=theory, key="reward-learning").get()
    challenge = challenge_claim(actor=ada, claim=claim, words="Not here.")
    test = register_test(actor=ada, claim=claim, today=day)
    asked = Question("What for?", "All", "We read it.", timezone.localdate() + timedelta(days=9))
    invitation = open_invitation(actor=ada, organisation=organisation, asked=asked)
    week = SampleWeek(cast.people["ben"].pk, day, {"better": 4})

    for refused in (
        lambda: make_sample_colleagues(team=cast.team, names={"a@quay.example": "Ann"}, since=moment(day)),
        lambda: keep_sample_weeks(organisation_id=organisation.pk, weeks=[week]),
        lambda: date_version_back(theory=theory, number=1, at=moment(day)),
        lambda: date_loop_names_back(theory=theory, at=moment(day)),
        lambda: date_challenge_back(challenge=challenge, at=moment(day)),
        lambda: date_test_back(test=test, at=moment(day)),
        lambda: date_invitation_back(invitation=invitation, opened_on=day, closes_on=day),
        lambda: date_reply_back(invitation=invitation, at=moment(day)),
    ):
        with pytest.raises(NotAllowed):
            refused()


@pytest.mark.django_db
def test_weeks_are_kept_of_people_of_the_sample_organisation_alone(cast: Cast) -> None:
    sample = make_organisation(name="Tideway", is_sample=True)

    with pytest.raises(NotAllowed):
        keep_sample_weeks(
            organisation_id=sample.pk, weeks=[SampleWeek(cast.people["ben"].pk, date(2026, 1, 5), {"better": 4})]
        )
    assert not CheckIn.objects.exists()


class TestYear(TestCase):
    """Built once for all tests here, which only look at it."""

    @classmethod
    def setUpTestData(cls) -> None:
        build_sample()
        build_year()
        cls.days = Days.until(timezone.localdate())
        cls.tideway = Organisation.objects.get(slug="tideway")

    def seen_by(self, name: str, path: str) -> str:
        client = Client()
        client.force_login(Person.objects.get(name=name), BACKEND)
        answer = client.get(path)
        assert answer.status_code == 200, path
        return str(answer.content.decode())

    @override_settings(DEMO=True)
    def test_quiet_colleagues_are_there_and_cannot_be_entered_as(self) -> None:
        quiet = Person.objects.filter(memberships__organisation=self.tideway, is_sample=False).distinct()
        first = quiet.order_by("name")[0]

        assert quiet.count() == sum(TEAMS.values())
        assert not any(person.has_usable_password() for person in quiet)
        assert [person.name for person in sample_people()] == [name for name, *_rest in PEOPLE]
        assert first.name not in Client().get("/").content.decode()
        assert Client().post("/enter/", {"person": str(first.pk)}).status_code != 302

    def test_an_earlier_invitation_is_read_and_answered_and_another_is_open(self) -> None:
        before, now = Invitation.objects.filter(organisation=self.tideway).order_by("opened_on")
        shown = purpose_map(actor_of(Person.objects.get(name="Dee Okafor")), before)

        assert shown
        assert shown.is_read
        told = {group.theme.name: group for group in shown.groups if group.theme}
        apart = {name for name, group in told.items() if group.people}
        assert apart == {name for name in THEMES if name and name != TOO_FEW}
        assert {name for group in shown.all_groups for name in group.names} == {name for name, *_rest in NAMED}
        assert len(shown.conditions) == 3
        assert (before.reply, now.reply, now.released_on) == (REPLY, "", None)
        (offered,) = Offering.objects.filter(invitation=now)
        assert offered.by == Person.objects.get(name=WITHDREW)
        screen = self.seen_by("Dee Okafor", f"{HERE}purposes/")
        for words in (AGAIN, REPLY.partition("\n")[0], *apart):
            assert words in screen

    def conditions(self) -> dict[str, AsRead]:
        found = conditions_of(actor_of(Person.objects.get(name="Dee Okafor")), self.tideway)
        return {row.condition.words: row for row in (*found.open, *found.answered)}

    def test_conditions_are_of_every_kind(self) -> None:
        found = self.conditions()

        stages = {words: (row.condition.voice, row.condition.stage) for words, row in found.items()}
        assert stages == {
            KEY_CUPBOARD: ("named", "heard"),
            HOUSING_FORM: ("team", "trying"),
            CARELESS_LETTER: ("named", "changed"),
            QUIET_ROOM: ("named", "cannot"),
            NO_REFERRALS: ("unnamed", "heard"),
            NEXT_VISIT: ("unnamed", "waiting"),
        }
        assert {words for words, row in found.items() if row.is_silent} == {NEXT_VISIT}
        assert found[CARELESS_LETTER].said
        assert found[NO_REFERRALS].few
        assert Condition.objects.get(words=LEAVE).shown_on is None
        assert Condition.objects.filter(organisation=self.tideway).exclude(pages=None).count() == 5
        assert LEAVE not in self.seen_by("Sam Whitcombe", f"{HERE}conditions/")

    def test_the_theory_has_versions_a_named_loop_and_challenges(self) -> None:
        learning, psychology = (
            Theory.objects.get(organisation=self.tideway, kind=k) for k in ("learning", "psychology")
        )

        assert (learning.version, psychology.version) == (4, 4)
        assert learning.versions.filter(number=1, at=moment(self.days.stated)).exists()
        assert sorted(Challenge.objects.values_list("outcome", flat=True)) == ["", "changed", "stands"]
        assert [row.key for row in SwitchedOff.objects.filter(organisation=self.tideway)] == [SWITCHED_OFF]
        assert LOOP_NAME in self.seen_by("Dee Okafor", f"{HERE}theory/")

    def test_one_link_is_supported_one_contradicted_and_one_cannot_be_said(self) -> None:
        latest = Verdict.objects.filter(on=self.days.judged[3])
        says = {row.test.claim.key: row.says for row in latest.select_related("test__claim")}

        assert set(says) == set(REGISTERED)
        assert says["reward-learning"] == "supports"
        assert says["learning-belief"] == "other_way"
        assert says["answered-improve"] == says["purpose-learning"] == "cannot_say"
        first = Verdict.objects.filter(on=self.days.judged[1])
        assert set(first.values_list("reason", flat=True)) == {"few_people"}
        for path in ("tests/", "ledger/"):
            assert "it points the other way" in self.seen_by("Dee Okafor", HERE + path)

    def test_windows_are_published_each_on_its_day_and_too_few_people_is_said(self) -> None:
        windows = Window.objects.filter(organisation=self.tideway, published_on__isnull=False)
        whole = Released.objects.filter(window__in=windows, kind="whole", scale="own-week:purpose")
        why = {row.window.first_day: row.withheld for row in whole.select_related("window")}
        thin = [day for day in why if self.days.thin <= day < self.days.judged[1] - timedelta(weeks=8)]

        assert windows.count() >= 11
        assert all(timedelta(days=4) <= each.published_on - each.last_day < timedelta(days=12) for each in windows)
        assert thin
        assert {why[day] for day in thin} == {"few"}
        assert sum(not reason for reason in why.values()) >= 4
        assert not Window.objects.exclude(organisation=self.tideway).exists()
        assert WHY_FEW in self.seen_by("Dee Okafor", f"{HERE}ledger/?window={windows.get(first_day=thin[0]).number}")

    def test_a_team_sees_its_own_picture_and_a_small_one_why_it_has_none(self) -> None:
        harbour, mill = (Team.objects.get(name=name) for name in ("Harbour Street", "Mill Lane"))
        own = Released.objects.filter(audience="team")

        assert own.filter(team=harbour, withheld="").exists()
        assert set(own.filter(team=mill).values_list("withheld", flat=True)) == {"few"}
        assert "11 to 19 people" in self.seen_by("Dee Okafor", f"/teams/{harbour.pk}/picture/")
        assert WHY_FEW in self.seen_by("Rosa Lindgren", f"/teams/{mill.pk}/picture/")
        assert Membership.objects.filter(team=harbour, ended_at=None).count() == 3 + TEAMS["Harbour Street"]

    def test_one_person_took_their_yes_back(self) -> None:
        taken_back = Grant.objects.exclude(withdrawn_on=None)

        assert {grant.person.name for grant in taken_back} == {WITHDREW}
        assert {grant.withdrawn_on for grant in taken_back} == {self.days.ago(17)}
        assert CheckIn.objects.filter(owner__name=WITHDREW).count() > 30
        screen = self.seen_by(WITHDREW, "/compass/count-me-in/")
        assert re.findall(r'value="(\w+)"[^>]* checked', screen) == ["no"] * len(EVERY_USE)
