"""PostgreSQL that is not waited for longer than a person would."""
