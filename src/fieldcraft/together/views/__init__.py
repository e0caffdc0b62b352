"""Screens of conditions and of one's own trail."""
