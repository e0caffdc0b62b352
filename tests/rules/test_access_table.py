"""Every address × role → status; an address that is not listed fails."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests.conftest import Cast

from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.offers import Seen, make_offer
from fieldcraft.manual.actions.pages import adapt_page, add_page, note_page, revise
from fieldcraft.manual.actions.remarks import Noticed, make_remark
from fieldcraft.manual.actions.steps import step_for
from fieldcraft.manual.models import Manual, Step
from fieldcraft.mastery.models import (
    CheckIn,
    Event,
    Obstacle,
    OwnExercise,
    Practice,
    PracticeNote,
    Purpose,
    RealityNote,
    Reflection,
    TensionMark,
    Vision,
    VisionRevision,
)
from fieldcraft.people.models import Membership, Person, Team
from fieldcraft.theory.actions.challenges import challenge_claim
from fieldcraft.theory.actions.claims import add_link
from fieldcraft.theory.models import Invitation, Offering, Theme
from fieldcraft.theory.queries.saying import Named, Saying
from fieldcraft.together.actions.raising import raise_with_name

WHO = ("anyone", "ben", "ana", "edie", "ada", "cora", "cleo")
TEAM_MANUAL = (404, 200, 200, 200, 200, 200, 404)
COMPASS = (302, 200, 200, 200, 200, 200, 403)
BENS_OWN = (302, 200, 404, 404, 404, 404, 403)
STATED = (302, 200, 200, 200, 200, 200, 404)
KEEPS_THEORY = (302, 403, 403, 403, 200, 200, 404)
BUTTON = (302, 405, 405, 405, 405, 405, 403)
TABLE: dict[str, tuple[str, tuple[int, ...]]] = {
    "today": ("/", (200,) * 7),
    "health": ("/health/", (200,) * 7),
    "enter": ("/enter/", (405,) * 7),
    "manual:manual-list": ("/manuals/", (200,) * 7),
    "manual:search-all": ("/search/", (200,) * 7),
    "manual:import-start": ("/import/", (403, 403, 200, 200, 200, 403, 403)),
    "manual:import": ("/import/{membership}/", (404,) * 7),
    "manual:manual-start": ("/manuals/new/", (403, 403, 200, 200, 200, 403, 403)),
    "manual:bases": ("/m/street-manual/bases/", (404, 200, 200, 403, 403, 403, 404)),
    "manual:contents": ("/m/street-manual/", TEAM_MANUAL),
    "manual:index": ("/m/street-manual/index/", TEAM_MANUAL),
    "manual:changes": ("/m/street-manual/changes/", TEAM_MANUAL),
    "manual:search": ("/m/street-manual/search/", TEAM_MANUAL),
    "manual:export": ("/m/street-manual/export/", TEAM_MANUAL),
    "manual:export-file": ("/m/street-manual/export/json/", TEAM_MANUAL),
    "manual:about": ("/m/street-manual/about/", TEAM_MANUAL),
    "manual:page-missing": ("/m/street-manual/missing/", (404,) * 7),
    "manual:file": ("/m/street-manual/files/none.png", (404,) * 7),
    "manual:revision": ("/m/street-manual/revisions/{revision}/", TEAM_MANUAL),
    "manual:page": ("/m/street-manual/p/hello/", TEAM_MANUAL),
    "manual:page-add": ("/m/street-manual/add/", (404, 200, 200, 403, 403, 403, 404)),
    "manual:page-note": ("/m/street-manual/p/hello/note/", (404, 200, 200, 403, 403, 403, 404)),
    "manual:page-change": ("/m/street-manual/p/hello/change/", (404, 200, 200, 403, 403, 403, 404)),
    "manual:page-history": ("/m/street-manual/p/hello/history/", TEAM_MANUAL),
    "manual:page-compare": ("/m/street-manual/p/hello/compare/", TEAM_MANUAL),
    "manual:page-others": ("/m/street-manual/p/hello/others/", TEAM_MANUAL),
    "manual:page-copy": ("/m/street-manual/p/hello/copy/", TEAM_MANUAL),
    "manual:page-offer": ("/m/street-manual/p/hello/offer/?note={note}", (404, 200, 200, 403, 403, 403, 404)),
    "manual:offers": ("/m/street-manual/offers/", (404, 200, 200, 404, 200, 200, 404)),
    "manual:offer": ("/m/core/offers/{offer}/", (404, 404, 404, 200, 404, 404, 404)),
    "manual:offer-example": ("/m/core/offers/{offer}/example/", (404, 404, 404, 200, 404, 404, 404)),
    "manual:editorial": ("/m/core/editorial/", (404, 403, 403, 200, 403, 403, 404)),
    "manual:page-feed": ("/m/street-manual/p/hello/feed/", TEAM_MANUAL),
    "manual:feed": ("/m/street-manual/feed/", TEAM_MANUAL),
    "manual:page-titles": ("/m/street-manual/titles/", TEAM_MANUAL),
    "manual:gone": ("/m/street-manual/gone/", (404, 200, 200, 403, 403, 403, 404)),
    "manual:draft": ("/m/street-manual/drafts/{draft}/", TEAM_MANUAL),
    "manual:draft-change": ("/m/street-manual/drafts/{draft}/change/", (404, 200, 200, 403, 403, 403, 404)),
    "manual:note-change": ("/m/street-manual/p/hello/notes/{note}/", (404, 200, 200, 403, 403, 403, 404)),
    "manual:note-out": ("/m/street-manual/p/hello/notes/{note}/out/", (404, 200, 200, 403, 403, 403, 404)),
    "manual:page-set-aside": ("/m/street-manual/p/hello/set-aside/", (404, 200, 200, 403, 403, 403, 404)),
    "manual:page-return": ("/m/street-manual/p/hello/return/", (404, 404, 404, 403, 403, 403, 404)),
    "manual:page-remark": ("/m/street-manual/p/hello/remark/", TEAM_MANUAL),
    "manual:remark": ("/m/street-manual/remarks/{remark}/", TEAM_MANUAL),
    "manual:remark-pass": ("/m/street-manual/remarks/{remark}/pass-on/", (404, 200, 200, 403, 403, 403, 404)),
    "manual:step-list": ("/m/street-manual/steps/", TEAM_MANUAL),
    "manual:step": ("/m/street-manual/steps/{step}/", TEAM_MANUAL),
    "manual:step-choice": ("/m/street-manual/steps/{step}/1/", (404, 200, 200, 403, 403, 403, 404)),
    "manual:step-whole": ("/m/street-manual/steps/{step}/whole/", (404, 200, 200, 403, 403, 403, 404)),
    "manual:step-keep": ("/m/street-manual/steps/{step}/keep/", (404, 200, 200, 403, 403, 403, 404)),
    "manual:step-take": ("/m/street-manual/steps/{step}/take/", (404, 200, 200, 403, 403, 403, 404)),
    "manual:page-step": ("/m/street-manual/p/hello/step/", TEAM_MANUAL),
    "manual:to-manualize": ("/m/street-manual/to-manualize/", TEAM_MANUAL),
    "manual:publication": ("/m/core/publication/", (404, 403, 403, 200, 403, 403, 404)),
    "manual:publications": ("/m/street-manual/publications/", TEAM_MANUAL),
    "manual:notes-left": ("/m/street-manual/notes-left/", TEAM_MANUAL),
    "manual:page-split": ("/m/street-manual/p/hello/split/", (404, 404, 404, 403, 403, 403, 404)),
    "mastery:today-panel": ("/compass/today/", (302, 200, 200, 200, 200, 200, 403)),
    "mastery:home": ("/compass/", (302, 200, 200, 200, 200, 200, 403)),
    "mastery:purposes": ("/compass/purposes/", COMPASS),
    "mastery:purpose-new": ("/compass/purposes/new/", COMPASS),
    "mastery:purpose-rest": ("/compass/purposes/{purpose}/rest/", BUTTON),
    "mastery:purpose-resume": ("/compass/purposes/{purpose}/resume/", BUTTON),
    "mastery:purpose-delete": ("/compass/purposes/{purpose}/delete/", BENS_OWN),
    "mastery:visions": ("/compass/visions/", COMPASS),
    "mastery:vision-new": ("/compass/visions/new/", COMPASS),
    "mastery:vision": ("/compass/visions/{vision}/", BENS_OWN),
    "mastery:vision-ask": ("/compass/visions/{vision}/ask/whose/", BENS_OWN),
    "mastery:vision-brings": ("/compass/visions/{vision}/brings/", BENS_OWN),
    "mastery:vision-change": ("/compass/visions/{vision}/change/", BENS_OWN),
    "mastery:vision-hold": ("/compass/visions/{vision}/hold/", BUTTON),
    "mastery:vision-band": ("/compass/visions/{vision}/band/", BUTTON),
    "mastery:vision-tension": ("/compass/visions/{vision}/over-time/", BENS_OWN),
    "mastery:vision-delete": ("/compass/visions/{vision}/delete/", BENS_OWN),
    "mastery:now-new": ("/compass/visions/{vision}/now/", BENS_OWN),
    "mastery:nows": ("/compass/visions/{vision}/nows/", BENS_OWN),
    "mastery:now": ("/compass/nows/{now}/", BENS_OWN),
    "mastery:now-delete": ("/compass/nows/{now}/delete/", BENS_OWN),
    "mastery:change-delete": ("/compass/changes/{change}/delete/", BENS_OWN),
    "mastery:mark-delete": ("/compass/marks/{mark}/delete/", BENS_OWN),
    "mastery:obstacles": ("/compass/in-the-way/", COMPASS),
    "mastery:obstacle-new": ("/compass/in-the-way/new/", COMPASS),
    "mastery:obstacle": ("/compass/in-the-way/{obstacle}/", BENS_OWN),
    "mastery:obstacle-ask": ("/compass/in-the-way/{obstacle}/ask/kind/", BENS_OWN),
    "mastery:obstacle-page": ("/compass/in-the-way/{obstacle}/page/", BENS_OWN),
    "mastery:obstacle-gone": ("/compass/in-the-way/{obstacle}/gone/", BUTTON),
    "mastery:obstacle-notes": ("/compass/in-the-way/{obstacle}/beside/", BENS_OWN),
    "mastery:obstacle-delete": ("/compass/in-the-way/{obstacle}/delete/", BENS_OWN),
    "mastery:share": ("/compass/share/vision/{membership}/", (302, 404, 404, 404, 404, 404, 403)),
    "mastery:share-list": ("/compass/shares/", (302, 200, 200, 200, 200, 200, 403)),
    "mastery:share-log": ("/compass/shares/{membership}/", (302, 404, 404, 404, 404, 404, 403)),
    "mastery:share-withdraw": ("/compass/shares/{membership}/withdraw/", (302, 405, 405, 405, 405, 405, 403)),
    "mastery:shared-list": ("/compass/shared/", (302, 200, 200, 200, 200, 200, 200)),
    "mastery:shared": ("/compass/shared/{membership}/", (302, 404, 404, 404, 404, 404, 404)),
    "mastery:count-me-in": ("/compass/count-me-in/", (302, 200, 200, 200, 200, 200, 200)),
    "mastery:keeping": ("/compass/keeping/", (302, 200, 200, 200, 200, 200, 403)),
    "mastery:export": ("/compass/export/", (302, 200, 200, 200, 200, 200, 403)),
    "mastery:export-file": ("/compass/export/file/", (302, 200, 200, 200, 200, 200, 403)),
    "mastery:delete": ("/compass/delete/", (302, 200, 200, 200, 200, 200, 403)),
    "mastery:delete-sure": ("/compass/delete/sure/?what=all", (302, 200, 200, 200, 200, 200, 403)),
    "mastery:receipt": ("/compass/receipt/", (302, 200, 200, 200, 200, 200, 200)),
    "mastery:receipt-file": ("/compass/receipt/file/", (302, 405, 405, 405, 405, 405, 405)),
    "mastery:safety": ("/compass/safety/harbour-trust/", (302, 200, 200, 200, 200, 200, 404)),
    "mastery:checkin": ("/compass/check-in/", COMPASS),
    "mastery:checkin-done": ("/compass/check-in/done/", COMPASS),
    "mastery:checkin-pack": ("/compass/check-in/own-week/", COMPASS),
    "mastery:checkin-after": ("/compass/check-in/own-week/done/", COMPASS),
    "mastery:weeks": ("/compass/weeks/", COMPASS),
    "mastery:week-list": ("/compass/weeks/table/", COMPASS),
    "mastery:picture-hide": ("/compass/weeks/hide/", (405,) * 7),
    "mastery:week": ("/compass/weeks/{week}/", BENS_OWN),
    "mastery:week-delete": ("/compass/weeks/{week}/delete/", BENS_OWN),
    "mastery:week-fits": ("/compass/weeks/fits/", BENS_OWN),
    "mastery:event-add": ("/compass/weeks/pin/", COMPASS),
    "mastery:event-delete": ("/compass/weeks/pins/{pin}/delete/", BENS_OWN),
    "mastery:practice-list": ("/compass/practice/", COMPASS),
    "mastery:practice-make": ("/compass/practice/new/", COMPASS),
    "mastery:practice": ("/compass/practice/{tried}/", BENS_OWN),
    "mastery:practice-change": ("/compass/practice/{tried}/change/", BENS_OWN),
    "mastery:note-list": ("/compass/notes/", COMPASS),
    "mastery:note-make": ("/compass/notes/new/", COMPASS),
    "mastery:note": ("/compass/notes/{bens_note}/", BENS_OWN),
    "mastery:note-change": ("/compass/notes/{bens_note}/change/", BENS_OWN),
    "mastery:note-remark": ("/compass/notes/{bens_note}/remark/", BENS_OWN),
    "mastery:note-draft": ("/compass/notes/{bens_note}/draft/", BENS_OWN),
    "mastery:page-panel": ("/compass/pages/street-manual/hello/", COMPASS),
    "mastery:reflection-list": ("/compass/reflections/", COMPASS),
    "mastery:reflection-make": ("/compass/reflections/new/", COMPASS),
    "mastery:reflection": ("/compass/reflections/{reflection}/", BENS_OWN),
    "mastery:reflection-change": ("/compass/reflections/{reflection}/change/", BENS_OWN),
    "mastery:exercise-list": ("/compass/exercises/", COMPASS),
    "mastery:exercise": ("/compass/exercises/two-hands/", COMPASS),
    "mastery:exercise-make": ("/compass/exercises/new/", (302, 403, 403, 200, 200, 200, 403)),
    "mastery:exercise-change": ("/compass/exercises/{exercise}/change/", (302, 403, 403, 200, 200, 200, 403)),
    "mastery:words": ("/compass/words/", COMPASS),
    "mastery:words-texts": ("/compass/words/texts/", COMPASS),
    "together:condition-raise": ("/conditions/raise/", (302, 200, 200, 200, 200, 200, 200)),
    "together:mine": ("/conditions/mine/", (302, 200, 200, 200, 200, 200, 200)),
    "together:mine-panel": ("/conditions/mine/today/", (302, 200, 200, 200, 200, 200, 200)),
    "together:condition": ("/conditions/{condition}/", (302, 200, 200, 200, 200, 200, 404)),
    "together:page-panel": ("/conditions/pages/street-manual/hello/", (302, 200, 200, 200, 200, 200, 404)),
    "together:team-panel": ("/conditions/moved/{team}/", (302, 200, 200, 404, 200, 200, 404)),
    "together:condition-list": ("/organisations/harbour-trust/conditions/", (302, 200, 200, 200, 200, 200, 404)),
    "together:condition-panel": ("/organisations/harbour-trust/conditions/open/", (302, 200, 200, 200, 200, 200, 404)),
    "together:trail": ("/trail/", (302, 200, 200, 200, 200, 200, 200)),
    "theory:psychology-why": ("/psychology/two-hands/", (302, 200, 200, 200, 200, 200, 200)),
    "theory:stated-panel": ("/organisations/harbour-trust/stated/", STATED),
    "theory:picture": ("/organisations/harbour-trust/theory/picture/", STATED),
    "theory:picture-file": ("/organisations/harbour-trust/theory/picture/file/", STATED),
    "theory:picture-move": ("/organisations/harbour-trust/theory/picture/move/", (302, *(405,) * 6)),
    "theory:loop-name": ("/organisations/harbour-trust/theory/loops/name/", (302, *(405,) * 6)),
    "theory:switch": ("/organisations/harbour-trust/psychology/offered/two-hands/", STATED),
    "theory:theory": ("/organisations/harbour-trust/theory/", STATED),
    "theory:theory-start": ("/organisations/harbour-trust/psychology/start/", (302, *(405,) * 6)),
    "theory:claim-add": ("/organisations/harbour-trust/psychology/add/", KEEPS_THEORY),
    "theory:theory-history": ("/organisations/harbour-trust/theory/history/", STATED),
    "theory:theory-compare": ("/organisations/harbour-trust/theory/compare/", STATED),
    "theory:claim": ("/organisations/harbour-trust/claims/{claim}/", STATED),
    "theory:claim-change": ("/organisations/harbour-trust/claims/{claim}/change/", KEEPS_THEORY),
    "theory:claim-drop": ("/organisations/harbour-trust/claims/{claim}/drop/", KEEPS_THEORY),
    "theory:claim-compare": ("/organisations/harbour-trust/claims/{claim}/compare/?old={text}&new={text}", STATED),
    "theory:claim-challenge": ("/organisations/harbour-trust/claims/{claim}/challenge/", STATED),
    "theory:team-picture": ("/teams/{team}/picture/", (302, 200, 200, 403, 403, 403, 404)),
    "theory:ledger": ("/organisations/harbour-trust/ledger/", STATED),
    "theory:thresholds": ("/organisations/harbour-trust/ledger/least/", KEEPS_THEORY),
    "theory:test-list": ("/organisations/harbour-trust/tests/", STATED),
    "theory:claim-test": ("/organisations/harbour-trust/claims/{claim}/test/", STATED),
    "theory:offering": ("/offering/", (302, 200, 200, 200, 200, 200, 200)),
    "theory:offering-make": ("/offering/{invitation}/", STATED),
    "theory:purpose-map": ("/organisations/harbour-trust/purposes/", STATED),
    "theory:purpose-panel": ("/organisations/harbour-trust/purposes/panel/", STATED),
    "theory:condition-purposes": ("/conditions/{condition}/purposes/", STATED),
    "theory:invitation-make": ("/organisations/harbour-trust/purposes/ask/", KEEPS_THEORY),
    "theory:invitation": ("/invitations/{invitation}/", STATED),
    "theory:purpose-wall": ("/invitations/{invitation}/wall/", STATED),
    "theory:purpose-rest": ("/invitations/{invitation}/others/", STATED),
    "theory:purpose-theme": ("/invitations/{invitation}/themes/{theme}/", STATED),
    "theory:purpose-sort": ("/invitations/{invitation}/sort/", KEEPS_THEORY),
    "theory:purpose-point": ("/invitations/{invitation}/in-the-way/", KEEPS_THEORY),
    "theory:invitation-answer": ("/invitations/{invitation}/answer/", KEEPS_THEORY),
    "theory:challenge": ("/organisations/harbour-trust/challenges/{challenge}/", STATED),
    "measures:pack-list": ("/measures/", (200,) * 7),
    "measures:pack": ("/measures/own-week/", (200,) * 7),
    "measures:permission-enter": ("/measures/gse-3/permission/", (302, 403, 403, 403, 200, 200, 403)),
    "measures:permission-end": ("/measures/gse-3/permission/{membership}/end/", (405,) * 7),
    "people:me": ("/people/me/", (302, 200, 200, 200, 200, 200, 200)),
    "people:team-list": ("/people/teams/", (302, 200, 200, 200, 200, 200, 200)),
    "people:organisation": ("/people/organisations/harbour-trust/", (302, 200, 200, 200, 200, 200, 404)),
    "people:team": ("/people/teams/{team}/", (302, 200, 200, 404, 200, 200, 404)),
    "people:membership-end": ("/people/memberships/{membership}/end/", (302, 200, 403, 403, 403, 403, 404)),
    "people:membership-role": ("/people/memberships/{membership}/role/", (302, 405, 405, 405, 405, 405, 405)),
    "people:invitation-withdraw": ("/people/invitations/{membership}/withdraw/", (302, 405, 405, 405, 405, 405, 405)),
    "people:join": ("/people/join/no-such-key/", (404,) * 7),
    "people:set-up": ("/people/set-up/", (404,) * 7),
}
NOT_OURS = ("account_", "mfa_", "set_language", "allauth")


def _names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern.url_patterns, pattern.namespace or space)
        elif pattern.name and not pattern.name.startswith(NOT_OURS):
            yield f"{space}:{pattern.name}" if space else pattern.name


def test_every_address_is_in_the_table() -> None:
    assert set(_names(get_resolver().url_patterns)) == set(TABLE)


@pytest.mark.parametrize("name", TABLE)
def test_each_role_gets_its_answer(cast: Cast, name: str) -> None:
    added = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", "words"))
    membership = Membership.objects.get(person=cast.people["ben"])
    noticed = Noticed("Nobody hears it.", added.pk)
    remark = make_remark(
        actor=cast.actor("ben"), manual=cast.team_manual, page_id=added.edition.page_id, noticed=noticed
    )
    text = {"actor": cast.actor("ben"), "manual": cast.team_manual, "page_id": added.edition.page_id}
    note = note_page(**text, text=Text("Hello", "A note."))
    of = {"actor": cast.actor("ben"), "manual": cast.team_manual, "to": cast.core}
    offer = make_offer(**of, revision=note, seen=Seen("It helps.", is_named=False))
    Team.objects.update(quorum=2)
    cast.team_manual.refresh_from_db()
    draft = adapt_page(**text, text=Text("Hello", "Ours."), based_on=added.pk)
    ben = cast.people["ben"]
    week = CheckIn.objects.create(owner=ben, pack="own-week", pack_version=1, week=date(2026, 3, 2))
    pin = Event.objects.create(owner=ben, on=date(2026, 3, 4), words="The move")
    tried = Practice.objects.create(owner=ben, what="Knock once.")
    bens_note = PracticeNote.objects.create(
        owner=ben, happened="I did.", manual=cast.team_manual, page=added.edition.page, revision=added
    )
    reflection = Reflection.objects.create(owner=ben, answers=[["", "Rain."]])
    exercise = OwnExercise.objects.create(
        organisation=cast.organisation, title="Walk", idea="Ours.", prompts=["One?"], by=cast.people["ada"]
    )
    raised = raise_with_name(actor=cast.actor("ben"), organisation=cast.organisation, words="Nobody picks up.")
    path, expected = TABLE[name]
    address = path.format(
        **_visions_of(ben),
        note=note.edition_id,
        offer=offer.pk,
        step=_step_of(cast).pk,
        draft=draft.pk,
        remark=remark.pk,
        revision=added.pk,
        team=cast.team.pk,
        membership=membership.pk,
        tried=tried.pk,
        bens_note=bens_note.pk,
        reflection=reflection.pk,
        exercise=exercise.pk,
        week=week.pk,
        pin=pin.pk,
        **(stated(cast) if name.startswith("theory:") else {}),
        condition=raised.pk,
    )

    assert tuple(_status(cast, who, address) for who in WHO) == expected


def stated(cast: Cast) -> dict[str, UUID | None]:
    """A link of the organisation's theory, what it says, and a challenge to it."""
    saying = Saying("a", "b", "c", "d", date(2027, 3, 1), sign="more", delay="week")
    ends = {"cause": Named("tea"), "outcome": Named("talk")}
    made = add_link(actor=cast.actor("cora"), organisation_id=cast.organisation.pk, **ends, saying=saying)
    challenge = challenge_claim(actor=cast.actor("ben"), claim=made, words="No.")
    return {"claim": made.pk, "text": made.current_id, "challenge": challenge.pk, **_offered(cast)}


def _offered(cast: Cast) -> dict[str, UUID | None]:
    """An invitation that was released, with a named sentence of Ben's under a theme and one of Ana's under none."""
    days = {"opened_on": date(2026, 1, 5), "closes_on": date(2026, 1, 30), "released_on": date(2026, 1, 31)}
    said = {"question": "What for?", "readers": "All.", "use": "Read.", "asked_by": cast.people["cora"]}
    invitation = Invitation.objects.create(organisation=cast.organisation, **said, **days)
    theme = Theme.objects.create(invitation=invitation, name="Trust", seen_from=date(2026, 1, 12))
    for name, under in (("ben", theme), ("ana", None)):
        Offering.objects.create(invitation=invitation, sentence="Hope.", by=cast.people[name], token=name, theme=under)
    return {"invitation": invitation.pk, "theme": theme.pk}


def _step_of(cast: Cast) -> Step:
    """A page whose one sentence the team and the core both changed."""
    base = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Moved", "Knock twice.\n"))
    on: dict[str, Any] = {"manual": Manual.objects.get(pk=cast.team_manual.pk), "page_id": base.edition.page_id}
    Team.objects.update(quorum=1)
    adapt_page(actor=cast.actor("ben"), text=Text("Moved", "Ring twice.\n"), based_on=base.pk, **on)
    Team.objects.update(quorum=2)
    revise(actor=cast.actor("edie"), edition=base.edition, text=Text("Moved", "Hum twice.\n"), based_on=base.pk)
    found = step_for(actor=cast.actor("ben"), **on)
    assert found
    return found


def _visions_of(ben: Person) -> dict[str, UUID]:
    """One of each kind of Ben's, by its name in an address."""
    vision = Vision.objects.create(owner=ben, picture="They call us.")
    of: dict[str, Any] = {"owner": ben, "vision": vision}
    return {
        "purpose": Purpose.objects.create(owner=ben, sentence="Nobody is given up on.").pk,
        "vision": vision.pk,
        "now": RealityNote.objects.create(**of, seen="They do not.").pk,
        "change": VisionRevision.objects.create(**of, before="They ring.", after="They call us.", kind="clearer").pk,
        "mark": TensionMark.objects.create(**of, vision_place=8, now_place=2).pk,
        "obstacle": Obstacle.objects.create(**of, text="They never will.", kind="cannot_be_reached").pk,
    }


def _status(cast: Cast, who: str, address: str) -> int:
    client = Client()
    if who != "anyone":
        client.force_login(cast.people[who], "allauth.account.auth_backends.AuthenticationBackend")
    return client.get(address).status_code


@pytest.mark.parametrize(
    ("who", "status"), [("ben", 403), ("edie", 403), ("cleo", 404), ("ana", 302), ("ada", 302), ("cora", 302)]
)
def test_only_those_who_manage_a_team_end_somebodys_membership(cast: Cast, who: str, status: int) -> None:
    membership = Membership.objects.create(
        organisation=cast.organisation, team=cast.team, person=cast.people["cora"], role="member"
    )
    client = Client()
    client.force_login(cast.people[who], "allauth.account.auth_backends.AuthenticationBackend")

    answer = client.post(f"/people/memberships/{membership.pk}/end/")

    assert answer.status_code == status
    membership.refresh_from_db()
    assert (membership.ended_at is not None) == (status == 302)


def test_nobody_enters_as_somebody_outside_demo_mode(cast: Cast, settings: object) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]

    assert Client().post("/enter/", {"person": str(cast.people["ana"].pk)}).status_code == 403
