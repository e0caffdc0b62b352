"""`fieldcraft export`: a manual as Markdown, TiddlyWiki, one HTML file, or its whole history."""

import json
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, assert_never

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from fieldcraft.engine.formats.export.history import history_json
from fieldcraft.engine.formats.export.zipped import zipped
from fieldcraft.manual.queries.export.formats import (
    Extent,
    Format,
    book_of,
    markdown_of,
    wiki_list_of,
    wiki_page_of,
)
from fieldcraft.manual.queries.export.history import whole_history
from fieldcraft.manual.queries.resolve import Stack, stack_named


class Command(BaseCommand):
    """Exports as the screen does, with the rights of whoever runs this installation."""

    help = "Write a manual out: Markdown files, TiddlyWiki, one HTML file, or JSON with the whole history."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("manual", metavar="SLUG")
        parser.add_argument("--format", required=True, choices=[each.value for each in Format])
        parser.add_argument(
            "out", metavar="OUT", type=Path, help="a new or empty folder or a .zip for markdown; else a file"
        )
        parser.add_argument("--own", action="store_true", help="only what the manual itself holds")
        parser.add_argument("--force", action="store_true", help="write over the file that is at OUT")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, manual: str, out: Path, own: bool, force: bool, **options: Any) -> None:
        call_command("ready")
        stack = stack_named(manual)
        if stack is None:
            raise CommandError(f"There is no manual “{manual}”.")
        files = _files(stack, Format(options["format"]), Extent.OWN if own else Extent.AS_READ, out)
        try:
            _write(out, files, may_replace=force)
        except OSError as problem:
            raise CommandError(f"It could not be written to “{out}”: {problem.strerror}.") from None
        self._say(manual, out, files, options)

    def _say(self, manual: str, out: Path, files: dict[str, bytes], options: dict[str, Any]) -> None:
        size = sum(len(content) for content in files.values())
        if options["json"]:
            told = {"manual": manual, "format": options["format"], "out": str(out), "files": len(files), "bytes": size}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        self.stdout.write(f"{len(files)} {'file' if len(files) == 1 else 'files'}, {size:,} bytes, in {out}")


def _files(stack: Stack, chosen: Format, extent: Extent, out: Path) -> dict[str, bytes]:
    """By their paths below `out`; the one file that is `out` itself has the path ""."""
    match chosen:
        case Format.MARKDOWN:
            files = markdown_of(stack, extent)
            return {"": zipped(files)} if out.suffix.lower() == ".zip" else files
        case Format.TIDDLYWIKI:
            make = wiki_list_of if out.suffix.lower() == ".json" else wiki_page_of
            return {"": make(stack, extent)}
        case Format.HTML:
            return {"": book_of(stack, extent)}
        case Format.JSON:
            return {"": history_json(whole_history(stack.manual))}
    assert_never(chosen)


def _write(out: Path, files: dict[str, bytes], *, may_replace: bool) -> None:
    if "" in files:
        _write_file(out, files[""], may_replace=may_replace)
        return
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise CommandError(f"“{out}” is there already. Name a new or an empty folder, so that nothing is mixed up.")
    for path, content in files.items():
        file = out / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def _write_file(out: Path, content: bytes, *, may_replace: bool) -> None:
    if out.is_dir():
        raise CommandError(f"“{out}” is a folder. Name the file to write.")
    if not may_replace and os.path.lexists(out):
        raise CommandError(f"“{out}” is there already. Name another file, or add --force to write over this one.")
    out.parent.mkdir(parents=True, exist_ok=True)
    own = out.with_name(f".{out.name}.new")
    own.write_bytes(content)
    own.replace(out)
