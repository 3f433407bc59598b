"""The commands of the launcher that do their work without Django, and the list of all commands."""
