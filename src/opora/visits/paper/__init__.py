"""Papers of the room as typst pages."""
