"""Pages of documents, their files and of a person's word."""
