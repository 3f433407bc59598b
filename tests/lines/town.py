"""An empty municipality: three schools, people without duties, one coordinator; no plan, no evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

import opora.demo
from opora.accounts.actions import add_person
from opora.accounts.models import User
from opora.appointments.actions import appoint
from opora.appointments.models import Duty
from opora.plans.models import Activity
from opora.programmes.actions import load_pack
from opora.programmes.models import Programme
from opora.schools.actions import add_municipality, add_region, add_school, take_part
from opora.schools.models import Municipality, School
from tests.visitor import Page, Visitor

ORDER = Path(opora.demo.__file__).parent / "order-04-06-06-2.docx"
BEGINNING = datetime(2021, 12, 1, 9, tzinfo=UTC)
# What the coordinator answers to the remarks that ask for a decision; the other remarks are left as they are.
ANSWERS = ("number", "complete", "permanent")


@dataclass
class Town:
    """Who lives in the town, and the plan once it is adopted."""

    municipality: Municipality
    programme: Programme
    schools: list[School]
    coordinator_person: User
    at_schools: list[User]
    curators: list[User]
    experts: list[User]
    roadmap: int = 0
    lines: dict[str, int] = field(default_factory=dict)

    @cached_property
    def coordinator(self) -> Visitor:
        return Visitor(self.coordinator_person)


def empty_town() -> Town:
    """The base as `init` leaves it, with the schools and people of the town entered."""
    region = add_region(name="Вымышленная область", by=None, at=BEGINNING)
    place = add_municipality(
        region=region,
        name="г. о. Примерск",
        centre_name="Методический центр (вымышленный)",
        is_fictional=True,
        by=None,
        at=BEGINNING,
    )
    programme = load_pack(name="500plus-2022", by=None, at=BEGINNING)
    coordinator = _person("Русакова", "coordinator@opora.example")
    appoint(
        person=coordinator,
        duty=Duty.MUNICIPAL_COORDINATOR,
        programme=programme,
        place=place,
        since=date(2021, 12, 1),
        by=None,
        at=BEGINNING,
    )
    return Town(
        municipality=place,
        programme=programme,
        schools=[_school(place, programme, number) for number in (101, 102, 103)],
        coordinator_person=coordinator,
        at_schools=[_person(name, by=coordinator) for name in ("Ларина", "Горшенина", "Паршина")],
        curators=[_person(name, by=coordinator) for name in ("Дёмкина", "Кежаев")],
        experts=[_person(name, by=coordinator) for name in ("Вергасова", "Инжеватов")],
    )


def adopt(town: Town) -> Page:
    """Load the source order, answer the remarks and adopt the plan, all through the pages."""
    coordinator = town.coordinator
    order = SimpleUploadedFile("Приказ 04-06_06-2.docx", ORDER.read_bytes())
    page = coordinator.send(
        coordinator.open("/imports/"),
        municipality=town.municipality.pk,
        programme=town.programme.pk,
        what="new",
        file=order,
    )
    while (found := _question(page)) is not None:
        form, answer = found
        page = coordinator.send_form(page, form, do=answer)
    page = coordinator.send(page, "/adopt/")
    town.roadmap = int(page.address.rstrip("/").split("/")[-1])
    # Reading is allowed: only the addresses of the lines are taken from here.
    lines = Activity.objects.filter(roadmap=town.roadmap)
    town.lines = {line.number: line.pk for line in lines}
    return page


def _question(page: Page) -> tuple[object, str] | None:
    """The first remark that offers one of our answers."""
    for form in page.tree.forms:
        offered = form.xpath(".//button[@name='do']/@value")
        answer = next((answer for answer in ANSWERS if answer in offered), None)
        if answer is not None:
            return form, answer
    return None


def _person(last_name: str, email: str = "", by: User | None = None) -> User:
    return add_person(last_name=last_name, first_name="Анна", email=email, by=by, at=BEGINNING)


def _school(place: Municipality, programme: Programme, number: int) -> School:
    school = add_school(
        municipality=place,
        name=f"Школа № {number} (вымышленная)",
        short_name=f"Школа № {number}",
        is_fictional=True,
        by=None,
        at=BEGINNING,
    )
    take_part(school=school, programme=programme, since=date(2021, 12, 1), by=None, at=BEGINNING)
    return school
