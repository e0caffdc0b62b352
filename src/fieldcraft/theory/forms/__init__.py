"""Forms of the room: they check shape; actions check rules."""
