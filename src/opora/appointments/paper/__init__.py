"""Word templates of the room, which an official may edit."""
