"""What a person said in their organisations goes into the file that they take along, and into nobody else's."""

import io
import json
import zipfile
from typing import Any

from tests.conftest import Cast
from tests.theory.purposes_world import CROWD, DURING, asked, offer, released
from tests.theory.test_claims import SAYING
from tests.together.made import as_, on, unnamed

from fieldcraft.mastery.actions.compass import begin_purpose
from fieldcraft.people.models import Membership
from fieldcraft.theory.actions.challenges import challenge_claim
from fieldcraft.theory.actions.claims import add_link
from fieldcraft.theory.queries.purposes import Stands
from fieldcraft.theory.queries.saying import Named
from fieldcraft.together.actions.raising import raise_for_team, raise_with_name


def taken(cast: Cast, name: str) -> dict[str, Any]:
    """What its two files hold, and its page on them."""
    answer = as_(cast, name).get("/compass/export/file/")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        said, hidden = (json.loads(archive.read(file)) for file in ("said.json", "unnamed.json"))
        return {"said": said, "unnamed": hidden, "about": archive.read("README.txt").decode()}


def filled(cast: Cast) -> None:
    """Ben raises, offers, and challenges what Cora claims."""
    ben = cast.actor("ben")
    invitation = asked(cast, 2)
    offer(cast, invitation, "ben", words="To be of use.")
    offer(cast, invitation, CROWD[0], words="Somebody else's.", stands=Stands.NAMED)
    unnamed(cast, "ben", "Nobody dares to say it.")
    raise_with_name(actor=ben, organisation=cast.organisation, words="No night desk.")
    raise_for_team(actor=ben, team=cast.team, words="No car.")
    claim = add_link(
        actor=cast.actor("cora"), organisation_id=cast.organisation.pk, saying=SAYING,
        cause=Named("tea", ""), outcome=Named("talk", ""),
    )  # fmt: skip
    challenge_claim(actor=ben, claim=claim, words="Coffee does it too.")


def test_what_was_said_by_name_and_what_was_said_unnamed_stand_in_two_files(cast: Cast) -> None:
    filled(cast)

    with on(DURING):
        mine = taken(cast, "ben")

    assert {row["words"] for row in mine["said"]["raised"]} == {"No night desk.", "No car."}
    assert [row["words"] for row in mine["said"]["challenged"]] == ["Coffee does it too."]
    assert mine["said"]["offered"] == []
    assert [row["words"] for row in mine["unnamed"]["raised"]] == ["Nobody dares to say it."]
    assert [row["sentence"] for row in mine["unnamed"]["offered"]] == ["To be of use."]
    assert "Delete it before" in mine["about"]


def test_it_stands_in_nobody_elses_file_also_after_the_map_is_made(cast: Cast) -> None:
    filled(cast)

    for name in ("ana", "ada", "cora", CROWD[0], "cleo"):
        with on(DURING):
            theirs = json.dumps(taken(cast, name) if name != "cleo" else {})
        assert "To be of use." not in theirs
        assert "Nobody dares" not in theirs
        assert "Coffee" not in theirs


def test_what_was_offered_with_a_name_is_said_and_every_file_is_always_there(cast: Cast) -> None:
    invitation = asked(cast, 1)
    offer(cast, invitation, "ben", words="To be of use.", stands=Stands.NAMED, theme="Trust")
    released(cast, invitation)

    mine, empty = taken(cast, "ben"), taken(cast, "ana")

    (row,) = mine["said"]["offered"]
    assert (row["sentence"], row["stands"], row["theme"]) == ("To be of use.", "named", "Trust")
    assert empty["unnamed"] == mine["unnamed"] == {"raised": [], "offered": []}


def test_whoever_left_takes_along_what_stands_there_with_their_name(cast: Cast) -> None:
    filled(cast)
    begin_purpose(actor=cast.actor("ben"), sentence="To be of use.")  # without an entry there is no file
    Membership.objects.filter(person=cast.people["ben"]).update(ended_at="2026-03-10T00:00Z")

    mine = taken(cast, "ben")

    assert {row["words"] for row in mine["said"]["raised"]} == {"No night desk.", "No car."}
    assert mine["unnamed"] == {"raised": [], "offered": []}
