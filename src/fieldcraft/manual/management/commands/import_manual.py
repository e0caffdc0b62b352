"""`fieldcraft import`: a plan, or the plan carried out."""

import json
import sys
import time
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from fieldcraft.engine.formats.document import BadSource, Library
from fieldcraft.errors import FieldcraftError
from fieldcraft.manual.actions.manuals import new_manual
from fieldcraft.manual.actions.transfer.apply import Applied, apply_plan
from fieldcraft.manual.actions.transfer.checked import Checked
from fieldcraft.manual.actions.transfer.history import history_at, restore_history
from fieldcraft.manual.actions.transfer.own_words import Chosen
from fieldcraft.manual.actions.transfer.plan import Plan, below_of, plan_import
from fieldcraft.manual.actions.transfer.sentences import doing_words, gathers_words, loss_lines, sentence_of
from fieldcraft.manual.actions.transfer.source import library_at
from fieldcraft.manual.models import Audience, Kind, Manual
from fieldcraft.manual.queries.drafts import yeses_needed
from fieldcraft.manual.queries.pages import manual_named
from fieldcraft.manual.queries.publications import open_publication
from fieldcraft.people.actions.community import make_organisation
from fieldcraft.people.queries import organisation_named

LIBRARY = "library"  # the organisation that holds what a command imports without naming one


class Command(BaseCommand):
    """Reads Markdown trees and TiddlyWikis in; twice changes nothing."""

    help = "Read a handbook or TiddlyWiki in."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--manual", required=True, metavar="SLUG")
        parser.add_argument("--over", metavar="SLUG", help="the manual that this one is a changed copy of")
        parser.add_argument("--over-own", action="store_true", help="also where people wrote words of their own since")
        parser.add_argument("--title", default="")
        parser.add_argument("--audience", choices=Audience.values)
        parser.add_argument("--json", action="store_true")
        step = parser.add_mutually_exclusive_group()
        step.add_argument("--plan", action="store_true", help="only say what would happen")
        step.add_argument("--apply", action="store_true", help="do it (the default)")

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        call_command("ready")
        try:
            self._import(path, options)
        except BadSource as problem:
            raise CommandError(f"{sentence_of(problem)} Nothing was changed.") from None
        except FieldcraftError as problem:
            raise CommandError(f"{problem} Nothing was changed.") from None

    def _import(self, path: Path, options: dict[str, Any]) -> None:
        if history := history_at(path):
            self._restore(history, options)
            return
        library = library_at(path)
        manual = manual_named(options["manual"])
        over = _existing(options["over"]) if options["over"] else below_of(manual)
        plan = plan_import(library, manual, over)
        if waits := open_publication(manual) if manual else None:
            self.stderr.write(gathers_words(waits.manual.title, waits.title))
        if options["plan"]:
            self._say(plan, None, options)
            return
        manual = manual or _new(options, library, over)
        if options["over_own"] and plan.ours:
            _require_one_yes(manual)
        bar = _Bar(hidden=options["json"])
        chosen = Chosen(_chosen(plan) if options["over_own"] else frozenset(), path.name)
        applied = apply_plan(by=None, manual=manual, plan=plan, over=over, chosen=chosen, progress=bar.show)
        self._say(plan, applied, options)

    def _restore(self, history: Checked, options: dict[str, Any]) -> None:
        if options["over"] or options["plan"]:
            raise CommandError("A history comes in whole, into a new manual: without --over and --plan.")
        with transaction.atomic():
            restored = restore_history(
                by=None,
                history=history,
                slug=options["manual"],
                organisation=organisation_named(LIBRARY) or make_organisation(name="Library", slug=LIBRARY),
                title=options["title"],
                audience=options["audience"] or "",
            )
        counts = {name: getattr(restored, name) for name in ("pages", "revisions", "remarks", "attachments")}
        if options["json"]:
            left_out = [asdict(each) for each in restored.left_out]
            self.stdout.write(json.dumps({**counts, "left_out": left_out}, ensure_ascii=False))
            return
        self.stdout.write(", ".join(f"{count} {name}" for name, count in counts.items()) + ".")
        for each in restored.left_out:
            self.stdout.write(f"Left out: {each.count} {each.kind}. {each.reason}")
        self.stdout.write(f"Read it at {settings.ADDRESS}/m/{options['manual']}/")

    def _say(self, plan: Plan, applied: Applied | None, options: dict[str, Any]) -> None:
        losses = {page.document.title: loss_lines(page.document) for page in plan.pages if page.document.losses}
        counts: dict[str, Any] = {
            "pages": len(plan.pages),
            "revisions": applied.revisions if applied else 0,
            "unchanged": plan.counts["same"] + plan.counts["same_as_below"],
            "skipped": len(plan.library.skipped),
            "attachments": len(plan.library.attachments),
            "notes": applied.notes if applied else sum(note.comes for note in plan.notes),
            "notes_left_out": sum(note.beside is None for note in plan.notes),
            "own_kept": applied.kept if applied else 0 if options["over_own"] else len(plan.ours),
            "own_waiting": applied.waiting if applied else 0,
            "plan": dict(plan.counts),
        }
        if options["json"]:
            self.stdout.write(json.dumps({**counts, "losses": losses}, ensure_ascii=False))
            return
        word = "written" if applied else "would be written"
        ours = 0 if options["over_own"] else len(plan.ours)
        revisions = applied.revisions if applied else len(plan.pages) - counts["unchanged"] - ours
        self.stdout.write(
            f"{counts['pages']} pages: {revisions} {word}, {counts['unchanged']} unchanged, {counts['skipped']} left out."
        )
        if plan.notes:
            self.stdout.write(
                f"{counts['notes']} local notes {word} beside their pages, "
                f"{counts['notes_left_out']} left out because their pages are not here."
            )
        self._say_of_ours(plan, counts)
        for title, lines in losses.items():
            self.stdout.write("\n".join([f"  {title}", *(f"    {line}" for line in lines)]))
        if applied:
            self.stdout.write(f"Read it at {settings.ADDRESS}/m/{options['manual']}/")

    def _say_of_ours(self, plan: Plan, counts: dict[str, Any]) -> None:
        """Pages that people here decided on: left to them, or put to them."""
        if counts["own_waiting"]:
            self.stdout.write(f"{counts['own_waiting']} put forward, waiting to be agreed.")
        if counts["own_kept"]:
            self.stdout.write(f"{counts['own_kept']} left as people here have them; --over-own takes the file's text:")
            for page in plan.ours:
                self.stdout.write(f"  {page.document.title}: {doing_words(page.doing)}")


def _require_one_yes(manual: Manual) -> None:
    """A command acts for nobody, and a draft that a team is to agree is somebody's."""
    if yeses_needed(manual) > 1:
        raise CommandError(
            f"A change of “{manual.title}” needs more than one yes: bring the file in on screen, where you choose page "
            "by page and your name stands with each draft. Nothing was changed."
        )


def _chosen(plan: Plan) -> frozenset[UUID]:
    return frozenset(page.edition_id for page in plan.ours if page.edition_id)


def _existing(slug: str) -> Manual:
    manual = manual_named(slug)
    if manual is None:
        raise CommandError(f"There is no manual “{slug}” to import over. Import that one first.")
    return manual


def _new(options: dict[str, Any], library: Library, over: Manual | None) -> Manual:
    """In a demo, where anyone may come in anyway, a new manual is open to all; elsewhere to those who are signed in."""
    organisation = organisation_named(LIBRARY) or make_organisation(name="Library", slug=LIBRARY)
    default = Audience.PUBLIC if settings.DEMO else Audience.COMMUNITY
    return new_manual(
        organisation_id=organisation.pk,
        title=options["title"] or library.title or options["manual"].replace("-", " ").capitalize(),
        slug=options["manual"],
        kind=Kind.ORGANISATION if over else Kind.CORE,
        audience=Audience(options["audience"] or default),
    )


class _Bar:
    """A progress bar on what takes longer than two seconds, where a person is looking."""

    def __init__(self, *, hidden: bool) -> None:
        self.started, self.hidden = time.monotonic(), hidden or not sys.stderr.isatty()

    def show(self, done: int, total: int) -> None:
        if self.hidden or time.monotonic() - self.started < 2:
            return
        full = 30 * done // max(total, 1)
        end = "\n" if done == total else ""
        sys.stderr.write(f"\r[{'#' * full}{'.' * (30 - full)}] {done}/{total}{end}")
