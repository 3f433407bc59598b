"""People who sign in; nothing about duties."""
