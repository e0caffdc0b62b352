"""Counting in: asked for each use, no by default, for a quarter, taken back at any time, known to nobody else."""

import json
import zipfile
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone
from tests.conftest import Cast

from fieldcraft.audit.models import Event
from fieldcraft.errors import NotAllowed
from fieldcraft.mastery.actions.counting_in import answer_counting
from fieldcraft.mastery.actions.keeping import delete_compass
from fieldcraft.mastery.models import CheckIn, Safety
from fieldcraft.mastery.queries.counting_in import counting_of, is_asked_anew
from fieldcraft.people.consent import Grant, Quarter, Use, grants_valid, quarter_of
from fieldcraft.people.models import Membership

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ADDRESS = "/compass/count-me-in/"
NOW = date(2026, 5, 20)
ALL = dict.fromkeys(Use, True)
NONE = dict.fromkeys(Use, False)


def signed_in(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.people[who], BACKEND)
    return client


def say(cast: Cast, who: str, says: dict[Use, bool], today: date = NOW) -> None:
    answer_counting(actor=cast.actor(who), organisation_id=cast.organisation.pk, says=says, today=today)


def valid(cast: Cast, use: Use, on: date) -> set[object]:
    return set(grants_valid(cast.organisation.pk, use, on).values_list("person", flat=True))


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 5, 20), date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 12, 31), date(2026, 10, 1), date(2026, 12, 31)),
        (date(2024, 2, 29), date(2024, 1, 1), date(2024, 3, 31)),
    ],
)
def test_a_quarter_is_three_months_of_the_calendar(day: date, first: date, last: date) -> None:
    assert quarter_of(day) == Quarter(first, last)


def test_nothing_is_counted_until_somebody_says_yes_to_that_very_use(cast: Cast) -> None:
    assert [valid(cast, use, NOW) for use in Use] == [set(), set(), set()]

    say(cast, "ben", {**NONE, Use.THEORY: True})

    ben = cast.people["ben"].pk
    assert [valid(cast, use, NOW) for use in (Use.TEAM_PICTURE, Use.ORGANISATION_PICTURE, Use.THEORY)] == [
        set(),
        set(),
        {ben},
    ]


def test_a_yes_is_for_one_quarter_and_saying_it_twice_is_saying_it_once(cast: Cast) -> None:
    say(cast, "ben", ALL)
    say(cast, "ben", ALL, NOW + timedelta(days=3))

    grants = Grant.objects.filter(person=cast.people["ben"])
    assert grants.count() == 3
    assert {(grant.first_day, grant.last_day) for grant in grants} == {(date(2026, 4, 1), date(2026, 6, 30))}
    (asked,) = counting_of(cast.actor("ben"), date(2026, 7, 1)).asked
    assert asked.yes == frozenset(), "in the next quarter nobody has said anything yet"


def test_a_no_takes_back_all_of_it_from_that_day_on_and_a_new_yes_is_a_new_one(cast: Cast) -> None:
    say(cast, "ben", ALL, date(2026, 2, 2))
    say(cast, "ben", ALL)

    say(cast, "ben", {**ALL, Use.THEORY: False}, NOW + timedelta(days=1))

    ben = {cast.people["ben"].pk}
    assert valid(cast, Use.THEORY, NOW) == ben, "what was done by then stays"
    assert valid(cast, Use.THEORY, NOW + timedelta(days=1)) == set()
    assert valid(cast, Use.TEAM_PICTURE, NOW + timedelta(days=1)) == ben
    say(cast, "ben", ALL, NOW + timedelta(days=2))
    standing = grants_valid(cast.organisation.pk, Use.THEORY, NOW + timedelta(days=2))
    assert [grant.first_day for grant in standing] == [date(2026, 4, 1)], "the earlier quarter does not come back"


def test_nobody_outside_the_organisation_is_asked_or_can_say_yes_to_it(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        say(cast, "cleo", ALL)

    assert not Grant.objects.exists()


def test_whoever_left_can_still_take_it_back_and_says_no_further_yes(cast: Cast) -> None:
    say(cast, "ben", ALL)
    Membership.objects.filter(person=cast.people["ben"]).update(ended_at=timezone.now())

    (asked,) = counting_of(cast.actor("ben"), NOW).asked
    assert asked.is_left
    assert asked.yes == frozenset(Use)
    say(cast, "ben", {**ALL, Use.THEORY: False}, date(2026, 7, 2))

    assert set(Grant.objects.filter(withdrawn_on=None).values_list("use", flat=True)) == {
        "team_picture",
        "organisation_picture",
    }
    assert set(Grant.objects.values_list("first_day", flat=True)) == {date(2026, 4, 1)}


def test_today_says_that_a_quarter_began_to_those_alone_who_had_said_yes_and_only_for_some_weeks(cast: Cast) -> None:
    say(cast, "ben", {**NONE, Use.THEORY: True})
    july = date(2026, 7, 2)

    assert is_asked_anew(cast.actor("ben"), july)
    assert not is_asked_anew(cast.actor("ana"), july), "whoever never said yes is left in peace"
    assert not is_asked_anew(cast.actor("ben"), july + timedelta(weeks=6))
    say(cast, "ben", {**NONE, Use.THEORY: True}, july)
    assert not is_asked_anew(cast.actor("ben"), july)


def test_a_no_in_the_new_quarter_is_an_answer_too(cast: Cast) -> None:
    say(cast, "ben", {**NONE, Use.THEORY: True})
    july = date(2026, 7, 2)

    say(cast, "ben", NONE, july)

    assert not is_asked_anew(cast.actor("ben"), july)


def test_nothing_of_it_is_recorded(cast: Cast) -> None:
    before = Event.objects.count()

    say(cast, "ben", ALL)
    say(cast, "ben", NONE)

    assert Event.objects.count() == before


def test_the_screen_asks_three_questions_shows_what_would_be_shown_and_no_stands_first(cast: Cast) -> None:
    answer = signed_in(cast, "ben").get(ADDRESS)
    text = answer.content.decode()

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert text.count('value="no" required') + text.count('value="no"') >= 3
    assert text.count("checked") == 3
    assert 'value="yes" checked' not in text
    assert text.index("Only you see what you choose here") < text.index("<form class"), "before anything is chosen"
    for example in ("about 55 of 100", "about 60 of 100", "cannot say yet"):
        assert example in text


def test_the_screen_keeps_each_answer_and_shows_it_again(cast: Cast) -> None:
    client = signed_in(cast, "ben")
    sent = {
        "harbour-trust-team_picture": "no",
        "harbour-trust-organisation_picture": "yes",
        "harbour-trust-theory": "no",
    }

    assert client.post(ADDRESS, sent).status_code == 302

    (grant,) = Grant.objects.all()
    assert (grant.person_id, grant.use, grant.given_on) == (
        cast.people["ben"].pk,
        "organisation_picture",
        timezone.localdate(),
    )
    assert client.get(ADDRESS).content.decode().count("checked") == 3
    assert client.post(ADDRESS, {**sent, "harbour-trust-theory": "perhaps"}).status_code == 400


def test_a_no_can_be_said_while_the_compass_is_closed(cast: Cast) -> None:
    say(cast, "ben", ALL, timezone.localdate())
    Safety.objects.all().delete()
    client = signed_in(cast, "ben")
    no = {f"harbour-trust-{use.value}": "no" for use in Use}

    assert client.post(ADDRESS, no).status_code == 302

    assert not Grant.objects.filter(withdrawn_on=None).exists()


def test_what_one_person_chose_is_on_nobody_elses_screen(cast: Cast) -> None:
    others = ("ana", "ada", "cora", "edie")
    pages = ("/", ADDRESS, "/compass/today/", "/people/organisations/harbour-trust/", f"/people/teams/{cast.team.pk}/",
             "/organisations/harbour-trust/ledger/", "/organisations/harbour-trust/tests/")  # fmt: skip

    def seen() -> list[str]:
        answers = [signed_in(cast, who).get(page) for who in others for page in pages]
        return [_without_tokens(answer.content.decode()) for answer in answers]

    before = seen()
    say(cast, "ben", ALL, timezone.localdate())

    assert seen() == before


def _without_tokens(text: str) -> str:
    return "".join(line for line in text.splitlines() if "csrfmiddlewaretoken" not in line)


def test_the_export_and_the_deletion_of_a_compass_take_it_along(cast: Cast) -> None:
    say(cast, "ben", ALL)
    CheckIn.objects.create(owner=cast.people["ben"], pack="own-week", pack_version=1, week=date(2026, 5, 18))
    file = signed_in(cast, "ben").get("/compass/export/file/")

    rows = json.loads(zipfile.ZipFile(BytesIO(file.content)).read("compass.json"))["grants"]
    gone = delete_compass(actor=cast.actor("ben"), period=None)

    assert sorted(row["use"] for row in rows) == sorted(Use.values)
    assert not Grant.objects.exists()
    assert "yes to being counted: 3" in gone.receipt


def test_no_other_module_reaches_the_model_by_its_name() -> None:
    assert apps.get_model("people", "Grant") is Grant
    source = Path(__file__).parents[2] / "src/fieldcraft"
    naming = [
        file.relative_to(source).as_posix()
        for file in source.rglob("*.py")
        if "migrations" not in file.parts and ("people.Grant" in file.read_text() or '"Grant"' in file.read_text())
    ]
    assert naming == ["people/consent.py"], "`__all__` alone"


def test_somebody_in_no_team_is_not_asked_about_a_teams_picture(cast: Cast) -> None:
    question = "In my team&#x27;s own picture?"
    assert [name for name in ("ben", "cora") if question in signed_in(cast, name).get(ADDRESS).content.decode()] == [
        "ben"
    ]
    sent = {f"{cast.organisation.slug}-{use.value}": "yes" for use in Use}

    assert signed_in(cast, "cora").post(ADDRESS, sent).status_code == 302

    today = timezone.localdate()
    assert valid(cast, Use.TEAM_PICTURE, today) == set()
    assert valid(cast, Use.THEORY, today) == {cast.people["cora"].pk}


def test_who_left_their_team_can_still_take_back_a_yes_to_its_picture(cast: Cast) -> None:
    today = timezone.localdate()
    say(cast, "ben", {Use.TEAM_PICTURE: True}, today)
    Membership.objects.filter(person=cast.people["ben"]).update(team=None, role="convenor")
    sent = {f"{cast.organisation.slug}-{use.value}": "no" for use in Use}

    signed_in(cast, "ben").post(ADDRESS, sent)

    assert valid(cast, Use.TEAM_PICTURE, today) == set()
