"""Leaving is asked about once, on a plain page that says what will happen; afterwards Today loads without a refusal."""

from tests.conftest import Cast
from tests.manual.made import words
from tests.together.made import as_

from fieldcraft.people.actions.community import put_in, set_quorum
from fieldcraft.people.models import Membership, Role


def leaving(cast: Cast, name: str) -> tuple[Membership, str]:
    found = Membership.objects.get(person=cast.people[name], ended_at=None)
    return found, f"/people/memberships/{found.pk}/end/"


def test_leaving_is_asked_about_on_a_page_that_changes_nothing(cast: Cast) -> None:
    membership, path = leaving(cast, "ben")
    ben = as_(cast, "ben")
    assert f'href="{path}"' in ben.get("/people/me/").content.decode()
    assert f'action="{path}"' not in ben.get("/people/me/").content.decode()

    screen = words(ben.get(path))
    assert "Leave Street?" in screen
    assert "You then belong to Harbour Trust no more" in screen
    assert "What you wrote in your compass stays yours" in screen
    assert Membership.objects.get(pk=membership.pk).ended_at is None

    assert ben.post(path).status_code == 302
    assert Membership.objects.get(pk=membership.pk).ended_at is not None
    assert "You have left Street." in ben.get("/people/teams/").content.decode()


def test_one_of_two_memberships_leaves_the_other(cast: Cast) -> None:
    put_in(None, cast.people["ben"].pk, cast.organisation.pk, None, Role.EDITOR)
    membership = Membership.objects.get(person=cast.people["ben"], role=Role.MEMBER)

    screen = words(as_(cast, "ben").get(f"/people/memberships/{membership.pk}/end/"))

    assert "You still belong to Harbour Trust" in screen
    assert "no more" not in screen


def test_one_s_own_role_on_the_team_s_page_is_asked_about_too(cast: Cast) -> None:
    _membership, path = leaving(cast, "ana")
    html = as_(cast, "ana").get(f"/people/teams/{cast.team.pk}/").content.decode()

    assert f'href="{path}"' in html
    assert f'action="{path}"' not in html


def test_the_last_administrator_is_told_before_asking(cast: Cast) -> None:
    _membership, path = leaving(cast, "ada")
    ada = as_(cast, "ada")

    assert "You are the last administrator." in words(ada.get(path))
    assert ada.post(path).status_code == 403


def test_nobody_is_asked_whether_somebody_else_wants_to_leave(cast: Cast) -> None:
    _membership, path = leaving(cast, "ben")

    assert [as_(cast, name).get(path).status_code for name in ("ana", "edie", "cleo")] == [403, 403, 404]


def test_who_has_left_loads_today_without_a_refusal_and_is_told_why_at_the_link(cast: Cast) -> None:
    ben, (_membership, path) = as_(cast, "ben"), leaving(cast, "ben")
    ben.post(path)
    assert ben.get("/").status_code == 200

    part = ben.get("/compass/today/", headers={"HX-Request": "true"})
    assert (part.status_code, part.content) == (204, b"")
    assert part["Cache-Control"] == "no-store"
    assert "Ask for an invitation to your team first." in words(ben.get("/compass/today/"))


def test_the_number_that_counts_is_said_and_never_more_than_can_agree(cast: Cast) -> None:
    ana, path = as_(cast, "ana"), f"/people/teams/{cast.team.pk}/"
    set_quorum(actor=cast.actor("ana"), team=cast.team, quorum=9)

    screen = words(ana.get(path))
    assert "A change of the manual counts when 2 people have agreed it" in screen
    assert "Your team chose 9; 2 people can agree, so 2 count until there are more." in screen

    set_quorum(actor=cast.actor("ana"), team=cast.team, quorum=2)
    assert "Your team chose" not in words(ana.get(path))
