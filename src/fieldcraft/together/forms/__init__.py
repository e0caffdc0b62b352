"""Forms check shape; actions check rules."""
