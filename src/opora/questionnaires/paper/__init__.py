"""The templates of papers of this room."""
