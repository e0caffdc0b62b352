"""The look: a small design system that knows no room."""
