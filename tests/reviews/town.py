"""A town with schools, their approved concepts, experts and curators; a round of review that can be led to any state."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from opora.accounts.models import User
from opora.appointments.models import Appointment, Duty
from opora.core.russian import fold
from opora.core.uploads import store
from opora.documents.models import Document, Version
from opora.programmes.models import DocumentKind, Programme, RiskFactor, Stage
from opora.reviews import actions
from opora.reviews.choosing import experts_of, plan_of
from opora.reviews.models import Examination, Round, Sampled
from opora.reviews.population import preview_of
from opora.reviews.standing import scale_of
from opora.reviews.starting import CONCEPT
from opora.schools.models import Municipality, Participation, Region, School
from tests.visitor import Visitor

AT = datetime(2022, 9, 10, 9, tzinfo=UTC)
DAY, LATER, LAST = date(2022, 9, 5), date(2022, 9, 7), date(2022, 9, 9)
ON = "?on=2022-09-09"


@dataclass
class Town:
    """Everything a test may want to name."""

    programme: Programme
    region: Region
    municipality: Municipality
    kind: DocumentKind
    factors: list[RiskFactor]
    schools: list[School]
    documents: list[Document]
    experts: list[User]
    coordinator: User
    regional: User
    head: User
    curator: User
    keeper: User
    more: dict[str, Any] = field(default_factory=dict)

    def round(self, **told: Any) -> Round:
        """A round with the criteria for concepts, half of the documents by default."""
        said: dict[str, Any] = {
            "title": "Экспертиза концепций",
            "kinds": (self.kind,),
            "size_value": Decimal(50),
            "strata": ("factor",),
            **told,
        }
        place = said.pop("place", self.municipality)
        row = actions.make_round(
            place=place,
            programme=self.programme,
            told=actions.RoundTold(**said),
            seed=said.pop("seed", "семь опор"),
            by=self.coordinator,
            at=AT,
        )
        actions.set_criteria(review=row, criteria=CONCEPT.criteria, by=self.coordinator, at=AT)
        return row

    def drawn(self, **told: Any) -> Round:
        """The same, drawn on 5 September."""
        row = self.round(**told)
        return actions.draw_sample(
            review=row, seen=preview_of(row, DAY).mark, on=DAY, by=self.coordinator, at=AT
        )

    def assigned(self, **told: Any) -> Round:
        """The same, shared out between all experts."""
        row = self.drawn(**told)
        plan = plan_of(row, list(experts_of(row, DAY)), DAY)
        actions.assign_experts(review=row, pairs=plan.pairs(), on=DAY, by=self.coordinator, at=AT)
        return row

    def hand_in(self, examination: Examination, place: int = 1, **more: Any) -> Examination:
        """An examination handed in on 7 September with one level, counted from the lowest, by every criterion."""
        examination.refresh_from_db()
        scale = scale_of(examination.sampled.round)
        levels = _at(scale, place)
        levels |= more.pop("levels", {})
        on = more.pop("on", LATER)
        return actions.hand_in(
            examination=examination,
            told=actions.Told(levels=levels, **more),
            version=examination.version,
            on=on,
            by=examination.expert,
            at=AT,
        )

    def returned(self, sampled: Sampled, **more: Any) -> Sampled:
        """A document given back to its school on 8 September."""
        said: dict[str, Any] = {
            "remarks": "Уточните цели.", "rework_by": None, "is_approval_recalled": True,
            "on": date(2022, 9, 8), "by": self.coordinator, "at": AT,
        }  # fmt: skip
        actions.return_for_rework(sampled=sampled, **{**said, **more})
        sampled.refresh_from_db()
        return sampled

    def new_version(self, document: Document) -> Version:
        """One more file of a document."""
        file = store(f"версия {document.versions.count() + 1} {document.pk}".encode(), kind="txt", at=AT)
        number = document.versions.count() + 1
        return Version.objects.create(
            document=document,
            number=number,
            file=file,
            name="концепция.txt",
            added_at=AT,
            added_by=self.keeper,
        )

    def visitor(self, who: User) -> Visitor:
        """The browser of a person who looks at 9 September 2022."""
        visitor = Visitor(who)
        visitor.client.get(f"/documents/{ON}")
        return visitor


def _at(scale: Any, place: int) -> dict[int, int]:
    """Criterion → its level at a place."""
    return {one.pk: one.levels_in_order[place].pk for one in scale.criteria}


def person(name: str, duty: str, programme: Programme, **place: Any) -> User:
    """A fictional person with one duty since January."""
    made = User(
        email=f"p{User.objects.count()}@example.test", last_name=name, first_name="Анна", middle_name="Петровна",
        folded_name=fold(name), post="Методист", workplace="Центр",
    )  # fmt: skip
    made.set_password("мост на семи опорах")
    made.save()
    Appointment.objects.create(person=made, duty=duty, programme=programme, since=date(2022, 1, 10), **place)
    return made


def make_town(count: int = 12, experts: int = 3, name: str = "г. о. Примерск") -> Town:
    """So many schools, each with an approved concept, one of three risks in turn; so many experts."""
    programme, _ = Programme.objects.get_or_create(
        code="probe",
        defaults={
            "name": "Проект", "short_name": "Проект", "year": 2022, "starts_on": date(2022, 1, 1),
            "ends_on": date(2022, 12, 31),
        },
    )  # fmt: skip
    Stage.objects.get_or_create(
        programme=programme, number=1, name="1 этап", starts_on=date(2022, 2, 1), ends_on=date(2022, 5, 31)
    )
    factors = [
        RiskFactor.objects.get_or_create(programme=programme, number=one, defaults={"name": f"Фактор {one}"})[
            0
        ]
        for one in (1, 2, 3)
    ]
    region, _ = Region.objects.get_or_create(name="Примерская область")
    town = Municipality.objects.create(
        region=region, name=name, centre_name="Методический центр", centre_short_name="Центр",
        head_post="Директор", head_name="Вымышленная Анна",
    )  # fmt: skip
    kind, _ = DocumentKind.objects.get_or_create(
        programme=programme, code="concept", defaults={"name": "Концепция", "position": 1}
    )
    schools = School.objects.bulk_create(
        School(
            municipality=town, name=f"МОУ «Школа № {number}»", short_name=f"Школа № {number}", number=number,
            folded_name=fold(f"Школа № {number}"),
        )
        for number in range(101, 101 + count)
    )  # fmt: skip
    Participation.objects.bulk_create(
        Participation(school=school, programme=programme, since=date(2022, 1, 10)) for school in schools
    )
    of_town = {"municipality": town}
    coordinator = person("Мостова", Duty.MUNICIPAL_COORDINATOR, programme, **of_town)
    documents = Document.objects.bulk_create(
        Document(
            municipality=town, school=school, kind=kind, factor=factors[at % 3], title=f"Концепция школы {at + 1}",
            folded_title="", dated_on=date(2022, 3, 1), state="approved", added_on=date(2022, 3, 1),
            added_by=coordinator, approved_on=date(2022, 3, 2), approved_by=coordinator,
        )
        for at, school in enumerate(schools)
    )  # fmt: skip
    file = store(f"Концепция {name}".encode(), kind="txt", at=AT)
    Version.objects.bulk_create(
        Version(document=one, number=1, file=file, name="концепция.txt", added_at=AT, added_by=coordinator)
        for one in documents
    )
    return Town(
        programme, region, town, kind, factors, schools, documents,
        [person(f"Экспертова{one}", Duty.EXPERT, programme, **of_town) for one in range(experts)],
        coordinator,
        person("Областная", Duty.REGIONAL_COORDINATOR, programme, region=region),
        person("Пролётова", Duty.HEAD, programme, **of_town),
        person("Сваева", Duty.CURATOR, programme, school=schools[0]),
        person("Камнева", Duty.SCHOOL_COORDINATOR, programme, school=schools[0]),
    )  # fmt: skip
