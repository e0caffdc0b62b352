"""An import into a manual whose people wrote there since: their words stay, unless somebody chooses otherwise."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.conftest import Cast
from tests.manual.made import words

from fieldcraft.cli import main
from fieldcraft.engine.formats.export.zipped import zipped
from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.manuals import make_manual
from fieldcraft.manual.actions.pages import adapt_page, add_page, revise, set_page_aside
from fieldcraft.manual.actions.publications import begin
from fieldcraft.manual.models import Edition, Import, Kind, Manual, Revision, Standing, State
from fieldcraft.manual.queries.export.formats import Extent, markdown_of
from fieldcraft.manual.queries.resolve import stack_now
from fieldcraft.people.actions.community import make_sample_person
from fieldcraft.people.models import Role, Team

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def _own_home(settings: Any, tmp_path: Path) -> None:
    from fieldcraft.config.home import Home

    settings.HOME = Home(tmp_path)
    settings.HOME.make()


@pytest.fixture
def mill(cast: Cast) -> Manual:
    """Another team of the house, which wrote words of its own on two of the core's pages and set a third aside.

    The street team has a text of its own for the second alone.
    """
    team = Team.objects.create(organisation=cast.organisation, name="Mill", slug="mill")
    for name, role in (("mia", Role.LEAD), ("max", Role.MEMBER)):
        cast.people[name] = make_sample_person(
            name=name.capitalize(), email=f"{name}@x.org", organisation=cast.organisation, team=team, role=role
        )
    manual = make_manual(
        by=None,
        organisation_id=cast.organisation.pk,
        title="Mill manual",
        kind=Kind.TEAM,
        team_id=team.pk,
        built_on=[cast.core],
    )
    core = {}
    for title in ("Plans", "Handover", "Police"):
        text = Text(title, f"The core on {title}.", tags=("work",))
        page = add_page(actor=cast.actor("edie"), manual=cast.core, text=text)
        core[title] = {"page_id": page.edition.page_id, "based_on": page.pk}
    for title in ("Plans", "Handover"):
        text = Text(title, f"Mill on {title}.", reason="It fits us.")
        adapt_page(actor=cast.actor("mia"), manual=manual, text=text, **core[title])
    set_page_aside(actor=cast.actor("mia"), manual=manual, reason="None here.", **core["Police"])
    text = Text("Handover", "Street on Handover.")
    adapt_page(actor=cast.actor("ana"), manual=cast.team_manual, text=text, **core["Handover"])
    return manual


def _file(cast: Cast) -> SimpleUploadedFile:
    files = markdown_of(stack_now(cast.team_manual), Extent.AS_READ)
    return SimpleUploadedFile("street-manual.zip", zipped(files))


def _client(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.people[name], BACKEND)
    return client


def _planned(client: Client, file: SimpleUploadedFile, slug: str = "mill-manual") -> str:
    return str(client.post("/import/", {"file": file, "manual": slug, "title": ""})["Location"])


def _ours(manual: Manual) -> dict[str, tuple[str, str]]:
    editions = Edition.objects.filter(manual=manual, ended_at=None).select_related("current")
    return {each.title: (each.standing, each.current.body) for each in editions if each.current}


def _edition(manual: Manual, title: str) -> Edition:
    return Edition.objects.select_related("current", "manual").get(manual=manual, title=title)


OWN = {
    "Plans": (Standing.ADAPTED, "Mill on Plans."),
    "Handover": (Standing.ADAPTED, "Mill on Handover."),
    "Police": (Standing.SET_ASIDE, ""),
}


def test_what_people_wrote_is_told_apart_and_stays_where_nobody_chose_otherwise(cast: Cast, mill: Manual) -> None:
    client = _client(cast, "mia")
    address = _planned(client, _file(cast))

    plan = client.get(address)

    assert "changed since the last import" not in words(plan)
    assert "1 in words of your own, which the file has otherwise" in words(plan)
    assert "1 in words of your own, where the file has the text of the page below" in words(plan)
    assert "1 set aside by you, but in use in the file" in words(plan)
    assert "Your own version would be given up; readers would have the page below again." in words(plan)
    assert not re.search(r'name="ours"[^>]*checked', plan.content.decode())
    assert "3 pages stay as you have them." in words(client.post(address, follow=True))
    assert _ours(mill) == OWN


def test_a_page_that_was_chosen_goes_the_way_of_every_change_with_its_reason(cast: Cast, mill: Manual) -> None:
    mill.team.quorum = 2
    mill.team.save()
    client = _client(cast, "mia")
    address = _planned(client, _file(cast))
    assert "waits to be agreed" in words(client.get(address))

    done = client.post(address, {"ours": [str(_edition(mill, title).pk) for title in OWN]}, follow=True)

    assert "0 pages written. 3 pages wait to be agreed." in words(done)
    assert _ours(mill) == OWN
    drafts = {each.title: each for each in Revision.objects.filter(edition__manual=mill, state=State.DRAFT)}
    assert {title: (each.standing, each.body) for title, each in drafts.items()} == {
        "Plans": (Standing.INHERITED, "Mill on Plans."),
        "Handover": (Standing.ADAPTED, "Street on Handover."),
        "Police": (Standing.ADAPTED, "The core on Police."),
    }
    assert {each.reason for each in drafts.values()} == {"Imported from “street-manual.zip”."}
    assert {(each.by, each.agreements.count()) for each in drafts.values()} == {(cast.people["mia"], 1)}


def test_where_one_yes_is_enough_the_chosen_page_alone_changes_at_once(cast: Cast, mill: Manual) -> None:
    client = _client(cast, "mia")

    done = client.post(
        _planned(client, _file(cast)), {"ours": [str(_edition(mill, "Handover").pk), "made-up"]}, follow=True
    )

    assert "1 page written. 2 pages stay as you have them." in words(done)
    assert _ours(mill) == OWN | {"Handover": (Standing.ADAPTED, "Street on Handover.")}
    assert _edition(mill, "Handover").current.reason == "Imported from “street-manual.zip”."


def test_given_up_for_the_text_below_only_when_chosen(cast: Cast, mill: Manual) -> None:
    client = _client(cast, "mia")
    edition = _edition(mill, "Plans")

    client.post(_planned(client, _file(cast)), {"ours": str(edition.pk)})

    assert _ours(mill).keys() == {"Handover", "Police"}
    last = edition.revisions.order_by("-id")[0]
    assert (last.standing, last.reason) == (Standing.INHERITED, "Imported from “street-manual.zip”.")
    assert stack_now(mill).titled("Plans").manual_id == cast.core.pk


def test_only_those_who_may_write_choose(cast: Cast, mill: Manual) -> None:
    client = _client(cast, "ada")
    address = _planned(client, _file(cast))
    assert "Only members of this team can change its manual." in words(client.get(address))

    answer = client.post(address, {"ours": str(_edition(mill, "Plans").pk)})

    assert answer.status_code == 403
    assert _ours(mill) == OWN
    assert "3 pages stay as you have them." in words(client.post(address, follow=True))


def _bring(client: Client, cast: Cast, body: str) -> str:
    """The editor's handbook of one page, planned into the core."""
    file = SimpleUploadedFile("book.zip", zipped({"tea.md": f"# Tea\n\n{body}".encode()}))
    return _planned(client, file, "core")


def test_what_an_import_wrote_is_changed_by_the_next_and_what_people_wrote_after_it_is_not(cast: Cast) -> None:
    client = _client(cast, "edie")
    client.post(_bring(client, cast, "Cold."))
    address = _bring(client, cast, "Warm.")
    assert "1 changed since the last import" in words(client.get(address))
    client.post(address)
    tea = _edition(cast.core, "Tea")
    assert tea.current.body == "# Tea\n\nWarm."
    revise(actor=cast.actor("edie"), edition=tea, text=Text("Tea", "Green."), based_on=tea.current_id)

    address = _bring(client, cast, "Hot.")

    assert "1 in words of your own, which the file has otherwise" in words(client.get(address))
    client.post(address)
    assert _edition(cast.core, "Tea").current.body == "Green."


def test_where_changes_are_gathered_the_chosen_page_is_too_and_only_one_of_a_page(cast: Cast) -> None:
    tea = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Tea", "Green."))
    begin(actor=cast.actor("edie"), manual=cast.core, title="Spring")
    client = _client(cast, "edie")

    client.post(_bring(client, cast, "Hot."), {"ours": str(tea.edition_id)})

    assert _edition(cast.core, "Tea").current.body == "Green."
    assert Revision.objects.get(state=State.GATHERED).body == "# Tea\n\nHot."
    again = client.post(_bring(client, cast, "Cool."), {"ours": str(tea.edition_id)}, follow=True)
    assert "A change of this page is gathered for “Spring” already." in words(again)
    assert Import.objects.latest("begun_at").progress == "planned"


def test_brought_back_into_the_manual_it_came_from_nothing_is_asked(cast: Cast, mill: Manual) -> None:
    client = _client(cast, "ana")

    plan = client.get(_planned(client, _file(cast), "street-manual"))

    assert "1 unchanged 2 the same as the page below" in words(plan)


def test_a_draft_that_waits_on_an_inherited_page_goes_on_waiting(cast: Cast, mill: Manual) -> None:
    cast.team.quorum = 2
    cast.team.save()
    below = _edition(cast.core, "Plans")
    text = Text("Plans", "Street, perhaps.")
    draft = adapt_page(
        actor=cast.actor("ben"), manual=cast.team_manual, page_id=below.page_id, text=text, based_on=below.current_id
    )
    client = _client(cast, "ana")
    files = markdown_of(stack_now(mill), Extent.AS_READ)

    done = client.post(_planned(client, SimpleUploadedFile("mill.zip", zipped(files)), "street-manual"), follow=True)

    assert "1 page written. 1 page stays as you have it." in words(done)
    assert _ours(cast.team_manual)["Plans"] == (Standing.ADAPTED, "Mill on Plans.")
    draft.refresh_from_db()
    assert (draft.state, draft.edition.current.body) == (State.DRAFT, "Mill on Plans.")


def _told(capsys: pytest.CaptureFixture[str], *given: str) -> str:
    assert main(["import", *given]) == 0
    return capsys.readouterr().out


def test_the_command_leaves_them_and_says_so(
    cast: Cast, mill: Manual, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "street.zip"
    file.write_bytes(_file(cast).read())
    given = (str(file), "--manual", "mill-manual")

    assert "3 pages: 0 would be written" in _told(capsys, *given, "--plan")
    said = _told(capsys, *given)

    assert "3 pages: 0 written, 0 unchanged" in said
    assert "3 left as people here have them; --over-own takes the file's text:" in said
    assert "  Plans: in words of your own, where the file has the text of the page below" in said
    assert _ours(mill) == OWN
    counts = json.loads(_told(capsys, *given, "--json"))
    assert (counts["own_kept"], counts["own_waiting"], counts["revisions"]) == (3, 0, 0)


def test_the_command_takes_them_when_told_to_where_one_yes_is_enough(
    cast: Cast, mill: Manual, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "street.zip"
    file.write_bytes(_file(cast).read())

    said = _told(capsys, str(file), "--manual", "mill-manual", "--over-own")

    assert "left as people here have them" not in said
    assert _ours(mill) != OWN
    made = Revision.objects.filter(edition__manual=mill, by=None, reason="Imported from “street.zip”.")
    assert {each.state for each in made} == {State.AGREED}


def test_the_command_writes_no_drafts_that_are_nobodys(
    cast: Cast, mill: Manual, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mill.team.quorum = 2
    mill.team.save()
    file = tmp_path / "street.zip"
    file.write_bytes(_file(cast).read())

    assert main(["import", str(file), "--manual", "mill-manual", "--over-own"]) == 1

    assert "needs more than one yes: bring the file in on screen" in capsys.readouterr().err
    assert _ours(mill) == OWN
    assert not Revision.objects.filter(edition__manual=mill, state=State.DRAFT).exists()
