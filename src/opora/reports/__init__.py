"""Files out: reports built from what is there, and their frozen issues."""
