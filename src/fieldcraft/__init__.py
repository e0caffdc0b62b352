"""Fieldcraft: an open system for developing a way of working, and the people who work by it."""

__version__ = "0.1.0"
