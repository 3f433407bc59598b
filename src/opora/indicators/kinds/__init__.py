"""One file, one kind of indicator."""
