"""Who is who in the story, once they are rows of the base."""

from __future__ import annotations

from dataclasses import dataclass

from opora.accounts.models import User
from opora.schools.models import School


@dataclass(frozen=True, slots=True)
class Troupe:
    """People by the key that the story calls them, schools by their numbers."""

    people: dict[str, User]
    schools: dict[int, School]

    def person(self, key: str) -> User:
        return self.people[key]

    def school(self, number: int) -> School:
        return self.schools[number]
