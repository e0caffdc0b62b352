"""Parse, ask, act, answer."""
