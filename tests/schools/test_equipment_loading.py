"""Tables of equipment: loaded and pasted, looked through, written all or nothing, given out and loaded back."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opora.core.history import history_of
from opora.core.refusal import Refused
from opora.programmes.models import NationalProject
from opora.schools.actions.equipment import add_equipment, remove_equipment
from opora.schools.actions.loading_equipment import load_equipment
from opora.schools.equipment import positions_of
from opora.schools.equipment_plan import plan_equipment
from opora.schools.models import Equipment, EquipmentCount, ListDraft, Participation
from opora.schools.project_words import project_told
from opora.schools.told_equipment import ToldEquipment
from tests.schools.sheets import upload, workbook
from tests.visitor import Page, Visitor
from tests.visits.scene import Scene, make_scene

AT = datetime(2022, 11, 1, 9, tzinfo=UTC)
WAS, NOW = date(2022, 1, 10), date(2022, 9, 1)
# Who asks and the roadmaps, the programme, the list kept, the schools, their positions and counts, the projects.
QUERIES = 14
ADDRESS = "/equipment/load/"
HEAD = ("№", "Школа", "Национальный проект", "Что получено", "Ед. изм.", "Год получения", "Было", "Стало")
ROW = (1, "Школа № 101", "ЦОС", "Ноутбук", "", 2021, 10, 25)


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene()


def give(
    visitor: Visitor, rows: Sequence[Sequence[Any]], head: Sequence[str] = HEAD, status: int = 200
) -> Page:
    form = visitor.open(f"{ADDRESS}?on=2022-10-01")
    told = {"was_on": WAS.isoformat(), "now_on": NOW.isoformat()}
    return visitor.send(form, "", status, **told, file=upload(workbook([head, *rows])))


def agree(visitor: Visitor, preview: Page) -> Page:
    return visitor.send(preview, agree="1")


def test_a_table_is_shown_first_then_written_with_both_counts(scene: Scene) -> None:
    visitor = scene.visitor("coordinator")

    preview = give(
        visitor, [ROW, (2, "Школа № 102", "Центр «Точка роста»", "3D-принтер", "компл.", 2022, "", 2)]
    )
    before = Equipment.objects.count()
    page = agree(visitor, preview)

    assert "Новых позиций: 2, изменится: 0" in preview.words
    assert before == 0
    assert "Внесено: 2 позиции" in page.words
    one, other = Equipment.objects.order_by("pk").select_related("project")
    assert (one.name, one.unit, one.year, one.project.code) == ("Ноутбук", "шт.", 2021, "digital-environment")
    assert [(row.counted_on, row.amount) for row in one.counts.all()] == [(WAS, 10), (NOW, 25)]
    assert (other.unit, other.project.code) == ("компл.", "growth-point")
    assert [(row.counted_on, row.amount) for row in other.counts.all()] == [(NOW, 2)]
    assert history_of(scene.schools[0])[0].verb == "equipment.loaded"


def test_the_same_table_changes_nothing_and_another_says_what(scene: Scene) -> None:
    visitor = scene.visitor("coordinator")
    agree(visitor, give(visitor, [ROW]))

    again = give(visitor, [ROW])
    changed = give(visitor, [(*ROW[:4], "комплект", 2021, 10, 30)])
    agree(visitor, changed)

    assert "Новых позиций: 0, изменится: 0, без изменений: 1" in again.words
    assert "1 сентября 2022 года — 25" in changed.words
    assert "1 сентября 2022 года — 30 комплект" in changed.words
    row = Equipment.objects.get()
    assert (row.unit, [one.amount for one in row.counts.all()]) == ("комплект", [10, 30])
    assert "25" in history_of(scene.schools[0])[0].facts


def test_a_paste_is_read_as_a_file_is(scene: Scene) -> None:
    visitor = scene.visitor("coordinator")
    text = "\n".join("\t".join(str(cell) for cell in row) for row in (HEAD, ROW))
    form = visitor.open(f"{ADDRESS}?on=2022-10-01")

    agree(visitor, visitor.send(form, text=text, was_on="2022-01-10", now_on="2022-09-01"))

    assert EquipmentCount.objects.count() == 2


def test_a_school_writes_its_own_rows_only_and_need_not_name_itself(scene: Scene) -> None:
    visitor = scene.visitor("school")

    preview = give(visitor, [ROW, (2, "Школа № 102", *ROW[2:])])
    unnamed = give(
        visitor, [("Точка роста", "Лаборатория", 2021, 1)], ("Нац. проект", "Что получено", "Год", "Стало")
    )
    agree(visitor, preview)
    agree(visitor, unnamed)

    assert "только вашей школы: Школа № 101" in visitor.open(ADDRESS).words
    assert "школы «Школа № 102» нет среди тех, что вы ведёте" in preview.words
    assert {row.participation.school for row in Equipment.objects.all()} == {scene.schools[0]}
    assert Equipment.objects.count() == 2


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ((1, "Школа № 999", *ROW[2:]), "школы «Школа № 999» нет"),
        ((*ROW[:2], "Доступная среда", *ROW[3:]), "национального проекта «Доступная среда» нет в программе"),
        ((*ROW[:2], "", *ROW[3:]), "не назван национальный проект"),
        ((*ROW[:5], "давно", 1, 2), "«давно» не похоже на год получения"),
        ((*ROW[:5], 1870, 1, 2), "год получения — от 2000"),
        ((*ROW[:6], "много", 2), "«много» не похоже на количество"),
        ((*ROW[:6], -5, 2), "«-5» не похоже на количество"),
        ((*ROW[:6], 1, 2_000_000), "больше 1 000 000"),
        ((*ROW[:6], "", ""), "нет ни «было», ни «стало»"),
        ((*ROW[:3], "н" * 350, *ROW[4:]), "слишком длинно"),
    ],
)
def test_doubtful_rows_are_told_and_left_out(scene: Scene, row: tuple[Any, ...], words: str) -> None:
    preview = give(scene.visitor("coordinator"), [row])

    assert words in preview.words
    assert "нет строк, которые можно внести" in preview.words


def test_a_row_met_twice_is_taken_once(scene: Scene) -> None:
    preview = give(scene.visitor("coordinator"), [ROW, (2, *ROW[1:3], "НОУТБУК", *ROW[4:])])

    assert "взята первая строка" in preview.words
    assert "Новых позиций: 1" in preview.words


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"was_on": "2022-09-01", "now_on": "2022-01-10"}, "«Было» — раньше, чем «стало»"),
        ({"was_on": "2022-02-31", "now_on": "2022-09-01"}, "Такого дня нет"),
        ({"was_on": "2022-01-10", "now_on": "2099-01-01"}, "ещё не наступил"),
    ],
)
def test_days_that_cannot_be_are_refused_and_the_paste_stays(
    scene: Scene, told: dict[str, str], words: str
) -> None:
    visitor = scene.visitor("coordinator")

    page = visitor.send(visitor.open(ADDRESS), "", 422, text="Что получено\tБыло\nНоутбук\t1", **told)

    assert words in page.words
    assert page.forms_to("")[0].fields["text"].strip() == "Что получено\tБыло\nНоутбук\t1"
    assert ListDraft.objects.count() == 0


def test_a_file_without_such_a_table_is_refused(scene: Scene) -> None:
    page = give(scene.visitor("coordinator"), [("Школа № 101", "x")], ("Школа", "Сайт"), 422)

    assert "Не найдена таблица оснащения" in page.words


def test_agreeing_to_something_else_than_was_seen_is_refused(scene: Scene) -> None:
    visitor = scene.visitor("coordinator")
    preview = give(visitor, [ROW])
    part = Participation.objects.get(school=scene.schools[0])
    project = NationalProject.objects.get(code="digital-environment")
    add_equipment(
        participation=part, project=project, name="Ноутбук", unit="", year=2021, amount=3, on=WAS,
        by=scene.people["school"], at=AT,
    )  # fmt: skip

    page = visitor.send(preview, "", 409, agree="1")

    assert "оснащение изменилось" in page.words
    assert EquipmentCount.objects.get().amount == 3


def planned(scene: Scene, rows: Sequence[ToldEquipment]) -> list[Any]:
    parts = list(Participation.objects.select_related("school__municipality__region", "programme"))
    return plan_equipment(
        rows,
        parts=parts,
        projects=list(scene.programme.national_projects.all()),
        known=positions_of([part.pk for part in parts], AT.date()),
        days=(WAS, NOW),
        today=AT.date(),
    ).writes


def told(name: str = "Ноутбук", now: str = "2") -> ToldEquipment:
    return ToldEquipment("строка 2", "Школа № 101", "", "ЦОС", name, "", "2021", "1", "", now, "")


def test_a_table_is_written_wholly_or_not_at_all(scene: Scene) -> None:
    by = scene.people["coordinator"]
    load_equipment(rows=planned(scene, [told()]), by=by, at=AT)
    stale = planned(scene, [told("Планшет"), told(now="7")])
    remove_equipment(equipment=Equipment.objects.get(), reason="внесено не туда", by=by, at=AT)

    with pytest.raises(Refused, match="изменил другой человек"):
        load_equipment(rows=stale, by=by, at=AT)

    assert Equipment.objects.count() == 0


def test_a_position_entered_meanwhile_is_not_doubled(scene: Scene) -> None:
    by = scene.people["coordinator"]
    stale = planned(scene, [told()])
    load_equipment(rows=planned(scene, [told()]), by=by, at=AT)

    with pytest.raises(Refused, match="изменил другой человек"):
        load_equipment(rows=stale, by=by, at=AT)

    assert Equipment.objects.count() == 1


@pytest.mark.parametrize("number", [3, 300])
def test_looking_through_costs_the_same_for_any_number_of_rows(scene: Scene, number: int) -> None:
    visitor = scene.visitor("coordinator")
    agree(
        visitor, give(visitor, [(place, *ROW[1:3], f"Прибор {place}", *ROW[4:]) for place in range(number)])
    )
    form = visitor.open(ADDRESS)
    days = {"was_on": "2022-01-10", "now_on": "2022-09-01"}
    text = "\n".join(
        "\t".join((*map(str, ROW[1:3]), f"Прибор {place}", "2021", "11")) for place in range(number)
    )

    with CaptureQueriesContext(connection) as asked:
        page = visitor.send(form, text=f"Школа\tПроект\tЧто получено\tГод\tБыло\n{text}", **days)

    assert f"изменится: {number}" in page.words
    assert len(asked) == QUERIES


def test_the_workbook_can_be_loaded_back_and_keeps_text_as_text(scene: Scene) -> None:
    visitor = scene.visitor("coordinator")
    agree(visitor, give(visitor, [ROW, (2, "Школа № 102", "Точка роста", "=1+1", "", 2020, 4, 4)]))

    book = visitor.client.get("/equipment.xlsx?on=2022-10-01").content
    sheet = openpyxl.load_workbook(io.BytesIO(book)).active
    assert sheet is not None
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    form = visitor.open(ADDRESS)
    back = visitor.send(form, was_on="2022-02-02", now_on="2022-09-09", file=upload(book, "equipment.xlsx"))

    assert cells[1][1:7] == ["Школа № 101", "Цифровая образовательная среда", "Ноутбук", "шт.", 2021, 10]
    assert sheet["D3"].data_type == "s"
    assert "Новых позиций: 0, изменится: 0, без изменений: 2" in back.words


def test_a_school_takes_only_its_own_rows_in_the_workbook(scene: Scene) -> None:
    coordinator = scene.visitor("coordinator")
    agree(coordinator, give(coordinator, [ROW, (2, "Школа № 102", *ROW[2:])]))

    book = scene.visitor("school two").client.get("/equipment.xlsx").content

    sheet = openpyxl.load_workbook(io.BytesIO(book)).active
    assert sheet is not None
    assert {row[1].value for row in sheet.iter_rows(min_row=2)} == {"Школа № 102"}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Точка роста", "growth-point"),
        ("нацпроект «Образование», «ТОЧКА РОСТА»", "growth-point"),
        ("Центр Точка роста", "growth-point"),
        ("ЦОС", "digital-environment"),
        ("ЦОС (моноблоки)", "digital-environment"),
        ("Цифровая среда", "digital-environment"),
        ("Цифр. обр. среда", "digital-environment"),
        ("другие", "other"),
    ],
)
def test_a_project_is_known_by_its_words(scene: Scene, said: str, code: str) -> None:
    assert project_told(said, list(scene.programme.national_projects.all())).code == code


@pytest.mark.parametrize("said", ["национальный проект", "Кванториум", "проект", "точка"[:3] * 3])
def test_words_that_name_no_project_name_none(scene: Scene, said: str) -> None:
    with pytest.raises(ValueError, match="нет в программе"):
        project_told(said, list(scene.programme.national_projects.all()))


def test_the_list_and_the_card_of_a_school_lead_to_its_equipment(scene: Scene) -> None:
    visitor = scene.visitor("coordinator")
    agree(visitor, give(visitor, [ROW]))
    part = Participation.objects.get(school=scene.schools[0])

    shown = visitor.follow(visitor.open("/schools/"), "/equipment/")
    card = visitor.open(f"/schools/{scene.schools[0].pk}/")

    assert "25 шт." in shown.words
    assert "Оснащение1 позиция" in card.words
    assert visitor.follow(card, f"/equipment/{part.pk}/").status == 200
    assert "Оснащение" not in scene.visitor("expert").open(f"/schools/{scene.schools[0].pk}/").words
