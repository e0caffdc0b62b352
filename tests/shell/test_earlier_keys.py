"""Earlier keys of an installation, as they stand in its environment."""

import os
import subprocess
import sys
from pathlib import Path


def test_earlier_keys_are_read_in_their_order_and_there_are_none_by_default(tmp_path: Path) -> None:
    assert keys(tmp_path, "newer, older ,oldest") == "['newer', 'older', 'oldest']"
    assert keys(tmp_path, "") == "[]"


def keys(home: Path, written: str) -> str:
    """As Django's settings hold them; read once, so in a process of its own."""
    asked = "from fieldcraft.config import settings; print(settings.SECRET_KEY_FALLBACKS)"
    own = {"FIELDCRAFT_HOME": str(home), "FIELDCRAFT_SECRET_KEY_FALLBACKS": written}
    done = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True, env={**os.environ, **own}
    )
    return done.stdout.strip()
