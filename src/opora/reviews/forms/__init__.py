"""Forms of rounds, of experts and of schools."""
