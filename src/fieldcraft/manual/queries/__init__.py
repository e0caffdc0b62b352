"""Reading manuals: which text a reader gets, where it stands, how it is found."""
