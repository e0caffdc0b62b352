"""The sample community: what everybody sees first, and what teaches the product."""
