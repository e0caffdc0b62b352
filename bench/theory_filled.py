"""A filled organisation for measuring pages: rows are made at once; what has an order goes through the rooms' actions."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.utils import timezone

from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.manuals import make_manual
from fieldcraft.manual.actions.pages import add_page
from fieldcraft.manual.models import Audience as ReadBy
from fieldcraft.manual.models import Kind as ManualKind
from fieldcraft.manual.models import Manual, Page
from fieldcraft.mastery.models import Safety
from fieldcraft.measures.queries.packs import OWN_WEEK
from fieldcraft.people.actions.community import make_organisation, make_sample_person
from fieldcraft.people.models import Membership, Organisation, Person, Role, Team
from fieldcraft.people.queries import actor_of
from fieldcraft.theory.actions.challenges import challenge_claim
from fieldcraft.theory.actions.claims import add_link, add_statement, change_claim, start_from_starter
from fieldcraft.theory.actions.registering import register_test
from fieldcraft.theory.models import (
    Audience,
    CellKind,
    Challenge,
    Claim,
    ClaimText,
    Delay,
    Invitation,
    Kind,
    Offering,
    OfferingCondition,
    Part,
    Released,
    Says,
    Sign,
    Sure,
    Test,
    Theme,
    Verdict,
    Window,
)
from fieldcraft.theory.queries.measured import measured
from fieldcraft.theory.queries.releases import SCALES
from fieldcraft.theory.queries.saying import Named, Saying
from fieldcraft.together.actions.answering import answer_condition
from fieldcraft.together.actions.raising import raise_with_name
from fieldcraft.together.models import Condition, ConditionPage, Raising, Stage, Voice
from fieldcraft.together.queries.conditions import condition_as_read

PEOPLE, TEAMS, CLAIMS, CONDITIONS, OFFERINGS, WINDOWS = 200, 20, 60, 50, 300, 26
PAGES, THEMES, POINTING, OWN_WORDS, OWN = 40, 12, 60, 30, 10
SINCE = date(2024, 1, 1)
LONG = "Half of our work begins on the stairs, and whoever stands there first decides how the rest of it goes. " * 3


def filled() -> dict[str, Any]:
    """The organisation, and what its addresses are made of."""
    place = make_organisation(name="Bench Trust", slug="bench-trust", is_sample=True)
    teams, convenor = _people(place)
    Safety.objects.create(organisation=place, whom_to_call="The desk.", safeguarding="Tell a lead.", set_by=convenor)
    manual, pages = _manual(place, teams[0], convenor)
    conditions = _conditions(place, convenor, pages)
    claims = _claims(place, convenor)
    invitation, theme = _purposes(place, convenor, conditions)
    _ledger(place, teams)
    return {
        "convenor": convenor,
        "kinds": (Kind.LEARNING, Kind.PSYCHOLOGY),
        "arguments": _arguments(place, teams[0], manual, conditions[0], claims, invitation, theme),
        "variants": _variants(place, claims),
    }


def _people(place: Organisation) -> tuple[list[Team], Person]:
    teams = [Team.objects.create(organisation=place, name=f"Team {one:02}", slug=f"team-{one}") for one in range(TEAMS)]
    people = [Person(email=f"p{one}@bench.example", name=f"Person {one}") for one in range(PEOPLE - 1)]
    Person.objects.bulk_create(people)
    Membership.objects.bulk_create(
        Membership(organisation=place, team=teams[one % TEAMS], person=person, role=Role.MEMBER)
        for one, person in enumerate(people)
    )
    convenor = make_sample_person(
        name="Cora Bench", email="cora@bench.example", organisation=place, team=None, role=Role.CONVENOR
    )
    Membership.objects.create(organisation=place, team=teams[0], person=convenor, role=Role.LEAD)
    return teams, convenor


def _manual(place: Organisation, team: Team, writer: Person) -> tuple[Manual, list[Page]]:
    manual = make_manual(
        by=None, organisation_id=place.pk, title="Team 0", slug="team-0", kind=ManualKind.TEAM, team_id=team.pk,
        audience=ReadBy.ORGANISATION,
    )  # fmt: skip
    for one in range(PAGES):
        add_page(actor=actor_of(writer), manual=manual, text=Text(f"Page {one:02}", LONG))
    return manual, list(Page.objects.filter(manual=manual))


def _conditions(place: Organisation, convenor: Person, pages: list[Page]) -> list[Condition]:
    """Half named, ten of them by the convenor; half unnamed by twenty people each; all point to two pages."""
    actor, half = actor_of(convenor), CONDITIONS // 2
    other = actor_of(Person.objects.get(email="p0@bench.example"))
    named = [
        raise_with_name(
            actor=actor if one < OWN else other, organisation=place, words=f"Condition {one} is in the way."
        )
        for one in range(half)
    ]
    unnamed = [
        Condition(organisation=place, voice=Voice.UNNAMED, words=f"Unnamed {one} is in the way.", raised_on=SINCE,
                  joinable_from=SINCE, shown_on=SINCE)
        for one in range(half)
    ]  # fmt: skip
    Condition.objects.bulk_create(unnamed)
    Raising.objects.bulk_create(
        Raising(condition=each, token=f"{number:064}") for each in unnamed for number in range(20)
    )
    for one, condition in enumerate([*named, *unnamed]):
        for page in (pages[0], pages[1 + one % (PAGES - 1)]):
            ConditionPage.objects.create(condition=condition, page=page)
    for one, condition in enumerate(named):
        for stage in (Stage.HEARD, Stage.TRYING, Stage.CHANGED)[: 3 if one % 2 else 2]:
            _answer(convenor, condition, stage)
    return [*named, *unnamed]


def _answer(convenor: Person, condition: Condition, stage: Stage) -> None:
    read = condition_as_read(actor_of(convenor), condition.pk)
    assert read
    answer_condition(actor=actor_of(convenor), condition=condition, stage=stage, words=LONG, seen=read.seen)


def _saying(**more: Any) -> Saying:
    return Saying(
        because=LONG, source="Our own years.", would_see=LONG, would_change=LONG,
        review_on=timezone.localdate() + timedelta(days=365), sure=Sure.FAIRLY, critics=LONG, **more,
    )  # fmt: skip


def _claims(place: Organisation, convenor: Person) -> dict[str, Any]:
    """Both starters, and links and statements of its own: two thirds of the claims are links. Everything testable is tested."""
    actor = actor_of(convenor)
    for kind in Kind:
        start_from_starter(actor=actor, organisation_id=place.pk, kind=kind)
    links = CLAIMS * 2 // 3
    for cause, outcome in _own_links(actor, links - Claim.objects.filter(part="").count()):
        saying = _saying(sign=Sign.MORE, delay=Delay.WEEK)
        add_link(actor=actor, organisation_id=place.pk, cause=cause, outcome=outcome, saying=saying)
    for one in range(CLAIMS - Claim.objects.count()):
        part = list(Part)[one % len(Part)]
        add_statement(actor=actor, organisation_id=place.pk, part=part, saying=_saying(says=f"People are so. {one}"))
    first = Claim.objects.get(key="powerless-learning")
    for one in range(OWN_WORDS):
        challenge_claim(actor=actor, claim=first, words=f"{one}: {LONG}")
    _tests(actor)
    return {"first": first, "challenge": Challenge.objects.filter(claim=first).first()}


def _own_links(actor: Any, count: int) -> Iterator[tuple[Named, Named]]:
    """Between what is measured and what is not, each pair once."""
    names = [Named(each.name, each.key) for each in measured(actor).values() if each.key.startswith(OWN_WEEK)]
    others = [Named(f"our own thing {one}", "") for one in range(count // 4)]
    pairs = [(names[one % len(names)], other) for one, other in enumerate(others)]
    pairs += [(other, names[(one * 3 + 1) % len(names)]) for one, other in enumerate(others)]
    pairs += [(one, other) for one in others for other in others if one != other]
    return iter(pairs[:count])


def _tests(actor: Any) -> None:
    """Four dates of a year that is over, judged; and a claim that was changed twenty times."""
    for claim in Claim.objects.filter(part="").select_related("theory"):
        try:
            test = register_test(actor=actor, claim=claim, today=date(2025, 1, 2))
        except Exception:
            continue
        Verdict.objects.bulk_create(_verdict(test, date.fromisoformat(day)) for day in test.registered["dates"])
    for one in range(20):
        claim = Claim.objects.select_related("theory").get(key="reward-learning")
        saying = _saying(sign=Sign.MORE, delay=Delay.WEEK)
        assert claim.current_id
        change_claim(
            actor=actor, claim=claim, saying=saying, based_on=claim.current_id, reason=f"We looked again. {one}"
        )


def _verdict(test: Test, on: date) -> Verdict:
    return Verdict(
        test=test, on=on, says=Says.SUPPORTS, effect=0.15, low=0.05, high=0.25, people="100-199", pairs="1000-1999",
        reverse=Says.NO_LINK, rule=test.registered["rule"],
    )  # fmt: skip


def _purposes(place: Organisation, convenor: Person, conditions: list[Condition]) -> tuple[Invitation, Theme]:
    """Two invitations: one with its reply, its map full; one that is open."""
    past = Invitation.objects.create(
        organisation=place, question="What are you here for?", asked_by=convenor, readers="All.", use=LONG,
        opened_on=SINCE, closes_on=date(2024, 1, 20), released_on=date(2024, 1, 21), reply=LONG, replied_by=convenor,
        replied_at=datetime(2024, 2, 1, tzinfo=UTC),
    )  # fmt: skip
    themes = [
        Theme.objects.create(invitation=past, name=f"Theme {one}", seen_from=past.closes_on) for one in range(THEMES)
    ]
    by = list(Person.objects.exclude(pk=convenor.pk)[: OFFERINGS // 3])
    offerings = [
        Offering(invitation=past, sentence=f"I am here so that {one} is well.", by=by[one] if one < len(by) else None,
                 token=f"{one:064}", theme=themes[one % THEMES] if one < OFFERINGS - THEMES else None)
        for one in range(OFFERINGS)
    ]  # fmt: skip
    Offering.objects.bulk_create(offerings)
    OfferingCondition.objects.bulk_create(
        OfferingCondition(offering=each, condition=conditions[0 if one % 2 else one % len(conditions)])
        for one, each in enumerate(offerings[-POINTING:])
    )
    today = timezone.localdate()
    Invitation.objects.create(
        organisation=place, question="And now?", asked_by=convenor, readers="All.", use=LONG,
        opened_on=today - timedelta(days=1), closes_on=today + timedelta(days=20),
    )  # fmt: skip
    return past, themes[0]


def _ledger(place: Organisation, teams: list[Team]) -> None:
    """Two years of windows; in every third one teams have their own pictures."""
    drawn = Random(1)
    for number in range(WINDOWS):
        first = SINCE + timedelta(weeks=4) * number
        window = Window.objects.create(
            organisation=place, first_day=first, last_day=first + timedelta(days=27), number=number,
            team_threshold=8, above_threshold=11, published_on=first + timedelta(days=31),
        )  # fmt: skip
        Released.objects.bulk_create(_figures(window, teams, drawn))


def _figures(window: Window, teams: list[Team], drawn: Random) -> Iterator[Released]:
    for scale in SCALES:
        yield _figure(window, scale, drawn, kind=CellKind.WHOLE, audience=Audience.ORGANISATION)
        yield _figure(window, scale, drawn, kind=CellKind.OTHERS, audience=Audience.ORGANISATION)
        for team in teams:
            for audience in Audience:
                yield _figure(window, scale, drawn, kind=CellKind.TEAM, audience=audience, team=team)


def _figure(window: Window, scale: str, drawn: Random, **where: Any) -> Released:
    shown = {"mean": drawn.randrange(30, 80, 5), "people": "11-19", "change": "same"}
    said = shown if drawn.random() < 0.5 else {"withheld": "known"}
    return Released(window=window, scale=f"{OWN_WEEK}:{scale}", rule="2026-11", **where, **said)


def _arguments(
    place: Organisation, team: Team, manual: Manual, condition: Condition, claims: Mapping[str, Any],
    invitation: Invitation, theme: Theme,
) -> dict[Any, Any]:  # fmt: skip
    """By name; by page and name where one name means different things."""
    found: dict[Any, Any] = {
        "slug": place.slug, "team_id": team.pk, "condition_id": condition.pk, "claim_id": claims["first"].pk,
        "challenge_id": claims["challenge"].pk, "invitation_id": invitation.pk, "theme_id": theme.pk,
        "key": "hunch-first", ("together:page-panel", "slug"): manual.slug, "address": "page-00",
    }  # fmt: skip
    return found


def _variants(place: Organisation, claims: Mapping[str, Any]) -> list[tuple[str, str, dict[str, Any], str]]:
    whole: dict[str, Any] = {"slug": place.slug, "kind": Kind.LEARNING}
    changed: UUID = Claim.objects.get(key="reward-learning").pk
    return [
        ("theory:theory-compare, two versions far apart", "theory:theory-compare", whole, "old=1&new=30"),
        ("theory:theory-compare, the whole of both", "theory:theory-compare", whole, "old=1&new=30&whole=1"),
        ("mastery:count-me-in", "mastery:count-me-in", {}, ""),
        (
            "theory:claim-compare",
            "theory:claim-compare",
            {"slug": place.slug, "claim_id": changed},
            _first_and_last(changed),
        ),
        ("theory:claim, changed twenty times", "theory:claim", {"slug": place.slug, "claim_id": changed}, ""),
        ("theory:ledger, a window for teams", "theory:ledger", {"slug": place.slug}, f"window={WINDOWS - 2}"),
    ]


def _first_and_last(claim_id: UUID) -> str:
    texts = list(ClaimText.objects.filter(claim=claim_id).order_by("version").values_list("pk", flat=True))
    return f"old={texts[0]}&new={texts[-1]}"
