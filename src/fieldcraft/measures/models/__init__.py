"""What an organisation has said about its right to use an instrument; the instruments themselves are files."""

from fieldcraft.measures.models.permission import PackPermission

__all__ = ["PackPermission"]
