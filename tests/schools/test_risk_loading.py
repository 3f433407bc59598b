"""A whole table of risks: pasted or loaded, shown first, agreed to, repeated; every bad table gets a clear answer."""

from __future__ import annotations

import io
from typing import Any

import lxml.html
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from opora.core.models import HistoryEntry
from opora.programmes.models import RiskFactor
from opora.schools.models import SchoolRisk
from tests.appointments.town import Town, browser_for, make_school, make_town
from tests.schools.risk_town import NAMES, add_factors, cell_of, choose, text_of, verified

CONFLICT, TOO_LARGE, WRONG = 409, 413, 422
TABLE = "Школа\t1\t2\nШкола № 101\tВ+\tС\n102\tн\tх\n"


@pytest.fixture
def factors(town: Town) -> list[RiskFactor]:
    return add_factors(town)


def paste(browser: Client, text: str, **more: Any) -> Any:
    return browser.post("/risks/load/", {"text": text, **more})


def load(browser: Client, content: bytes, name: str) -> Any:
    return browser.post("/risks/load/", {"text": "", "file": SimpleUploadedFile(name, content)})


def agree(browser: Client, preview: Any) -> Any:
    """Press the button of the preview."""
    form = lxml.html.fromstring(preview.content.decode()).xpath("//form[.//button[@name='agree']]")[0]
    fields = {name: value for name, value in form.form_values() if name != "csrfmiddlewaretoken"}
    return browser.post("/risks/load/", {**fields, "agree": "1"})


def book(*rows: list[Any]) -> bytes:
    """An .xlsx of some rows."""
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def cells() -> list[tuple[int, int, str, bool | None, str]]:
    """Everything that is written: school, factor, level, choice, reason."""
    rows = SchoolRisk.objects.order_by("participation__school__number", "factor__number")
    return list(
        rows.values_list("participation__school__number", "factor__number", "level", "is_chosen", "reason")
    )


def test_a_pasted_table_is_shown_first_and_written_when_agreed(town: Town, factors: list[RiskFactor]) -> None:
    browser = browser_for(town.coordinator)
    preview = paste(browser, TABLE)
    assert "Новых клеток: 4, изменённых: 0, без изменений: 0. Школ с изменениями: 2." in text_of(preview)
    assert SchoolRisk.objects.count() == 0

    answer = agree(browser, preview)

    assert answer.status_code == 302
    assert cells() == [
        (101, 1, "high", True, ""),
        (101, 2, "middle", None, ""),
        (102, 1, "low", None, ""),
        (102, 2, "none", True, ""),
    ]
    assert "Внесено клеток: 4, школ: 2." in text_of(browser.get(answer.url))


def test_a_second_time_updates_and_says_what_changed_and_never_doubles(
    town: Town, factors: list[RiskFactor]
) -> None:
    browser = browser_for(town.coordinator)
    agree(browser, paste(browser, TABLE))

    again = paste(browser, TABLE)
    assert "Новых клеток: 0, изменённых: 0, без изменений: 4" in text_of(again)
    assert "всё из таблицы уже записано" in text_of(again)

    changed = paste(browser, TABLE.replace("В+", "Н не взят"))
    assert "Новых клеток: 0, изменённых: 1, без изменений: 3" in text_of(changed)
    agree(browser, changed)
    assert SchoolRisk.objects.count() == 4
    assert cells()[0] == (101, 1, "low", False, "")


def test_a_button_pressed_twice_writes_once(town: Town, factors: list[RiskFactor]) -> None:
    browser = browser_for(town.coordinator)
    preview = paste(browser, TABLE)
    agree(browser, preview)
    again = agree(browser, preview)

    assert "Эта форма уже отправлена" in text_of(browser.get(again.url))
    assert "всё из таблицы уже записано" in text_of(paste(browser, TABLE))
    assert HistoryEntry.objects.filter(verb="risks.changed").count() == 2


def test_doubtful_rows_become_remarks_and_the_rest_is_offered(town: Town, factors: list[RiskFactor]) -> None:
    preview = paste(
        browser_for(town.coordinator),
        "Школа\t1\t2\tТанцы\nШкола № 999\tВ\tВ\t\nШкола № 101\tогромная\tсредний\t1\n"
        "Школа № 102\t2\tmedium\t\nШкола № 102\tВ\tВ\t\nШкола № 103\tВ-\t\t\n",
    )
    told = text_of(preview)
    for words in (
        "Столбец «Танцы» не похож ни на школу, ни на фактор",
        "строка 2: «Школа № 999» — такой школы нет среди участников",
        "строка 3, Школа № 101, № 1: «огромная» не понято",
        "строка 5: «Школа № 102» уже была (строка 4), взята первая строка",
        "Школа № 103: № 1: не взят, причина не указана",
        "Новых клеток: 4",
    ):
        assert words in told


def test_a_high_one_left_out_without_a_reason_is_loaded_and_shown_as_lacking(
    town: Town, factors: list[RiskFactor]
) -> None:
    browser = browser_for(town.coordinator)
    agree(browser, paste(browser, "Школа\t1\n101\tВ не взят\n102\tВ не взят: нет средств"))

    assert [row[3:] for row in cells()] == [(False, ""), (False, "нет средств")]
    page = browser.get("/risks/").content.decode()
    assert page.count('class="h3 why0"') == 1


def test_somebody_else_between_preview_and_agreement_is_shown_anew(
    town: Town, factors: list[RiskFactor]
) -> None:
    browser = browser_for(town.coordinator)
    preview = paste(browser, TABLE)
    choose(town, town.schools[0], {1: ("middle", "chosen", "")}, by=town.keeper)

    answer = agree(browser, preview)

    assert answer.status_code == CONFLICT
    assert "R-CONFLICT" in text_of(answer)
    assert "средняя, в работе" in text_of(answer)
    assert SchoolRisk.objects.count() == 1
    assert agree(browser, answer).status_code == 302
    cell = cell_of(town.schools[0], 1)
    assert cell is not None
    assert cell.level == "high"


def test_a_verified_choice_says_that_the_word_falls(town: Town, factors: list[RiskFactor]) -> None:
    verified(town, town.schools[0])
    browser = browser_for(town.coordinator)
    preview = paste(browser, "Школа\t4\n101\tН")
    assert "подтверждение куратора снимется" in text_of(preview)
    agree(browser, preview)
    assert not SchoolRisk.objects.filter(verified_on__isnull=False).exists()


def test_a_rectangle_without_a_head_lies_down_and_to_the_right_of_its_cell(
    town: Town, factors: list[RiskFactor]
) -> None:
    browser = browser_for(town.coordinator)
    preview = paste(browser, "В\tС\tН\n+\t\tх\nН\tН\tН", school=town.schools[1].pk, factor=3)
    told = text_of(preview)
    assert "Строк вставлено 3, а школ от этой клетки вниз 2: лишние пропущены." in told
    assert "Столбцов вставлено 3, а от этой клетки вправо 2: лишние пропущены." in told

    agree(browser, preview)
    assert cells() == [
        (102, 3, "high", None, ""),
        (102, 4, "middle", None, ""),
        (103, 3, "none", True, ""),
    ]


def test_a_rectangle_for_a_cell_that_is_not_theirs_changes_nothing(
    town: Town, other_town: Town, factors: list[RiskFactor]
) -> None:
    preview = paste(browser_for(town.coordinator), "В\tС", school=other_town.schools[0].pk, factor=1)
    assert "больше нет: откройте таблицу заново" in text_of(preview)
    assert 'name="agree"' not in preview.content.decode()


def test_a_school_pastes_its_own_choice_and_neither_levels_nor_others(
    town: Town, factors: list[RiskFactor]
) -> None:
    choose(town, town.schools[0], {1: ("high", "open", "")})
    browser = browser_for(town.keeper)
    preview = paste(browser, "Школа\t1\t2\nШкола № 101\tВ+\tН+\nШкола № 102\t+\t+")
    told = text_of(preview)
    assert "№ 2: значимость меняет муниципальный координатор" in told
    assert "«Школа № 102» — такой школы нет среди участников, которых вы ведёте" in told

    agree(browser, preview)
    assert cells() == [(101, 1, "high", True, ""), (101, 2, "none", True, "")]


def test_one_name_in_two_towns_asks_for_the_municipality(town: Town, factors: list[RiskFactor]) -> None:
    from opora.appointments.models import Appointment

    neighbour = make_town("г. о. Соседск")
    Appointment.objects.create(
        person=town.coordinator,
        duty="municipal_coordinator",
        programme=town.programme,
        municipality=neighbour.municipality,
        since="2022-01-10",
    )
    browser = browser_for(town.coordinator)
    assert "добавьте столбец «Муниципалитет»" in text_of(paste(browser, "Школа\t1\n101\tВ"))

    agree(browser, paste(browser, "Муниципалитет\tШкола\t1\nСоседск\t101\tВ"))
    assert cell_of(neighbour.schools[0], 1) is not None
    assert cell_of(town.schools[0], 1) is None


def test_fifty_thousand_cells_are_refused_with_what_to_do_and_nothing_typed_is_lost(
    town: Town, factors: list[RiskFactor]
) -> None:
    text = "\n".join(["Школа" + "\t1" * 49, *("Школа № 101" + "\tВ" * 49 for _ in range(999))])
    answer = paste(browser_for(town.coordinator), text)
    told = text_of(answer)
    assert answer.status_code == TOO_LARGE
    assert "50 000 ячеек, можно не больше 20 000" in told
    assert "разделите таблицу на части" in told
    assert "Школа № 101\tВ\tВ" in answer.content.decode()


@pytest.mark.parametrize(
    ("text", "status", "words"),
    [
        ("", 400, "Вставьте таблицу в поле или выберите файл"),
        ("  \n\t\n", 400, "Вставьте таблицу"),
        ("Просто слова", WRONG, "Не найдена таблица рисков"),
        ("Школа\tКуратор\n101\tМостов", WRONG, "нужен столбец «Школа» и столбцы рисков"),
        ("В\tС", WRONG, "F-NOTABLE"),
    ],
)
def test_what_is_no_table_is_told_so(
    town: Town, factors: list[RiskFactor], text: str, status: int, words: str
) -> None:
    answer = paste(browser_for(town.coordinator), text)
    assert answer.status_code == status
    assert words in text_of(answer)


def test_an_xlsx_of_the_federal_profile_and_a_csv_of_google_are_read(
    town: Town, factors: list[RiskFactor]
) -> None:
    browser = browser_for(town.coordinator)
    preview = load(
        browser,
        book(
            ["Рисковые профили школ, 2022"],
            ["№", "Наименование ОО (школа)", *NAMES],
            [1, "МОУ «Школа № 101» (вымышленная)", "высокая", "средняя", 1, "низкая"],
            ["Итого", "", 1, 0, 0, 0],
        ),
        "Профиль.xlsx",
    )
    assert "Файл «Профиль.xlsx». Новых клеток: 4" in text_of(preview)
    agree(browser, preview)
    assert [row[2] for row in cells()] == ["high", "middle", "low", "low"]
    assert '"source": "Профиль.xlsx"' in HistoryEntry.objects.get(verb="risks.changed").facts

    google = "Школа,1,2,3,4\nШкола № 101,да,нет,,да\n".encode()
    agree(browser, load(browser, google, "Выбор.csv"))
    assert [row[3] for row in cells()] == [True, False, None, True]


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "r.xlsx", "F-EMPTY"),
        (b"PK\x03\x04 broken", "r.xlsx", "F-BROKEN"),
        (b"MZ\x90\x00" + b"\x00" * 200, "r.xlsx", "F-TYPE"),
        (book(["Куратор", "Телефон"], ["Мостов", "нет"]), "r.xlsx", "F-NOTABLE"),
    ],
)
def test_a_bad_file_is_refused_by_its_code_and_leaves_nothing(
    town: Town, factors: list[RiskFactor], content: bytes, name: str, code: str
) -> None:
    from opora.core.models import StoredFile

    answer = load(browser_for(town.coordinator), content, name)
    assert 400 <= answer.status_code < 500
    assert code in text_of(answer)
    assert StoredFile.objects.count() == 0


def test_many_schools_load_in_a_number_of_questions_that_grows_only_with_the_history(
    town: Town, factors: list[RiskFactor], django_assert_max_num_queries: Any
) -> None:
    for number in range(104, 161):
        make_school(town.municipality, town.programme, number)
    browser = browser_for(town.coordinator)
    text = "Школа\t1\t2\t3\t4\n" + "\n".join(f"{number}\tВ\tС\tН\t+" for number in range(101, 161))
    preview = paste(browser, text)
    with django_assert_max_num_queries(40 + 60 * 3):
        agree(browser, preview)
    assert SchoolRisk.objects.count() == 240


def test_a_form_with_junk_says_which_field(town: Town, factors: list[RiskFactor]) -> None:
    answer = paste(browser_for(town.coordinator), TABLE, school="х", factor="1")
    assert answer.status_code == WRONG
    assert "Не показано: поправьте" in text_of(answer)
    assert "Школа № 101" in answer.content.decode()
