"""Every page of the rooms theory and together on a filled organisation, p50 of 30: `python -m bench.theory pages`.

Run in a process of its own, since a home is chosen when Django starts: `python -m bench.theory_pages HOME`.
Measured with Django's test client on SQLite, in one process, signed in as the convenor, who sees most.
"""

import gc
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from typing import Any

TIMES, REACH = 30, 20.0
SENT_TO = {"theory:picture-move", "theory:loop-name", "theory:theory-start"}  # they answer what is sent alone
WITH_TEXTS = {"theory:claim-compare"}  # among the variants, which say which two texts


def pages() -> None:
    """In a home that is thrown away."""
    with tempfile.TemporaryDirectory() as home:
        subprocess.run([sys.executable, "-m", "bench.theory_pages", home], check=True)


def measure(home: str) -> None:
    """Fill the organisation, ask for every page, print the table."""
    from bench.worlds import _django

    _django(home)
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False)
    from bench.theory_filled import CLAIMS, CONDITIONS, OFFERINGS, PEOPLE, WINDOWS, filled

    made = filled()
    print(
        f"### Pages: {PEOPLE} people, {CLAIMS} claims, {CONDITIONS} conditions, {OFFERINGS} offerings, {WINDOWS} windows\n"
    )
    print("| page | p50, ms | p95, ms | kB |\n|---|---|---|---|", flush=True)
    client = _client(made["convenor"])
    gc.collect()
    gc.freeze()  # as a server's processes do before their first request
    worst = 0.0
    for name, address in _addresses(made):
        p50, line = _line(client, name, address)
        worst = max(worst, p50)
        print(line, flush=True)
    print(f"\nslowest: {worst:.1f} ms; to reach: {REACH:g} ms\n", flush=True)


def _client(person: Any) -> Any:
    from django.test import Client

    client = Client(HTTP_HOST="localhost")
    client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def _line(client: Any, name: str, address: str) -> tuple[float, str]:
    answer = client.get(address)
    if answer.status_code not in (200, 302):
        raise RuntimeError(f"{address} answers {answer.status_code}")
    times = []
    for _again in range(TIMES):
        began = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - began) * 1000)
    p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    mark = " **too slow**" if p50 > REACH else ""
    return p50, f"| {name}{mark} | {p50:.1f} | {p95:.1f} | {len(answer.content) / 1000:.0f} |"


def _addresses(made: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every address of the two rooms that can be read, and the longest variants of some of them."""
    from django.urls import get_resolver, reverse

    resolver = get_resolver()
    for room in ("theory", "together"):
        _prefix, within = resolver.namespace_dict[room]
        for pattern in within.url_patterns:
            name = f"{room}:{pattern.name}"
            if name in SENT_TO | WITH_TEXTS:
                continue
            for kind in made["kinds"] if "kind" in pattern.pattern.converters else (None,):
                names = pattern.pattern.converters
                given = {key: kind if key == "kind" else _argument(made, name, key) for key in names}
                label = f"{name} ({kind})" if kind else name
                yield label, reverse(name, kwargs=given)
    for label, name, given, asked in made["variants"]:
        yield label, f"{reverse(name, kwargs=given)}?{asked}"


def _argument(made: Mapping[str, Any], name: str, key: str) -> Any:
    return made["arguments"].get((name, key), made["arguments"].get(key))


if __name__ == "__main__":
    measure(sys.argv[1])
