"""One Markdown file with front matter, as a document; its body stays byte for byte what it was."""

import re
from datetime import UTC, date, datetime, time
from typing import Any

import yaml

from fieldcraft.engine.formats.document import BadSource, Document, Fault, Loss, LossKind
from fieldcraft.engine.formats.text import decoded

_HEADER = re.compile(r"\ufeff?---[ \t]*\r?\n(?:.*?\r?\n)??(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_HEADING = re.compile(r"^#[ \t]+(.+?)[ \t]*#*[ \t]*\r?$", re.MULTILINE)
_FENCE = re.compile(r"^(```+|~~~+).*?^\1[`~]*[ \t]*\r?$", re.MULTILINE | re.DOTALL)
_LIQUID = re.compile(r"\{%-?\s*+(?!page\s)[^%\n]{0,400}%\}|\{\{[^}\n]{0,400}\}\}")
_HTML = re.compile(r"<(?:script|iframe|style|form|object|embed)\b[^>\n]{0,200}", re.IGNORECASE)
_EMBED = re.compile(r"!\[\[[^\]\n]{1,300}\]\]")
_ORDER_PREFIX = re.compile(r"^\d+[-_. ]+(?=\S)")
_ALIASES, _CREATED, _MODIFIED = (
    {"aliases", "alias", "redirect_from", "permalink", "slug", "id"},
    {"created", "date"},
    {"updated", "modified", "last_modified"},
)
_OWN = {"title", "tags"} | _ALIASES | _CREATED | _MODIFIED
MOST_HEADER, MOST_ALIASES = 100_000, 50


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Safe; a tag it does not know reads as nothing instead of running anything."""


_Loader.add_multi_constructor("", lambda loader, suffix, node: None)


def split(text: str) -> tuple[str, str]:
    """(front matter with its delimiters, body); joined they are the text. The front matter may be ""."""
    found = _HEADER.match(text)
    return (text[: found.end()], text[found.end() :]) if found else ("", text)


def load_yaml(path: str, text: str) -> Any:
    """YAML by the safe loader. Raises BadSource naming the file and the line."""
    if len(text) > MOST_HEADER or len(re.findall(r"(?<=[\s\[,])\*\w+", text)) > MOST_ALIASES:
        raise BadSource(Fault.TOO_LARGE, path)
    try:
        return yaml.load(text, _Loader)  # noqa: S506 — a safe loader
    except (yaml.YAMLError, ValueError, RecursionError, TypeError) as problem:
        mark = getattr(problem, "problem_mark", None)
        raise BadSource(Fault.BROKEN_YAML, path, str(mark.line + 1) if mark else "") from None


def document(path: str, content: bytes) -> Document:
    """The page in a Markdown file. Raises BadSource."""
    header, body = split(decoded(path, content))
    fields = front_matter(path, header)
    return Document(
        path=path,
        title=_title(path, fields, body),
        body=body,
        header=header,
        tags=tuple(dict.fromkeys(_texts(fields.get("tags")))),
        fields=tuple((str(key), _text(value)) for key, value in fields.items() if key not in _OWN),
        aliases=tuple(alias for key in fields if key in _ALIASES for alias in _texts(fields[key])),
        created=_moment(fields, _CREATED),
        modified=_moment(fields, _MODIFIED),
        losses=losses(body),
    )


def front_matter(path: str, header: str) -> dict[str, Any]:
    """The front matter's values in their order."""
    inner = re.sub(r"^\ufeff?---[ \t]*\r?\n|(?:---|\.\.\.)[ \t]*(?:\r?\n)?\Z", "", header)
    loaded = load_yaml(path, inner) if inner.strip() else {}
    if loaded is None:
        return {}
    if not isinstance(loaded, dict):
        raise BadSource(Fault.BROKEN_YAML, path, "1")
    return {str(key): value for key, value in loaded.items()}


def _title(path: str, fields: dict[str, Any], body: str) -> str:
    given = _text(fields.get("title")).strip() if fields.get("title") is not None else ""
    heading = _HEADING.search(_FENCE.sub("", body[:20_000]))
    found = given or (re.sub(r"[*_`]|\[([^\]]*)\]\([^)]*\)", r"\1", heading[1]) if heading else "")
    return (" ".join(found.split()) or humanised(path))[:255]


def humanised(path: str) -> str:
    """A file's or folder's name as words: "02-on_call.md" → "On call"."""
    folder, _slash, name = path.rpartition("/")
    bare = name.rpartition(".")[0] or name
    if bare.lower() in {"index", "readme"} and folder:
        bare = folder.rpartition("/")[2]
    spoken = _ORDER_PREFIX.sub("", bare).replace("-", " ").replace("_", " ").strip() or bare
    return spoken[:1].upper() + spoken[1:]


def _texts(value: Any) -> list[str]:
    if value is None:
        return []
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    if isinstance(value, list):
        return [_text(part).strip() for part in value if part is not None and _text(part).strip()]
    return [_text(value)]


def _text(value: Any) -> str:
    text = (
        value
        if isinstance(value, str)
        else yaml.safe_dump(value, default_flow_style=True, allow_unicode=True)
        if isinstance(value, list | dict)
        else str(value)
    )
    return text.replace("\0", "").strip()


def _moment(fields: dict[str, Any], keys: set[str]) -> datetime | None:
    for key in keys & fields.keys():
        value = fields[key]
        if isinstance(value, datetime):
            return value if value.tzinfo else value.replace(tzinfo=UTC)
        if isinstance(value, date):
            return datetime.combine(value, time(), UTC)
    return None


def losses(body: str) -> tuple[Loss, ...]:
    """What the page screen will show as it stands instead of carrying it out; code does not count."""
    prose = _FENCE.sub("", body)
    found = ((LossKind.MACRO, _LIQUID), (LossKind.HTML, _HTML), (LossKind.TRANSCLUSION, _EMBED))
    counted = ((kind, pattern.findall(prose)) for kind, pattern in found)
    return tuple(Loss(kind, len(pieces), pieces[0][:120]) for kind, pieces in counted if pieces)
