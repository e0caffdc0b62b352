"""`python -m bench.in_step [TEAMS]`: a core publishes 200 changed pages of 2,000; every team that covers some is prepared.

Each team covers 100 pages, 30 of them among the changed. While the steps are prepared, one page is read again and again.
Git does the same with a branch a team, in the same run: `merge-tree` for all of them, checkout and merge for some.
"""

import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Thread
from typing import Any

from bench.ours import world
from bench.serving import Load, fieldcraft, load, memory, without_wrk

PAGES, CHANGED, COVERED, BOTH = 2000, 200, 100, 30
CHECKED_OUT = 50  # branches that git also checks out and merges, which takes long
WORDS = [
    "door",
    "stairs",
    "visit",
    "family",
    "worker",
    "listen",
    "wait",
    "letter",
    "phone",
    "team",
    "note",
    "page",
    "risk",
    "plan",
    "hope",
    "night",
]


def main(teams: int) -> None:
    if missing := without_wrk():
        print(f"Publishing to {teams:,} teams is left out: {missing}.")
        return
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        _prepare(place, teams)
        ours = _published(place / "home", teams)
        git = _git(place / "git", teams)
    print(f"{teams:,} teams over a core of {PAGES:,} pages; {CHANGED} of them published at once\n")
    for name, figure in {**ours, **git}.items():
        print(f"| {name} | {figure} |")


def _prepare(place: Path, teams: int) -> None:
    """The same texts for Fieldcraft and for git."""
    texts = place / "texts.json"
    texts.write_text(json.dumps(list(_pages())))
    world(place / "home", "release", str(texts), str(teams))
    _repository(place / "git", json.loads(texts.read_text()), teams)


def _pages() -> Iterator[dict[str, str]]:
    """Each page as it is, and as the core has it later; twelve paragraphs of about thirty words, a line each."""
    draw = random.Random(1)
    for number in range(PAGES):
        lines = [" ".join(draw.choices(WORDS, k=30)).capitalize() + f" {number}." for _ in range(12)]
        later = [*lines]
        later[draw.randrange(6)] += " Since then the core says more here."
        yield {"title": f"Page {number:04}", "body": "\n\n".join(lines) + "\n", "later": "\n\n".join(later) + "\n"}


def covered_by(team: int) -> list[int]:
    """The pages that a team covers: 30 of those that change, the rest of those that do not."""
    draw = random.Random(team)
    return draw.sample(range(CHANGED), BOTH) + draw.sample(range(CHANGED, PAGES), COVERED - BOTH)


def of_team(body: str, team: int, page: int) -> str:
    """The team's text: one paragraph of its own; one in ten where the core will say something too."""
    lines = body.split("\n\n")
    at = (team + page) % 6 if page % 10 == 0 else 6 + (team + page) % 6
    lines[at] = f"Team {team} does this differently, and says how. {lines[at]}"
    return "\n\n".join(lines)


def _published(home: Path, teams: int) -> dict[str, str]:
    with fieldcraft(home) as (address, pid):
        page = f"{address}/m/team-0/p/page-1999/"
        load(page, seconds=1)
        before = load(page)
        seen: list[Load] = []
        largest: list[float] = []
        started = time.perf_counter()
        published = float(world(home, "publish"))
        reading = Thread(target=lambda: seen.append(load(page)))
        reading.start()
        while _waiting(home):
            largest.append(memory(pid))
            time.sleep(0.5)
        took = time.perf_counter() - started
        reading.join()
    steps = json.loads(world(home, "steps"))
    return {
        "publishing 200 pages": f"{published:.1f} s",
        "every step prepared": f"{took:.0f} s ({sum(steps.values()):,} steps: {steps})",
        "memory while that goes on, largest": f"{max(largest, default=0):.0f} MB",
        "reading before": f"{before} (p95 {before.p95:.2f} ms)",
        "reading meanwhile": f"{seen[0]} (p95 {seen[0].p95:.2f} ms)",
    }


def _waiting(home: Path) -> int:
    """Tasks that are not done; asked of the database itself, which costs the server nothing."""
    with sqlite3.connect(f"file:{home / 'fieldcraft.sqlite3'}?mode=ro", uri=True) as found:
        row = found.execute("SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status != 'SUCCESSFUL'")
        return int(row.fetchone()[0])


def _repository(folder: Path, pages: Sequence[dict[str, str]], teams: int) -> None:
    """A core branch, what it is later, and a branch for each team."""
    folder.mkdir()
    _run(folder, "init", "-q", "-b", "core")
    stream = subprocess.Popen(["git", "fast-import", "--quiet"], cwd=folder, stdin=subprocess.PIPE)
    assert stream.stdin
    for chunk in _commits(pages, teams):
        stream.stdin.write(chunk)
    stream.stdin.close()
    assert stream.wait() == 0


def _commits(pages: Sequence[dict[str, str]], teams: int) -> Iterator[bytes]:
    yield _commit("core", "", {page["title"]: page["body"] for page in pages})
    for team in range(teams):
        own = {pages[at]["title"]: of_team(pages[at]["body"], team, at) for at in covered_by(team)}
        yield _commit(f"team-{team}", "core", own)
    yield _commit("later", "core", {page["title"]: page["later"] for page in pages[:CHANGED]})


def _commit(branch: str, onto: str, files: dict[str, str]) -> bytes:
    told = f"commit refs/heads/{branch}\ncommitter B <b@bench.example> 1700000000 +0000\ndata 1\n.\n".encode()
    if onto:
        told += f"from refs/heads/{onto}\n".encode()
    for name, text in files.items():
        body = text.encode()
        told += f'M 644 inline "{name}.md"\ndata {len(body)}\n'.encode() + body + b"\n"
    return told + b"\n"


def _git(folder: Path, teams: int) -> dict[str, str]:
    version = _run(folder, "--version").strip()
    started = time.perf_counter()
    apart = sum(
        subprocess.run(
            ["git", "merge-tree", "--write-tree", f"team-{team}", "later"], cwd=folder, capture_output=True, check=False
        ).returncode
        for team in range(teams)
    )
    trees = time.perf_counter() - started
    some = min(CHECKED_OUT, teams)
    started = time.perf_counter()
    for team in range(some):
        _run(folder, "checkout", "-q", "-f", f"team-{team}")
        subprocess.run(["git", "merge", "-q", "--no-edit", "later"], cwd=folder, capture_output=True, check=False)
        subprocess.run(["git", "merge", "--abort"], cwd=folder, capture_output=True, check=False)
    merged = (time.perf_counter() - started) * teams / some
    return {
        f"{version}: merge-tree for all": f"{trees:.1f} s; {apart} teams with conflicts, which change nothing",
        f"{version}: checkout and merge": f"{merged:.0f} s, from {some} teams",
    }


def _run(folder: Path, *words: str) -> str:
    done = subprocess.run(
        ["git", "-c", "user.name=B", "-c", "user.email=b@bench.example", *words],
        cwd=folder, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout


def build(texts: Path, teams: int) -> None:
    """For `bench.worlds`: the core, and every team with its covers, stored in bulk."""
    from fieldcraft.manual.actions.manuals import make_manual
    from fieldcraft.manual.models import Audience, Kind
    from fieldcraft.people.actions.community import make_organisation, make_sample_team

    pages: list[dict[str, Any]] = json.loads(texts.read_text())
    place = make_organisation(name="Bench Trust", slug="bench-trust", is_sample=True)
    own = {"by": None, "organisation_id": place.pk, "audience": Audience.PUBLIC}
    core = make_manual(**own, title="Core", slug="core")
    held = _store(core, [(page["title"], page["body"], None) for page in pages])
    _gather(place, core, [(held[at], pages[at]["later"]) for at in range(CHANGED)])
    for team in range(teams):
        of = make_sample_team(place, f"Team {team}")
        manual = make_manual(
            **own, title=f"Team {team}", slug=f"team-{team}", kind=Kind.TEAM, team_id=of.pk, built_on=[core]
        )
        rows = [(pages[at]["title"], of_team(pages[at]["body"], team, at), held[at]) for at in covered_by(team)]
        _store(manual, rows)


def _gather(place: Any, core: Any, changes: Sequence[tuple[Any, str]]) -> None:
    from fieldcraft.manual.actions.drafts import Text
    from fieldcraft.manual.actions.pages import revise
    from fieldcraft.manual.actions.publications import begin
    from fieldcraft.people.actions.community import make_sample_person
    from fieldcraft.people.models import Role
    from fieldcraft.people.queries import actor_of

    editor = make_sample_person(
        name="Edie Editor", email="edie@bench.example", organisation=place, team=None, role=Role.EDITOR
    )
    actor = actor_of(editor)
    begin(actor=actor, manual=core, title="Spring")
    for old, later in changes:
        text = Text(old.title, later, reason="What we learnt.")
        revise(actor=actor, edition=old.edition, text=text, based_on=old.pk)


def publish_now() -> float:
    """For `bench.worlds`: publish what is gathered; gives the seconds it took."""
    from fieldcraft.manual.actions.publications import publish
    from fieldcraft.manual.models import Publication
    from fieldcraft.people.models import Person
    from fieldcraft.people.queries import actor_of

    actor = actor_of(Person.objects.get(email="edie@bench.example"))
    publication = Publication.objects.select_related("manual").get()
    started = time.perf_counter()
    publish(actor=actor, publication=publication, note="Two hundred pages say more.")
    return time.perf_counter() - started


def steps_now() -> str:
    """For `bench.worlds`: how many steps there are of each kind."""
    from collections import Counter

    from fieldcraft.manual.models import Step

    return json.dumps(Counter(Step.objects.values_list("fit", flat=True)))


def _store(manual: Any, rows: Sequence[tuple[str, str, Any]]) -> list[Any]:
    """Pages, editions and agreed revisions; covers of the given ones where there are some."""
    from django.utils import timezone

    from fieldcraft.engine.words import slug_of
    from fieldcraft.manual.actions.writing import bump, derive, written
    from fieldcraft.manual.models import Edition, Page, Revision, Standing, State

    version, now = bump(manual), timezone.now()
    editions, revisions, pages = [], [], []
    for title, body, below in rows:
        page = below.edition.page if below else Page(manual=manual)
        standing = Standing.ADAPTED if below else Standing.LOCAL
        edition = Edition(
            manual=manual, page=page, standing=standing, title=title, slug=slug_of(title), version=version
        )
        revisions.append(
            Revision(
                edition=edition,
                standing=standing,
                title=title,
                body=body,
                base=below,
                state=State.AGREED,
                agreed_at=now,
            )
        )
        editions.append(edition)
        pages += [] if below else [page]
    Page.objects.bulk_create(pages)
    Edition.objects.bulk_create(editions)
    Revision.objects.bulk_create(revisions)
    for edition, revision in zip(editions, revisions, strict=True):
        edition.current = revision
    Edition.objects.bulk_update(editions, ["current"], batch_size=400)
    if manual.slug in {"core", "team-0"}:  # nobody reads the others here
        derive(manual, [written(edition, revision) for edition, revision in zip(editions, revisions, strict=True)])
    return revisions


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
