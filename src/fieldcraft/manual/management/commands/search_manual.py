"""`fieldcraft search`: pages of a manual, best first."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from fieldcraft.manual.queries.reading import page_url
from fieldcraft.manual.queries.resolve import stack_named
from fieldcraft.manual.queries.search import search


class Command(BaseCommand):
    """Searches as the screen does, with the rights of whoever runs this installation."""

    help = "Find pages of a manual."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("manual", metavar="SLUG")
        parser.add_argument("text", metavar="TEXT", nargs="+")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, manual: str, text: list[str], **options: Any) -> None:
        call_command("ready")
        stack = stack_named(manual)
        if stack is None:
            raise CommandError(f"There is no manual “{manual}”.")
        found = search([stack], " ".join(text))
        rows = [
            {
                "title": hit.held.title,
                "url": page_url(stack, hit.held),
                "snippet": "".join(piece.text for piece in hit.snippet),
            }
            for hit in found.hits
        ]
        if options["json"]:
            self.stdout.write(json.dumps({"hits": rows, "did_you_mean": found.instead}, ensure_ascii=False))
            return
        if found.instead:
            self.stdout.write(f"Nothing for these words; shown for “{found.instead}”.")
        for row in rows or [{"title": "Nothing was found.", "url": "", "snippet": ""}]:
            self.stdout.write(f"{row['title']}  {row['url']}\n    {row['snippet']}".rstrip())
