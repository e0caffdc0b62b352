"""What was answered, scored by published rules, and how much may be said about it."""
