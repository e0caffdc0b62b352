"""Saving measured, and sixteen writers at once: `python -m bench.writing [SECONDS]`.

On PostgreSQL by putting `python scripts/with_postgresql.py` before it. Half of the writers write on a page of their own,
half on one page together. The core is the sample's; a page of theirs has some 150 words and grows to 1,000.
"""

import re
import statistics
import sys
import tempfile
import time
import urllib.parse
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from bench import ours
from bench.serving import fieldcraft

WRITERS, SECONDS, ALONE = 16, 60, 200
SAMPLE = Path(__file__).parents[1] / "src/fieldcraft/shell/sample/core"
TOGETHER = "page-of-writer-0"


@dataclass
class Writer:
    """Somebody who is signed in and writes on one page again and again.

    sentences: what was taken; refused: answers that were neither taken nor the two texts of two savers.
    """

    number: int
    address: str
    page: str
    cookies: dict[str, str] = field(default_factory=dict)
    sentences: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    second: int = 0
    longest: int = 6_000

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        line = HTTPConnection(urlsplit(self.address).netloc, timeout=60)
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        line.request(method, path, urllib.parse.urlencode(form or {}), headers)
        answer = line.getresponse()
        for value in answer.headers.get_all("Set-Cookie") or ():
            name, _equals, rest = value.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        body = answer.read().decode()
        line.close()
        return answer.status, body

    def enter(self) -> None:
        """As the screen of the sample community does it."""
        _status, home = self.ask("GET", "/")
        token = _value(home, "csrfmiddlewaretoken")
        card = home[home.index(f"Writer {self.number}<") :]
        person = re.search(r'name="person" value="([^"]+)"', card)
        assert person
        self.ask("POST", "/enter/", {"csrfmiddlewaretoken": token, "person": person[1]})

    def write(self) -> None:
        """Add a sentence to the page as it is; where somebody was quicker, to theirs."""
        sentence = f"Writer {self.number} wrote sentence {len(self.sentences)}."
        path = f"/m/team-0/p/{self.page}/change/"
        _status, html = self.ask("GET", path)
        for _attempt in range(50):
            form = {name: _value(html, name) for name in ("csrfmiddlewaretoken", "based_on", "title", "tags")}
            form |= {"body": f"{_body(html, self.longest)}\n\n{sentence}", "reason": "", "pole": ""}
            started = time.perf_counter()
            status, _answer = self.ask("POST", path, form)
            if status == 302:
                self.times.append(time.perf_counter() - started)
                self.sentences.append(sentence)
                return
            self.second += status == 409
            if status != 409:
                self.refused.append(status)
                return
            _status, html = self.ask("GET", path)
        self.refused.append(409)

    def until(self, end: float) -> None:
        while time.monotonic() < end:
            self.write()


def _value(html: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*? value="([^"]*)"', html)
    return _unescaped(found[1]) if found else ""


def _body(html: str, longest: int) -> str:
    found = re.search(r'<textarea name="body"[^>]*>\n?(.*?)</textarea>', html, re.S)
    if found is None:
        raise RuntimeError(f"This is no form to write in:\n{html[:2000]}")
    text = _unescaped(found[1]).rstrip()
    return text if len(text) < longest else text[-longest // 2 :]


def _unescaped(text: str) -> str:
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'"), ("&amp;", "&")):
        text = text.replace(entity, sign)
    return text


def alone(address: str) -> float:
    """Median seconds of a save by one writer with nobody else there, on a page of 150 to 300 words."""
    writer = Writer(1, address, "page-of-writer-1", longest=1_600)
    writer.enter()
    for _number in range(ALONE):
        writer.write()
    assert not writer.refused
    return statistics.median(writer.times)


def together(address: str, seconds: int) -> list[Writer]:
    """Sixteen writers for so long; gives them with what they wrote."""
    pages = [f"page-of-writer-{number}" if number % 2 else TOGETHER for number in range(WRITERS)]
    writers = [Writer(number, address, page) for number, page in enumerate(pages)]
    for writer in writers:
        writer.enter()
    end = time.monotonic() + seconds
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(lambda writer: writer.until(end), writers))
    return writers


def lost(writers: list[Writer], home: Path) -> list[str]:
    """Sentences that were taken and stand in no text of the page's history."""
    from bench.worlds import _django

    _django(str(home))
    from fieldcraft.manual.models import Revision

    texts: dict[str, str] = {}
    for slug, body in Revision.objects.filter(edition__manual__slug="team-0").values_list("edition__slug", "body"):
        texts[slug] = texts.get(slug, "") + body
    return [each for each in _taken(writers) if each[1] not in texts[each[0]]]  # type: ignore[misc]


def _taken(writers: list[Writer]) -> Iterator[tuple[str, str]]:
    return ((writer.page, sentence) for writer in writers for sentence in writer.sentences)


def main(home: Path, seconds: int) -> None:
    ours.seconds_to_import(home, SAMPLE, "core")
    ours.world(home, "over", "core", "1")
    ours.world(home, "writers", str(WRITERS))
    with fieldcraft(home) as (address, _pid):
        print(f"save alone, p50: {alone(address) * 1000:.1f} ms", flush=True)
        writers = together(address, seconds)
    times = sorted(each for writer in writers for each in writer.times)
    refused = [each for writer in writers for each in writer.refused]
    print(
        f"{WRITERS} writers for {seconds} s: {len(times):,} saves, p50 {statistics.median(times) * 1000:.0f} ms, "
        f"p99 {times[int(len(times) * 0.99)] * 1000:.0f} ms; second of two savers {sum(w.second for w in writers):,} times; "
        f"refused {len(refused)} {sorted(set(refused))}; lost {len(lost(writers, home))}",
        flush=True,
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        main(Path(folder) / "home", int(sys.argv[1]) if len(sys.argv) > 1 else SECONDS)
