"""Combining pages, measured on recorded merges: `python -m bench.merging`.

Beside it in the same run: git's merge by line, a merge by word that keeps ours where it does not settle, and five fixed
texts for each place that git leaves open. White space does not count where pages are compared, but for silent ones.
"""

import gzip
import json
import random
import re
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import LCSseq

from fieldcraft.engine.prose.merge import Kind, Region, is_silent, merge, text_of
from fieldcraft.engine.prose.merging.learning import Recorded, examples, fit, reached
from fieldcraft.engine.prose.merging.lines import by_line
from fieldcraft.engine.prose.merging.page import page_regions
from fieldcraft.engine.prose.merging.regions import SILENT, Three
from fieldcraft.engine.prose.merging.words import both_edits

CORPORA = Path(__file__).parents[2] / "shared/corpora/merges"
_MARKED = re.compile(r"^<{7} [^\n]*\n(.*?)^={7}\n(.*?)^>{7} [^\n]*\n", re.DOTALL | re.MULTILINE)
_MARKERS = re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE)
_ROWS = (
    "pages that git combines",
    "… silent here, with the same text",
    "… of these equal to the record",
    "pages that git leaves open",
    "… silent here",
    "… first texts give the record",
    "… the same, weights learnt from the other repositories",
    "… one of each region's first five gives it",
    "… any words at all where git leaves it open would",
    "… by word where it settles, else ours",
    "… five fixed texts for each place of git",
)


@dataclass(frozen=True, slots=True)
class Case:
    """A recorded merge, and what git makes of it."""

    repository: str
    texts: Three
    record: str
    by_git: str
    git_settles: bool


def main() -> None:
    """Prints everything as Markdown."""
    files = sorted(CORPORA.glob("*.jsonl.gz"))
    if files:
        _recorded({file.name.removesuffix(".jsonl.gz"): list(_cases(file)) for file in files})
    else:
        print("Recorded merges are not at hand (../shared/corpora/merges is absent), so their figures are left out.\n")
    _times()
    _fuzzed(10_000)


def _cases(file: Path) -> Iterator[Case]:
    with gzip.open(file, "rt", encoding="utf-8") as lines, tempfile.TemporaryDirectory() as place:
        for line in lines:
            case = json.loads(line)
            texts = Three(case["base"], case["ours"], case["theirs"])
            page, settles = _git(Path(place), texts)
            yield Case(file.name, texts, case["human"], page, settles)


def _git(place: Path, texts: Three) -> tuple[str, bool]:
    for name in ("base", "ours", "theirs"):
        (place / name).write_bytes(getattr(texts, name).encode())
    command = ["git", "merge-file", "-p", "-q", "ours", "base", "theirs"]
    done = subprocess.run(command, cwd=place, capture_output=True, check=False)
    return done.stdout.decode(), done.returncode == 0


def _recorded(repositories: Mapping[str, Sequence[Case]]) -> None:
    columns = {}
    for name, cases in repositories.items():
        others = [case for other, them in repositories.items() if other != name for case in them]
        columns[name] = _figures(cases, _learnt(others))
    total: Counter[str] = sum(columns.values(), Counter())
    print(f"### Combining recorded merges\n\n| | {' | '.join(columns)} | all |\n|---|{'---|' * (len(columns) + 1)}")
    for row in _ROWS:
        print(f"| {row} | {' | '.join(str(column[row]) for column in columns.values())} | {_share(total, row)} |")
    print(f"\n{_reading(total)}\n", flush=True)


def _learnt(cases: Iterable[Case]) -> Mapping[str, float]:
    found = list(examples(Recorded(case.texts, case.record) for case in cases))
    return fit(found[0][0], [example for _names, example in found])


def _share(total: Counter[str], row: str) -> str:
    of = _ROWS[0] if _ROWS.index(row) < 3 else _ROWS[3]
    return str(total[row]) if row == of else f"{total[row]} ({100 * total[row] / max(1, total[of]):.1f} %)"


def _reading(total: Counter[str]) -> str:
    git = max(1, total["shown by git"])
    return (
        f"To read where git leaves pages open: git shows {git:,} signs between its markers; here the open regions hold "
        f"{total['shown']:,} ({100 * total['shown'] / git:.0f} %), {total['different']:,} of them different on the two "
        f"sides ({100 * total['different'] / git:.1f} %). Where ours was rewritten, only what theirs changed is to be "
        f"read: with that, {total['to read']:,} ({100 * total['to read'] / git:.1f} %)."
    )


def _figures(cases: Iterable[Case], weights: Mapping[str, float]) -> Counter[str]:
    found: Counter[str] = Counter()
    for case in cases:
        regions = page_regions(case.texts)
        if case.git_settles:
            same = is_silent(regions) and text_of(regions) == case.by_git
            found.update(dict(zip(_ROWS[:3], (1, same, same and text_of(regions) == case.record), strict=True)))
        else:
            found.update(_open_page(case, regions, weights))
    return found


def _open_page(case: Case, regions: list[Region], weights: Mapping[str, float]) -> dict[str, int]:
    record = _bare(case.record)
    told = (
        1,
        is_silent(regions),
        _bare(text_of(regions)) == record,
        _bare(text_of(page_regions(case.texts, weights))) == record,
        _can_be(record, [[one.text for one in region.alternatives[:5]] for region in regions]),
        _any_words_give(record, by_line(case.texts)),
        _bare(_by_word(case.texts)) == record,
        _can_be(record, [_five(stretch) for stretch in by_line(case.texts)]),
    )
    shown = [region for region in regions if region.kind not in SILENT]
    return {
        **dict(zip(_ROWS[3:], map(int, told), strict=True)),
        "shown": sum(len(one.ours) + len(one.theirs) for one in shown),
        "different": sum(_different(one.ours, one.theirs) for one in shown),
        "to read": sum(_different(one.base if one.kind is Kind.FAR else one.ours, one.theirs) for one in shown),
        "shown by git": sum(len(ours) + len(theirs) for ours, theirs in _MARKED.findall(case.by_git)),
    }


def _bare(text: str) -> str:
    return "".join(text.split())


def _can_be(record: str, choices: Iterable[Iterable[str]]) -> bool:
    places = {0}
    for texts in choices:
        places = reached(record, places, {_bare(text) for text in texts})
    return len(record) in places


def _any_words_give(record: str, stretches: Iterable[Three]) -> bool:
    """Whether the record has all that git settles, in order, and beside it only words where git leaves it open."""
    runs = [""]
    for one in stretches:
        runs = [*runs, ""] if one.changed_by_both else [*runs[:-1], runs[-1] + _bare(one.settled)]
    at = len(runs[0])
    for run in runs[1:-1]:
        found = record.find(run, at)
        if found < 0:
            return False
        at = found + len(run)
    return record.startswith(runs[0]) and record.endswith(runs[-1]) and at + len(runs[-1]) <= len(record)


def _by_word(texts: Three) -> str:
    return "".join(
        (both_edits(stretch) or stretch.ours) if stretch.changed_by_both else stretch.settled
        for stretch in by_line(texts)
    )


def _five(stretch: Three) -> list[str]:
    if not stretch.changed_by_both:
        return [stretch.settled]
    ours, theirs = stretch.ours, stretch.theirs
    return [both_edits(stretch) or ours, ours, theirs, ours + theirs, theirs + ours]


def _different(ours: str, theirs: str) -> int:
    mine, yours = (re.findall(r"\w+|\s+|[^\w\s]", text) for text in (ours, theirs))
    steps = [step for step in LCSseq.opcodes(mine, yours) if step.tag == "equal"]
    return len(ours) + len(theirs) - 2 * sum(len("".join(mine[one.src_start : one.src_end])) for one in steps)


def _times() -> None:
    chance = random.Random(4)
    words = ["".join(chance.choices("abcdefghijklmnop", k=chance.randint(2, 9))) for _word in range(3000)]
    pages = {
        f"{count:,} words, half of the paragraphs edited": _page(count, words, chance) for count in (20_000, 200_000)
    }
    long = " ".join(chance.choices(words, k=20_000))
    pages["one paragraph of 20,000 words, both sides edited"] = Three(
        long, *(_worded(long, 0.3, words, chance) for _ in "ot")
    )
    equal = "same\n" * 2500
    pages["5,000 equal lines"] = Three(equal * 2, f"{equal}x\n{equal}", f"{equal}{equal[:-500]}y\n")
    print("### Seconds of the processor to combine\n\n| | s |\n|---|---|")
    for name, texts in pages.items():
        started = time.process_time()
        merge(texts.base, texts.ours, texts.theirs)
        print(f"| {name} | {time.process_time() - started:.2f} |", flush=True)
    print()


def _page(count: int, words: Sequence[str], chance: random.Random) -> Three:
    paragraphs = [" ".join(chance.choices(words, k=80)) for _paragraph in range(count // 80)]
    sides = [
        [_worded(one, 0.05, words, chance) if chance.random() < 0.5 else one for one in paragraphs] for _side in "ot"
    ]
    return Three(*("\n\n".join(one) + "\n" for one in (paragraphs, *sides)))


def _worded(text: str, share: float, words: Sequence[str], chance: random.Random) -> str:
    return " ".join(chance.choice(words) if chance.random() < share else word for word in text.split(" "))


def _fuzzed(count: int) -> None:
    chance = random.Random(11)
    broken = [three for three in (_triple(chance) for _case in range(count)) if not _holds(three)]
    print(f"{count:,} fuzzed triples: {len(broken)} broke a law.", *map(repr, broken[:3]), sep="\n", flush=True)


def _triple(chance: random.Random) -> Three:
    pieces = [
        "a ",
        "b. ",
        "not ",
        "5 mg ",
        "\n",
        "\n\n",
        "- x\n",
        "| a | b |\n",
        "```\n",
        "---\n",
        "t: 1\n",
        "> ",
        "é ",
        "\r\n",
        "\t",
    ]
    base = chance.choices(pieces, k=chance.randint(0, 25))
    if chance.random() < 0.2:
        base = ["---\n", "tags: [a, b]\n", "modified: 2024-01-01\n", "---\n", *base]
    return Three(*("".join(one) for one in (base, _other(base, pieces, chance), _other(base, pieces, chance))))


def _other(base: Sequence[str], pieces: Sequence[str], chance: random.Random) -> list[str]:
    side = list(base)
    for _edit in range(chance.randint(0, 5)):
        at = chance.randint(0, len(side))
        side[at : at + chance.randint(0, 3)] = chance.choices(pieces, k=chance.randint(0, 2))
    return side


def _holds(texts: Three) -> bool:
    regions = merge(texts.base, texts.ours, texts.theirs)
    page = text_of(regions)
    whole = all(
        "".join(getattr(one, side) for one in regions) == getattr(texts, side) for side in ("base", "ours", "theirs")
    )
    turned = merge(texts.base, texts.theirs, texts.ours)
    return (
        whole
        and not _MARKERS.search(page)
        and is_silent(turned) == is_silent(regions)
        and (not is_silent(regions) or text_of(turned) == page)
        and text_of(merge(texts.base, page, texts.base)) == page
        and text_of(merge(texts.base, page, page)) == page
    )


if __name__ == "__main__":
    main()
