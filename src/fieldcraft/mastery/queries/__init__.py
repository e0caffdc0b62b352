"""Reading one's own compass."""
