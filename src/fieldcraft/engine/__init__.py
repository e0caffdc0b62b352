"""The pure computing: no Django, no clock, no database, no files, no hidden randomness."""
