"""`fieldcraft take-out`: takes words out of everything that was ever written in a manual."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from fieldcraft.errors import Invalid
from fieldcraft.manual.actions.taking_out import MARK, TakenOut, take_words_out
from fieldcraft.manual.models import Manual


class Command(BaseCommand):
    """For the name of somebody the team works with, found after it was shared; says first what holds it."""

    help = "Take words out of a manual, its history and its remarks, for good."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("manual", metavar="SLUG")
        parser.add_argument("words", metavar="WORDS", nargs="+")
        parser.add_argument("--apply", action="store_true", help="do it; there is no way back")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, manual: str, words: list[str], apply: bool, **options: Any) -> None:
        call_command("ready")
        found = Manual.objects.filter(slug=manual).first()
        if found is None:
            raise CommandError(f"There is no manual “{manual}”.")
        try:
            done = take_words_out(by=None, manual=found, words=" ".join(words), apply=apply)
        except Invalid as problem:
            raise CommandError(str(problem)) from None
        if options["json"]:
            told = {
                "applied": apply,
                "rows": dict(done.rows),
                "left": list(done.left),
                "elsewhere": list(done.elsewhere),
            }
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        for line in _lines(done, apply):
            self.stdout.write(line)


def _lines(done: TakenOut, apply: bool) -> list[str]:
    if not done.rows:
        return [*(_left(done) or ["Nothing in this manual holds these words."]), *_elsewhere(done)]
    counts = ", ".join(f"{kind} {count}" for kind, count in done.rows.items())
    end = f"“{MARK}” stands in their place now." if apply else "Nothing has changed yet. --apply does it, for good."
    return [f"They stand in: {counts}.", end, *_left(done), *_elsewhere(done)]


def _left(done: TakenOut) -> list[str]:
    titles = ", ".join(f"“{title}”" for title in done.left)
    return (
        [
            f"They are read, with letters marked in different ways, in: {titles}. Take them out as they are written there."
        ]
        if titles
        else []
    )


def _elsewhere(done: TakenOut) -> list[str]:
    return [f"Other manuals hold them, too: {', '.join(done.elsewhere)}."] if done.elsewhere else []
