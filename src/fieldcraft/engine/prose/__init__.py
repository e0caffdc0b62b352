"""Text as blocks, sentences and words, compared and combined."""
