"""Blanks: filled in a workbook and read back with remarks, then a draft; the paper; every repeat on its own sheet."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from opora.questionnaires.blank import blank_of, read_back
from opora.questionnaires.forms.workbooks import cells_of
from opora.questionnaires.models import Draft
from tests.questionnaires.books import saved
from tests.questionnaires.scene import Scene, compiled, make_scene

ANSWERS: dict[str, dict[str, Any]] = {
    "household": {
        "village": "Ивановка",
        "member": [{"role": "сын", "age": "10", "at_school": "yes"}, {"role": "=мать", "age": "40"}],
    },
    "equipment": {
        "project": [
            {"which": "cos", "thing": [{"what": "Доска", "amount": "2"}, {"what": "Стол", "amount": "3"}]},
            {"which": "tochka", "thing": [{"what": "Принтер", "amount": "1"}]},
        ]
    },
    "self-check": {
        "risks": ["staff", "family"],
        "staff": {"teachers": "30"},
        "filled": "2022-09-15",
        "hours": 12.5,
    },
    "cascade": {"has_group": "yes", "ways": ["meet", "other"], "other_way": "Письма"},
}


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene()


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_a_filled_blank_says_what_was_written_into_it(name: str) -> None:
    form = compiled(name).form
    found = read_back(form, cells_of(blank_of(form, ANSWERS[name]), "бланк.xlsx"))
    told = {**ANSWERS[name]}
    if name == "self-check":
        told |= {"filled": "15.09.2022", "hours": "12,5"}
    assert found.answers == told
    assert found.remarks == []


def filled(form_name: str, cells: dict[tuple[str, str], Any]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(blank_of(compiled(form_name).form, {})))
    for (sheet, place), value in cells.items():
        book[sheet][place] = value
    return saved(book)


def test_what_is_not_understood_is_told_with_its_row(scene: Scene) -> None:
    owed = scene.owed("equipment")
    content = filled(
        "equipment",
        {
            ("Национальный проект", "A3"): "Другой проект", ("Что получено", "A3"): "7", ("Что получено", "B3"): "Стол",
            ("Ответы", "B2"): "Наверное",
        },
    )  # fmt: skip
    found = read_back(owed.collection.version and compiled("equipment").form, cells_of(content, "бланк.xlsx"))
    assert [(sheet, row) for sheet, row, _ in found.remarks] == [
        ("Ответы", 2), ("Национальный проект", 3), ("Что получено", 3),
    ]  # fmt: skip
    assert "«Другой проект» в списке нет" in found.remarks[1][2]
    assert "к какой строке" in found.remarks[2][2]


def test_a_filled_blank_becomes_the_draft(scene: Scene) -> None:
    owed = scene.owed("self-check")
    school, place = scene.visitor("school"), f"/obligations/{owed.pk}/"
    school.send(school.open(place), place, **{"a/phone": "+7 (000) 000-00-00", "deed": "save"})
    page = school.open(f"{place}upload/")
    blank = school.follow(page, f"{place}blank.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(blank.content))
    sheet = book["Ответы"]
    rows = {sheet.cell(row, 4).value: row for row in range(2, sheet.max_row + 1)}
    assert sheet.cell(rows["phone"], 2).value == "+7 (000) 000-00-00"
    sheet.cell(rows["risks"], 2).value = "Дефицит педагогических кадров; Что-то ещё"
    sheet.cell(rows["staff/teachers"], 2).value = 30
    sheet.cell(rows["phone"], 2).value = None
    upload = SimpleUploadedFile("бланк.xlsx", saved(book))
    page = school.send(page, file=upload)
    assert "«Что-то ещё» в списке нет" in page.words
    assert "Дефицит педагогических кадров" in page.words
    assert "risks" not in Draft.objects.get(respondent=owed).data
    page = school.send(page)
    assert "взяты в черновик" in page.words
    data = Draft.objects.get(respondent=owed).data
    assert (data["risks"], data["staff"], data["phone"]) == (
        ["staff"],
        {"teachers": "30"},
        "+7 (000) 000-00-00",
    )


@pytest.mark.parametrize(("content", "status"), [(b"", 400), (b"MZ", 415), (saved(openpyxl.Workbook()), 422)])
def test_another_file_is_refused_and_the_draft_stays(scene: Scene, content: bytes, status: int) -> None:
    owed = scene.owed("cascade")
    school, place = scene.visitor("school"), f"/obligations/{owed.pk}/upload/"
    page = school.send(school.open(place), status=status, file=SimpleUploadedFile("а.xlsx", content))
    assert "Бланк не прочитан" in page.words
    assert Draft.objects.get(respondent=owed).data == {}


def test_a_page_cannot_bring_a_file_of_somebody_else(scene: Scene) -> None:
    owed = scene.owed("self-check")
    school, place = scene.visitor("school"), f"/obligations/{owed.pk}/upload/"
    form = compiled("self-check").form
    blank = SimpleUploadedFile("а.xlsx", blank_of(form, {"phone": "1"}))
    page = school.send(school.open(place), file=blank)
    school.send(page, answers='{"order": {"file": 1, "name": "чужой"}, "hours": "5"}')
    data = Draft.objects.get(respondent=owed).data
    assert data["hours"] == "5"
    assert "order" not in data


@pytest.mark.parametrize("name", ["household", "self-check"])
def test_the_paper_is_a_tagged_pdf(scene: Scene, name: str) -> None:
    owed = scene.owed(name)
    answer = scene.visitor("school").client.get(f"/obligations/{owed.pk}/blank.pdf")
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert scene.visitor("school").client.get(f"/obligations/{owed.pk}/blank.exe").status_code == 404
