"""Word templates: filling ours, and checking and filling those of centres in a child process."""
