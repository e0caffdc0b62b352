"""Changing who is here: the only writers of this room's tables."""
