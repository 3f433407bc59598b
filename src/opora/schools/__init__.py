"""Regions, municipalities, schools and their participation."""
