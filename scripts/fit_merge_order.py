"""Learns the order of prepared texts from recorded merges: `python scripts/fit_merge_order.py FILE.jsonl.gz …`.

Each line of a file is a case with the keys base, ours, theirs and human (what people kept). Writes
`src/fieldcraft/engine/prose/merging/weights.py`; the same files give the same weights.
"""

import gzip
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from fieldcraft.engine.prose.merging.learning import Recorded, examples, fit
from fieldcraft.engine.prose.merging.regions import Three

WEIGHTS = Path(__file__).parents[1] / "src/fieldcraft/engine/prose/merging/weights.py"
HEAD = '"""How much each feature of a text speaks for it. Made by `scripts/fit_merge_order.py`; do not edit."""\n\n'


def main(files: Sequence[Path]) -> None:
    """Fits the weights to all cases of the files and writes them."""
    found = list(examples(recorded(files)))
    weights = fit(found[0][0], [example for _names, example in found])
    lines = "".join(f'    "{name}": {weight},\n' for name, weight in weights.items())
    WEIGHTS.write_text(f"{HEAD}WEIGHTS = {{\n{lines}}}\n", encoding="utf-8")
    print(f"{len(found)} stretches → {WEIGHTS.name}\n{lines}", end="")


def recorded(files: Sequence[Path]) -> Iterator[Recorded]:
    """The cases of the files."""
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                case = json.loads(line)
                yield Recorded(Three(case["base"], case["ours"], case["theirs"]), case["human"])


if __name__ == "__main__":
    main([Path(word) for word in sys.argv[1:]])
