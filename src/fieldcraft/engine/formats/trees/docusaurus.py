"""Docusaurus: pages are linked by id and address, which may differ from their paths."""

import re
from dataclasses import replace
from posixpath import join, normpath

from fieldcraft.engine.formats.document import Document

_NUMBER = re.compile(r"^\d+\s*[-_.]+\s*(?=[^\d\s_.-])")


def with_addresses(documents: list[Document], top: list[str]) -> list[Document]:
    """Each page's id and its address on the site, as other names of it.

    top: the folders that all pages lie in, outermost first.
    """
    return [replace(each, aliases=tuple(dict.fromkeys((*each.aliases, *_names(each, top))))) for each in documents]


def _names(page: Document, top: list[str]) -> list[str]:
    given = dict(page.fields)
    parts = page.path.rpartition(".")[0].split("/")[len(top) :]
    folders = [_NUMBER.sub("", part) for part in parts[:-1]]
    bare = _NUMBER.sub("", parts[-1])
    page_id = "/".join([*folders, given.get("id") or bare])
    is_index = bare.lower() in {"index", "readme", *(name.lower() for name in folders[-1:])}
    own = "/".join(folders) if is_index and not given.get("id") else page_id
    slug = given.get("slug", "")
    if slug:
        own = slug.strip("/") if slug.startswith("/") else normpath(join("/".join(folders), slug))
    prefix = "/".join(top)
    names = [page_id, own, *(f"{prefix}/{name}" for name in (page_id, own) if prefix and name)]
    known = page.path.rpartition(".")[0]
    return [name for name in dict.fromkeys(names) if name and name not in {".", known} and not name.startswith("..")]
