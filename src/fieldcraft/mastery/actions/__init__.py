"""Writing in one's own compass: the only writers of this room's tables."""
