"""The fictional town for the tests of this room."""

from tests.appointments.town import browser_of, other_town, town

__all__ = ["browser_of", "other_town", "town"]
