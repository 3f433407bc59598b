"""The schedule as a paper: what it says, its three files, its way into the documents."""

from __future__ import annotations

import io
from datetime import date, time
from typing import Any

import docx
import openpyxl
import pypdfium2
import pytest
from django.test import Client

from opora.documents.models import Document
from opora.visits import actions
from opora.visits.models import Visit
from opora.visits.queries import visits_of_stage
from opora.visits.schedule import Schedule, build, file_name
from opora.visits.views.schedule_files import FILES
from tests.indicators.town import Town, browser_of
from tests.visitor import Visitor
from tests.visits.town import AT, NOTED, agree, make_visited_town, plan

pytestmark = pytest.mark.django_db
MARCH_1 = date(2022, 3, 1)


def scheduled_town() -> Town:
    town = make_visited_town()
    town.plan((("visits_scheduled", "schools", 3),), (("documents_published", "one", 1),))
    agree(town, plan(town, starts_at=time(10, 30)))
    plan(town, town.schools[1], day=date(2022, 3, 15), form="remote")
    return town


def schedule_of(town: Town, **told: Any) -> Schedule:
    stage = town.programme.stages.get(number=1)
    visits = list(visits_of_stage(town.programme, stage, MARCH_1))
    return build(town.municipality, stage, visits, as_of=MARCH_1, **told)


def text_of(content: bytes, ending: str) -> str:
    """Everything that a file of the schedule says, with single spaces."""
    if ending == "docx":
        paper = docx.Document(io.BytesIO(content))
        cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
        said = " ".join([*(one.text for one in paper.paragraphs), *cells])
    elif ending == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        assert sheet is not None
        rows = sheet.iter_rows(values_only=True)
        said = " ".join(
            f"{cell:%d.%m.%Y}" if hasattr(cell, "strftime") else str(cell)
            for row in rows
            for cell in row
            if cell is not None
        )
    else:
        paper = pypdfium2.PdfDocument(content)
        said = " ".join(page.get_textpage().get_text_bounded() for page in paper)
        paper.close()
    return " ".join(said.split())


@pytest.mark.parametrize("ending", FILES)
def test_each_file_says_the_same(ending: str) -> None:
    town = scheduled_town()
    said = text_of(
        FILES[ending](schedule_of(town, signer_post="Методист", signer_name="В. А. Ромашкина")), ending
    )
    for words in (
        "УТВЕРЖДАЮ", "А. П. Вымышленная", "График посещений школ кураторами, 1 этап", "Школа № 101", "10.03.2022",
        "10:30", "05.02.2022", "15.03.2022", "дистанционно", "2 посещения, 2 школы; школы подтвердили 1", "Методист",
    ):  # fmt: skip
        assert words in said, words


@pytest.mark.parametrize("ending", FILES)
def test_what_was_typed_stays_text(ending: str) -> None:
    town = scheduled_town()
    town.schools[0].short_name = '=HYPERLINK("x") #let {{ 7*7 }} \x0b *а* <b>'
    town.schools[0].save(update_fields=["short_name"])
    said = text_of(FILES[ending](schedule_of(town)), ending)
    assert '=HYPERLINK("x") #let {{ 7*7 }}' in said.replace("“", '"').replace("”", '"')
    if ending == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(FILES[ending](schedule_of(town)))).active
        assert sheet is not None
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("ending", FILES)
def test_an_empty_schedule_makes_a_file(ending: str) -> None:
    town = make_visited_town()
    assert "0 посещений" in text_of(FILES[ending](schedule_of(town)), ending)


def test_days_in_the_workbook_are_days() -> None:
    town = scheduled_town()
    sheet = openpyxl.load_workbook(io.BytesIO(FILES["xlsx"](schedule_of(town)))).active
    assert sheet is not None
    days = [row[3].value.date() for row in sheet.iter_rows() if row[3].is_date]
    assert days == [date(2022, 3, 10), date(2022, 3, 15)]


def test_what_came_later_is_not_in_an_earlier_schedule() -> None:
    town = scheduled_town()
    stage = town.programme.stages.get(number=1)
    early = build(
        town.municipality, stage, list(visits_of_stage(town.programme, stage, NOTED)), as_of=date(2022, 2, 4)
    )
    assert [line.agreed for line in early.lines] == [None, None]


def test_the_name_of_the_file_tells_stage_and_day() -> None:
    town = scheduled_town()
    assert file_name(schedule_of(town), "pdf") == "График посещений школ кураторами, 1 этап, 01.03.2022.pdf"


@pytest.mark.parametrize("ending", FILES)
def test_a_file_is_given_out_narrowed_to_a_school(ending: str) -> None:
    town = scheduled_town()
    stage = town.programme.stages.get(number=1)
    client = browser_of(town.coordinator, MARCH_1)
    answer = client.get(f"/visits/schedule.{ending}?stage={stage.pk}&school={town.schools[1].pk}")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    said = text_of(answer.content, ending)
    assert "15.03.2022" in said
    assert "10.03.2022" not in said
    curator = town.curators[0].pk
    whole = client.get(f"/visits/schedule.{ending}?stage={stage.pk}&curator={curator}")
    assert "10.03.2022" in text_of(whole.content, ending)


def test_a_school_or_a_curator_of_others_is_missing() -> None:
    town, other = scheduled_town(), make_visited_town(name="г. о. Другой")
    client = browser_of(town.coordinator, MARCH_1)
    assert client.get(f"/visits/schedule/?school={other.schools[0].pk}").status_code == 404
    assert client.get(f"/visits/schedule.pdf?curator={other.curators[0].pk}").status_code == 404


def test_the_schedule_is_laid_into_the_documents_of_its_line() -> None:
    town = scheduled_town()
    visitor = Visitor(town.coordinator)
    stage = town.programme.stages.get(number=1)
    page = visitor.follow(
        visitor.open(f"/visits/schedule/?on=2022-03-01&stage={stage.pk}"), "/visits/schedule/keep/"
    )
    assert dict(page.forms_to("")[0].form_values())["activity"] == str(town.lines[0].pk)
    done = visitor.send(page, ending="pdf")
    document = Document.objects.get()
    assert done.address == f"/documents/{document.pk}/"
    assert (document.activity, document.dated_on, document.state) == (town.lines[0], MARCH_1, "draft")
    assert "10.03.2022" in text_of(content_of(document), "pdf")


def content_of(document: Document) -> bytes:
    from opora.core.uploads import content_of as bytes_of

    return bytes_of(document.versions.get().file)


def test_the_same_form_twice_makes_one_document() -> None:
    town = scheduled_town()
    visitor = Visitor(town.coordinator)
    page = visitor.open("/visits/schedule/keep/?on=2022-03-01")
    first, second = visitor.send(page), visitor.send(page)
    assert Document.objects.count() == 1
    assert first.address == second.address
    assert "уже отправлена" in second.words


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"activity": ""}, "Выберите пункт"),
        ({"activity": "999999"}, "Выберите корректный вариант"),
        ({"on": "31.02.2022"}, "Такого дня нет"),
        ({"on": "2099-01-01"}, "ещё не наступило"),
    ],
)
def test_what_is_typed_wrong_keeps_nothing(values: dict[str, str], words: str) -> None:
    town = scheduled_town()
    visitor = Visitor(town.coordinator)
    page = visitor.open("/visits/schedule/keep/?on=2022-03-01")
    assert words in visitor.send(page, status=422, **{"ending": "xlsx", **values}).words
    assert Document.objects.count() == 0


def test_a_cancelled_visit_is_not_in_the_schedule() -> None:
    town = scheduled_town()
    visit = Visit.objects.get(school=town.schools[1])
    actions.cancel_visit(visit=visit, reason="карантин", on=date(2022, 2, 10), by=town.coordinator, at=AT)
    assert [line.school for line in schedule_of(town).lines] == [str(town.schools[0])]


def test_a_stranger_gets_no_schedule() -> None:
    scheduled_town()
    assert Client().get("/visits/schedule.pdf").status_code == 302
