"""What schools owe: the table, its filters, the deeds of one school, the card of a school, evidence with its files."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from urllib.parse import urljoin

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opora.documents.actions import publish
from opora.documents.evidence_register import evidence_rows
from opora.documents.models import Document
from opora.documents.owed import owed_by
from tests.documents.conftest import Town
from tests.documents.owed_town import APRIL, AT, TODAY, choose, factor, furnish, kind, mark, paper, part_of
from tests.documents.test_marks import seen
from tests.visitor import WELL, Visitor

OWED = "/marks/"
OWED_QUERIES = 3
MAY = date(2022, 5, 5)


@pytest.fixture(autouse=True)
def furnished(town: Town) -> None:
    furnish(town)


def unpacked(visitor: Visitor, address: str) -> dict[str, bytes]:
    answer = visitor.client.get(address)
    assert answer.status_code == WELL
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_school_owes_by_the_programme_and_by_each_factor_it_chose_by_the_day(town: Town) -> None:
    school = town.schools[0]
    choose(town, school, 1)
    choose(town, school, 2, on=MAY)

    before, after = (owed_by([part_of(school)], day)[0] for day in (APRIL, MAY))

    assert [one.name for one in before] == [
        "Концепция развития",
        "Антирисковая программа: Фактор номер 1",
        "Справка школы",
    ]
    assert [one.factor.number for one in after if one.factor] == [1, 2]


def test_any_number_of_schools_costs_three_queries(town: Town) -> None:
    for school in town.schools:
        choose(town, school, 1, 2)
        paper(town, school, "anti-risk-programme", 1, approved_on=MAY)
        mark(town, school, "anti-risk-programme", 1, "loaded")
    parts = [part_of(school) for school in town.schools]
    for meant in (parts[:1], parts):
        with CaptureQueriesContext(connection) as captured:
            found = owed_by(meant, TODAY)
        assert len(captured) == OWED_QUERIES
        assert [one.state for one in found[-1]] == ["missing", "approved", "missing", "missing"]
        assert found[-1][1].mark.label == "Загружено"


def test_an_approved_paper_stands_before_later_drafts_and_only_since_its_day(town: Town) -> None:
    school = town.schools[0]
    approved = paper(town, school, "development-concept", approved_on=MAY)
    draft = paper(town, school, "development-concept", on=date(2022, 4, 20), dated_on=date(2022, 4, 20))

    at_may, earlier = (owed_by([part_of(school)], day)[0][0].paper for day in (MAY, date(2022, 4, 30)))

    assert at_may is not None
    assert earlier is not None
    assert (at_may.pk, at_may.is_approved) == (approved.pk, True)
    assert (earlier.state, earlier.pk in {approved.pk, draft.pk}) == ("draft", True)


def test_a_missing_paper_leads_to_the_form_filled_in_with_kind_school_and_factor(town: Town) -> None:
    choose(town, town.schools[0], 2)
    coordinator = seen(town.coordinator)
    page = coordinator.open(f"{OWED}?show=missing")

    link = next(
        one.get("href")
        for one in page.tree.iterfind(".//main//a")
        if f"factor={factor(2).pk}" in (one.get("href") or "")
    )
    form = coordinator.open(urljoin(page.address, link))

    def chosen(name: str) -> str:
        return str(form.tree.xpath(f".//select[@name='{name}']/option[@selected]/@value")[0])

    assert chosen("kind") == str(kind("anti-risk-programme").pk)
    assert chosen("school") == str(town.schools[0].pk)
    assert chosen("factor") == str(factor(2).pk)
    assert form.tree.xpath(".//input[@name='title']/@value") == ["Антирисковая программа: Фактор номер 2"]


def test_the_table_counts_and_is_narrowed_by_state_and_factor(town: Town) -> None:
    first, second = town.schools
    choose(town, first, 1)
    choose(town, second, 2)
    paper(town, first, "anti-risk-programme", 1, approved_on=MAY)
    paper(town, second, "development-concept")
    coordinator = seen(town.coordinator)

    everything = coordinator.open(OWED).words
    approved = coordinator.open(f"{OWED}?show=approved").words
    of_second = coordinator.open(f"{OWED}?factor={factor(2).pk}").words

    assert "Все: 6" in everything
    assert "Нет: 4" in everything
    assert "Утверждены: 1" in everything
    assert ("Школа № 101" in approved, "Школа № 102" in approved) == (True, False)
    assert ("Школа № 101" in of_second, "Школа № 102" in of_second) == (False, True)


def test_people_of_a_school_see_own_papers_as_deeds_and_nobody_elses(town: Town) -> None:
    choose(town, town.schools[0], 1)
    page = seen(town.school_coordinator).open(OWED)

    assert "Школа № 101: готово 0 из 3" in page.words
    assert "Школа № 102" not in page.words
    assert len(page.tree.xpath("//ul[@class='deeds']/li")) == 3


def test_the_card_of_a_school_shows_the_state_and_the_mark(town: Town) -> None:
    school = town.schools[0]
    paper(town, school, "development-concept", approved_on=MAY)
    mark(town, school, "development-concept", None, "loaded")

    words = seen(town.coordinator).open(f"/schools/{school.pk}/").words

    assert "утверждён" in words
    assert "ИС МЭДК: загружено" in words
    assert "загружено и ждёт подтверждения: 1" in words


def test_evidence_of_a_line_a_school_and_a_roadmap_holds_files_and_a_register(town: Town) -> None:
    first, second = town.schools
    town.approved("=1+1 отчёт", school=first, number="5")
    town.document("Черновик: 2/3", school=second, content=b"draft", activity=town.lines[1])
    coordinator, keeper = seen(town.coordinator), seen(town.school_coordinator)

    of_roadmap = unpacked(coordinator, f"/roadmaps/{town.roadmap.pk}/evidence.zip")
    of_line = unpacked(keeper, f"/lines/{town.lines[1].pk}/evidence.zip")
    of_school = unpacked(keeper, f"/schools/{first.pk}/evidence.zip")

    assert list(of_roadmap) == [
        "Пункт 1.1/2022-09-01 =1+1 отчёт.txt",
        "Пункт 1.2/2022-09-01 Черновик 2 3.txt",
        "00 Реестр.xlsx",
    ]
    rows = list(openpyxl.load_workbook(io.BytesIO(of_roadmap["00 Реестр.xlsx"])).active.values)
    assert [row[0] for row in rows] == ["Пункт", "1.1", "1.2", "1.3"]
    assert rows[1][2:5] == ("=1+1 отчёт", "5", "01.09.2022")
    assert rows[3][6] == "документов нет"
    assert list(of_line) == ["00 Реестр.xlsx"], "a draft of another school is not theirs"
    assert "Пункт 1.1/2022-09-01 =1+1 отчёт.txt" in of_school


def test_the_register_tells_where_a_document_is_up_and_costs_three_queries(town: Town) -> None:
    for number in range(4):
        document = town.approved(f"Отчёт {number}", content=f"report {number}".encode())
        publish(
            document=document, where="elsewhere", address="https://school.example/1", on=date(2022, 9, 6),
            by=town.head, at=AT,
        )  # fmt: skip

    with CaptureQueriesContext(connection) as captured:
        rows = evidence_rows(Document.objects.all(), TODAY, town.lines)

    assert len(captured) == 3
    assert [row.document_words for row in rows[:1]] == ["Отчёт 0 от 01.09.2022"]
    assert rows[0].address == "https://school.example/1"
    assert rows[0].comment == "Утверждён 05.09.2022; на другом сайте с 06.09.2022"
    assert [row.document_id for row in evidence_rows(Document.objects.all(), APRIL, town.lines)] == [None] * 3
