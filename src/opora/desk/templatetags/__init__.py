"""Small parts of forms."""
