"""Programmes of years as data: one .toml file a programme."""
