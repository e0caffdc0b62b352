"""How we think with each other: conditions, and one's own trail."""
