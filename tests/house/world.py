"""Two regions, three towns and four schools full of rows, and a person of every duty in the first of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from opora.accounts.actions import add_person
from opora.accounts.models import User
from opora.appointments.actions import appoint
from opora.appointments.models import Appointment, Duty
from opora.core.uploads import store
from opora.documents import actions as papers
from opora.documents.models import Document
from opora.imports import actions as drafts
from opora.imports.differences import differences, key_of
from opora.imports.models import ImportDraft
from opora.indicators.actions import change_rule, excuse
from opora.plans.actions import assign_responsible
from opora.plans.models import Amendment, Roadmap
from opora.programmes.models import Programme, RiskFactor, Stage
from opora.reports.actions import freeze
from opora.schools.actions import add_municipality, add_region, add_school, set_risks, take_part
from opora.schools.actions.risks import CellChange
from opora.schools.actions.work import MeasureTold, WorkTold, note_done, save_work
from opora.schools.models import AntiRiskProgramme, Municipality, Participation, Region, School
from opora.visits.actions import add_step, begin_report, plan_visit
from tests.house.matrix import LETTERS
from tests.house.world_collections import collected
from tests.house.world_equipment import equipment_rows
from tests.house.world_forms import forms_and_owed
from tests.house.world_marks import mark_rows
from tests.house.world_papers import paper_rows
from tests.house.world_publicity import discussed_rows, elsewhere_row
from tests.house.world_region_issues import region_issue_rows
from tests.house.world_reports import report_rows
from tests.house.world_reviews import reviewed
from tests.imports.ground import draft as read_draft
from tests.imports.ground import line as read_line

AT = datetime(2022, 9, 1, 9, tzinfo=UTC)
DAY, BEGINNING = date(2022, 9, 1), date(2022, 1, 10)
SIGNATURE = b"\x30\x82\x01\x00" + b"\x00" * 256

# A row of the world: the arguments of its address.
Row = dict[str, Any]


@dataclass
class World:
    """People by the letter of their duty, rows by what they are and how near they are to those people."""

    people: dict[str, User] = field(default_factory=dict)
    rows: dict[tuple[str, str], Row] = field(default_factory=dict)


def make_world() -> World:
    """Own town with an own and a sibling school; another town of the region; a town of another region."""
    world = World()
    programme = Programme.objects.create(
        code="probe",
        name="Проект",
        short_name="Проект",
        year=2022,
        starts_on=date(2022, 1, 1),
        ends_on=date(2022, 12, 31),
    )
    Stage.objects.create(
        programme=programme, number=1, name="1 этап", starts_on=BEGINNING, ends_on=date(2022, 12, 31)
    )
    ours, theirs = (add_region(name=name, by=None, at=AT) for name in ("Ближний край", "Дальний край"))
    town = _town(ours, "г. о. Примерск")
    school, sibling = _school(town, programme, 101), _school(town, programme, 102)
    for letter, duty in LETTERS.items():
        place: Region | Municipality | School = {"R": ours, "C": school, "S": school}.get(letter, town)
        world.people[letter] = _person(f"{letter}-own", programme, duty, place)
    _furnish(world, programme, {"own": school, "sibling": sibling}, world.people["M"], world.people["S"])
    for relation, region, number in (("town", ours, 201), ("region", theirs, 301)):
        other = _town(region, f"г. о. {relation}")
        coordinator = _person(f"M-{relation}", programme, Duty.MUNICIPAL_COORDINATOR, other)
        _furnish(world, programme, {relation: _school(other, programme, number)}, coordinator, coordinator)
    world.people["mixed"] = _person("mixed", programme, Duty.MUNICIPAL_COORDINATOR, town)
    elsewhere = Municipality.objects.get(name="г. о. town")
    _appoint(world.people["mixed"], programme, Duty.EXPERT, elsewhere)
    _review(world, programme)
    return world


def _review(world: World, programme: Programme) -> None:
    """A round of review in each town; its expert is the own one, or one who serves there."""
    stranger = _person("E-region", programme, Duty.EXPERT, Municipality.objects.get(name="г. о. region"))
    for number, relation, expert in (
        (101, "own", world.people["E"]),
        (201, "town", world.people["mixed"]),
        (301, "region", stranger),
    ):
        schools = {relation: School.objects.get(number=number)}
        if relation == "own":
            schools["sibling"] = School.objects.get(number=102)
        world.rows |= reviewed(programme, schools, world.people["M"], expert)


def _furnish(
    world: World, programme: Programme, schools: dict[str, School], coordinator: User, at_school: User
) -> None:
    """Rows of every kind: those of the centre stand under the first relation, those of schools under each."""
    relation, town = next(iter(schools)), next(iter(schools.values())).municipality
    plan = _plan(town, programme, coordinator)
    lines = list(plan.activities.select_related("roadmap__municipality"))
    change_rule(activity=lines[0], kinds=[("visits_held", "schools", 1)], by=coordinator, at=AT)
    (held,) = assign_responsible(activities=lines[:1], person=coordinator, since=DAY, by=coordinator, at=AT)
    amending, amendment = _amend(plan, coordinator)
    waiting = _draft(town, programme, coordinator, b"a second order")
    issue = freeze(
        roadmap=plan, since=BEGINNING, as_of=DAY, stretch="interim", line=None, on=DAY, by=coordinator, at=AT
    )
    key = waiting.content["lines"][0]["key"]
    rows: dict[str, Row] = {
        "municipality": {"pk": town.pk},
        "roadmap": {"pk": plan.pk},
        "line": {"pk": plan.pk, "line_pk": lines[0].pk},
        "activity": {"pk": lines[0].pk},
        "responsibility": {"pk": held.pk},
        "draft": {"pk": waiting.pk},
        "draft line": {"pk": waiting.pk, "key": key},
        "amending draft": {"pk": amending.pk},
        "amendment": {"pk": amendment.pk},
        "issue": {"pk": issue.pk},
        **discussed_rows(town, lines[1], coordinator),
        **report_rows(plan, issue, coordinator, AT),
        **region_issue_rows(plan, coordinator, DAY, AT),
    }
    world.rows |= {(kind, relation): row for kind, row in rows.items()}
    world.rows |= collected(programme, schools, coordinator, AT, DAY)
    world.rows |= forms_and_owed(programme, schools, coordinator, AT, DAY)
    for near, school in schools.items():
        _furnish_school(world, programme, near, school, lines, coordinator, at_school)


def _furnish_school(
    world: World,
    programme: Programme,
    near: str,
    school: School,
    lines: list[Any],
    coordinator: User,
    at_school: User,
) -> None:
    document = _document(school, lines[1], coordinator)
    publication = papers.publish(document=document, where="portal", on=DAY, by=coordinator, at=AT)
    word = papers.attest(
        activity=lines[0],
        words="Сделано",
        happened_on=DAY,
        school=school,
        by=at_school if near == "own" else coordinator,
        at=AT,
    )
    excused = excuse(activity=lines[0], school=school, since=DAY, reason="ремонт", by=coordinator, at=AT)
    teacher = _person(f"teacher-{near}", programme, Duty.CURATOR, school)
    visit = plan_visit(
        programme=programme,
        school=school,
        curator=world.people["C"] if near == "own" else teacher,
        planned_on=DAY,
        by=coordinator,
        at=AT,
        on=DAY,
    )
    step = add_step(visit=visit, side="school", text="Составить план", due_on=DAY, by=coordinator, at=AT)
    told = begin_report(stage=visit.stage, curator=visit.curator, on=DAY, by=coordinator, at=AT)
    work = _work(programme, school, coordinator)
    rows: dict[str, Row] = {
        "work": {"pk": school.pk, "factor_pk": work.factor_id},
        "measure": {"pk": school.pk, "factor_pk": work.factor_id, "measure_pk": work.measures.get().pk},
        "school": {"pk": school.pk},
        "curator report": {"pk": told.pk},
        "curator report file": {"pk": told.pk, "ending": "docx"},
        "visit": {"pk": visit.pk},
        "step": {"pk": visit.pk, "step_pk": step.pk},
        "person": {"pk": teacher.pk},
        "appointment": {"pk": Appointment.objects.get(person=teacher).pk},
        "document": {"pk": document.pk},
        "file": {"pk": document.pk, "number": 1},
        "publication": {"pk": publication.pk},
        "word": {"pk": word.pk},
        "excuse": {"pk": excused.pk},
        **paper_rows(school, lines[1], coordinator),
        **mark_rows(programme, school, work, coordinator),
        **equipment_rows(programme, school, coordinator, AT, DAY),
        "publication elsewhere": elsewhere_row(document, coordinator),
    }
    world.rows |= {(kind, near): row for kind, row in rows.items()}


def _work(programme: Programme, school: School, coordinator: User) -> AntiRiskProgramme:
    """A programme of work with a file and one measure that the school has done."""
    factor, _ = RiskFactor.objects.get_or_create(programme=programme, number=1, defaults={"name": "Фактор"})
    part = Participation.objects.get(school=school, programme=programme)
    change = CellChange(factor, 0, "high", "chosen", "")
    set_risks(participation=part, changes=[change], by=coordinator, at=AT, on=DAY)
    row = save_work(
        participation=part,
        factor=factor,
        version=0,
        told=WorkTold(aim="Цель", measures=(MeasureTold("Мера"),)),
        file=store(f"work of {school.pk}".encode(), kind="txt", at=AT),
        file_name="программа.txt",
        by=coordinator,
        at=AT,
    )
    note_done(measure=row.measures.get(), on=DAY, by=coordinator, at=AT)
    return row


def _town(region: Region, name: str) -> Municipality:
    return add_municipality(region=region, name=name, centre_name="Методический центр", by=None, at=AT)


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
    person = add_person(
        last_name="Ромашкина", first_name="Вера", email=f"{key.lower()}@example.org", by=None, at=AT
    )
    # Nobody comes in without a password of their own.
    person.set_password("мост на семи опорах")
    person.save(update_fields=["password"])
    _appoint(person, programme, duty, place)
    return person


def _appoint(person: User, programme: Programme, duty: str, place: Any) -> None:
    appoint(person=person, duty=duty, programme=programme, place=place, since=BEGINNING, by=None, at=AT)


def _draft(
    town: Municipality,
    programme: Programme,
    by: User,
    data: bytes,
    amends: Roadmap | None = None,
    **other: Any,
) -> ImportDraft:
    return drafts.make_draft(
        municipality=town,
        programme=programme,
        amends=amends,
        read=read_draft(**other),
        data=data,
        kind="txt",
        file_name="Приказ.txt",
        by=by,
        at=AT,
    )


def _plan(town: Municipality, programme: Programme, by: User) -> Roadmap:
    draft = _draft(town, programme, by, b"the order")
    return drafts.adopt_draft(draft=draft, version=draft.version, by=by, at=AT)


def _amend(plan: Roadmap, by: User) -> tuple[ImportDraft, Amendment]:
    """A draft of changes that waits, and an amendment accepted before it."""
    order = {"number": "1", "date": "2022-08-01", "issuer": "Центр", "signed_by": "П. П. Примеров"}
    moved = read_draft(
        read_line("1.1", "Назначение координаторов", "май 2022", "2022-05-01", "2022-05-31"), order=order
    )
    later = _draft(plan.municipality, plan.programme, by, b"changes", plan, order=order)
    later.content = {**later.content, "lines": [{**later.content["lines"][0], **_term_of(moved)}]}
    later.save(update_fields=["content"])
    accepted = {key_of(pair, "moved") for pair in differences(later.content, plan) if "moved" in pair.what}
    amendment = drafts.accept_amendment(draft=later, version=later.version, accepted=accepted, by=by, at=AT)
    return _draft(plan.municipality, plan.programme, by, b"more changes", plan), amendment


def _term_of(read: dict[str, Any]) -> dict[str, Any]:
    return {"period": {**read["lines"][0]["period"], "is_by_hand": False}}


def _document(school: School, line: Any, by: User) -> Document:
    document = papers.add_document(
        municipality=school.municipality,
        title=f"Отчёт, {school.short_name}",
        dated_on=DAY,
        content=f"Отчёт: {school.short_name}".encode(),
        file_name="отчёт.txt",
        activity=line,
        school=school,
        by=by,
        at=AT,
        on=DAY,
    )
    papers.add_signature(
        version=document.versions.get(), content=SIGNATURE, file_name="отчёт.txt.sig", by=by, at=AT
    )
    papers.approve(document=document, on=DAY, by=by, at=AT)
    document.refresh_from_db()
    return document
