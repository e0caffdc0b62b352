"""What an installation owns on disk, under its home folder."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Home:
    """The home folder and the places inside it; making them is idempotent."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "fieldcraft.sqlite3"

    @property
    def media(self) -> Path:
        return self.folder / "media"

    @property
    def letters(self) -> Path:
        return self.folder / "letters"

    @property
    def static(self) -> Path:
        return self.folder / "static"

    @property
    def demo_mark(self) -> Path:
        """Present where `fieldcraft demo` filled this home."""
        return self.folder / "demo"

    def make(self) -> None:
        for place in (self.folder, self.media, self.letters, self.static):
            place.mkdir(parents=True, exist_ok=True)

    def secret(self, name: str) -> str:
        """A random secret, made on first use and kept readable for the owner alone."""
        file = self.folder / name
        if not file.exists():
            _write_secret(file, secrets.token_urlsafe(48))
        return file.read_text(encoding="ascii").strip()


def _write_secret(file: Path, text: str) -> None:
    """Two processes may start at once: the first to link its file wins, nobody reads half a secret."""
    own = file.with_name(f".{file.name}.{os.getpid()}")
    with os.fdopen(os.open(own, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as stream:
        stream.write(text)
    try:
        os.link(own, file)
    except FileExistsError:
        pass
    finally:
        own.unlink()
