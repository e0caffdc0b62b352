"""Who is here, in which role, and what they agreed to."""
