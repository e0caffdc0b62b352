"""Which files of a tree are pages, which are files that pages show, and which are neither."""

import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from posixpath import basename
from typing import Any

from fieldcraft.engine.formats.document import Attachment, Files, Skipped, SkipReason
from fieldcraft.engine.formats.paths import names
from fieldcraft.engine.formats.text import decoded
from fieldcraft.engine.formats.yaml_values import load_yaml

PAGE_ENDINGS = (".md", ".markdown", ".mdx")
FILE_ENDINGS = names(
    ".png .jpg .jpeg .gif .webp .avif .svg .pdf .docx .xlsx .pptx .odt .ods .odp .txt .csv .mp3 .mp4 .webm"
)
_SETTINGS = names(
    "mkdocs.yml mkdocs.yaml _config.yml _category_.json _category_.yml _category_.yaml book.toml book.json "
    ".gitbook.yaml fieldcraft.json package.json package-lock.json yarn.lock .gitignore .ds_store"
)
_JEKYLL = frozenset({"_includes", "_layouts", "_sass", "_data", "_plugins", "_site", "vendor"})


@dataclass(frozen=True, slots=True)
class Tree:
    """The files of a tree that may be seen, and what the tree is known to be.

    root: the folder all pages lie in when the tree says so, "" when they may lie anywhere.
    """

    files: Files
    root: str
    is_jekyll: bool
    is_docusaurus: bool


def tree_of(files: Files, root: str) -> Tree:
    """The tree, with what its settings tell."""
    telling = {basename(path).partition(".")[0] for path in files}
    return Tree(files, root, "_config.yml" in files, bool(telling & {"docusaurus", "sidebars", "_category_"}))


def is_hidden(path: str) -> bool:
    """Folders and files that systems keep for themselves; GitBook keeps its pictures in such a one."""
    parts = path.removeprefix(".gitbook/assets/").split("/")
    return any(part.startswith(".") or part in {"node_modules", "__MACOSX"} for part in parts)


def ending(path: str) -> str:
    """The file's ending with its dot, in lower case."""
    return "." + path.rpartition(".")[2].lower()


def is_page(path: str) -> bool:
    """Whether the file is Markdown."""
    return path.lower().endswith(PAGE_ENDINGS)


def is_file(path: str) -> bool:
    """Whether pages may show or hand out the file."""
    return ending(path) in FILE_ENDINGS


def left_out(path: str, tree: Tree) -> SkipReason | None:
    """Why a Markdown file is no page of the manual; None when it is one."""
    folders = path.split("/")[:-1]
    if tree.is_jekyll and (_JEKYLL & set(folders) or "_drafts" in folders):
        return SkipReason.DRAFT if "_drafts" in folders else SkipReason.SYSTEM
    if tree.is_docusaurus and (basename(path).startswith("_") or {"i18n", "versioned_docs"} & set(folders[:1])):
        return SkipReason.OLDER if folders[:1] == ["versioned_docs"] else SkipReason.SYSTEM
    if tree.root and not path.startswith(f"{tree.root}/"):
        return SkipReason.SYSTEM
    return None


def attachments(files: Files) -> tuple[Attachment, ...]:
    """Pictures and files, with their media types."""
    return tuple(
        Attachment(path, content, mimetypes.guess_type(path)[0] or "application/octet-stream")
        for path, content in files.items()
        if is_file(path)
    )


def unknown(files: Files) -> tuple[Skipped, ...]:
    """Files that are nothing a manual is made of."""
    return tuple(
        Skipped(path, SkipReason.CODE if ending(path) in {".js", ".ts", ".jsx", ".tsx", ".py"} else SkipReason.UNKNOWN)
        for path in sorted(files)
        if not (is_page(path) or is_file(path) or basename(path).lower() in _SETTINGS)
    )


def settings(files: Files, *names: str) -> Mapping[str, Any]:
    """The first of these YAML files that is there, as a mapping. Raises BadSource."""
    for name in names:
        if name in files:
            loaded = load_yaml(name, decoded(name, files[name]))
            return loaded if isinstance(loaded, dict) else {}
    return {}
