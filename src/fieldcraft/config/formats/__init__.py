"""How dates read, where it differs from the framework's own."""
