"""The demonstration: a fictional municipality and a year of work."""
