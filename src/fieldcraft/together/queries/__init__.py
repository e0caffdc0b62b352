"""Reading conditions, one's own raisings, and one's trail."""
