"""Forms of the room: they make clean values and save nothing."""
