"""Fieldcraft measured: reading, searching, importing, many teams, memory."""

import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse
from collections.abc import Sequence
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.request import HTTPCookieProcessor, Request, build_opener, urlopen

from bench.serving import Load, fieldcraft, load, memory, text_at

TEAM = "/m/team-0/"
PAGE = f"{TEAM}p/tiddlers/"
COMMON, RARE = "the", "encryption"


def command(home: Path, *words: str) -> str:
    """The `fieldcraft` command on this home."""
    environment = {**os.environ, "FIELDCRAFT_HOME": str(home), "FIELDCRAFT_DEMO": "yes"}
    done = subprocess.run(
        [sys.executable, "-m", "fieldcraft", *words], env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout


def world(home: Path, *words: str) -> str:
    """A step of `bench.worlds` on this home."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.worlds", str(home), *words], check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def seconds_to_import(home: Path, source: Path, slug: str) -> float:
    started = time.perf_counter()
    command(home, "import", str(source), "--manual", slug, "--json")
    return time.perf_counter() - started


def reading(home: Path, page: str = PAGE) -> dict[str, Load | float]:
    """Through three layers: pages signed out, signed in and asked again; contents, searches; memory afterwards."""
    with fieldcraft(home) as (address, pid):
        cookie = {"Cookie": entered(address)}
        tag = {**cookie, "If-None-Match": _tag(f"{address}{page}", cookie)}
        figures: dict[str, Load | float] = {
            "read, signed out": load(f"{address}{page}"),
            "read, signed in": load(f"{address}{page}", headers=cookie),
            "read again, signed in (304)": load(f"{address}{page}", headers=tag),
            "contents, signed out": load(f"{address}{TEAM}"),
            "contents, signed in": load(f"{address}{TEAM}", headers=cookie),
            "search, common word": load(f"{address}{TEAM}search/?q={COMMON}"),
            "search, rare word": load(f"{address}{TEAM}search/?q={RARE}"),
            "search, another word each time": _searches(address),
        }
        return {**figures, "memory, MB": memory(pid)}


def _searches(address: str) -> Load:
    """Words that nobody has asked for before, so that nothing is answered from memory."""
    letters = "abcdefghijklmnoprstuw"
    words = [f"{one}{two}{three}" for one in letters for two in letters for three in letters]
    return _in_turn(address, [f"{TEAM}search/?q={word}" for word in words])


def _in_turn(address: str, paths: Sequence[str]) -> Load:
    with tempfile.NamedTemporaryFile("w", suffix=".paths") as listed:
        listed.write("\n".join(paths))
        listed.flush()
        os.environ["PATHS"] = listed.name
        try:
            return load(address)
        finally:
            del os.environ["PATHS"]


def entered(address: str) -> str:
    """The session cookie of the sample person, entered as the screen does it."""
    jar = CookieJar()
    opener = build_opener(HTTPCookieProcessor(jar))
    home = opener.open(f"{address}/", timeout=30).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', home)
    person = re.search(r'name="person" value="([^"]+)"', home)
    assert token
    assert person
    form = {"csrfmiddlewaretoken": token[1], "person": person[1]}
    opener.open(f"{address}/enter/", urllib.parse.urlencode(form).encode(), timeout=30)
    return "; ".join(f"{each.name}={each.value}" for each in jar)


def _tag(url: str, headers: dict[str, str]) -> str:
    with urlopen(Request(url, headers=headers), timeout=30) as answer:
        return str(answer.headers["ETag"])


def first_visit(home: Path, page: str = PAGE) -> float:
    """kB over the wire for a page with its style and fonts, gzip where the server gives it."""
    with fieldcraft(home) as (address, _pid):
        html = text_at(f"{address}{page}")
        style = re.search(r'href="(/static/ui/fieldcraft[^"]+css)"', html)
        assert style
        css = text_at(f"{address}{style[1]}")
        fonts = re.findall(r'url\("([^"]+(?:literata-latin-wght-normal|next-latin-wght-normal)[^"]*woff2)"\)', css)
        wanted = [page, style[1], *(f"/static/ui/{font}" for font in fonts)]
        return sum(_weight(f"{address}{path}") for path in wanted) / 1000


def _weight(url: str) -> int:
    with urlopen(Request(url, headers={"Accept-Encoding": "gzip"}), timeout=30) as answer:
        return len(answer.read()) + sum(len(name) + len(value) + 4 for name, value in answer.headers.items())


def teams_in_turn(home: Path, teams: int, part: str) -> Load:
    """The same core page, asked for through each team's manual in turn."""
    paths = [f"/m/team-{number}/{part}" for number in range(teams)]
    with fieldcraft(home) as (address, _pid):
        for _again in range(4):  # so that both server processes have met every team
            for path in paths:
                text_at(f"{address}{path}")
        return _in_turn(address, paths)
