"""The ledger, a team's picture and the tests, as people read them."""

from datetime import date, timedelta

from django.test import Client
from tests.theory.counted_world import join
from tests.theory.released_world import BACKEND, NUMBER, THEN, busy, play
from tests.theory.tested_world import FOURTH, REGISTERED, THIRD, Theorist, year

from fieldcraft.people.models import Person, Role
from fieldcraft.shell.lifecycle import show_daily
from fieldcraft.theory.actions.evidence import judge_due
from fieldcraft.theory.models import Released, Thresholds
from fieldcraft.theory.models import Test as Registered


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, BACKEND)
    return client


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_everybody_reads_the_ledger_with_what_was_withheld_and_why(db: None) -> None:
    made = busy([12, 13, 5])
    play(made, windows=2)
    client = signed_in(made.everybody[0])

    text = read(client, f"/organisations/{made.organisation.slug}/ledger/?window={NUMBER}")

    assert "Everybody at Quay Trust reads this" in text
    assert "Sense of mastery" in text
    assert "Not shown:" in text
    assert "The next window is published on" in text or "Every window" in text
    for team in made.teams[:2]:
        told = f"A picture was shown to {team.name}, and to nobody else.", f"No picture was shown to {team.name}"
        assert any(words in text for words in told)
    assert client.get(f"/organisations/{made.organisation.slug}/ledger/?window=1").status_code == 404


def test_before_anything_is_published_the_screens_say_so(db: None) -> None:
    theorist = Theorist(busy([3]))
    client = signed_in(theorist.head)
    slug = theorist.made.organisation.slug

    assert "Nothing has been published yet" in read(client, f"/organisations/{slug}/ledger/")
    assert "No link is claimed yet" in read(client, f"/organisations/{slug}/tests/")
    member = signed_in(theorist.made.everybody[0])
    assert "There is no picture yet" in read(member, f"/teams/{theorist.made.teams[0].pk}/picture/")


def test_a_team_reads_its_own_picture_and_a_convenor_does_not(db: None) -> None:
    made = busy([14])
    play(made)
    address = f"/teams/{made.teams[0].pk}/picture/"
    convenor = join(made, None, "cora", date(2025, 1, 1), Role.CONVENOR)

    text = read(signed_in(made.everybody[0]), address)

    assert "Everybody in Team 0 sees this" in text
    own = Released.objects.filter(audience="team", withheld="").first()
    assert own
    assert "of 100" in text
    assert signed_in(convenor).get(address).status_code == 403
    outside = signed_in(busy([1], name="Elm House").everybody[0])
    assert outside.get(address).status_code == 404


def test_a_convenor_raises_the_numbers_and_is_refused_to_lower_them(db: None) -> None:
    made = busy([3])
    client = signed_in(join(made, None, "cora", date(2025, 1, 1), Role.CONVENOR))
    address = f"/organisations/{made.organisation.slug}/ledger/least/"

    assert client.post(address, {"team": 10, "above": 14}).status_code == 302
    answer = client.post(address, {"team": 9, "above": 14})

    assert answer.status_code == 400
    assert "never lowered" in answer.content.decode()
    below = client.post(address, {"team": 7, "above": ""}).content.decode()
    assert "8 people at least; never fewer." in below
    assert "Write a number." in below
    assert Thresholds.objects.count() == 1


def test_a_question_is_registered_judged_and_read_with_what_it_does_not_show(db: None) -> None:
    theorist = year([30, 30, 20], effect=0.35)
    claim = theorist.link()
    address = f"/organisations/{theorist.made.organisation.slug}/claims/{claim.pk}/test/"
    member, head = signed_in(theorist.made.everybody[0]), signed_in(theorist.head)

    assert "Nobody has registered this question" in read(member, address)
    assert "It would be judged on:" in read(head, address)
    assert member.post(address).status_code == 403
    assert head.post(address).status_code == 302
    test = Registered.objects.get()
    assert test.digest in read(member, address)

    test.delete()
    theorist.register(claim, REGISTERED)
    judge_due(FOURTH)
    text = read(member, address)
    for words in (
        "Supports",
        "50 to 99 people",
        "of 100 cases",
        "pairs of steps that follow each other",
        "The other way round",
        "At the date before, on 15 July 2025: ",
        "Fewer than thirty people",
        "That does not show that it brought it about",
    ):
        assert words in text
    assert "<svg" in text
    assert "Supports" in read(member, f"/organisations/{theorist.made.organisation.slug}/tests/")


def test_what_is_withheld_says_why_and_how_far_it_is_on_both_pages(db: None) -> None:
    theorist = year([15, 14], effect=0.5, weeks=30)
    claim = theorist.link()
    theorist.register(claim, REGISTERED)
    judge_due(THIRD)
    member = signed_in(theorist.made.everybody[0])
    organisation = f"/organisations/{theorist.made.organisation.slug}/"

    for page in (f"{organisation}claims/{claim.pk}/test/", f"{organisation}tests/"):
        text = read(member, page)
        assert "Cannot say yet" in text
        assert "Fewer than thirty people who let themselves be counted" in text
        assert "would be enough" in text
        assert "<svg" not in text.partition("Cannot say yet")[2].partition("</article>")[0]


def test_a_claim_leads_to_its_test_and_the_teams_and_organisations_pages_to_their_pictures(db: None) -> None:
    theorist = year([3], weeks=2)
    claim = theorist.link()
    member, made = signed_in(theorist.made.everybody[0]), theorist.made

    assert f"claims/{claim.pk}/test/" in read(member, f"/organisations/{made.organisation.slug}/claims/{claim.pk}/")
    assert f"/teams/{made.teams[0].pk}/picture/" in read(member, f"/people/teams/{made.teams[0].pk}/")
    assert "/ledger/" in read(member, f"/people/organisations/{made.organisation.slug}/")


def test_the_daily_work_opens_publishes_and_judges_and_twice_does_no_harm(db: None) -> None:
    made = busy([12])
    day = THEN.first_day
    while day <= THEN.published_from:
        show_daily(day)
        show_daily(day)
        day += timedelta(days=7)
    show_daily(THEN.published_from)

    assert Released.objects.filter(window__number=NUMBER).exists()
    before = list(Released.objects.order_by("pk").values())
    show_daily(THEN.published_from)
    assert list(Released.objects.order_by("pk").values()) == before
    assert made.organisation


def test_who_may_not_raise_the_numbers_is_told_where_they_stand(db: None) -> None:
    made = busy([3])

    answer = signed_in(made.everybody[0]).get(f"/organisations/{made.organisation.slug}/ledger/least/")

    assert answer.status_code == 403
    assert "from how many people on a figure is shown" in answer.content.decode()
