"""Serving something and loading it with wrk: what all benchmarks share."""

import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SECONDS, RUNS = 4, 3


@dataclass(frozen=True)
class Load:
    """Medians of three runs: p50 and p95 in ms with one connection, answers a second with eight."""

    p50: float
    p95: float
    rate: float

    def __str__(self) -> str:
        return f"{self.p50:.2f} ms · {self.rate:,.0f}"


def without_wrk() -> str:
    """What is missing where nothing can be loaded, in a sentence; "" where wrk is here."""
    return "" if shutil.which("wrk") else "wrk is not here: apt-get install wrk"


def load(
    url: str, *, headers: Mapping[str, str] | None = None, script: Path | None = None, seconds: int = SECONDS
) -> Load:
    """Ask for one address (or those that a wrk script makes) for three times four seconds, alone and by eight."""
    alone = [_wrk(url, 1, headers, script, seconds) for _ in range(RUNS)]
    together = [_wrk(url, 8, headers, script, seconds) for _ in range(RUNS)]
    middle = statistics.median
    return Load(
        middle(run.p50 for run in alone), middle(run.p95 for run in alone), middle(run.rate for run in together)
    )


def _wrk(url: str, connections: int, headers: Mapping[str, str] | None, script: Path | None, seconds: int) -> Load:
    words = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout", "30s", url]
    words += [part for name, value in (headers or {}).items() for part in ("-H", f"{name}: {value}")]
    done = subprocess.run([*words, "-s", str(script or PERCENTILES)], capture_output=True, text=True, check=True)
    found = re.search(r"FIGURES ([\d.]+) ([\d.]+) ([\d.]+) (\d+)", done.stdout)
    if found is None or int(found[4]):
        raise RuntimeError(f"wrk did not get what it asked for at {url}:\n{done.stdout}")
    return Load(float(found[1]), float(found[2]), float(found[3]))


PERCENTILES = Path(__file__).parent / "percentiles.lua"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def text_at(url: str, headers: Mapping[str, str] | None = None) -> str:
    """The page, asked for until the server has started."""
    for _attempt in range(200):
        try:
            with urllib.request.urlopen(urllib.request.Request(url, headers=dict(headers or {})), timeout=30) as answer:
                return str(answer.read().decode(errors="replace"))
        except urllib.error.HTTPError:
            raise
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"Nothing answered at {url}.")


@contextmanager
def running(
    words: Sequence[str], *, environment: Mapping[str, str] | None = None, cwd: Path | None = None
) -> Iterator[int]:
    """A server for as long as the block lasts; gives its process id."""
    own = {**os.environ, **(environment or {})}
    server = subprocess.Popen(words, env=own, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield server.pid
    finally:
        server.terminate()
        server.wait(timeout=30)


@contextmanager
def fieldcraft(home: Path) -> Iterator[tuple[str, int]]:
    """Fieldcraft as `fieldcraft up` starts it, on a free port; gives its address and process id."""
    port = free_port()
    address = f"http://localhost:{port}"
    environment = {"FIELDCRAFT_HOME": str(home), "FIELDCRAFT_DEMO": "yes", "FIELDCRAFT_ADDRESS": address}
    environment["FIELDCRAFT_LIMITS_TIMES"] = "1000000"  # all of the load comes from one address
    with running([sys.executable, "-m", "fieldcraft", "up", "--port", str(port)], environment=environment) as pid:
        text_at(f"{address}/health/")
        yield address, pid


def memory(pid: int) -> float:
    """Proportional set size of a process and all below it, in MB."""
    found, total = [pid], 0
    for each in found:
        found += [int(child) for child in Path(f"/proc/{each}/task/{each}/children").read_text().split()]
        size = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{each}/smaps_rollup").read_text(), re.M)
        total += int(size[1]) if size else 0
    return total / 1024
