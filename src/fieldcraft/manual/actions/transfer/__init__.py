"""Bringing a manual in: read the source, plan page by page, apply all of it or nothing."""
