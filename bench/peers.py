"""The yardsticks: DokuWiki and TiddlyWiki's own server with the same page texts, where they are installed."""

import json
import re
import shutil
import subprocess
import time
import urllib.parse
from pathlib import Path

from bench.serving import Load, free_port, load, memory, running, text_at

DOKUWIKI = Path("/usr/share/dokuwiki")
NEEDED = "apt-get install dokuwiki php-fpm php-xml nginx-light"
Figures = dict[str, "Load | float | str"]


def dokuwiki(texts: Path, place: Path, page: str, common: str, rare: str) -> Figures:
    """As its makers recommend: nginx before PHP's process manager, two processes."""
    fpm = next(iter(sorted(Path("/usr/sbin").glob("php-fpm*"))), None)
    if not DOKUWIKI.exists() or fpm is None or not shutil.which("nginx"):
        return {"not measured": f"DokuWiki is not here: {NEEDED}"}
    root = _dokuwiki_home(place)
    imported = _fill(root, texts)
    port = free_port()
    _configure(place, root, port)
    php = [str(fpm), "-R", "-F", "-y", str(place / "fpm.conf"), "-d", "opcache.enable=1"]
    web = ["nginx", "-p", str(place), "-c", str(place / "nginx.conf"), "-g", "daemon off;"]
    with running(php) as manager, running(web) as front:
        address = f"http://localhost:{port}/doku.php"
        assert "dokuwiki" in text_at(f"{address}?id={_doku_name(page)}")
        figures: Figures = {
            "read, signed out": load(f"{address}?id={_doku_name(page)}"),
            "search, common word": load(f"{address}?do=search&q={common}"),
            "search, rare word": load(f"{address}?do=search&q={rare}"),
        }
        return {**figures, "import, s": imported, "memory, MB": memory(manager) + memory(front)}


def _fill(root: Path, texts: Path) -> float:
    started = time.perf_counter()
    for file in texts.iterdir():
        title, _newline, body = file.read_text().partition("\n")
        (root / f"data/pages/{_doku_name(title)}.txt").write_text(f"====== {title} ======\n\n{body}")
    subprocess.run(["php", "bin/indexer.php", "-q"], cwd=root, check=True, capture_output=True)
    return time.perf_counter() - started


def _configure(place: Path, root: Path, port: int) -> None:
    (place / "fpm.conf").write_text(
        f"[global]\nerror_log = {place}/fpm.log\n[www]\nuser = root\nlisten = {place}/fpm.sock\n"
        "pm = static\npm.max_children = 2\n"
    )
    (place / "nginx.conf").write_text(
        f"user root; worker_processes 2; pid {place}/nginx.pid; error_log {place}/nginx.log;\n"
        "events {}\nhttp { access_log off; server {"
        f" listen {port}; root {root}; location ~ [.]php$ {{ include /etc/nginx/fastcgi.conf;"
        f" fastcgi_pass unix:{place}/fpm.sock; }} }} }}\n"
    )


def _dokuwiki_home(place: Path) -> Path:
    root = place / "dokuwiki"
    shutil.copytree(DOKUWIKI, root, ignore_dangling_symlinks=True)
    (root / "inc/preload.php").write_text("<?php\ndefine('DOKU_CONF', __DIR__ . '/../conf/');\n")
    shutil.rmtree(root / "conf", ignore_errors=True)
    shutil.copytree(
        "/etc/dokuwiki", root / "conf", ignore_dangling_symlinks=True, ignore=shutil.ignore_patterns("*.auth.php")
    )
    settings = {"title": "bench", "savedir": str(root / "data"), "useacl": 0, "updatecheck": 0}
    lines = [f"$conf[{key!r}] = {value!r};" for key, value in settings.items()]
    (root / "conf/local.php").write_text("\n".join(["<?php", *lines]))
    for name in (
        "pages",
        "attic",
        "cache",
        "index",
        "locks",
        "media",
        "media_attic",
        "media_meta",
        "meta",
        "tmp",
        "log",
    ):
        (root / "data" / name).mkdir(parents=True, exist_ok=True)
    return root


def _doku_name(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")[:80] or "page"


def tiddlywiki(texts: Path, place: Path, page: str) -> Figures:
    """Its Node server, plain rendering of one tiddler; it searches in the browser."""
    program = shutil.which("tiddlywiki")
    if program is None:
        return {"not measured": "TiddlyWiki is not here: npm install -g tiddlywiki@5.4.1"}
    wiki = place / "tiddlywiki"
    (wiki / "tiddlers").mkdir(parents=True)
    plugins = ["tiddlywiki/tiddlyweb", "tiddlywiki/filesystem", "tiddlywiki/markdown"]
    (wiki / "tiddlywiki.info").write_text(json.dumps({"plugins": plugins, "themes": ["tiddlywiki/vanilla"]}))
    started = time.perf_counter()
    for file in texts.iterdir():
        title, _newline, body = file.read_text().partition("\n")
        header = f"title: {title}\ntype: text/markdown\n\n"
        (wiki / f"tiddlers/{file.stem}.tid").write_text(header + body)
    port = free_port()
    with running([program, str(wiki), "--listen", f"port={port}", "host=127.0.0.1"]) as pid:
        address = f"http://127.0.0.1:{port}/{urllib.parse.quote(page, safe='')}"
        text_at(address)
        imported = time.perf_counter() - started
        return {"read, signed out": load(address), "import, s": imported, "memory, MB": memory(pid)}
