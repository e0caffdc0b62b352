"""What we say we do: manuals, read through layers."""
