"""Steps of the database for this room."""
