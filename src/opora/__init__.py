"""Опора: the approved order of a methodical centre becomes a live plan that counts itself."""

__version__ = "0.1.0"
