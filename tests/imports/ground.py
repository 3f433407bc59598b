"""People, places and a small draft for the tests of loading an order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from opora.accounts.models import User
from opora.appointments.models import Appointment
from opora.programmes.models import Programme
from opora.schools.models import Municipality, Region, School

NOW = datetime(2022, 3, 1, 9, 14, tzinfo=UTC)
TODAY = date(2022, 3, 1)
PASSWORD = "длинный пароль для проверки"


@dataclass(frozen=True, slots=True)
class Ground:
    """One municipality with a coordinator and a curator, and another municipality beside it."""

    programme: Programme
    municipality: Municipality
    other: Municipality
    school: School
    coordinator: User
    colleague: User
    curator: User


def make_ground() -> Ground:
    """Rows that every test of this room stands on."""
    programme = Programme.objects.create(
        code="500plus-2022",
        name="Проект адресной методической помощи «500+»",
        short_name="Проект «500+»",
        year=2022,
        starts_on=date(2022, 1, 1),
        ends_on=date(2022, 12, 31),
    )
    region = Region.objects.create(name="Примерная область")
    town, other = (
        Municipality.objects.create(
            region=region,
            name=name,
            centre_name="Методический центр",
            centre_short_name="ИМЦ",
            head_post="Директор",
            head_name="Примеров Пример Примерович",
        )
        for name in ("г. о. Примерск", "г. о. Соседск")
    )
    school = School.objects.create(
        municipality=town,
        name="Школа № 101",
        short_name="Школа № 101",
        number=101,
        folded_name="школа № 101",
    )
    coordinator = make_person("coordinator@example.org", "Координаторова")
    colleague = make_person("colleague@example.org", "Коллегина")
    curator = make_person("curator@example.org", "Кураторова")
    for person in (coordinator, colleague):
        Appointment.objects.create(
            person=person,
            duty="municipal_coordinator",
            programme=programme,
            municipality=town,
            since=date(2021, 1, 1),
        )
    Appointment.objects.create(
        person=curator, duty="curator", programme=programme, school=school, since=date(2021, 1, 1)
    )
    return Ground(programme, town, other, school, coordinator, colleague, curator)


def make_person(email: str, last_name: str) -> User:
    """A person who can sign in."""
    person = User(email=email, last_name=last_name, first_name="Анна", folded_name=last_name.lower())
    person.set_password(PASSWORD)
    person.save()
    return person


def line(
    number: str | None,
    text: str,
    term: str = "март 2022",
    start: str | None = "2022-03-01",
    end: str | None = "2022-03-31",
    **other: Any,
) -> dict[str, Any]:
    """One line of a draft in the shape of `./opora read --json`."""
    period = {
        "text": term,
        "start": start,
        "end": end,
        "open_ended": False,
        "recurrence": None,
        "control_on": None,
        "confidence": "sure" if start or end else "unread",
    }
    return {
        "section": 1,
        "number": number,
        "suggested_number": None,
        "text": text,
        "period": period,
        "promise": f"{text}: сделано",
        "responsible": None,
        "place": {"page": 1, "table": 1, "row": 3, "sheet": ""},
        "kind": "documents_ready",
        "kind_confidence": 0.9,
        "kinds": ["documents_ready"],
        "why": ["подготовлен"],
        **other,
    }


def draft(*lines: dict[str, Any], **other: Any) -> dict[str, Any]:
    """A draft of two sections; three lines of its own unless others are given."""
    return {
        "title": "Дорожная карта проекта «500+»",
        "order": {
            "number": "04-06/06-2",
            "date": "2022-02-28",
            "issuer": "Методический центр",
            "signed_by": "П. П. Примеров",
        },
        "year": 2022,
        "sections": [{"number": 1, "title": "Организация"}, {"number": 2, "title": "Мониторинг"}],
        "lines": list(lines)
        or [
            line("1.1", "Назначение координаторов", "декабрь 2021", "2021-12-01", "2021-12-31"),
            line(
                "1.2",
                "Подготовка отчётов",
                promise="Отчёты подготовлены и размещены",
                kinds=["documents_published", "documents_ready"],
                kind="documents_published",
            ),
            line(None, "Выборочный анализ", section=2, suggested_number="2.1"),
        ],
        "problems": [],
        **other,
    }
