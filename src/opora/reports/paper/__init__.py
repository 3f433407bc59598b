"""Templates of papers and the makers of those templates."""
