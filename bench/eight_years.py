"""`python -m bench.eight_years FOLDER`: a firm's handbook, never brought into step since, in one sitting of a person.

FOLDER holds `core-at-fork`, `core-now` and `local`, each a tree of Markdown. The core is imported as it was, the firm's
version over it, then the core as it is now; a member of the team answers what is asked, by the screens. Beside it: what
git shows of the same three trees.
"""

import os
import re
import subprocess
import sys
import tempfile
from html import unescape
from pathlib import Path
from typing import Any

from bench.ours import command
from bench.worlds import _django

_CARDS = re.compile(r"<fieldset.*?</fieldset>", re.S)
_CLOSED = re.compile(r"<textarea.*?</textarea>|<details(?! open).*?</details>", re.S)


def main(folder: Path) -> None:
    git = _git(folder)
    with tempfile.TemporaryDirectory() as place:
        home = Path(place) / "home"
        command(home, "import", str(folder / "core-at-fork"), "--manual", "core")
        command(home, "import", str(folder / "local"), "--manual", "firm", "--over", "core")
        command(home, "import", str(folder / "core-now"), "--manual", "core")
        figures = _sitting(str(home))
    print("| | Fieldcraft | git merge-file |\n|---|---|---|")
    for name, (ours, theirs) in {key: (figures[key], git.get(key, "–")) for key in figures}.items():
        print(f"| {name} | {ours:,} | {theirs if isinstance(theirs, str) else f'{theirs:,}'} |")


def _sitting(home: str) -> dict[str, int]:
    """Every step answered by the first that is offered; counts taps, questions, and characters of what stands open on the cards."""
    _django(home)
    os.environ["FIELDCRAFT_LIMITS_TIMES"] = "1000000"
    from django.test import Client
    from django.test.utils import setup_test_environment
    from django.utils import timezone

    from fieldcraft.manual.actions.preparing import prepare
    from fieldcraft.manual.models import Edition, Manual, Step
    from fieldcraft.manual.queries.below import Graph
    from fieldcraft.shell.lifecycle import gather_static_files

    firm = Manual.objects.select_related("organisation").get(slug="firm")
    pages = list(Edition.objects.filter(manual=firm, ended_at=None).values_list("page_id", flat=True))
    prepare(Graph(), [firm.pk], pages)
    gather_static_files()
    setup_test_environment()  # so that an answer keeps its form
    client = Client(HTTP_HOST="localhost")
    client.force_login(_member(firm), "allauth.account.auth_backends.AuthenticationBackend")
    found = dict.fromkeys(("pages out of step", "that fit as they are", "questions", "taps", "characters to read"), 0)
    steps = list(Step.objects.filter(manual=firm, settled_at=None).order_by("fit", "id"))
    found["pages out of step"] = len(steps)
    fitting = [str(step.pk) for step in steps if step.fit == "fits"]
    found["that fit as they are"] = len(fitting)
    if fitting:
        client.post("/m/firm/steps/", {"act": "combine", "step": fitting})
        found["taps"] += 2  # to the list, and the button
    for step in Step.objects.filter(manual=firm, settled_at=None).order_by("id"):
        _decide(client, step, found)
    found["left"] = Step.objects.filter(manual=firm, settled_at=None).count()
    found["decided today"] = Step.objects.filter(manual=firm, settled_at__date=timezone.now().date()).count()
    return found


def _member(firm: Any) -> Any:
    from fieldcraft.people.actions.community import make_sample_person
    from fieldcraft.people.models import Role

    return make_sample_person(
        name="Mae Member", email="mae@bench.example", organisation=firm.organisation, team=firm.team,
        role=Role.LEAD if firm.team else Role.EDITOR,
    )  # fmt: skip


def _decide(client: Any, step: Any, found: dict[str, int]) -> None:
    at = f"/m/firm/steps/{step.pk}/"
    client.get(at)
    found["taps"] += 1
    if step.fit in {"withdrawn", "left_out"}:
        _put(client, f"{at}keep/", found, reason="Still ours.")
        found["taps"] += 1
        return
    if step.fit == "place":
        client.post(at, {"act": "seen"})
        found["taps"] += 1
        return
    for number in range(1, step.needs + 1):
        _answer(client, f"{at}{number}/", found)
    _put(client, f"{at}whole/", found)


def _answer(client: Any, at: str, found: dict[str, int]) -> None:
    page = client.get(at).content.decode()
    key = re.search(r'name="key" value="([^"]*)"', page)
    first = re.search(r'name="chosen" value="([^"]*)"', page)
    if key is None or first is None:
        return
    shown = re.sub(r"<[^>]+>", " ", _CLOSED.sub("", " ".join(_CARDS.findall(page))))
    found["characters to read"] += len(" ".join(unescape(shown).split()))
    found["questions"] += 1
    found["taps"] += 1
    client.post(at, {"key": key[1], "chosen": first[1], "own": ""})


def _put(client: Any, at: str, found: dict[str, int], **more: str) -> None:
    page = client.get(at).context
    form = page["form"] if page else None
    given = {name: form[name].value() or "" for name in form.fields} if form else {}
    client.post(at, given | more)
    found["taps"] += 1


def _git(folder: Path) -> dict[str, int]:
    """Files that both changed, those left with conflicts, and the characters inside markers."""
    both = [
        path.relative_to(folder / "local")
        for path in sorted((folder / "local").rglob("*.md"))
        if all((folder / side / path.relative_to(folder / "local")).exists() for side in ("core-at-fork", "core-now"))
    ]
    figures = {"pages out of step": 0, "that fit as they are": 0, "questions": 0, "characters to read": 0}
    for path in both:
        base, ours, theirs = (folder / side / path for side in ("core-at-fork", "local", "core-now"))
        if len({base.read_bytes(), ours.read_bytes(), theirs.read_bytes()}) < 3:
            continue
        done = subprocess.run(
            ["git", "merge-file", "-p", str(ours), str(base), str(theirs)], capture_output=True, check=False
        )
        blocks = re.findall(rb"^<{7} .*?^>{7} .*?$", done.stdout, re.S | re.M)
        figures["pages out of step"] += 1
        figures["that fit as they are"] += not blocks
        figures["questions"] += len(blocks)
        figures["characters to read"] += sum(len(block) for block in blocks)
    return figures


if __name__ == "__main__":
    main(Path(sys.argv[1]))
