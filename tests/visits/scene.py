"""A town with two schools, everybody who has to do with a visit, and one visit in the schedule of September 2022."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from opora.accounts.actions import add_person
from opora.accounts.models import User
from opora.appointments.actions import appoint
from opora.appointments.models import Duty
from opora.programmes.actions import load_pack
from opora.programmes.models import Programme
from opora.schools.actions import add_municipality, add_region, add_school, take_part
from opora.schools.actions.risks import CHOSEN, CellChange, set_risks
from opora.schools.models import Municipality, School, SchoolRisk
from opora.visits import actions
from opora.visits.models import Step, Visit
from tests.visitor import Visitor

AT = datetime(2022, 9, 1, 9, tzinfo=UTC)
BEGINNING, NOTED, PLANNED = date(2022, 1, 10), date(2022, 9, 1), date(2022, 9, 16)
ON = "?on=2022-09-20"


@dataclass
class Scene:
    """Who and what stands in the scene; `visit` is curator's to the first school."""

    programme: Programme
    town: Municipality
    schools: list[School]
    people: dict[str, User]
    visit: Visit

    @property
    def address(self) -> str:
        return f"/visits/{self.visit.pk}/"

    def visitor(self, who: str) -> Visitor:
        """The browser of one of the people, standing on 20 September 2022."""
        visitor = Visitor(self.people[who])
        visitor.client.get(f"/visits/{self.visit.pk}/{ON}")
        return visitor

    def again(self) -> Visit:
        """The visit as it is in the base now."""
        return Visit.objects.get(pk=self.visit.pk)


def make_scene() -> Scene:
    """Two schools with a curator and a coordinator each, the centre, the region; nobody has answered yet."""
    programme = load_pack(name="500plus-2022", by=None, at=AT)
    region = add_region(name="Ближний край", by=None, at=AT)
    town = add_municipality(
        region=region, name="г. о. Примерск", centre_name="Методический центр", by=None, at=AT
    )
    schools = [_school(town, programme, number) for number in (101, 102)]
    people = {
        "coordinator": _person("coordinator", programme, Duty.MUNICIPAL_COORDINATOR, town),
        "head": _person("head", programme, Duty.HEAD, town),
        "region": _person("region", programme, Duty.REGIONAL_COORDINATOR, region),
        "expert": _person("expert", programme, Duty.EXPERT, town),
        "curator": _person("curator", programme, Duty.CURATOR, schools[0]),
        "curator two": _person("curator-two", programme, Duty.CURATOR, schools[1]),
        "fellow": _person("fellow", programme, Duty.CURATOR, schools[0]),
        "school": _person("school", programme, Duty.SCHOOL_COORDINATOR, schools[0]),
        "school two": _person("school-two", programme, Duty.SCHOOL_COORDINATOR, schools[1]),
    }
    visit = plan(programme, schools[0], people["curator"], PLANNED)
    return Scene(programme, town, schools, people, visit)


def plan(programme: Programme, school: School, curator: User, day: date) -> Visit:
    """One more visit in the schedule."""
    return actions.plan_visit(
        programme=programme, school=school, curator=curator, planned_on=day, by=curator, at=AT, on=NOTED
    )


def held_before(scene: Scene, *texts: str) -> list[Step]:
    """An earlier visit to the same school, held on 5 September, with what was agreed there."""
    earlier = plan(scene.programme, scene.schools[0], scene.people["curator"], date(2022, 9, 5))
    told: dict[str, Any] = {"by": scene.people["curator"], "at": datetime(2022, 9, 6, 9, tzinfo=UTC)}
    actions.hold_visit(
        visit=earlier, held_on=date(2022, 9, 5), sheet={"findings": "Было"}, sheet_version=0, **told
    )
    return [
        actions.add_step(visit=earlier, side="school", text=text, due_on=date(2022, 9, 15), **told)
        for text in texts
    ]


def choose_risk(scene: Scene, number: int, choice: str = CHOSEN, on: date = NOTED) -> None:
    """The first school takes a risk into work on a day, or leaves it."""
    factor = scene.programme.risk_factors.get(number=number)
    part = scene.schools[0].participations.get()
    kept = SchoolRisk.objects.filter(participation=part, factor=factor).first()
    change = CellChange(factor, kept.version if kept else 0, "middle", choice, "")
    by, at = scene.people["coordinator"], datetime(2022, 9, 30, 9, tzinfo=UTC)
    set_risks(participation=part, changes=[change], by=by, at=at, on=on)


def _school(town: Municipality, programme: Programme, number: int) -> School:
    school = add_school(
        municipality=town,
        name=f"Школа № {number} (вымышленная)",
        short_name=f"Школа № {number}",
        number=number,
        by=None,
        at=AT,
    )
    take_part(school=school, programme=programme, since=BEGINNING, by=None, at=AT)
    return school


def _person(key: str, programme: Programme, duty: str, place: Any) -> User:
    person = add_person(last_name="Ромашкина", first_name="Вера", email=f"{key}@example.org", by=None, at=AT)
    person.set_password("мост на семи опорах")
    person.save(update_fields=["password"])
    appoint(person=person, duty=duty, programme=programme, place=place, since=BEGINNING, by=None, at=AT)
    return person
