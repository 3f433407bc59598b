"""`standings`, `take-readings` and `report`: what they say, write and refuse."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opora.core.refusal import Refused
from opora.indicators.models import Reading
from tests.indicators.town import Town, make_town

ON = "2022-09-15"


def said(name: str, *arguments: str) -> str:
    out = io.StringIO()
    call_command(name, *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def planned(town: Town) -> Town:
    town.plan([("documents_ready", "schools", 1)], [("documents_ready", "one", 1)])
    town.approved(school=town.schools[0])
    return town


def test_standings_are_told_in_words(planned: Town) -> None:
    told = said("standings", "--on", ON)

    assert "На 15.09.2022: пунктов 2, выполнено 0, в работе 0, срок прошёл у 2, впереди 0." in told
    assert "1 из 3" in told


def test_standings_are_told_as_data(planned: Town) -> None:
    (told,) = json.loads(said("standings", "--on", "15.09.2022", "--json"))

    assert (told["roadmap"], told["on"]) == (planned.roadmap.pk, "2022-09-15")
    assert told["lines"][0] | {"text": ""} == {
        "number": "1.1",
        "text": "",
        "starts_on": "2022-02-01",
        "ends_on": "2022-05-31",
        "status": "late",
        "late_by": 107,
        "expected": 3,
        "found": 1,
        "reported": 0,
        "excused": 0,
        "done_on": None,
        "missing": ["Школа № 102", "Школа № 103"],
    }


def test_one_roadmap_is_asked_by_its_number(planned: Town) -> None:
    other = make_town(name="г. о. Соседск")
    other.plan([("attested", "one", 1)])

    assert len(json.loads(said("standings", "--json"))) == 2
    (told,) = json.loads(said("standings", "--json", "--roadmap", str(other.roadmap.pk)))
    assert told["municipality"] == "г. о. Соседск"


@pytest.mark.parametrize("name", ["standings", "take_readings"])
def test_a_roadmap_that_is_not_there_is_refused(planned: Town, name: str) -> None:
    with pytest.raises(Refused, match="с номером 999 нет"):
        said(name, "--roadmap", "999")


def test_without_a_roadmap_the_way_to_one_is_told(db: None) -> None:
    with pytest.raises(Refused, match="загрузите приказ"):
        said("standings")


@pytest.mark.parametrize("day", ["31.02.2022", "вчера", "2022-13-01", ""])
def test_a_day_that_is_not_one_is_told_in_russian(planned: Town, day: str) -> None:
    with pytest.raises(CommandError, match="не дата"):
        said("standings", "--on", day)


def test_readings_are_taken_once_a_day_for_every_roadmap(planned: Town) -> None:
    other = make_town(name="г. о. Соседск")
    other.plan([("attested", "one", 1)])

    assert said("take_readings", "--on", ON) == "На 15.09.2022: 3\u00a0пункта, 3\u00a0новых замера.\n"
    assert "0\u00a0новых замеров" in said("take_readings", "--on", ON)

    reading = Reading.objects.get(activity=planned.lines[0])
    assert (reading.taken_on, reading.status, reading.expected, reading.found) == (
        date(2022, 9, 15), "late", 3, 1,
    )  # fmt: skip


def test_a_reading_keeps_what_was_counted_when_it_was_taken(planned: Town) -> None:
    said("take_readings", "--on", ON)
    planned.approved("Поздняя", school=planned.schools[1], on=date(2022, 5, 6))

    said("take_readings", "--on", ON)

    assert Reading.objects.get(activity=planned.lines[0]).found == 1
    assert planned.state().found == 2


def test_a_day_to_come_has_no_readings(planned: Town) -> None:
    with pytest.raises(Refused, match="ещё не наступило"):
        said("take_readings", "--on", "2999-01-01")
    assert not Reading.objects.exists()


def test_readings_of_three_hundred_lines_cost_as_many_queries_as_of_three(db: None) -> None:
    counts = []
    for size in (1, 100):
        town = make_town(name=f"Город {size}")
        town.plan(
            *[[("documents_ready", "schools", 1)], [("attested", "one", 1)], [("attested", "one", 1)]] * size
        )
        with CaptureQueriesContext(connection) as captured:
            said("take_readings", "--on", ON, "--roadmap", str(town.roadmap.pk))
        counts.append(len(captured))

    assert counts[1] - counts[0] <= 3, counts


@pytest.mark.parametrize(("ending", "starts"), [("docx", b"PK"), ("xlsx", b"PK"), ("pdf", b"%PDF")])
def test_a_report_is_written_by_the_ending_of_its_name(
    planned: Town, tmp_path: Path, ending: str, starts: bytes
) -> None:
    place = tmp_path / f"Отчёт.{ending}"

    told = said("report", "--on", ON, "--stretch", "interim", "--to", str(place))

    assert place.read_bytes().startswith(starts)
    assert "Промежуточный отчёт" in told


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"to": "отчёт.doc"}, "бывает .docx, .pdf или .xlsx"),
        ({"to": "нет такой папки/отчёт.docx"}, "нет. Создайте её"),
        ({"to": "отчёт.docx", "since": "2022-10-01"}, "позже дня отчёта"),
        ({"to": "отчёт.docx", "roadmap": "999"}, "с номером 999 нет"),
    ],
)
def test_a_report_that_cannot_be_is_refused_and_leaves_no_file(
    planned: Town, tmp_path: Path, options: dict[str, Any], told: str
) -> None:
    given = {"on": ON, **options, "to": str(tmp_path / options["to"])}
    with pytest.raises(Refused, match=told):
        said("report", *(word for name, value in given.items() for word in (f"--{name}", value)))
    assert list(tmp_path.iterdir()) == []


def test_of_several_roadmaps_one_is_to_be_named(planned: Town, tmp_path: Path) -> None:
    make_town(name="г. о. Соседск").plan([("attested", "one", 1)])

    with pytest.raises(Refused, match="Укажите --roadmap"):
        said("report", "--to", str(tmp_path / "отчёт.docx"))
