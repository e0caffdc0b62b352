"""Reading and searching a large imported manual over HTTP, with wrk: `python bench/reading.py FOLDER`.

FOLDER is a handbook to import, for example a TiddlyWiki's folder of tiddlers. Prints one line a figure: medians of
three runs of four seconds, two server processes, on this machine. wrk comes from Debian's packages.
"""

import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

SECONDS, RUNS = 4, 3


def main(folder: str) -> None:
    with tempfile.TemporaryDirectory() as home:
        port = _free_port()
        environment = {**os.environ, "FIELDCRAFT_HOME": home, "FIELDCRAFT_DEMO": "yes"}
        environment["FIELDCRAFT_ADDRESS"] = address = f"http://localhost:{port}"
        for again in ("first", "again"):
            started = time.perf_counter()
            _fieldcraft(environment, "import", folder, "--manual", "bench", "--json")
            print(f"import, {again}: {time.perf_counter() - started:.1f} s")
        server = subprocess.Popen([sys.executable, "-m", "fieldcraft", "up", "--port", str(port)], env=environment)
        try:
            _measure(address, server.pid)
        finally:
            server.terminate()
            server.wait(timeout=20)


def _fieldcraft(environment: dict[str, str], *words: str) -> None:
    subprocess.run([sys.executable, "-m", "fieldcraft", *words], env=environment, check=True, stdout=subprocess.DEVNULL)


def _measure(address: str, pid: int) -> None:
    for _attempt in range(100):
        try:
            contents = urllib.request.urlopen(f"{address}/m/bench/index/", timeout=20).read().decode()
            break
        except OSError:
            time.sleep(0.3)
    page = re.findall(r'href="(/m/bench/p/[^"]+)"', contents)[5]
    print("read, signed out:", _wrk(f"{address}{page}"))
    print("contents:", _wrk(f"{address}/m/bench/"))
    print("search, common word:", _wrk(f"{address}/m/bench/search/?q=the"))
    print("search, rare word:", _wrk(f"{address}/m/bench/search/?q=encryption"))
    print(f"memory of all processes (PSS): {_memory(pid):.0f} MB")


def _wrk(url: str) -> str:
    alone = [_run(url, 1) for _ in range(RUNS)]
    together = [_run(url, 8) for _ in range(RUNS)]
    latency, throughput = statistics.median(row[0] for row in alone), statistics.median(row[1] for row in together)
    return f"p50 {latency:.2f} ms alone, {throughput:.0f} a second at 8 connections"


def _run(url: str, connections: int) -> tuple[float, float]:
    words = ["wrk", "-t1", f"-c{connections}", f"-d{SECONDS}s", "--latency", url]
    out = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    assert "Non-2xx" not in out, out
    value, unit = re.search(r"50%\s+([\d.]+)(us|ms|s)", out).groups()  # type: ignore[union-attr]
    rate = re.search(r"Requests/sec:\s+([\d.]+)", out)
    return float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit], float(rate[1]) if rate else 0.0


def _memory(pid: int) -> float:
    """Proportional set size of a process and all below it, in MB."""
    found, total = [pid], 0
    for each in found:
        found += [int(child) for child in Path(f"/proc/{each}/task/{each}/children").read_text().split()]
        total += int(re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{each}/smaps_rollup").read_text(), re.M)[1])  # type: ignore[index]
    return total / 1024


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


if __name__ == "__main__":
    main(sys.argv[1])
