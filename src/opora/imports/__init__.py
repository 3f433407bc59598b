"""Files in: readers of formats, understanding of subjects, review of what was read."""
