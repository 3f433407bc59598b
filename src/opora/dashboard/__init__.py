"""The face for staff: the frame of every page, the day, settings."""
