"""Which kind of manual a source is."""

from itertools import takewhile

from fieldcraft.engine.formats import tiddlywiki, trees
from fieldcraft.engine.formats.document import BadSource, Fault, Files, Library
from fieldcraft.engine.formats.export.history import is_history
from fieldcraft.engine.formats.paths import common_folders

_TELLING = {"docs", "pages", "tiddlers"}
"""Folders whose name says something, so that they stay when they are the only one."""


def read_source(files: Files) -> Library:
    """The manual that the files are. Raises BadSource with the file that is at fault."""
    if not files:
        raise BadSource(Fault.EMPTY, "")
    bare = without_common_folder(files)
    if len(bare) == 1 and is_history(next(iter(bare.values()))):
        raise BadSource(Fault.HISTORY, next(iter(bare)))
    library = tiddlywiki.read(bare) if tiddlywiki.is_tiddlywiki(bare) else trees.read(bare)
    if not library.documents and not library.notes:
        raise BadSource(Fault.NOT_A_MANUAL, next(iter(sorted(files))))
    return library


def without_common_folder(files: Files) -> Files:
    """An archive often holds one folder that holds everything; pages are named from inside it."""
    visible = [path for path in files if not path.startswith(("__MACOSX/", ".DS_Store"))] or list(files)
    shared = takewhile(lambda name: name not in _TELLING, common_folders(visible))
    cut = "".join(f"{name}/" for name in shared)
    return {path.removeprefix(cut): files[path] for path in visible} if cut else files
