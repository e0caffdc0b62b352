"""The same number of queries for two rows and for twenty."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.conftest import Cast

from fieldcraft.engine.prose.anchor import Quote
from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.manuals import include, make_manual
from fieldcraft.manual.actions.pages import adapt_page, add_page, give_up, note_page, revise
from fieldcraft.manual.actions.passing import pass_on
from fieldcraft.manual.actions.publications import begin, publish
from fieldcraft.manual.actions.remarks import Noticed, make_remark, reply_to_remark
from fieldcraft.manual.actions.steps import step_for
from fieldcraft.manual.actions.together import combine_all
from fieldcraft.manual.models import (
    Edition,
    Kind,
    Manual,
    Offer,
    OfferReader,
    Publication,
    Question,
    Remark,
    Revision,
    Step,
)
from fieldcraft.manual.queries.remarks import state_of
from fieldcraft.mastery.actions.compass import Seen, begin_purpose, begin_vision, keep_now
from fieldcraft.mastery.actions.practice import Happened, keep_note, keep_practice
from fieldcraft.mastery.actions.reflections import add_exercise, keep_reflection
from fieldcraft.mastery.models import (
    Answer,
    CheckIn,
    Event,
    Obstacle,
    RealityNote,
    Reflection,
    Share,
    ShareRead,
    TensionMark,
    Vision,
    VisionRevision,
    Weight,
)
from fieldcraft.mastery.queries.checkins import this_week
from fieldcraft.mastery.queries.practice import Cited
from fieldcraft.measures.queries.packs import OWN_WEEK, pack_named
from fieldcraft.people.actions.community import make_organisation, make_sample_person
from fieldcraft.people.actions.invitations import invite
from fieldcraft.people.models import Membership, Role, Team
from fieldcraft.theory.actions.challenges import answer_challenge, challenge_claim
from fieldcraft.theory.actions.claims import add_link, add_statement, change_claim
from fieldcraft.theory.actions.registering import register_test
from fieldcraft.theory.models import (
    Claim,
    ClaimText,
    Invitation,
    Offering,
    Part,
    Released,
    Theme,
    Verdict,
    Window,
)
from fieldcraft.theory.models import Test as Registered
from fieldcraft.theory.queries.saying import Named, Saying
from fieldcraft.together.actions.answering import answer_condition
from fieldcraft.together.actions.raising import raise_for_team, raise_unnamed, raise_with_name
from fieldcraft.together.models import Condition, Stage
from fieldcraft.together.queries.pages import place_at

Grow = Callable[[Cast, int], None]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FEW, MANY = 2, 20


def pages(cast: Cast, number: int) -> None:
    """A page of the core that leads to the first one, adapted by the team, its base a guess."""
    text = Text(f"Page {number}", "Words about kettles, see [[Page 0]].", tags=("tea",))
    held = add_page(actor=cast.actor("edie"), manual=cast.core, text=text)
    adapted = adapt_page(
        actor=cast.actor("ben"),
        manual=cast.team_manual,
        page_id=held.edition.page_id,
        text=Text(f"Page {number}", "Our own kettles, see [[Page 0]].", reason="We have no kitchen."),
        based_on=held.pk,
    )
    Revision.objects.filter(pk=adapted.pk).update(base_inferred=0.7)


STEP = UUID(int=2)  # the first one, so that an address can name it


def steps(cast: Cast, number: int) -> None:
    """A page that the core has moved on from twice, one that was decided, and a draft of each that waits."""
    ben, edie = cast.actor("ben"), cast.actor("edie")
    Team.objects.update(quorum=1)
    manual = Manual.objects.select_related("team").get(pk=cast.team_manual.pk)
    for title in (f"Open {number}", f"Decided {number}", f"Agreed {number}"):
        base = add_page(actor=edie, manual=cast.core, text=Text(title, "Knock twice.\n\nWait.\n\nGo in.\n"))
        page = {"manual": manual, "page_id": base.edition.page_id}
        adapt_page(
            actor=ben, **page, text=Text(title, "Ring.\n\nWait.\n\nGo in.\n", reason="No door."), based_on=base.pk
        )
        text = Text(
            title,
            "Hum.\n\nWait.\n\nGo in slowly.\n"
            if title.startswith("Open")
            else "Knock twice.\n\nWait.\n\nGo in slowly.\n",
        )
        revise(actor=edie, edition=base.edition, text=text, based_on=base.pk)
        step = step_for(actor=ben, **page)
        assert step
        if title.startswith("Decided"):
            combine_all(actor=ben, manual=manual, step_ids=[step.pk])
        elif title.startswith("Agreed"):
            Team.objects.update(quorum=2)
            combine_all(actor=ben, manual=Manual.objects.get(pk=manual.pk), step_ids=[step.pk])
        elif number == 0:
            Step.objects.filter(pk=step.pk).update(id=STEP)


def notes(cast: Cast, number: int) -> None:
    """A page with a note beside it for each number."""
    if number == 0:
        add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Noted", "Words about kettles."))
    page_id = Edition.objects.get(manual=cast.core, title="Noted").page_id
    text = Text("Noted", f"Note {number}.", quote="kettles" if number % 2 else "")
    note_page(actor=cast.actor("ben"), manual=cast.team_manual, page_id=page_id, text=text)


def remarks(cast: Cast, number: int) -> None:
    """A remark with a reply, a held suggestion, and a draft that came of the remark, for each number."""
    if number == 0:
        add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Remarked", "Words about kettles."))
        cast.team.quorum = 2
        cast.team.save()
    manual = Manual.objects.get(pk=cast.team_manual.pk)
    read = Revision.objects.get(edition__manual=cast.core, title="Remarked")
    noticed = Noticed(f"Remark {number}.", read.pk, Quote("kettles"))
    made = make_remark(actor=cast.actor("ben"), manual=manual, page_id=read.edition.page_id, noticed=noticed)
    reply_to_remark(actor=cast.actor("ana"), remark=made, body="Why?", seen=state_of(made))
    held = make_remark(actor=cast.actor("ana"), manual=manual, page_id=read.edition.page_id, noticed=noticed)
    Remark.objects.filter(pk=held.pk).update(is_held=True, by=None)
    text = Text("Remarked", "Tea.", remark=made.pk)
    page_id = read.edition.page_id
    adapt_page(actor=cast.actor("ben"), manual=manual, page_id=page_id, text=text, based_on=read.pk)


def layers(cast: Cast, number: int) -> None:
    """One more manual below, with a page."""
    below = make_manual(by=None, organisation_id=cast.organisation.pk, title=f"Below {number}")
    add_page(actor=cast.actor("edie"), manual=below, text=Text(f"Below {number}", "Words about kettles."))
    include(by=None, manual=cast.team_manual, included=below)


def manuals(cast: Cast, number: int) -> None:
    """One more manual of the organisation, with a page."""
    made = make_manual(by=None, organisation_id=cast.organisation.pk, title=f"Manual {number}")
    add_page(actor=cast.actor("edie"), manual=made, text=Text(f"Page {number}", "Words about kettles."))


def publications(cast: Cast, number: int) -> None:
    """Something that the core published, of a page that the team covers, and what it gathers for the next."""
    edie, core = cast.actor("edie"), Manual.objects.get(pk=cast.core.pk)
    for each in Publication.objects.filter(published_at=None):
        publish(actor=edie, publication=each, note="It is new.")
    held = add_page(actor=edie, manual=core, text=Text(f"Page {number}", "Words."))
    of = {"actor": cast.actor("ben"), "manual": cast.team_manual, "page_id": held.edition.page_id}
    ours = adapt_page(**of, text=Text(f"Page {number}", "Ours.", reason="We have no kitchen."), based_on=held.pk)
    begun = begin(actor=edie, manual=core, title=f"No {number}")
    made = revise(actor=edie, edition=held.edition, text=Text(f"Page {number}", "New."), based_on=held.pk)
    Step.objects.create(
        manual=cast.team_manual, page_id=held.edition.page_id, source="below", ours=ours, base=held, theirs=made,
        publication=begun, fit="fits", changed_at=timezone.now(),
    )  # fmt: skip


def notes_left(cast: Cast, number: int) -> None:
    """A note of the team beside a page that the core took out."""
    held = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text(f"Gone {number}", "Words."))
    text = Text(f"Gone {number}", f"Note {number}.")
    note_page(actor=cast.actor("ben"), manual=cast.team_manual, page_id=held.edition.page_id, text=text)
    give_up(actor=cast.actor("edie"), edition=held.edition, based_on=held.pk)


def offers(cast: Cast, number: int) -> None:
    """A page that the team offers to the core, read and asked about; the first carries what was noticed on it."""
    ben = {"actor": cast.actor("ben"), "manual": cast.team_manual}
    made = add_page(**ben, text=Text(f"Bells {number}", "Ring."))
    first = {"id": FIRST} if number == 0 else {}
    of = {"manual": cast.team_manual, "page": made.edition.page, "to": cast.core, "by": cast.people["ben"]}
    offer = Offer.objects.create(**first, **of, revision=made, reason="It helps.")
    OfferReader.objects.create(offer=offer, by=cast.people["edie"])
    first_page = Offer.objects.get(pk=FIRST)
    noticed = Noticed(f"Remark {number}.", first_page.revision_id)
    remark = make_remark(**ben, page_id=first_page.page_id, noticed=noticed)
    first_page.remarks.add(remark)
    for asked in {offer, first_page}:
        Question.objects.create(offer=asked, body="How?", is_from_team=False, by=cast.people["edie"])
    read_in_core = Revision.objects.filter(edition__manual=cast.core).first() or add_page(
        actor=cast.actor("edie"), manual=cast.core, text=Text("Read", "Words.")
    )
    on_core = Noticed(f"Here too, {number}.", read_in_core.pk)
    own = make_remark(**ben, page_id=read_in_core.edition.page_id, noticed=on_core)
    pass_on(actor=cast.actor("ben"), remark=own, to=cast.core, body="Here too.")


def neighbours(cast: Cast, number: int) -> None:
    """One more team, with its own version of a page of the core."""
    if number == 0:
        add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Shared", "Words."))
    read = Revision.objects.get(edition__manual=cast.core, title="Shared")
    teams(cast, number)
    on = {"manual": Manual.objects.get(title=f"Manual of {number}"), "page_id": read.edition.page_id}
    adapt_page(actor=cast.actor("ana"), **on, text=Text("Shared", f"Words {number}.", reason="Ours."), based_on=read.pk)


def teams(cast: Cast, number: int) -> None:
    """One more team, led by Ana, with its manual over the core."""
    team = Team.objects.create(organisation=cast.organisation, name=f"Team {number}", slug=f"team-{number}")
    Membership.objects.create(
        organisation=cast.organisation, team=team, person=cast.people["ana"], role=Role.LEAD
    )  # what `accept` does, without a letter
    make_manual(
        by=None,
        organisation_id=cast.organisation.pk,
        title=f"Manual of {number}",
        kind=Kind.TEAM,
        team_id=team.pk,
        built_on=[cast.core],
    )


def organisations(cast: Cast, number: int) -> None:
    """One more organisation, administered by Ana."""
    make_organisation(name=f"Organisation {number}", administrator=cast.people["ana"])


def people(cast: Cast, number: int) -> None:
    """One more person in the team and one in an office of the organisation, and an invitation to each."""
    for team, role in ((cast.team, Role.MEMBER), (None, Role.EDITOR)):
        make_sample_person(
            name=f"P{number} {role}",
            email=f"p{number}-{role}@example.org",
            organisation=cast.organisation,
            team=team,
            role=role,
        )
        letter = {"email": f"i{number}-{role}@example.org", "places": 1}
        invite(actor=cast.actor("ada"), organisation_id=cast.organisation.pk, team=team, role=role, **letter)


def weeks(cast: Cast, number: int) -> None:
    """A check-in of Ben's in another week, all answered, and something pinned beside it."""
    ben, week = cast.people["ben"], this_week() - timedelta(weeks=number)
    row = CheckIn.objects.create(owner=ben, pack=OWN_WEEK, pack_version=1, week=week, line="Rain.")
    Answer.objects.bulk_create(
        Answer(owner=ben, checkin=row, item=item.key, value=4) for item in pack_named(OWN_WEEK).items
    )
    Event.objects.create(owner=ben, on=week, words="The move")


def shares(cast: Cast, number: int) -> None:
    """A picture of Ben's that Ana may read and looked at, and one of Ana's that Ben may."""
    for owner, reader in (("ben", "ana"), ("ana", "ben")):
        made = Vision.objects.create(owner=cast.people[owner], picture=f"Picture {number}.")
        share = Share.objects.create(
            owner=cast.people[owner],
            reader=cast.people[reader],
            kind="vision",
            thing=made.pk,
            until=timezone.localdate(),
        )
        ShareRead.objects.create(share=share)


def practice(cast: Cast, number: int) -> None:
    """Something that Ben tries on a page, a note of it, a reflection, one that came back, and an exercise of Ana's people."""
    ben = cast.actor("ben")
    if number == 0:
        add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Tried", "Words about kettles."))
    read = Revision.objects.get(edition__manual=cast.core, title="Tried")
    cited = Cited("street-manual", read.edition.page_id, read.pk)
    tried = keep_practice(actor=ben, what=f"Try {number}.", cited=cited)
    said = Happened(f"Note {number}.", hunch="Wait.")
    keep_note(actor=ben, happened=said, cited=cited, practice_id=tried.pk)
    keep_reflection(actor=ben, answers=[("", "Rain.")])
    asleep = keep_reflection(actor=ben, answers=[("", "x")], wakes_on=timezone.localdate() + timedelta(days=1))
    Reflection.objects.filter(pk=asleep.pk).update(wakes_on=timezone.localdate())
    where = {"organisation_id": cast.organisation.pk, "title": f"Walk {number}", "idea": "Ours.", "prompts": ["One?"]}
    add_exercise(actor=cast.actor("ada"), **where)


def raised(cast: Cast, number: int) -> None:
    """A condition of Ben's by name, answered, one of the team's, one unnamed of Ben's, and one that Ben could join."""
    ben, organisation = cast.actor("ben"), cast.organisation
    if number == 0:
        add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Pointed", "Words about kettles."))
    place = place_at(ben, "street-manual", "pointed")
    told = {"organisation": organisation, "places": [place] if place else []}
    made = raise_with_name(actor=ben, words=f"Nobody picks up {number}.", **told)
    answer_condition(actor=cast.actor("cora"), condition=made, stage=Stage.TRYING, words="A line.", seen="0")
    shared = raise_for_team(actor=ben, team=cast.team, words=f"We cannot {number}.")
    answer_condition(actor=cast.actor("cora"), condition=shared, stage=Stage.CHANGED, words="Done.", seen="0")
    raise_unnamed(actor=ben, words=f"Nobody says {number}.", **told)
    other = raise_unnamed(actor=cast.actor("ana"), words=f"Nobody asks {number}.", **told)
    Condition.objects.filter(pk=other.pk).update(joinable_from=timezone.localdate())


FIRST = UUID(int=1)  # the first vision and the first thing in its way, so that an address can name them


def visions(cast: Cast, number: int) -> None:
    """A purpose of Ben's and a picture, and beside the first picture what was so, a place, a change, a belief, a note."""
    ben, owner = cast.actor("ben"), cast.people["ben"]
    begin_purpose(actor=ben, sentence=f"Purpose {number}.")
    if number == 0:
        first = Vision.objects.create(id=FIRST, owner=owner, picture="The first picture.")
        Obstacle.objects.create(id=FIRST, owner=owner, vision=first, text="It cannot be.", kind="cannot_be_reached")
    of = {"owner": owner, "vision_id": FIRST}
    keep_now(actor=ben, vision=begin_vision(actor=ben, picture=f"Picture {number}."), seen=Seen("So."))
    RealityNote.objects.create(**of, seen=f"So {number}.")
    TensionMark.objects.create(**of, vision_place=8, now_place=2)
    VisionRevision.objects.create(**of, before="x", after="y", kind="clearer")
    Obstacle.objects.create(**of, text=f"In the way {number}.")
    note, _other = (keep_note(actor=ben, happened=Happened(f"Note {number}.")) for _each in range(2))
    Weight.objects.create(owner=owner, obstacle_id=FIRST, note=note, speaks_for=bool(number % 2))


def claims(cast: Cast, number: int) -> None:
    """A link of Harbour Trust's theory that closes a loop, changed once, with two challenges; and one of its psychology."""
    where = {"actor": cast.actor("cora"), "organisation_id": cast.organisation.pk}
    saying = Saying("a", "b", "c", "d", date(2027, 3, 1), sign="more", delay="week")
    for cause, outcome in (("tea", f"talk {number}"), (f"talk {number}", "tea")):
        made = add_link(**where, cause=Named(cause), outcome=Named(outcome), saying=saying)
    assert made.current_id
    if number == 0:
        Claim.objects.filter(pk=made.pk).update(id=FIRST)
        ClaimText.objects.filter(claim=made.pk).update(claim=FIRST)
        made = Claim.objects.get(pk=FIRST)
    first = Claim.objects.get(pk=FIRST)
    assert first.current_id
    change_claim(actor=cast.actor("cora"), claim=first, saying=saying, based_on=first.current_id, reason="Again.")
    challenge_claim(actor=cast.actor("ben"), claim=first, words="No.")
    answered = challenge_claim(actor=cast.actor("ben"), claim=first, words="No.")
    answer_challenge(actor=cast.actor("cora"), challenge=answered, outcome="stands", answer="Yes.")
    said = replace(saying, sign="", delay="", says=f"People sleep {number}.", follows=("sleep-on-it", "two-hands"))
    add_statement(**where, part=Part.SUBCONSCIOUS, saying=said)


def published(cast: Cast, number: int) -> None:
    """A window of Harbour Trust with every scale of the team and the whole, and a link that was judged at a date."""
    window = Window.objects.create(
        organisation=cast.organisation, number=number, team_threshold=8, above_threshold=11,
        first_day=date(2024, 1, 1) + timedelta(weeks=4 * number), last_day=date(2024, 1, 28) + timedelta(weeks=4 * number),
        published_on=date(2024, 2, 1) + timedelta(weeks=4 * number),
    )  # fmt: skip
    figure = {"window": window, "mean": 55, "people": "11-19", "rule": "1"}
    for scale in ("own-week:mastery", "own-week:better"):
        for audience in ("team", "organisation"):
            Released.objects.create(**figure, scale=scale, audience=audience, kind="team", team=cast.team)
        Released.objects.create(**figure, scale=scale, audience="organisation", kind="whole")
    where = {"actor": cast.actor("cora"), "organisation_id": cast.organisation.pk}
    saying = Saying("a", "b", "c", "d", date(2027, 3, 1), sign="more", delay="week")
    ends = {"cause": Named(f"tea {number}", "own-week:purpose"), "outcome": Named(f"talk {number}", "own-week:better")}
    made = add_link(**where, **ends, saying=saying)
    if number == 0:
        Claim.objects.filter(pk=made.pk).update(id=FIRST)
        ClaimText.objects.filter(claim=made.pk).update(claim=FIRST)
        made = Claim.objects.get(pk=FIRST)
    test = register_test(actor=cast.actor("cora"), claim=made, today=date(2026, 1, 1))
    kept = {
        "says": "supports",
        "effect": 0.1,
        "low": 0.05,
        "high": 0.15,
        "people": "50-99",
        "pairs": "850-1199",
        "rule": "1",
    }
    Verdict.objects.create(test=test, on=date(2026, 1, 15), **kept)
    first = Registered.objects.get(claim=FIRST)
    Verdict.objects.get_or_create(test=first, on=date(2026, 2, 1) + timedelta(days=number), defaults=kept)


def offered(cast: Cast, number: int) -> None:
    """A released invitation with a theme, a named sentence and an unnamed one that conditions are in the way of, and one more."""
    said = {"question": "What for?", "readers": "All.", "use": "Read.", "asked_by": cast.people["cora"]}
    days = {"opened_on": date(2026, 1, 5), "closes_on": date(2026, 1, 30), "released_on": date(2026, 1, 31)}
    reply = {"reply": "Read.", "replied_by": cast.people["cora"], "replied_at": timezone.now()}
    where = {"organisation": cast.organisation}
    if number == 0:
        first = Invitation.objects.create(id=FIRST, **where, **said, **days, **reply)
        Theme.objects.create(id=FIRST, invitation=first, name="First", seen_from=date(2026, 1, 12))
        named = {"by": cast.people["ana"], "theme_id": FIRST}
        Offering.objects.create(invitation=first, sentence="That nobody waits.", token="first", **named)
    Invitation.objects.create(**where, **said, **days, **reply)
    first = Invitation.objects.get(pk=FIRST)
    theme = Theme.objects.create(invitation=first, name=f"Theme {number}", seen_from=date(2026, 1, 12))
    way = raise_with_name(actor=cast.actor("ben"), organisation=cast.organisation, words=f"No car {number}.")
    for at in range(12):
        kept = {"invitation": first, "sentence": f"Hope {number} {at}.", "token": f"{number} {at}"}
        made = Offering.objects.create(
            **kept, by=cast.people["ana"] if at == 0 else None, theme=theme if at < 2 else None
        )
        made.conditions.add(way)


@dataclass(frozen=True)
class Budget:
    """A screen, who looks, and how many queries it may cost at most once memory holds what it needs."""

    path: str
    who: str
    most: int


# By what grows on them. A first look may cost more with more manuals, each of which is read once, but not with more rows.
BUDGETS: dict[Grow, tuple[Budget, ...]] = {
    offered: (
        Budget("/organisations/harbour-trust/purposes/", "ben", 11),
        Budget("/organisations/harbour-trust/purposes/panel/", "ben", 6),
        Budget("/offering/", "ben", 7),
        Budget(f"/offering/{FIRST}/", "ben", 12),
        Budget(f"/invitations/{FIRST}/", "ben", 10),
        Budget(f"/invitations/{FIRST}/others/", "ben", 10),
        Budget(f"/invitations/{FIRST}/themes/{FIRST}/", "ben", 10),
        Budget(f"/invitations/{FIRST}/wall/", "ben", 10),
        Budget(f"/invitations/{FIRST}/sort/", "cora", 10),
        Budget(f"/invitations/{FIRST}/in-the-way/", "cora", 11),
        Budget(f"/invitations/{FIRST}/answer/", "cora", 6),
    ),
    published: (
        Budget("/organisations/harbour-trust/ledger/", "ben", 11),
        Budget("/organisations/harbour-trust/tests/", "ben", 7),
        Budget(f"/organisations/harbour-trust/claims/{FIRST}/test/", "cora", 7),
        Budget("/teams/{team}/picture/", "ben", 6),
        Budget("/organisations/harbour-trust/ledger/least/", "cora", 6),
    ),
    claims: (
        Budget("/organisations/harbour-trust/theory/", "ben", 7),
        Budget("/organisations/harbour-trust/theory/", "cora", 7),
        Budget("/organisations/harbour-trust/theory/picture/", "cora", 6),
        Budget("/organisations/harbour-trust/theory/picture/file/", "ben", 6),
        Budget("/organisations/harbour-trust/theory/history/", "ben", 6),
        Budget("/organisations/harbour-trust/theory/compare/", "ben", 10),
        Budget("/organisations/harbour-trust/theory/add/", "cora", 8),
        Budget("/organisations/harbour-trust/psychology/", "ben", 8),
        Budget("/organisations/harbour-trust/psychology/offered/two-hands/", "ben", 6),
        Budget("/psychology/two-hands/", "cleo", 6),
        Budget(f"/organisations/harbour-trust/claims/{FIRST}/", "ben", 9),
    ),
    practice: (
        Budget("/compass/practice/", "ben", 8),
        Budget("/compass/notes/", "ben", 6),
        Budget("/compass/pages/street-manual/tried/", "ben", 7),
        Budget("/compass/reflections/", "ben", 6),
        Budget("/compass/exercises/", "ben", 6),
        Budget("/compass/words/texts/", "ben", 5),
        Budget("/m/street-manual/p/tried/", "ben", 6),
    ),
    pages: (
        Budget("/search/?q=kettles", "ana", 9),
        Budget("/search/?q=kattles", "ana", 12),
        Budget("/m/street-manual/", "ana", 6),
        Budget("/m/street-manual/index/", "ana", 5),
        Budget("/m/street-manual/changes/", "ana", 6),
        Budget("/m/street-manual/export/", "ana", 6),
        Budget("/m/street-manual/export/markdown/", "ana", 8),
        Budget("/m/street-manual/export/json/", "ana", 18),
        Budget("/m/street-manual/search/?q=kettles", "ana", 8),
        Budget("/m/street-manual/search/?q=kattles", "ana", 12),
        Budget("/m/street-manual/p/page-0/", "ben", 6),
        Budget("/m/street-manual/missing/?title=Kettle", "ben", 6),
        Budget("/m/street-manual/bases/", "ana", 17),
        Budget("/m/street-manual/p/page-0/history/", "ben", 8),
        Budget("/m/street-manual/p/page-0/compare/", "ben", 7),
        Budget("/m/street-manual/feed/", "ben", 6),
        Budget("/m/street-manual/titles/?q=page", "ben", 5),
    ),
    steps: (
        Budget("/", "ana", 14),
        Budget("/m/street-manual/", "ana", 8),
        Budget("/m/street-manual/to-manualize/", "ana", 10),
        Budget("/m/street-manual/steps/", "ana", 11),
        Budget(f"/m/street-manual/steps/{STEP}/", "ana", 12),
        Budget(f"/m/street-manual/steps/{STEP}/1/", "ana", 12),
        Budget(f"/m/street-manual/steps/{STEP}/whole/", "ana", 12),
        Budget(f"/m/street-manual/steps/{STEP}/keep/", "ana", 12),
        Budget("/m/street-manual/p/open-0/", "ben", 8),
        Budget("/m/street-manual/p/decided-0/history/", "ben", 9),
    ),
    notes: (Budget("/m/street-manual/", "ben", 6), Budget("/m/street-manual/p/noted/", "ben", 6)),
    remarks: (
        Budget("/", "ben", 13),
        Budget("/m/street-manual/p/remarked/", "ben", 9),
        Budget("/m/street-manual/p/remarked/remark/", "ben", 5),
        Budget("/m/street-manual/to-manualize/", "ben", 9),
        Budget("/trail/", "ben", 14),
        Budget("/conditions/moved/{team}/", "ben", 9),
    ),
    publications: (
        Budget("/m/core/publication/", "edie", 9),
        Budget("/m/core/publications/", "edie", 9),
        Budget("/m/street-manual/publications/", "ben", 9),
        Budget("/m/core/", "edie", 9),
        Budget("/", "ben", 15),
    ),
    offers: (
        Budget("/m/core/offers/", "edie", 7),
        Budget("/m/street-manual/offers/", "ben", 7),
        Budget(f"/m/core/offers/{FIRST}/", "edie", 13),
        Budget(f"/m/street-manual/offers/{FIRST}/", "ben", 11),
        Budget("/m/street-manual/p/bells-0/offer/", "ben", 10),
        Budget("/m/core/editorial/", "edie", 11),
        Budget("/", "ben", 13),
    ),
    neighbours: (
        Budget("/m/street-manual/p/shared/others/", "ben", 12),
        Budget("/m/core/editorial/", "edie", 11),
        Budget("/m/core/p/shared/copy/", "ana", 8),
    ),
    notes_left: (
        Budget("/m/street-manual/notes-left/", "ben", 6),
        Budget("/m/street-manual/to-manualize/", "ben", 9),
        Budget("/m/street-manual/", "ben", 7),
    ),
    people: (
        Budget("/people/organisations/harbour-trust/", "ada", 8),
        Budget("/people/teams/{team}/", "ana", 7),
    ),
    organisations: (
        Budget("/compass/count-me-in/", "ana", 6),
        Budget("/people/me/", "ana", 5),
        Budget("/people/teams/", "ana", 6),
    ),
    layers: (
        Budget("/m/street-manual/", "ana", 6),
        Budget("/m/street-manual/index/", "ana", 5),
        Budget("/m/street-manual/changes/", "ana", 6),
        Budget("/m/street-manual/search/?q=kettles", "ana", 8),
        Budget("/m/street-manual/p/below-0/", "ben", 6),
        Budget("/m/street-manual/about/", "ana", 8),
    ),
    manuals: (
        Budget("/", "ana", 13),
        Budget("/manuals/", "ada", 6),
        Budget("/import/", "ada", 5),
        Budget("/search/?q=kettles", "ana", 9),
        Budget("/search/?q=kattles", "ana", 14),
        Budget("/m/street-manual/about/", "ana", 8),
    ),
    teams: (
        Budget("/", "ana", 13),
        Budget("/manuals/", "ana", 6),
        Budget("/manuals/new/", "ana", 6),
        Budget("/import/", "ana", 5),
        Budget("/search/?q=kettles", "ana", 9),
        Budget("/people/me/", "ana", 5),
        Budget("/people/teams/", "ana", 6),
        Budget("/people/organisations/harbour-trust/", "ada", 8),
    ),
    visions: (
        Budget("/compass/purposes/", "ben", 5),
        Budget("/compass/visions/", "ben", 5),
        Budget(f"/compass/visions/{FIRST}/", "ben", 10),
        Budget(f"/compass/visions/{FIRST}/nows/", "ben", 6),
        Budget(f"/compass/visions/{FIRST}/over-time/", "ben", 6),
        Budget(f"/compass/visions/{FIRST}/ask/serves/", "ben", 6),
        Budget("/compass/in-the-way/", "ben", 6),
        Budget(f"/compass/in-the-way/{FIRST}/", "ben", 8),
        Budget(f"/compass/in-the-way/{FIRST}/beside/", "ben", 7),
    ),
    weeks: (
        Budget("/compass/check-in/", "ben", 7),
        Budget("/compass/check-in/done/", "ben", 5),
        Budget("/compass/weeks/", "ben", 10),
        Budget("/compass/weeks/table/", "ben", 8),
        Budget("/compass/weeks/fits/", "ben", 5),
        Budget("/measures/", "ben", 4),
    ),
    raised: (
        Budget("/conditions/mine/", "ben", 6),
        Budget("/conditions/mine/today/", "ben", 6),
        Budget("/conditions/raise/", "ben", 6),
        Budget("/organisations/harbour-trust/conditions/", "ben", 7),
        Budget("/organisations/harbour-trust/conditions/open/", "ben", 7),
        Budget("/?all=1", "cora", 12),
        Budget("/conditions/pages/street-manual/pointed/", "ben", 8),
        Budget("/conditions/moved/{team}/", "ben", 9),
        Budget("/trail/", "ben", 14),
    ),
    shares: (
        Budget("/compass/shares/", "ben", 7),
        Budget("/compass/shared/", "ana", 6),
        Budget("/compass/keeping/", "ben", 5),
        Budget("/compass/delete/sure/?what=all", "ben", 20),
        Budget("/compass/export/file/", "ben", 29),
    ),
}
ROWS_OF_ONE_MANUAL = (
    offers, offered, published, claims, pages, steps, notes, remarks, people, organisations, practice, visions, raised,
)  # fmt: skip


def _cost(cast: Cast, budget: Budget) -> int:
    client = Client()
    client.force_login(cast.people[budget.who], BACKEND)
    with CaptureQueriesContext(connection) as queries:
        status = client.get(budget.path.format(team=cast.team.pk)).status_code
    assert status == (404 if "/missing/" in budget.path else 200)
    return len(queries)


@pytest.mark.parametrize("grow", BUDGETS, ids=lambda grow: grow.__name__)
def test_a_list_costs_the_same_for_two_rows_and_for_twenty(cast: Cast, grow: Grow) -> None:
    first: dict[str, list[int]] = defaultdict(list)
    again: dict[str, list[int]] = defaultdict(list)
    for number in range(MANY):
        grow(cast, number)
        for budget in BUDGETS[grow] if number + 1 in {1, FEW, MANY} else ():
            costs = _cost(cast, budget), _cost(cast, budget)
            if number:  # the first row's look only takes out of memory what is of other worlds
                first[budget.path].append(costs[0])
                again[budget.path].append(costs[1])

    most = {budget.path: budget.most for budget in BUDGETS[grow]}
    assert {path: costs for path, costs in again.items() if costs[0] != costs[1]} == {}
    assert {path: costs for path, costs in again.items() if costs[1] > most[path]} == {}
    if grow in ROWS_OF_ONE_MANUAL:
        assert {path: costs for path, costs in first.items() if costs[1] > costs[0]} == {}
