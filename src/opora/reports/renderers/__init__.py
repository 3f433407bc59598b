"""One file, one format of a report; each reads the frozen content and nothing else."""
