"""The screens of purpose, vision, what is so now, and the band between them."""
