"""Changing manuals: the only writers of this room's tables."""
