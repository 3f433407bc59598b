"""Meaning: what a line of a roadmap promises and how it counts itself."""
