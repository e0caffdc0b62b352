"""Other people's manuals, read into one neutral form (`document.py`)."""
