"""`fieldcraft merge`: three texts become one, for people, for programs and for git. Needs no database."""

import argparse
import gzip
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from fieldcraft.engine.prose.merge import Kind, Region, is_silent, merge, text_of
from fieldcraft.engine.prose.render import with_markers
from fieldcraft.errors import Invalid

SILENT, FOR_A_PERSON, BAD_INPUT = 0, 1, 2
_SHOWN = 70
_ASKS = {
    Kind.SUGGESTION: "both sides changed this; read what is suggested",
    Kind.CHOICE: "both sides changed the same words; choose one",
    Kind.FAR: "ours was rewritten and stays; read what changed in theirs",
}
_EXAMPLES = """Exit code 0 when nothing needs a person, 1 when something does, 2 when the files cannot be read.

  fieldcraft merge BASE OURS THEIRS             the combined page; what to read is said beside it
  fieldcraft merge --write %O %A %B             as a merge driver of git, see docs/how-to/merge-driver.md
  fieldcraft merge --cases CASES.jsonl.gz       a line of JSON for each case with path, base, ours, theirs"""


def main(words: Sequence[str]) -> int:
    """Runs the command. Returns the exit code; what is wrong with the files is said in a sentence."""
    options = _parser().parse_args(words)
    try:
        return _cases(options.cases) if options.cases else _files(options)
    except Invalid as problem:
        print(problem, file=sys.stderr)
        return BAD_INPUT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="fieldcraft merge", epilog=_EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "files", nargs="*", metavar="BASE OURS THEIRS", help="the page before, and as both sides have it"
    )
    parser.add_argument("--json", action="store_true", help="a line of JSON instead of the page")
    parser.add_argument("--write", action="store_true", help="write the page over OURS instead of printing it")
    parser.add_argument("--markers", action="store_true", help="put git's markers where a person is needed")
    parser.add_argument("--cases", metavar="FILE", help="cases in a .jsonl or .jsonl.gz file")
    return parser


_THREE_FILES = (
    "Give three files: the page before, ours and theirs."  # as all of this command, which starts without Django
)


def _files(options: argparse.Namespace) -> int:
    if len(options.files) != 3:
        raise Invalid(_THREE_FILES)
    base, ours, theirs = (_text(Path(name)) for name in options.files)
    regions = merge(base, ours, theirs)
    if options.json:
        print(_line(options.files[1], regions))
        return SILENT if is_silent(regions) else FOR_A_PERSON
    marked = options.markers and not is_silent(regions)
    _give(with_markers(base, ours, theirs) if marked else text_of(regions), options)
    for sentence in _to_read(regions):
        print(sentence, file=sys.stderr)
    return SILENT if is_silent(regions) else FOR_A_PERSON


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise Invalid(f"{path} cannot be read: {problem.strerror or problem}.") from problem
    if b"\0" in content:
        raise Invalid(f"{path} is not a text, so it was left as it is.")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise Invalid(f"{path} is not a text in UTF-8, so it was left as it is.") from problem


def _give(page: str, options: argparse.Namespace) -> None:
    if options.write:
        Path(options.files[1]).write_bytes(page.encode("utf-8"))
        return
    sys.stdout.buffer.write(page.encode("utf-8"))
    sys.stdout.flush()


def _to_read(regions: Sequence[Region]) -> Iterator[str]:
    """What a person should read, a line for each place; lines are counted in the combined page."""
    line = 1
    for region in regions:
        best = region.alternatives[0].text
        if region.kind in _ASKS:
            flags = f" ({', '.join(region.flags)})" if region.flags else ""
            yield f"line {line}: {_ASKS[region.kind]}{flags}: {_short(best or region.base)}"
        line += best.count("\n")


def _short(text: str) -> str:
    words = " ".join(text.split())
    return f"“{words[:_SHOWN]}…”" if len(words) > _SHOWN else f"“{words}”"


def _cases(name: str) -> int:
    path, silent = Path(name), True
    try:
        with _opened(path) as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    silent = _case(line, f"{path}, line {number}") and silent
    except (OSError, EOFError, UnicodeDecodeError) as problem:
        raise Invalid(f"{path} cannot be read: {problem}.") from problem
    return SILENT if silent else FOR_A_PERSON


def _opened(path: Path) -> IO[str]:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def _case(line: str, place: str) -> bool:
    try:
        case: dict[str, Any] = json.loads(line)
        base, ours, theirs = (str(case[name]) for name in ("base", "ours", "theirs"))
    except (ValueError, KeyError, TypeError) as problem:
        raise Invalid(f"{place}: a case is a line of JSON with base, ours and theirs.") from problem
    regions = merge(base, ours, theirs)
    print(_line(str(case.get("path", "")), regions), flush=True)
    return is_silent(regions)


def _line(path: str, regions: Sequence[Region]) -> str:
    found = [
        {"kind": one.kind, "alternatives": [each.text for each in one.alternatives], "flags": list(one.flags)}
        for one in regions
    ]
    told = {"path": path, "silent": is_silent(regions), "text": text_of(regions), "regions": found}
    return json.dumps(told, ensure_ascii=False)
