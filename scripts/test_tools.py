"""Finds what the browser journeys need, and installs it where that can be done; says in a sentence what is missing."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def browser() -> str:
    """The path of a Chromium; "" when there is none."""
    given = os.environ.get("CHROME_BIN", "")
    return given or next((path for name in NAMES if (path := shutil.which(name))), "")


def install_browser() -> None:
    """From Debian's packages, where we may."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    quiet = {"stdout": subprocess.DEVNULL, "check": False}
    subprocess.run(["apt-get", "update", "-qq"], **quiet)  # type: ignore[call-overload]
    subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], **quiet)  # type: ignore[call-overload]


if __name__ == "__main__":
    if not browser():
        install_browser()
    if not browser():
        sentence = "No Chromium was found for the browser journeys: install chromium or set CHROME_BIN."
        if os.environ.get("CI"):
            sys.exit(sentence)
        print(f"SKIPPED: {sentence}")
