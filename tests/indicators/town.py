"""A fictional town of any size whose roadmap is adopted and promised by the public deeds; used by several rooms."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.test import Client

from opora.accounts.models import User
from opora.appointments.models import Appointment
from opora.core.russian import fold
from opora.core.uploads import store
from opora.documents import actions as documents
from opora.documents.models import Attestation, Document
from opora.indicators.actions import promise_all
from opora.indicators.queries import line_state
from opora.indicators.state import LineState
from opora.plans.actions import adopt_roadmap
from opora.plans.models import Activity, Roadmap
from opora.programmes.models import DocumentKind, Programme
from opora.schools.models import Municipality, Participation, Region, School
from tests.clock import DayClient
from tests.imports.ground import draft, line

AT = datetime(2022, 9, 15, 9, 0, tzinfo=UTC)
TODAY = date(2022, 9, 15)
BEGAN = date(2022, 1, 10)

Promised = tuple[str, str, int]


@dataclass
class Town:
    """Everything a test may want to name; lines are planned by `plan`."""

    municipality: Municipality
    programme: Programme
    schools: list[School]
    coordinator: User
    head: User
    curators: list[User]
    roadmap: Roadmap = field(init=False)
    lines: list[Activity] = field(init=False)

    def plan(self, *rules: tuple[Promised, ...], **words: Any) -> Roadmap:
        """Adopt an order of as many lines as there are rules, each from 1 February to 31 May, and promise them."""
        number = f"{self.municipality.pk}-{Roadmap.objects.count()}"
        content = draft(
            *(
                line(
                    f"{place % 6 + 1}.{place // 6 + 1}",
                    words.get("text", f"Мероприятие {place} со школами-участницами проекта"),
                    "февраль – май 2022",
                    "2022-02-01",
                    "2022-05-31",
                    section=place % 6 + 1,
                    **{name: said for name, said in words.items() if name != "text"},
                )
                for place in range(len(rules))
            ),
            order={"number": number, "date": "2022-01-20"},
            sections=[{"number": one, "title": f"Раздел работы {one}"} for one in range(1, 7)],
        )
        file = store(number.encode(), kind="docx", at=AT)
        self.roadmap = adopt_roadmap(
            municipality=self.municipality,
            programme=self.programme,
            draft=content,
            file=file,
            file_name="Приказ.docx",
            by=self.coordinator,
            at=AT,
        )
        self.lines = list(self.roadmap.activities.select_related("section", "roadmap").order_by("position"))
        promise_all(promised=dict(zip(self.lines, rules, strict=True)), by=self.coordinator, at=AT)
        return self.roadmap

    def state(self, on: date = TODAY, place: int = 0) -> LineState:
        """One line as it stands on a day."""
        return line_state(self.lines[place], on)

    def document(self, title: str = "Отчёт", *, on: date = date(2022, 5, 3), **more: Any) -> Document:
        """A paper of the first line, entered on 3 May."""
        said = {
            "municipality": self.municipality,
            "title": title,
            "dated_on": on,
            "content": f"{title} {Document.objects.count()}".encode(),
            "file_name": "отчёт.txt",
            "activity": self.lines[0],
            "by": self.coordinator,
            "at": AT,
            "on": on,
        }
        return documents.add_document(**{**said, **more})

    def approved(self, title: str = "Отчёт", *, on: date = date(2022, 5, 5), **more: Any) -> Document:
        """The same, approved on 5 May."""
        document = self.document(title, on=on, **more)
        documents.approve(document=document, on=on, by=self.head, at=AT)
        document.refresh_from_db()
        return document

    def published(self, title: str = "Отчёт", *, on: date = date(2022, 5, 5), **more: Any) -> Document:
        """The same, on the portal."""
        document = self.approved(title, on=on, **more)
        documents.publish(document=document, where="portal", on=on, by=self.head, at=AT)
        return document

    def word(
        self, *, on: date = date(2022, 5, 5), confirmed_on: date | None = None, **more: Any
    ) -> Attestation:
        """Somebody's word about the first line, confirmed when a day is given."""
        said = {"activity": self.lines[0], "words": "Проведено", "by": self.coordinator, "at": AT}
        word = documents.attest(happened_on=on, **{**said, **more})
        if confirmed_on is not None:
            documents.confirm(attestation=word, on=confirmed_on, by=self.head, at=AT)
        return word

    def appoint(self, duty: str, school: School, person: User | None = None, **more: Any) -> Appointment:
        """An appointment by an order at a school, in force since 10 January."""
        said = {"since": BEGAN, "order_number": "5", "order_date": BEGAN, "until": None}
        return Appointment.objects.create(
            person=person or make_person("Назначенная"),
            duty=duty,
            programme=self.programme,
            school=school,
            **{**said, **more},
        )


def browser_of(person: User, on: date = TODAY) -> Client:
    """A client signed in as a person on a day."""
    client = DayClient()
    client.day = on
    client.force_login(person)
    return client


def make_person(last_name: str) -> User:
    """A fictional person who may sign in."""
    count = User.objects.count()
    return User.objects.create(
        email=f"{count}@town.test",
        last_name=last_name,
        first_name="Анна",
        middle_name="Петровна",
        folded_name=f"{fold(last_name)} {count}",
    )


def make_programme() -> Programme:
    """The programme of 2022 with its kind of document «report»."""
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
    DocumentKind.objects.get_or_create(
        programme=programme, code="report", defaults={"name": "Отчёт", "position": 1}
    )
    return programme


def make_town(schools: int = 3, *, name: str = "г. о. Примерск", curators: int = 2) -> Town:
    """A town with schools that take part since January, a coordinator, a head and curators without schools."""
    region, _ = Region.objects.get_or_create(name="Примерная область")
    municipality = Municipality.objects.create(
        region=region,
        name=name,
        centre_name=f"МУ «Методический центр», {name}",
        centre_short_name="Методический центр",
        place=name.removeprefix("г. о. "),
        head_post="Директор",
        head_name="Вымышленная Анна Петровна",
        is_fictional=True,
    )
    programme = make_programme()
    made = School.objects.bulk_create(
        School(
            municipality=municipality,
            name=f"МОУ «Школа № {number}» (вымышленная)",
            short_name=f"Школа № {number}",
            number=number,
            folded_name=fold(f"Школа № {number}"),
            is_fictional=True,
        )
        for number in range(101, 101 + schools)
    )
    Participation.objects.bulk_create(
        Participation(school=school, programme=programme, since=BEGAN) for school in made
    )
    coordinator, head = make_person("Мостова"), make_person("Пролётова")
    for person, duty in ((coordinator, "municipal_coordinator"), (head, "head")):
        Appointment.objects.create(
            person=person, duty=duty, programme=programme, municipality=municipality, since=BEGAN
        )
    people = [make_person(f"Кураторова{letter}") for letter in "абвгд"[:curators]]
    return Town(municipality, programme, made, coordinator, head, people)
