"""The fictional town with a catalogue of risk factors, and what tests of profiles do again and again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import lxml.html
from django.test import Client

from opora.programmes.models import RiskFactor
from opora.schools.actions import set_risks, verify_risks
from opora.schools.actions.risks import CellChange
from opora.schools.models import Participation, School, SchoolRisk
from tests.appointments.town import AT, TODAY, Town, browser_for

NAMES = (
    "Низкий уровень оснащения школы",
    "Дефицит педагогических кадров",
    "Недостаточная предметная и методическая компетентность педагогических работников",
    "Низкая учебная мотивация обучающихся",
)
MARCH = date(2022, 3, 1)


def add_factors(town: Town) -> list[RiskFactor]:
    """Four factors of the programme."""
    return [
        RiskFactor.objects.create(programme=town.programme, number=number, name=name)
        for number, name in enumerate(NAMES, 1)
    ]


def part_of(school: School) -> Participation:
    """The participation of a school in its programme."""
    return Participation.objects.select_related("school", "programme").get(school=school)


def cell_of(school: School, number: int) -> SchoolRisk | None:
    """The cell of a factor, when there is one."""
    return SchoolRisk.objects.filter(participation__school=school, factor__number=number).first()


def choose(
    town: Town, school: School, told: dict[int, tuple[str, str, str]], *, on: date = MARCH, by: Any = None
) -> int:
    """Number → (level, choice, reason), over whatever stands there now."""
    factors = {factor.number: factor for factor in town.programme.risk_factors.all()}
    changes = [
        CellChange(factors[number], version_of(school, number), *said) for number, said in told.items()
    ]
    return set_risks(participation=part_of(school), changes=changes, by=by or town.coordinator, at=AT, on=on)


def version_of(school: School, number: int) -> int:
    """The version that a person would see now."""
    cell = cell_of(school, number)
    return cell.version if cell else 0


def complete(town: Town, school: School) -> None:
    """A complete choice: two taken, a high one explained."""
    choose(
        town,
        school,
        {
            1: ("high", "chosen", ""),
            2: ("middle", "chosen", ""),
            3: ("high", "left", "Решено в прошлом году"),
        },
    )


def verified(town: Town, school: School) -> None:
    """The same with the word of the curator."""
    complete(town, school)
    verify_risks(participation=part_of(school), by=town.curator, at=AT, on=TODAY)


def fields_of(browser: Client, school: School, number: int | None = None) -> dict[str, str]:
    """What the form of a school (or of one cell, as the table opens it) holds when it comes to the browser."""
    address = f"/risks/{school.pk}/"
    answer = (
        browser.get(address)
        if number is None
        else browser.get(f"{address}?factor={number}", headers={"HX-Request": "true"})
    )
    assert answer.status_code == 200
    forms = lxml.html.fromstring(answer.content.decode()).xpath("//form[contains(@action, '/save/')]")
    assert forms, "no form to save"
    return {name: value or "" for name, value in forms[0].form_values() if name != "csrfmiddlewaretoken"}


def save(browser: Client, school: School, fields: dict[str, str], *, quietly: bool = False) -> Any:
    """Send the form of a school, or of a cell as the table sends it."""
    headers = {"HX-Request": "true"} if quietly else {}
    return browser.post(f"/risks/{school.pk}/save/", fields, headers=headers)


def text_of(answer: Any) -> str:
    """The page as text with plain spaces."""
    words: str = lxml.html.fromstring(answer.content.decode()).text_content()
    return " ".join(words.split())


def browsers(*people: Any) -> Sequence[Client]:
    """Browsers of some people, each looking at 15 September 2022."""
    return [browser_for(person) for person in people]
