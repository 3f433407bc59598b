"""The note on equipment: by school and national project, at first and now, a stage beside the one before it."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opora.core.refusal import Refused
from opora.core.uploads import content_of
from opora.programmes.models import NationalProject, Stage
from opora.reports.asked import Asked
from opora.reports.kinds import equipment, region_equipment
from opora.reports.models import Issue
from opora.reports.note import Missing, Note, Paragraph, Step, Table, from_text
from opora.reports.papers import ENDINGS, file_of
from opora.reports.register import KINDS
from opora.schools.actions.equipment import add_equipment, count_equipment
from opora.schools.models import Participation
from tests.indicators.town import AT, TODAY, Town, browser_of, make_town
from tests.reports.test_region import coordinator_of
from tests.reports.test_renderers import MARKUP, text_of

MARCH, AUGUST = date(2022, 3, 1), date(2022, 8, 1)
WHOLE, OF_STAGE, REGION = 4, 5, 3


def projects(town: Town) -> tuple[NationalProject, NationalProject]:
    point, _ = NationalProject.objects.get_or_create(
        programme=town.programme, code="growth-point", defaults={"name": "Точка роста", "position": 1}
    )
    digital, _ = NationalProject.objects.get_or_create(
        programme=town.programme, code="digital", defaults={"name": "ЦОС", "position": 2}
    )
    return point, digital


def stages(town: Town) -> None:
    for number, since, until in ((1, (2, 1), (5, 31)), (2, (6, 1), (8, 31))):
        Stage.objects.get_or_create(
            programme=town.programme,
            number=number,
            defaults={
                "name": f"{number} этап",
                "starts_on": date(2022, *since),
                "ends_on": date(2022, *until),
            },
        )


def enter(town: Town, place: int = 0, name: str = "Ноутбук", **more: Any) -> Any:
    told = {"project": projects(town)[0], "unit": "шт.", "year": 2021, "amount": 10, "on": MARCH, **more}
    part = Participation.objects.select_related("programme", "school").get(school=town.schools[place])
    return add_equipment(participation=part, name=name, by=town.coordinator, at=AT, **told)


def count(town: Town, row: Any, amount: int, on: date) -> None:
    count_equipment(equipment=row, amount=amount, on=on, by=town.coordinator, at=AT)


def asked(town: Town, **more: Any) -> Asked:
    told = {"since": town.programme.starts_on, "as_of": TODAY, "stretch": "cumulative", **more}
    if "region" not in told:
        told["roadmap"] = town.roadmap
    return Asked(programme=town.programme, **told)


def table(note: Note, title: str) -> Table:
    return next(one for one in note.tables if one.title == title)


def positions(note: Note, sheet: str = "Позиции") -> list[tuple[Any, ...]]:
    """The rows of positions of every project."""
    return [row for one in note.tables if one.sheet == sheet for row in one.rows]


def missing(note: Note) -> list[str]:
    return [one.text for one in note.blocks if isinstance(one, Missing)]


@pytest.fixture
def furnished(town: Town) -> Town:
    """Two of three schools: laptops that grew in August, sets of furniture, a laboratory first counted in August."""
    stages(town)
    laptops = enter(town)
    count(town, laptops, 25, AUGUST)
    enter(town, name="Мебель", unit="комплект", amount=3)
    enter(town, 1, "Цифровая лаборатория", project=projects(town)[1], unit="комплект", amount=2, on=AUGUST)
    return town


def test_schools_stand_beside_national_projects_and_the_bare_ones_are_named(furnished: Town) -> None:
    note = equipment.build(asked(furnished))

    assert isinstance(note.blocks[0], Paragraph)
    assert note.blocks[0].text.startswith("Сведения есть по 2 из 3\u00a0школ: 3\u00a0позиции.")
    assert missing(note) == ["Нет данных: Школа № 103."]
    told = {row[0].text: row[1:] for row in table(note, "Школы").rows}  # type: ignore[union-attr]  # -- links
    assert told["Школа № 101"] == ("3\u00a0комплект; 25\u00a0шт. (+15)", "нет данных")
    assert told["Школа № 102"] == ("нет данных", "2\u00a0комплект")
    assert told["Школа № 103"] == ("нет данных", "нет данных")


def test_units_are_never_summed_together(furnished: Town) -> None:
    enter(furnished, 1, "Планшет", amount=5)
    assert table(equipment.build(asked(furnished)), "Национальные проекты").rows == (
        ("Точка роста", "комплект", 1, 1, 3, 3, Step(0)),
        ("Точка роста", "шт.", 2, 2, 15, 30, Step(15)),
        ("ЦОС", "комплект", 1, 1, 2, 2, Step(0)),
    )


def test_the_second_stage_is_compared_with_the_end_of_the_first(furnished: Town) -> None:
    laptops = enter(furnished, 1, "Ноутбук", amount=4)
    count(furnished, laptops, 6, date(2022, 5, 20))
    count(furnished, laptops, 9, date(2022, 8, 20))
    count(furnished, laptops, 100, date(2022, 9, 10))

    note = equipment.build(asked(furnished, about="stage:2"))

    assert note.about == "2 этап, на 31\u00a0августа\u00a02022\u00a0года"
    rows = {row[:2]: row[4:] for row in positions(note)}
    assert rows["Школа № 102", "Ноутбук"] == (date(2022, 5, 20), 6, 9, Step(3))
    # Nothing was counted before the end of the first stage: the first count is what it is compared with.
    assert rows["Школа № 102", "Цифровая лаборатория"] == (AUGUST, 2, 2, Step(0))
    assert [row[0] for row in positions(note, "Изменения")] == ["Школа № 101", "Школа № 102"]


def test_the_first_stage_and_a_past_day_know_nothing_of_what_came_later(furnished: Town) -> None:
    note = equipment.build(asked(furnished, about="stage:1"))
    assert {row[1]: row[6] for row in positions(note)} == {"Мебель": 3, "Ноутбук": 10}
    earlier = equipment.build(asked(furnished, as_of=date(2022, 4, 1)))
    assert len(positions(earlier)) == 2
    assert dict(equipment.topics(furnished.roadmap, date(2022, 4, 1))) == {
        "": "Весь год: с первого подсчёта", "stage:1": "1 этап",
    }  # fmt: skip


def test_a_town_without_equipment_is_told_where_it_is_entered(town: Town) -> None:
    town_note = equipment.build(asked(town))
    assert missing(town_note) == [
        "Нет данных: оснащение не внесла ни одна школа. Вносят его на странице «Оснащение»."
    ]
    assert town_note.tables == ()


def test_the_note_is_made_frozen_and_published_by_pages(furnished: Town) -> None:
    client = browser_of(furnished.head)
    address = f"/reports/{furnished.roadmap.pk}/equipment"
    page = client.get("/reports/?kind=equipment").content.decode()
    assert "2 этап" in page
    page = client.get(f"{address}/?as_of=2022-09-15&about=stage:2").content.decode()
    assert "Нет данных: Школа № 103." in page
    assert "+15" in page
    query = "?as_of=2022-09-15&about=stage:2"
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{address}.xlsx{query}").content))
    heads, *rows = book["Позиции"].iter_rows(values_only=True)
    assert (heads[0], heads[-1]) == ("О чём", "Разница")
    assert {row[0] for row in rows} == {"Точка роста", "ЦОС"}
    assert rows[1][-1] == 15
    assert "Цифровая лаборатория" in text_of(client.get(f"{address}.docx{query}").content)

    told = {
        "as_of": "2022-09-15", "about": "stage:2", "words": "Оснащение растёт", "line": furnished.lines[3].pk,
    }  # fmt: skip
    answer = client.post(f"{address}/freeze/", told)

    issue = Issue.objects.get()
    assert (issue.kind, issue.about) == ("equipment", "stage:2")
    assert from_text(issue.content).blocks[-1] == Paragraph("Оснащение растёт")
    assert issue.document is not None
    assert issue.document.activity == furnished.lines[3]
    assert issue.document.approved_on == TODAY
    latest = issue.document.versions.first()
    assert latest is not None
    assert content_of(latest.file).startswith(b"%PDF")
    client.post(f"/reports/issues/{issue.pk}/publish/")
    assert "Размещён" in client.get(answer.headers["Location"]).content.decode()


def test_a_region_sees_its_municipalities_side_by_side(furnished: Town) -> None:
    other = make_town(2, name="г. о. Второй")
    enter(other, amount=7)
    region = furnished.municipality.region
    note = region_equipment.build(asked(furnished, region=region, about="stage:2"))

    assert table(note, "Муниципалитеты").rows == (
        ("г. о. Второй", 2, 1, 1, 0, 0),
        ("г. о. Примерск", 3, 2, 3, 1, 0),
        ("Итого", 5, 3, 4, 1, 0),
    )
    assert ("Точка роста", "шт.", 2, 2, 17, 32, Step(15)) in table(note, "Национальные проекты").rows
    make_town(1, name="г. о. Третий")
    again = region_equipment.build(asked(furnished, region=region))
    assert missing(again) == ["Нет данных: г. о. Третий."]

    client = browser_of(coordinator_of(region, furnished))
    address = f"/reports/regions/{region.pk}/{furnished.programme.pk}/region_equipment"
    assert "г. о. Третий" in client.get(f"{address}/?as_of=2022-09-15&about=stage:2").content.decode()
    client.post(f"{address}/freeze/", {"as_of": "2022-09-15", "about": "stage:2", "words": ""})
    issue = Issue.objects.get()
    assert (issue.kind, issue.about, issue.region) == ("region_equipment", "stage:2", region)


@pytest.mark.parametrize("words", [*MARKUP, "=1+1\x0b\ud800", "я" * 300])
def test_any_words_of_equipment_make_files_that_open(furnished: Town, words: str) -> None:
    row = enter(furnished, 1, "Планшет")
    type(row).objects.filter(pk=row.pk).update(name=_kept(words)[:300], unit=_kept(words)[:30])
    note = equipment.build(asked(furnished))
    made = {
        ending: file_of(KINDS["equipment"], note, ending, place=furnished.municipality) for ending in ENDINGS
    }
    assert made["pdf"].startswith(b"%PDF")
    assert text_of(made["docx"])
    book = openpyxl.load_workbook(io.BytesIO(made["xlsx"]))
    assert all(cell.data_type != "f" for sheet in book for line in sheet.iter_rows() for cell in line)


def _kept(words: str) -> str:
    """What a database can hold of the words: neither engine takes NUL or half a letter."""
    return words.replace("\x00", "").encode("utf-8", "ignore").decode() or "слова"


def test_a_town_of_three_hundred_schools_asks_as_often_as_one_of_three(db: None) -> None:
    whole, of_stage, of_region = [], [], []
    for number in (3, 300):
        town = make_town(number, name=f"Город {number}")
        stages(town)
        town.plan([("documents_ready", "one", 1)])
        for place in range(min(number, 30)):
            enter(town, place)
        for counts, told in (
            (whole, asked(town)),
            (of_stage, asked(town, about="stage:2")),
        ):
            with CaptureQueriesContext(connection) as captured:
                equipment.build(told)
            counts.append(len(captured))
        told = asked(town, region=town.municipality.region)
        with CaptureQueriesContext(connection) as captured:
            region_equipment.build(told)
        of_region.append(len(captured))
    assert whole == [WHOLE, WHOLE]
    assert of_stage == [OF_STAGE, OF_STAGE]
    assert of_region == [REGION, REGION]


def test_the_command_writes_a_note_about_what_it_is_told(furnished: Town, tmp_path: Path) -> None:
    place = tmp_path / "справка.xlsx"
    told = {"kind": "equipment", "about": "stage:2", "on": TODAY, "to": place}
    call_command("report", **told, stdout=io.StringIO())
    assert "на 31" in str(openpyxl.load_workbook(place)["Справка"]["A2"].value)
    with pytest.raises(Refused, match=r"О «stage:9» такого отчёта нет[\s\S]*stage:2  2 этап"):
        call_command("report", **{**told, "about": "stage:9"}, stdout=io.StringIO())
