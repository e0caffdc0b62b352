"""Screens for instruments and their licences."""
