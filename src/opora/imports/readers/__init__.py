"""One file, one format: each reader turns bytes into a Source of paragraphs and tables."""
