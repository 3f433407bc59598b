"""Results of schools: loaded, drawn, given out; never of a child."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import lxml.html
import openpyxl
import pytest
from django.test import Client

from opora.core.history import history_of
from opora.schools.models import ListDraft, Outcome, School
from opora.schools.slopes import slopes_of
from tests.appointments.town import Town
from tests.schools.risk_town import text_of
from tests.schools.sheets import csv_of, upload, workbook

Browser = Callable[[Any], Client]
ADDRESS = "/schools/outcomes/"
HEAD = (
    "Школа",
    "Год",
    "Работа",
    "Предмет",
    "Класс",
    "Кол-во участников",
    "Не справились, %",
    "На «4» и «5», %",
)
ROW = ("Школа № 101", 2021, "ВПР", "математика", 7, 86, "34,5", "20")


def give(client: Client, rows: Sequence[Sequence[Any]], head: Sequence[str] = HEAD) -> Any:
    return client.post(ADDRESS, {"file": upload(workbook([head, *rows]))})


def agree(client: Client, preview: Any) -> Any:
    page = lxml.html.fromstring(preview.content.decode())
    form = next(one for one in page.forms if "mark" in one.fields)
    fields = {name: value or "" for name, value in form.form_values() if name != "csrfmiddlewaretoken"}
    return client.post(ADDRESS, {**fields, "agree": "1"}, follow=True)


def result(school: School, year: int, low: str, pupils: int = 50) -> Outcome:
    return Outcome.objects.create(
        school=school,
        year=year,
        exam="vpr",
        subject="Математика",
        grade=7,
        pupils=pupils,
        low_share=Decimal(low),
    )


def test_shares_are_shown_first_then_written(town: Town, browser_of: Browser) -> None:
    client = browser_of(town.coordinator)

    preview = give(client, [ROW])
    before = Outcome.objects.count()
    agree(client, preview)

    row = Outcome.objects.get()
    assert "Новых долей: 1" in text_of(preview)
    assert before == 0
    assert (row.school, row.year, row.exam, row.subject, row.grade) == (
        town.schools[0],
        2021,
        "vpr",
        "Математика",
        7,
    )
    assert (row.pupils, row.low_share, row.good_share) == (86, Decimal("34.5"), Decimal(20))
    assert history_of(town.schools[0])[0].verb == "outcomes.loaded"


def test_a_second_table_updates_and_never_doubles(town: Town, browser_of: Browser) -> None:
    client = browser_of(town.coordinator)
    agree(client, give(client, [ROW]))

    again = give(client, [ROW])
    changed = give(client, [(*ROW[:6], "30", "20")])
    agree(client, changed)

    assert "Новых долей: 0, изменится: 0, без изменений: 1" in text_of(again)
    assert "не справились 34,5 %" in text_of(changed)
    assert Outcome.objects.get().low_share == Decimal(30)


def test_parts_of_one_and_school_years_are_understood(town: Town, browser_of: Browser) -> None:
    client = browser_of(town.coordinator)

    agree(client, give(client, [("Школа № 101", "2020/2021", "ВПР", "Физика", "7А", 30, 0.25, 0.5)]))

    row = Outcome.objects.get()
    assert (row.year, row.grade, row.low_share, row.good_share) == (2021, 7, Decimal(25), Decimal(50))


@pytest.mark.parametrize(
    "head",
    [
        ("ФИО", "Школа", "Год", "Предмет", "Участников", "Не справились, %"),
        ("Фамилия", "Имя", "Школа", "Предмет", "Балл"),
        ("Школа", "Ученик", "Год", "Предмет", "Участников", "Не справились, %"),
        ("Школа", "СНИЛС", "Год", "Предмет", "Участников", "Не справились, %"),
    ],
)
def test_a_list_of_pupils_is_refused(town: Town, browser_of: Browser, head: tuple[str, ...]) -> None:
    answer = give(browser_of(town.coordinator), [tuple("1" for _ in head)], head)

    assert answer.status_code == 422
    assert "Это похоже на список учеников" in text_of(answer)
    assert "F-PUPILS" in text_of(answer)


def test_children_in_cells_are_seen_too(town: Town, browser_of: Browser) -> None:
    client = browser_of(town.coordinator)
    names = [(f"Вымышленный Иван{end} Петрович", *ROW[1:]) for end in ("", "ко", "ов")]

    by_number = give(client, [("Школа № 101", 2021, "ВПР", "123-456-789 00", 7, 12, "1", "1")])
    by_names = give(client, names)

    assert "СНИЛС" in text_of(by_number)
    assert "фамилии, имена и отчества" in text_of(by_names)
    assert (by_number.status_code, by_names.status_code) == (422, 422)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("Школа № 999", *ROW[1:]), "школы «Школа № 999» нет среди тех"),
        (("Школа № 101", "давно", *ROW[2:]), "«давно» не похоже на год"),
        ((*ROW[:6], "120", ""), "больше 100 %"),
        ((*ROW[:6], "60", "60"), "две доли вместе больше 100 %"),
        ((*ROW[:5], "много", "1", ""), "не похоже на число участников"),
        ((*ROW[:2], "ЕГЭ", *ROW[3:]), "нужна работа ВПР или ОГЭ"),
        ((*ROW[:6], "-5", ""), "не похоже на долю"),
        ((*ROW[:5], 9, "1", "2"), "участников меньше 10"),
    ],
)
def test_doubtful_rows_are_told(town: Town, browser_of: Browser, row: tuple[Any, ...], words: str) -> None:
    answer = give(browser_of(town.coordinator), [row])

    assert answer.status_code == 200
    assert words in text_of(answer)


def test_bad_files_are_refused_in_russian(town: Town, browser_of: Browser) -> None:
    client = browser_of(town.coordinator)
    bad = {
        "пусто.xlsx": b"",
        "лист.xlsx": workbook([]),
        "другое.xlsx": workbook([("Школа", "Сайт"), ("Школа № 101", "x")]),
        "нули.csv": b"\x00" * 100,
        "много.csv": csv_of([HEAD, *((*map(str, ROW),) for _ in range(5_100))]),
    }
    for name, content in bad.items():
        answer = client.post(ADDRESS, {"file": upload(content, name)})
        assert 400 <= answer.status_code < 500, name
        assert any(word in text_of(answer) for word in ("Не найдена", "F-", "Разделите")), name


def test_a_torn_table_is_refused(town: Town, browser_of: Browser) -> None:
    for rows in ("", "[]", '{"rows": [3], "remarks": []}'):
        answer = browser_of(town.coordinator).post(ADDRESS, {"rows": rows, "agree": "1"})
        assert answer.status_code == 400, rows


def test_a_school_loads_its_own_results_only(town: Town, browser_of: Browser) -> None:
    client = browser_of(town.keeper)
    card = client.get(f"/schools/{town.schools[0].pk}/").content.decode()

    preview = give(client, [ROW, ("Школа № 102", *ROW[1:])])
    agree(client, preview)

    assert ADDRESS in card
    assert "только вашей школы: Школа № 101" in text_of(client.get(ADDRESS))
    assert "Новых долей: 1" in text_of(preview)
    assert Outcome.objects.get().school == town.schools[0]
    for other in (town.curator, town.head, town.expert):
        assert browser_of(other).get(ADDRESS).status_code == 403


def test_a_table_is_pasted_as_well(town: Town, browser_of: Browser) -> None:
    client = browser_of(town.coordinator)
    text = "\n".join("\t".join(str(cell) for cell in row) for row in (HEAD, ROW))

    agree(client, client.post(ADDRESS, {"text": text}))
    pupils = client.post(ADDRESS, {"text": "ФИО\tШкола\tГод\tПредмет\tУчастников\nИванова\t1\t2021\tх\t1"})

    assert Outcome.objects.count() == 1
    assert "Это похоже на список учеников" in text_of(pupils)
    assert not ListDraft.objects.filter(content__icontains="Иванова").exists()


def test_a_slope_stands_beside_the_mean_of_the_municipality(town: Town) -> None:
    first, second, third = town.schools
    for school, low in ((first, "40"), (second, "20"), (third, "30")):
        result(school, 2021, low)
    result(first, 2022, "30")
    result(second, 2022, "10")

    slopes, hidden = slopes_of(first, School.objects.filter(municipality=town.municipality))

    (one,) = slopes
    assert hidden == 0
    assert one.title == "ВПР, Математика, 7 класс"
    assert one.points == "62,64 198,73"
    assert one.mean == "62,73 198,81"
    told = one.told.replace("\u00a0", " ")
    assert told.endswith("2021 — 40 %; 2022 — 30 %. В среднем по школам программы: 2021 — 30 %; 2022 — 20 %.")


def test_fewer_than_ten_pupils_are_neither_drawn_nor_in_a_mean_nor_exported(
    town: Town, browser_of: Browser
) -> None:
    first, second, third = town.schools
    result(first, 2021, "40")
    result(first, 2022, "77", pupils=9)
    result(second, 2021, "20")
    result(third, 2021, "90", pupils=9)

    slopes, hidden = slopes_of(first, School.objects.filter(municipality=town.municipality))
    page = text_of(browser_of(town.curator).get(f"/schools/{first.pk}/"))
    answer = browser_of(town.coordinator).get("/schools/outcomes.xlsx")

    assert hidden == 1
    assert "77" not in slopes[0].told
    assert "2021 — 30" in slopes[0].told
    assert "Не показано, участников меньше десяти: 1" in page
    assert "77 %" not in page
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    assert sorted(row[7] for row in sheet.iter_rows(min_row=2, values_only=True)) == [20, 40]


def test_a_mean_of_one_school_is_not_drawn(town: Town) -> None:
    result(town.schools[0], 2021, "40")

    slopes, _ = slopes_of(town.schools[0], School.objects.filter(municipality=town.municipality))

    assert slopes[0].mean == ""


def test_what_is_given_out_can_be_loaded_back(town: Town, browser_of: Browser) -> None:
    result(town.schools[0], 2021, "40.25")
    client = browser_of(town.coordinator)
    book = client.get("/schools/outcomes.xlsx").content

    answer = client.post(ADDRESS, {"file": upload(book, "outcomes.xlsx")})

    assert "Новых долей: 0, изменится: 0, без изменений: 1" in text_of(answer)


def test_the_book_holds_only_schools_that_the_person_sees(
    town: Town, other_town: Town, browser_of: Browser
) -> None:
    result(other_town.schools[0], 2021, "40")

    answer = browser_of(town.coordinator).get("/schools/outcomes.xlsx")

    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    assert sheet.max_row == 1
