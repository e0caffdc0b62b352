"""A whole compass in files that its owner takes along."""
