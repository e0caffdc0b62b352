"""A manual on its way out: pure writers, one a format, from the neutral form to files."""
