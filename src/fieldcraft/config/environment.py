"""Every setting an installation can make, its type, default and meaning; read once from the environment.

`docs/reference/settings.md` is written from this list and tested against it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Kind = Literal["text", "flag", "number", "list", "path"]
Value = str | bool | int | list[str] | Path


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name in the environment, its kind, its default as it would be written there, what it means."""

    name: str
    kind: Kind
    default: str
    meaning: str


class BadSetting(ValueError):
    """A value that its setting cannot take."""


SETTINGS = (
    Setting("FIELDCRAFT_HOME", "path", "./var", "The folder for all that this installation owns: database, key, media."),
    Setting("DATABASE_URL", "text", "", "`postgresql://user:password@host/name`; empty for SQLite in the home folder."),
    Setting("FIELDCRAFT_SECRET_KEY", "text", "", "Signs sessions and links; empty for a key made on the first start and kept in the home folder."),
    Setting("FIELDCRAFT_SECRET_KEY_FALLBACKS", "list", "", "Earlier keys, the latest first, separated by commas. Keep every one for ever: see [changing the key](../how-to/change-the-key.md)."),
    Setting("FIELDCRAFT_ADDRESS", "text", "http://localhost:8000", "Where people reach this installation; `https://` turns on secure cookies and strict transport."),
    Setting("FIELDCRAFT_HOSTS", "list", "", "Further host names it answers to, separated by commas; the one in the address and this machine's own always count."),
    Setting("FIELDCRAFT_TRUSTED_PROXIES", "number", "0", "How many proxies stand in front and pass on the reader's address."),
    Setting("FIELDCRAFT_DEMO", "flag", "", "Whether anyone may enter the sample community with one click; empty for yes where `fieldcraft demo` filled this home."),
    Setting("FIELDCRAFT_SIGN_UP", "flag", "no", "Whether people may make an account without an invitation."),
    Setting("FIELDCRAFT_LANGUAGE", "text", "en", "The language for readers whose browser asks for none we have: `en` or `de`."),
    Setting("FIELDCRAFT_TIME_ZONE", "text", "Europe/London", "The time zone in which dates are shown."),
    Setting("FIELDCRAFT_EMAIL_URL", "text", "", "`smtp://user:password@host:587` (or `smtps://`); empty to keep letters as files in the home folder."),
    Setting("FIELDCRAFT_EMAIL_FROM", "text", "fieldcraft@localhost", "The address that letters come from."),
    Setting("FIELDCRAFT_UPLOAD_MEGABYTES", "number", "100", "The largest file that can be imported through the screen."),
    Setting("FIELDCRAFT_LIMITS_TIMES", "number", "1", "How many times as often as usual one reader's address may search, export and ask for feeds; more where a whole organisation shares one address."),
    Setting("FIELDCRAFT_WORKERS", "number", "2", "Server processes; one a core is a good number."),
    Setting("FIELDCRAFT_THREADS", "number", "4", "Requests that each server process answers at once."),
    Setting("FIELDCRAFT_SQLITE_SYNCHRONOUS", "text", "normal", "`full` survives a power cut without losing the last saves, and saves more slowly."),
    Setting("FIELDCRAFT_DEBUG", "flag", "no", "Shows the inside of errors; never where others can reach it."),
)  # fmt: skip


def value_of(name: str, environment: Mapping[str, str]) -> Value:
    """The setting's value in its type. Raises BadSetting with a sentence."""
    setting = next(setting for setting in SETTINGS if setting.name == name)
    return _parsed(setting, environment.get(name, "").strip() or setting.default)


def _parsed(setting: Setting, text: str) -> Value:
    match setting.kind:
        case "text":
            return text
        case "flag":
            return _flag(setting, text)
        case "number":
            return _number(setting, text)
        case "list":
            return [part.strip() for part in text.split(",") if part.strip()]
        case "path":
            return Path(text).expanduser().resolve()


def _flag(setting: Setting, text: str) -> bool:
    if text.lower() in {"1", "yes", "true", "on"}:
        return True
    if text.lower() in {"", "0", "no", "false", "off"}:
        return False
    raise BadSetting(f"{setting.name} is “{text}”; write yes or no.")


def _number(setting: Setting, text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise BadSetting(f"{setting.name} is “{text}”; write a whole number.") from None


def settings_page() -> str:
    """`docs/reference/settings.md`."""
    rows = [f"| `{each.name}` | `{each.default}` | {each.meaning} |" for each in SETTINGS]
    head = [
        "# Settings",
        "",
        "All are read from the environment.",
        "",
        "| Setting | Default | Meaning |",
        "|---|---|---|",
    ]
    return "\n".join([*head, *rows, ""])
