"""What was done, by whom: an append-only trail of verbs and ids, never of what a person wrote."""
