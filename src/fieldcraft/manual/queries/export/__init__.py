"""What is exported of a manual, from a stack that its reader may read."""
