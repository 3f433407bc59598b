"""A town with two schools and their people, the forms of the test books, and collections that ask for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from opora.accounts.models import User
from opora.programmes.models import Programme
from opora.questionnaires.actions.collections import make_collection
from opora.questionnaires.actions.forms import add_form
from opora.questionnaires.audience import Audience
from opora.questionnaires.compiling import Compiled
from opora.questionnaires.forms.workbooks import compile_workbook
from opora.questionnaires.models import Collection, QuestionnaireVersion, Respondent
from opora.schools.models import Municipality, School
from tests.questionnaires import books
from tests.visitor import Visitor
from tests.visits.scene import make_scene as make_town

AT = datetime(2022, 9, 15, 9, tzinfo=UTC)
DAY = date(2022, 9, 15)


@cache
def compiled(name: str) -> Compiled:
    """The form of a test book, read once in a child process."""
    return compile_workbook(books.ALL[name], f"{name}.xlsx")


@dataclass
class Scene:
    """Who and what stands in the scene."""

    programme: Programme
    town: Municipality
    schools: list[School]
    people: dict[str, User]

    def version(self, name: str) -> QuestionnaireVersion:
        """A form of the town made of a test book."""
        return add_form(
            municipality=self.town,
            form=compiled(name).form,
            content=books.ALL[name],
            file_name=f"{name}.xlsx",
            by=self.people["coordinator"],
            at=AT,
            on=DAY,
        )

    def collection(self, name: str, **other: Any) -> Collection:
        """A collection by a test book, from all schools of the town unless told otherwise."""
        who = other.pop("who", "schools")
        return make_collection(
            version=self.version(name),
            audience=Audience(self.town, self.programme, who),
            title=f"Сбор: {name}",
            opens_on=date(2022, 9, 1),
            due_on=date(2022, 9, 30),
            on=DAY,
            by=self.people["coordinator"],
            at=AT,
            **other,
        )

    def owed(self, name: str, **other: Any) -> Respondent:
        """What the first school, or the first curator, owes in a new collection by a test book."""
        asked = self.collection(name, **other).respondents.select_related(
            "collection__version", "school", "person"
        )
        own = (
            asked.filter(school=self.schools[0]).first()
            or asked.filter(person=self.people["curator"]).first()
        )
        assert own is not None
        return own

    def visitor(self, who: str) -> Visitor:
        """The browser of one of the people, standing on 15 September 2022."""
        visitor = Visitor(self.people[who])
        visitor.client.get(f"/today/?on={DAY.isoformat()}")
        return visitor


def make_scene() -> Scene:
    """The town of the visits: a school with a coordinator and a curator, another school, the centre."""
    town = make_town()
    return Scene(town.programme, town.town, town.schools, town.people)
