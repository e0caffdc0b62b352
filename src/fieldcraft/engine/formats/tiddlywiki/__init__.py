"""TiddlyWiki: `.tid` folders, `.multids`, `.meta` pairs, JSON, and single-file HTML of every age."""

from fieldcraft.engine.formats.tiddlywiki.library import is_tiddlywiki, read

__all__ = ["is_tiddlywiki", "read"]
