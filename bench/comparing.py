"""Comparing two texts of 2,000 words: `python -m bench.comparing`.

By itself, what a screen shows of two texts; then the whole screen through `fieldcraft up`, asked for by somebody who is
signed in: a team's page beside the core's that it covers. The words are the sample's, the edits drawn from a fixed seed.
Recorded edits are measured too, where `../shared/corpora/merges` is.
"""

import gc
import gzip
import json
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench import ours
from bench.merging import CORPORA
from bench.serving import fieldcraft, load, text_at, without_wrk
from bench.worlds import _django
from fieldcraft.engine.formats.markdown import split

SAMPLE = Path(__file__).parents[1] / "src/fieldcraft/shell/sample/core"
WORDS, TIMES, REACH = 2_000, 30, 100
TITLES = {"every third paragraph edited": "Edited", "written anew": "Written anew"}


def cases() -> dict[str, tuple[str, str]]:
    """A text and what became of it: as a team would edit it, and two texts that share nothing but their language."""
    texts = [file.read_text() for file in sorted(SAMPLE.rglob("*.md"))]
    old, other = _long(texts), _long(texts[::-1])
    return dict(zip(TITLES, ((old, _edited(old, other, random.Random(7))), (old, other)), strict=True))


def _long(texts: Sequence[str]) -> str:
    """As many whole paragraphs of these pages as have 2,000 words."""
    found: list[str] = []
    count = 0
    for paragraph in "\n\n".join(text.strip() for text in texts).split("\n\n"):
        if count >= WORDS:
            break
        found.append(paragraph)
        count += len(paragraph.split())
    return "\n\n".join(found) + "\n"


def _edited(text: str, other: str, chance: random.Random) -> str:
    """Every third paragraph with words replaced, a sentence more, or one less; one paragraph moved, one new, one gone."""
    paragraphs, strange = text.strip().split("\n\n"), other.strip().split("\n\n")
    said = [sentence for each in strange for sentence in each.split(". ") if len(sentence.split()) > 5]
    for at in range(0, len(paragraphs), 3):
        paragraphs[at] = _touched(paragraphs[at], chance.choice(said), at // 3 % 3, chance)
    paragraphs.insert(4, paragraphs.pop(chance.randrange(10, len(paragraphs))))
    paragraphs[chance.randrange(10, len(paragraphs))] = chance.choice(strange)
    del paragraphs[chance.randrange(10, len(paragraphs))]
    return "\n\n".join(paragraphs) + "\n"


def _touched(paragraph: str, sentence: str, way: int, chance: random.Random) -> str:
    sentences = paragraph.split(". ")
    if way == 0:
        return f"{paragraph} {sentence}."
    if way == 1 and len(sentences) > 1:
        return ". ".join(sentences[1:])
    words = paragraph.split(" ")
    for at in chance.sample(range(len(words)), max(1, len(words) // 8)):
        words[at] = chance.choice(sentence.split())
    return " ".join(words)


def by_itself(old: str, new: str, times: int = TIMES) -> float:
    """Median milliseconds to make what the screen shows, in this process."""
    from fieldcraft.ui.compare import compared

    taken = []
    for _again in range(times + 1):
        started = time.perf_counter()
        compared(old, new)
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken[1:])


def recorded() -> str:
    """The same for every page of 1,500 to 2,500 words that somebody changed in a recorded repository, each once."""
    edits = list(_recorded_edits())
    _as_in_a_server()
    taken = sorted(by_itself(old, new, 1) for old, new in edits)
    if not taken:
        return "not measured: no recorded edits are at hand (../shared/corpora/merges is absent)"
    slowest = f"p95 {taken[int(len(taken) * 0.95)]:.1f} ms, slowest {taken[-1]:.1f} ms"
    return f"p50 {statistics.median(taken):.1f} ms, {slowest} of {len(taken)}"


def _as_in_a_server() -> None:
    """What is there for good is not searched for waste again and again, as in `fieldcraft up`; here it is the edits, too."""
    gc.collect()
    gc.freeze()


def _recorded_edits() -> Iterator[tuple[str, str]]:
    seen: set[tuple[str, str]] = set()
    for file in sorted(CORPORA.glob("*.jsonl.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for case in map(json.loads, lines):
                base, *sides = (split(case[name])[1] for name in ("base", "ours", "theirs"))
                seen |= {(base, side) for side in sides if base != side and _is_long(base) and _is_long(side)}
    yield from seen


def _is_long(text: str) -> bool:
    return WORDS * 0.75 <= len(text.split()) <= WORDS * 1.25


def on_screen(home: Path, texts: dict[str, tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Each pair as a page of a core and a team's own text of it, on the screen that compares them."""
    for side, folder in enumerate(("core", "team")):
        (home.parent / folder).mkdir()
        for name, pair in texts.items():
            (home.parent / folder / f"{TITLES[name]}.md").write_text(f"---\ntitle: {TITLES[name]}\n---\n{pair[side]}")
    ours.seconds_to_import(home, home.parent / "core", "core")
    ours.world(home, "over", "core", "1")
    ours.seconds_to_import(home, home.parent / "team", "team-0")
    with fieldcraft(home) as (address, _pid):
        cookie = {"Cookie": ours.entered(address)}
        for name in texts:
            url = f"{address}{ours.TEAM}p/{TITLES[name].lower().replace(' ', '-')}/compare/"
            assert "<ins" in text_at(url, cookie)
            figure = load(url, headers=cookie)
            yield name, f"{figure} (p95 {figure.p95:.1f} ms)"


def main(home: Path) -> None:
    """Prints a Markdown table."""
    _django(str(home))
    texts = cases()
    _as_in_a_server()
    print(f"| two texts of {WORDS:,} words | | to reach |\n|---|---|---|", flush=True)
    for name, (old, new) in texts.items():
        print(f"| what the screen shows, {name} | {by_itself(old, new):.1f} ms | < {REACH} ms |", flush=True)
    print(f"| … recorded edits | {recorded()} | < {REACH} ms |", flush=True)
    if missing := without_wrk():
        print(f"\nThe whole screen is left out: {missing}.", flush=True)
        return
    for name, told in on_screen(home, texts):
        print(f"| the whole screen, signed in, {name} | {told} | < {REACH} ms |", flush=True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        main(Path(folder) / "home")
