"""The worlds that are measured, built through the rooms' own actions in a home of their own.

Run in a process of its own, since a home is chosen when Django starts: `python -m bench.worlds HOME NAME ...`.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

COVERED, OWN = 30, 10


def _django(home: str) -> None:
    os.environ |= {
        "FIELDCRAFT_HOME": home,
        "DJANGO_SETTINGS_MODULE": "fieldcraft.config.settings",
        "FIELDCRAFT_DEMO": "yes",
    }
    import django

    django.setup()
    from django.core.management import call_command

    call_command("ready")


def over(core_slug: str, teams: int) -> None:
    """An organisation over an imported core, and teams over both; only the first has pages of its own.

    The first team covers 30 core pages and adds ten; it has a member who can be entered as.
    """
    from fieldcraft.manual.actions.manuals import make_manual
    from fieldcraft.manual.models import Audience, Kind
    from fieldcraft.manual.queries.pages import manual_named
    from fieldcraft.people.actions.community import make_organisation, make_sample_team

    core = manual_named(core_slug)
    assert core is not None
    place = make_organisation(name="Bench Trust", slug="bench-trust", is_sample=True)
    own = {"by": None, "organisation_id": place.pk, "audience": Audience.PUBLIC}
    house = make_manual(**own, title="House", slug="house", kind=Kind.ORGANISATION, built_on=[core])
    for number in range(teams):
        team = make_sample_team(place, f"Team {number}")
        slug = f"team-{number}"
        manual = make_manual(**own, title=slug, slug=slug, kind=Kind.TEAM, team_id=team.pk, built_on=[house])
        if number == 0:
            _write(place, team, manual)


def _write(place: Any, team: Any, manual: Any) -> None:
    from fieldcraft.manual.actions.drafts import Text
    from fieldcraft.manual.actions.pages import adapt_page, add_page
    from fieldcraft.manual.queries.resolve import stack_now
    from fieldcraft.people.actions.community import make_sample_person
    from fieldcraft.people.models import Role
    from fieldcraft.people.queries import actor_of

    person = make_sample_person(
        name="Bea Bench", email="bea@bench.example", organisation=place, team=team, role=Role.LEAD
    )
    actor = actor_of(person)
    for held in list(stack_now(manual).read_pages())[:COVERED]:
        text = Text(held.title, "Our own words on this.", reason="It is different here.")
        adapt_page(actor=actor, manual=manual, page_id=held.page_id, text=text, based_on=held.revision_id)
    for number in range(OWN):
        add_page(actor=actor, manual=manual, text=Text(f"Only ours {number}", "Words of our own."))


def writers(number: int) -> None:
    """So many members of the first team, and a page of its own for each."""
    from fieldcraft.manual.actions.drafts import Text
    from fieldcraft.manual.actions.pages import add_page
    from fieldcraft.manual.models import Manual
    from fieldcraft.people.actions.community import make_sample_person
    from fieldcraft.people.models import Role, Team
    from fieldcraft.people.queries import actor_of

    team = Team.objects.select_related("organisation").get(slug="team-0")
    manual = Manual.objects.get(slug="team-0")
    for each in range(number):
        person = make_sample_person(
            name=f"Writer {each}",
            email=f"writer-{each}@bench.example",
            organisation=team.organisation,
            team=team,
            role=Role.MEMBER,
        )
        text = Text(f"Page of writer {each}", PARAGRAPH * 8 + "See [[Tiddlers]] and [[Page of writer 0]].\n")
        add_page(actor=actor_of(person), manual=manual, text=text)


PARAGRAPH = "Half of our work begins on the stairs. Stand two steps below, so that they can leave upwards.\n\n"


def rows_of_silent_teams() -> int:
    """Editions of teams that wrote nothing; must be none."""
    from fieldcraft.manual.models import Edition

    return Edition.objects.filter(manual__kind="team").exclude(manual__slug="team-0").count()


def bodies(slug: str, folder: Path) -> None:
    """Every page of a manual as a text file, its title in the first line, for the other wikis and for larger manuals."""
    from fieldcraft.manual.models import Revision

    folder.mkdir(parents=True, exist_ok=True)
    pages = Revision.objects.filter(edition__manual__slug=slug, edition__current_id__isnull=False).order_by("id")
    for number, (title, body) in enumerate(pages.values_list("title", "body")):
        (folder / f"{number:05}.txt").write_text(f"{title}\n{body}")


def larger(texts: Path, pages: int, folder: Path) -> None:
    """A Markdown tree of so many pages, made of these texts again and again under numbered titles."""
    sources = sorted(texts.iterdir())
    for number in range(pages):
        title, _newline, body = sources[number % len(sources)].read_text().partition("\n")
        place = folder / f"part-{number // 500:03}"
        place.mkdir(parents=True, exist_ok=True)
        header = json.dumps(f"{number:05} {title}", ensure_ascii=False)  # JSON text is YAML
        (place / f"{number:05}.md").write_text(f"---\ntitle: {header}\n---\n{body}")


def release(texts: Path, teams: int) -> None:
    """A core that has gathered changes, and teams that cover some of its pages; see `bench.in_step`."""
    from bench.in_step import build

    build(texts, teams)


if __name__ == "__main__":
    _django(sys.argv[1])
    match sys.argv[2:]:
        case ["over", core, teams]:
            over(core, int(teams))
            print(rows_of_silent_teams())
        case ["writers", number]:
            writers(int(number))
        case ["bodies", slug, folder]:
            bodies(slug, Path(folder))
        case ["release", texts, teams]:
            release(Path(texts), int(teams))
        case ["publish"]:
            from bench.in_step import publish_now

            print(publish_now())
        case ["steps"]:
            from bench.in_step import steps_now

            print(steps_now())
        case ["larger", texts, pages, folder]:
            larger(Path(texts), int(pages), Path(folder))
