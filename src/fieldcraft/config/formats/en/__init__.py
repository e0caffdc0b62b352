"""British order."""
