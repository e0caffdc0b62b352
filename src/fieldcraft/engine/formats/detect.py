"""Which kind of manual a source is."""

from fieldcraft.engine.formats import tiddlywiki, trees
from fieldcraft.engine.formats.document import BadSource, Fault, Files, Library


def read_source(files: Files) -> Library:
    """The manual that the files are. Raises BadSource with the file that is at fault."""
    if not files:
        raise BadSource(Fault.EMPTY, "")
    bare = without_common_folder(files)
    library = tiddlywiki.read(bare) if tiddlywiki.is_tiddlywiki(bare) else trees.read(bare)
    if not library.documents:
        raise BadSource(Fault.NOT_A_MANUAL, next(iter(sorted(files))))
    return library


def without_common_folder(files: Files) -> Files:
    """An archive often holds one folder that holds everything; pages are named from inside it."""
    while len(tops := {path.partition("/")[0] for path in files}) == 1 and all("/" in path for path in files):
        top = next(iter(tops))
        if top in {"docs", "pages", "tiddlers"}:
            break
        files = {path[len(top) + 1 :]: content for path, content in files.items()}
    return files
