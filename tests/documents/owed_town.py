"""A town whose schools take part, with kinds of paper that are owed, three factors of risk and their choice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from opora.documents import actions
from opora.documents.actions.marks import Marked, put_mark
from opora.documents.models import Document
from opora.programmes.models import DocumentKind, Programme, RiskFactor
from opora.schools.actions import set_risks
from opora.schools.actions.risks import CellChange
from opora.schools.models import Participation, School, SchoolRisk

AT = datetime(2022, 9, 15, 9, 0, tzinfo=UTC)
TODAY = date(2022, 9, 15)
MARCH, APRIL = date(2022, 3, 1), date(2022, 4, 1)
KINDS = (
    ("development-concept", "Концепция развития", "school", True),
    ("anti-risk-programme", "Антирисковая программа", "factor", True),
    ("school-note", "Справка школы", "school", False),
)


def furnish(town: Any) -> None:
    """Kinds, factors and participation since January for every school of a town."""
    programme: Programme = town.programme
    for position, (code, name, owed_by, is_marked) in enumerate(KINDS, 20):
        DocumentKind.objects.get_or_create(
            programme=programme,
            code=code,
            defaults={"name": name, "position": position, "owed_by": owed_by, "is_marked": is_marked},
        )
    DocumentKind.objects.get_or_create(
        programme=programme, code="filled-form", defaults={"name": "Заполненная форма", "position": 40}
    )
    for number in (1, 2, 3):
        RiskFactor.objects.get_or_create(
            programme=programme, number=number, defaults={"name": f"Фактор номер {number}"}
        )
    for school in town.schools:
        Participation.objects.get_or_create(
            school=school, programme=programme, defaults={"since": date(2022, 1, 10)}
        )


def kind(code: str) -> DocumentKind:
    return DocumentKind.objects.get(code=code)


def factor(number: int) -> RiskFactor:
    return RiskFactor.objects.get(number=number)


def part_of(school: School) -> Participation:
    return Participation.objects.select_related("school__municipality", "programme").get(school=school)


def choose(town: Any, school: School, *numbers: int, on: date = MARCH) -> None:
    """The school takes these factors into work."""
    known = {row.factor_id: row.version for row in SchoolRisk.objects.filter(participation__school=school)}
    changes = [
        CellChange(factor(number), known.get(factor(number).pk, 0), "high", "chosen", "")
        for number in numbers
    ]
    set_risks(participation=part_of(school), changes=changes, by=town.coordinator, at=AT, on=on)


def mark(
    town: Any, school: School, code: str, number: int | None, state: str, on: date = APRIL, **more: Any
) -> int:
    """A mark put by the coordinator."""
    marked = Marked(part_of(school), kind(code), factor(number) if number else None)
    return put_mark(marked=marked, state=state, on=on, by=town.coordinator, at=AT, **more)


def confirm_all(town: Any, school: School, numbers: Iterable[int], on: date = APRIL) -> None:
    """Everything that the school owes stands confirmed."""
    for code, number in [("development-concept", None), *(("anti-risk-programme", one) for one in numbers)]:
        mark(town, school, code, number, "loaded", on)
        mark(town, school, code, number, "confirmed", on)


def paper(
    town: Any,
    school: School,
    code: str,
    number: int | None = None,
    *,
    approved_on: date | None = None,
    **more: Any,
) -> Document:
    """A document of an owed kind, entered on 1 April."""
    said = {
        "municipality": town.municipality,
        "title": f"{kind(code).name} {number or ''}".strip(),
        "dated_on": APRIL,
        "content": f"{code} {number} {school.pk} {Document.objects.count()}".encode(),
        "file_name": "документ.txt",
        "kind": kind(code),
        "factor": factor(number) if number else None,
        "school": school,
        "by": town.coordinator,
        "at": AT,
        "on": APRIL,
    }
    document = actions.add_document(**{**said, **more})
    if approved_on is not None:
        actions.approve(document=document, on=approved_on, by=town.head, at=AT)
    return document
