"""Small parts of pages."""
