"""A tree of Markdown files: MkDocs, Docusaurus, GitBook, Obsidian, Jekyll, or plain folders."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from fieldcraft.engine.formats.document import ContentsBy, Document, Files, Library, Note, Skipped, SkipReason
from fieldcraft.engine.formats.markdown import document, humanised
from fieldcraft.engine.formats.paths import common_folders
from fieldcraft.engine.formats.trees import docusaurus, gitbook, mkdocs, obsidian
from fieldcraft.engine.formats.trees.files import (
    Tree,
    attachments,
    is_hidden,
    is_page,
    left_out,
    settings,
    tree_of,
    unknown,
)
from fieldcraft.engine.formats.trees.folders import by_folders
from fieldcraft.engine.formats.trees.own_contents import OwnContents, arranged, contents_in
from fieldcraft.engine.formats.trees.own_notes import note_in
from fieldcraft.engine.formats.yaml_values import text_of


def read(files: Files) -> Library:
    """Every Markdown page of the tree in the order of its contents, and local notes. Raises BadSource."""
    shown = {path: content for path, content in files.items() if not is_hidden(path)}
    site, own = mkdocs.site(shown), contents_in(shown)
    folder = mkdocs.docs_folder(site, shown) if site else ""
    tree = tree_of(shown, "" if own else folder)  # what was added in Fieldcraft may lie beside that folder
    summary = gitbook.summary_of({**shown, **_gitbook_settings(files)})
    found, skipped = _pages(tree, summary)
    documents = [each for each in found if isinstance(each, Document)]
    if site:
        documents = mkdocs.with_redirects(documents, site, folder)
    if summary:
        documents = gitbook.with_redirects(documents, files)
    if tree.is_docusaurus or any(name == "sidebar_position" for page in documents for name, _value in page.fields):
        documents = docusaurus.with_addresses(documents, common_folders(page.path for page in documents))
    if obsidian.is_vault(files, documents):
        documents = obsidian.with_names(files, documents)
    places = mkdocs.nav(site, folder) or (gitbook.places(summary, shown) if summary else [])
    library = Library(
        documents=tuple(_told_apart(mkdocs.by_places(documents, places) if places else by_folders(documents, shown))),
        attachments=attachments(shown),
        skipped=(*skipped, *unknown(shown)),
        title=text_of(site.get("site_name") or settings(shown, "_config.yml").get("title") or "")[:255],
        contents_by=ContentsBy.ORDER if places else ContentsBy.FOLDERS,
        notes=tuple(each for each in found if isinstance(each, Note)),
    )
    return _as_own(library, own) if own else library


def _as_own(library: Library, own: OwnContents) -> Library:
    """What Fieldcraft wrote down of the contents is newer than what the tree says besides."""
    return replace(
        library,
        documents=tuple(_told_apart(arranged(library.documents, own))),
        title=own.title or library.title,
        contents_by=own.contents_by,
        root_tag=own.root_tag,
        set_aside=own.set_aside,
    )


def _gitbook_settings(files: Files) -> Files:
    return {path: files[path] for path in (".gitbook.yaml",) if path in files}


def _pages(tree: Tree, summary: str | None) -> tuple[list[Document | Note], list[Skipped]]:
    """The pages and notes, and the Markdown files that are none: parts of other pages, drafts, the contents themselves."""
    found: list[Document | Note] = []
    skipped: list[Skipped] = []
    for path in sorted(filter(is_page, tree.files)):
        reason = SkipReason.SYSTEM if path == summary else left_out(path, tree)
        page = None if reason else document(path, tree.files[path])
        if page is not None and _is_draft(page):
            reason = SkipReason.DRAFT
        if reason:
            skipped.append(Skipped(path, reason))
        elif page is not None:
            found.append(note_in(page) or page)
    return found, skipped


def _is_draft(page: Document) -> bool:
    given = dict(page.fields)
    return given.get("draft") == "True" or given.get("published") == "False"


def _told_apart(documents: Iterable[Document]) -> Iterator[Document]:
    """Two pages of one title are told apart by the folder they lie in; paths tell the program."""
    seen: Counter[str] = Counter()
    for each in documents:
        title, folders = each.title, each.path.split("/")[:-1]
        while title.casefold() in seen and folders:
            title = f"{each.title[:180]} ({humanised(folders.pop())[:60].lower()})"
        key = title.casefold()
        while title.casefold() in seen:
            seen[key] += 1
            title = f"{each.title[:240]} ({seen[key]})"
        seen[title.casefold()] += 1
        yield replace(each, title=title)
