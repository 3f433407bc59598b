"""A fictional town with a roadmap of three lines, and the people who work on it."""

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
from opora.core.uploads import store
from opora.documents import actions
from opora.documents.actions.texts import index_document
from opora.documents.models import Document, DocumentText
from opora.plans.models import Activity, Roadmap, Section
from opora.programmes.models import DocumentKind, Programme
from opora.schools.models import Municipality, Region, School
from tests.clock import DayClient

AT = datetime(2022, 9, 15, 9, 0, tzinfo=UTC)
TODAY = date(2022, 9, 15)
PDF = (
    b"%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n"
    b"3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 500 500]>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF"
)
TEXT = "Отчёт о реализации дорожной карты".encode()


@dataclass
class Town:
    """Everything a test may want to name."""

    municipality: Municipality
    programme: Programme
    roadmap: Roadmap
    lines: list[Activity]
    schools: list[School]
    coordinator: User
    head: User
    curator: User
    school_coordinator: User
    kind: DocumentKind

    def document(self, title: str = "Отчёт", **more: Any) -> Document:
        """A document of the first line, entered by the coordinator on 1 September."""
        said = {
            "municipality": self.municipality,
            "title": title,
            "dated_on": date(2022, 9, 1),
            "content": TEXT,
            "file_name": "отчёт.txt",
            "activity": self.lines[0],
            "by": self.coordinator,
            "at": AT,
            "on": date(2022, 9, 1),
        }
        return actions.add_document(**{**said, **more})

    def kept_before(self, title: str, content: bytes, file_name: str) -> Document:
        """A document whose file was taken before files were examined: it may be anything."""
        document = self.document(title)
        file = store(content, kind=file_name.rpartition(".")[2], at=AT)
        document.versions.update(file=file, name=file_name)
        DocumentText.objects.filter(document=document).delete()
        index_document(document=document, at=AT)
        return document

    def approved(self, title: str = "Отчёт", **more: Any) -> Document:
        """The same, approved on 5 September."""
        document = self.document(title, **more)
        actions.approve(document=document, on=date(2022, 9, 5), by=self.head, at=AT)
        document.refresh_from_db()
        return document


def person(last_name: str, **more: Any) -> User:
    """A fictional person who can sign in."""
    email = f"{User.objects.count()}@example.test"
    names = {"last_name": last_name, "first_name": "Анна", "middle_name": "Петровна"}
    made = User(email=email, folded_name=fold(last_name), **{**names, **more})
    made.set_password("ключ от моста 2022")
    made.save()
    return made


def make_town(name: str = "г. о. Примерск", region: str = "Примерная область") -> Town:
    """One municipality with two schools, a roadmap of three lines and four people."""
    place, _ = Region.objects.get_or_create(name=region)
    town = Municipality.objects.create(
        region=place,
        name=name,
        centre_name=f"МУ «Методический центр», {name}",
        centre_short_name="Методический центр",
        head_post="Директор",
        head_name="Вымышленная Анна Петровна",
        is_fictional=True,
    )
    programme, _ = Programme.objects.get_or_create(
        code="500plus-2022",
        defaults={
            "name": "Проект «500+»",
            "short_name": "Проект «500+»",
            "year": 2022,
            "starts_on": date(2021, 12, 1),
            "ends_on": date(2022, 12, 31),
        },
    )
    kind, _ = DocumentKind.objects.get_or_create(
        programme=programme, code="report", defaults={"name": "Отчёт", "position": 1}
    )
    schools = [
        School.objects.create(
            municipality=town,
            name=f"МОУ «Школа № {number}» (вымышленная)",
            short_name=f"Школа № {number}",
            number=number,
            folded_name=fold(f"Школа № {number}"),
            is_fictional=True,
        )
        for number in (101, 102)
    ]
    coordinator, head, curator, keeper = (
        person(word) for word in ("Мостова", "Пролётова", "Сваева", "Камнева")
    )
    for who, duty, where in (
        (coordinator, "municipal_coordinator", {"municipality": town}),
        (head, "head", {"municipality": town}),
        (curator, "curator", {"school": schools[0]}),
        (keeper, "school_coordinator", {"school": schools[0]}),
    ):
        Appointment.objects.create(
            person=who, duty=duty, programme=programme, since=date(2022, 1, 10), **where
        )
    roadmap = Roadmap.objects.create(
        programme=programme,
        municipality=town,
        title="Дорожная карта проекта «500+» на 2022 год",
        year=2022,
        order_number="01-01",
        order_date=date(2022, 2, 28),
        adopted_at=datetime(2022, 3, 1, 9, 0, tzinfo=UTC),
        adopted_by=coordinator,
    )
    section = Section.objects.create(roadmap=roadmap, number=1, title="Организационное сопровождение")
    terms = (
        (date(2022, 2, 1), date(2022, 5, 31)),
        (date(2022, 6, 1), date(2022, 6, 30)),
        (date(2022, 10, 1), None),
    )
    lines = [
        Activity.objects.create(
            roadmap=roadmap,
            section=section,
            position=place,
            number=f"1.{place}",
            text=f"Мероприятие {place}",
            promise=f"Подготовлен отчёт {place}",
            period_text="по плану",
            starts_on=start,
            ends_on=end,
        )
        for place, (start, end) in enumerate(terms, start=1)
    ]
    return Town(town, programme, roadmap, lines, schools, coordinator, head, curator, keeper, kind)


@pytest.fixture
def town(db: None) -> Town:
    return make_town()


@pytest.fixture
def other_town(db: None) -> Town:
    return make_town("г. о. Соседск")


@pytest.fixture
def browser_of() -> Callable[[User | None], Client]:
    """A client signed in as a person (or a stranger) on 15 September 2022."""

    def make(who: User | None) -> Client:
        client = DayClient()
        client.day = date(2022, 9, 15)
        if who is not None:
            client.force_login(who)
        return client

    return make
