"""One file, one kind of report."""
