"""A fictional town with a centre, schools and people of every duty, for the rooms about people and places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from opora.accounts.models import User
from opora.appointments.models import Appointment
from opora.core.russian import fold
from opora.programmes.models import Programme
from opora.schools.models import Municipality, Participation, Region, School
from tests.clock import DayClient

AT = datetime(2022, 9, 15, 9, 0, tzinfo=UTC)
TODAY = date(2022, 9, 15)
PASSWORD = "мост на семи опорах"


@dataclass
class Town:
    """Everything a test may want to name."""

    municipality: Municipality
    programme: Programme
    schools: list[School]
    coordinator: User
    head: User
    curator: User
    keeper: User
    expert: User


def person(last_name: str, **more: Any) -> User:
    """A fictional person who can sign in."""
    names = {"last_name": last_name, "first_name": "Анна", "middle_name": "Петровна", **more}
    names.setdefault("email", f"{User.objects.count()}@example.test")
    made = User(**names)
    made.folded_name = fold(made.full_name)
    made.set_password(PASSWORD)
    made.save()
    return made


def make_school(town: Municipality, programme: Programme, number: int) -> School:
    """A fictional school that takes part since January."""
    school = School.objects.create(
        municipality=town,
        name=f"МОУ «Школа № {number}» (вымышленная)",
        short_name=f"Школа № {number}",
        number=number,
        folded_name=fold(f"Школа № {number} МОУ «Школа № {number}» (вымышленная)"),
        is_fictional=True,
    )
    Participation.objects.create(school=school, programme=programme, since=date(2022, 1, 1))
    return school


def make_town(name: str = "г. о. Примерск", region: str = "Примерная область", count: int = 3) -> Town:
    """One municipality with schools № 101…; the first has a coordinator and a curator."""
    place, _ = Region.objects.get_or_create(name=region)
    town = Municipality.objects.create(
        region=place,
        name=name,
        centre_name=f"муниципальное учреждение «Методический центр», {name}",
        centre_short_name="Методический центр",
        place=name,
        head_post="Директор",
        head_name="Пролётова Анна Петровна",
        is_fictional=True,
    )
    programme, _ = Programme.objects.get_or_create(
        code="500plus-2022",
        defaults={
            "name": "Проект адресной методической помощи «500+»",
            "short_name": "Проект «500+»",
            "year": 2022,
            "starts_on": date(2021, 12, 1),
            "ends_on": date(2022, 12, 31),
        },
    )
    schools = [make_school(town, programme, 101 + place) for place in range(count)]
    people = [person(word) for word in ("Мостова", "Пролётова", "Сваева", "Камнева", "Отвесова")]
    coordinator, head, curator, keeper, expert = people
    for who, duty, where in (
        (coordinator, "municipal_coordinator", {"municipality": town}),
        (head, "head", {"municipality": town}),
        (curator, "curator", {"school": schools[0]}),
        (keeper, "school_coordinator", {"school": schools[0]}),
        (expert, "expert", {"municipality": town}),
    ):
        Appointment.objects.create(
            person=who, duty=duty, programme=programme, since=date(2022, 1, 10), **where
        )
    return Town(town, programme, schools, coordinator, head, curator, keeper, expert)


@pytest.fixture
def town(db: None) -> Town:
    return make_town()


@pytest.fixture
def other_town(db: None) -> Town:
    return make_town("г. о. Соседск", "Соседняя область")


def browser_for(who: User | None) -> DayClient:
    """A client signed in as a person (or a stranger) on 15 September 2022."""
    client = DayClient()
    client.day, client.travels = date(2022, 9, 15), False
    if who is not None:
        client.force_login(who)
    return client


@pytest.fixture
def browser_of() -> Callable[[User | None], Client]:
    return browser_for


def open_as(client: Client, path: str) -> str:
    """The text of a page that must open."""
    response = client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    return response.content.decode().replace("\u00a0", " ")
