"""Raising conditions, answering them, and saying whether it helped."""
