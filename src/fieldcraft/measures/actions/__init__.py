"""Entering an organisation's right to use an instrument."""
