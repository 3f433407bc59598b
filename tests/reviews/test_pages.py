"""From nothing to a finished round through the pages alone; who finds what; the same queries for 3 documents and 300."""

from __future__ import annotations

import io
from typing import Any

import docx
import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opora.reviews.models import Examination, Round, Sampled
from tests.reviews.town import LAST, LATER, Town, make_town

LIST, ROUND, RESULTS, DESK, SCHOOL = 6, 13, 13, 6, 7


def test_a_round_goes_from_nothing_to_finished(town: Town) -> None:
    centre = town.visitor(town.coordinator)
    page = centre.follow(centre.open("/reviews/"), "/reviews/add/")
    page = centre.send(
        page, title="Концепции", kinds=[str(town.kind.pk)], strata=["factor"], size_rule="number", size_value="3",
        overlap_share="0", due_on="2022-09-20",
    )  # fmt: skip
    row = Round.objects.get()
    assert (row.made_by, len(row.seed)) == (town.coordinator, 16)
    page = centre.send(centre.open(f"/reviews/{row.pk}/criteria/?from=concept"))
    assert row.criteria.count() == 5
    page = centre.follow(page, f"/reviews/{row.pk}/draw/")
    assert "По 3 документам из 12" in page.words
    page = centre.send(page)
    assert "3 из 12" in page.words
    page = centre.send(centre.open(f"/reviews/{row.pk}/experts/"), deed="count")
    page = centre.send(page, deed="agree")
    assert "Поручено: 3 рассмотрения" in page.words.replace("\xa0", " ")
    for one in Examination.objects.select_related("expert"):
        expert = town.visitor(one.expert)
        sheet = expert.follow(expert.open("/examinations/"), f"/examinations/{one.pk}/")
        levels = {name: sheet.tree.xpath(f"//input[@name='{name}']/@value")[2] for name in _levels(sheet)}
        expert.send(sheet, **levels, conclusion="Хорошо", deed="hand")
    centre.send(centre.open(f"/reviews/{row.pk}/"), action=f"/reviews/{row.pk}/settle/")
    page = centre.send(centre.open(f"/reviews/{row.pk}/finish/"))
    assert "Завершена" in page.words
    page = centre.open(f"/reviews/{row.pk}/results/")
    assert "100 % Раскрыто полностью (3)" in page.words
    assert not any(one.last_name in page.words for one in town.experts)


def _levels(sheet: Any) -> set[str]:
    return {name for name in sheet.tree.xpath("//input[@type='radio']/@name") if name.startswith("level-")}


def test_an_expert_is_told_what_is_missing_and_keeps_the_rest(town: Town) -> None:
    one = Examination.objects.filter(sampled__round=town.assigned()).select_related("expert").first()
    assert one is not None
    expert = town.visitor(one.expert)
    sheet = expert.open(f"/examinations/{one.pk}/")
    name = min(_levels(sheet))
    chosen = sheet.tree.xpath(f"//input[@name='{name}']/@value")[1]
    page = expert.send(sheet, status=422, **{name: chosen}, conclusion="Не потеряйте", deed="hand")

    assert "Выберите уровень ещё по" in page.words
    assert page.tree.xpath(f"//input[@name='{name}'][@value='{chosen}']/@checked")
    assert "Не потеряйте" in page.tree.xpath("//textarea[@name='conclusion']")[0].text


def test_marks_are_kept_by_themselves_and_a_second_window_is_told(town: Town) -> None:
    one = Examination.objects.filter(sampled__round=town.assigned()).select_related("expert").first()
    assert one is not None
    expert = town.visitor(one.expert)
    sheet = expert.open(f"/examinations/{one.pk}/")
    token = {
        "csrfmiddlewaretoken": sheet.tree.xpath(
            "//form[@id='sheet']//input[@name='csrfmiddlewaretoken']/@value"
        )[0]
    }
    kept = expert.client.post(
        f"/examinations/{one.pk}/draft/", {**token, "version": "1", "conclusion": "Первое"}
    )
    assert 'name="version" value="2"' in kept.content.decode()
    late = expert.client.post(
        f"/examinations/{one.pk}/draft/", {**token, "version": "1", "conclusion": "Второе"}
    )
    assert "изменено в другом окне" in late.content.decode()
    page = expert.send(sheet, status=409, conclusion="Второе", deed="save")
    assert "Первое" in page.words
    page = expert.send(page, deed="save")
    one.refresh_from_db()
    assert one.words == "Второе"


def test_an_expert_finds_only_what_is_assigned(town: Town) -> None:
    row = town.assigned(experts_each=1)
    one = Examination.objects.filter(sampled__round=row).select_related("expert").first()
    assert one is not None
    other = next(who for who in town.experts if who != one.expert)
    for page in ("", "file/", "decline/"):
        town.visitor(other).open(f"/examinations/{one.pk}/{page}", status=404)
    own = town.visitor(one.expert)
    file = own.open(f"/examinations/{one.pk}/file/")
    assert file.headers["Content-Security-Policy"].startswith("sandbox")
    assert "Концепция" in file.content.decode()
    own.send(own.open(f"/examinations/{one.pk}/decline/"), reason="Писал этот документ")
    own.open(f"/examinations/{one.pk}/", status=404)
    assert (
        "Писал этот документ"
        in town.visitor(town.coordinator).open(f"/reviews/documents/{one.sampled_id}/").words
    )


def test_a_region_leads_its_own_rounds_and_only_sees_those_of_towns(town: Town) -> None:
    of_town, of_region = town.drawn(), town.drawn(place=town.region)
    regional, centre = town.visitor(town.regional), town.visitor(town.coordinator)

    assert regional.open(f"/reviews/{of_town.pk}/").status == 200
    regional.open(f"/reviews/{of_town.pk}/experts/", status=404)
    assert regional.open(f"/reviews/{of_region.pk}/experts/").status == 200
    centre.open(f"/reviews/{of_region.pk}/", status=404)
    page = regional.open("/reviews/add/")
    assert "весь регион" not in page.words
    regional.send(page, title="Регион", kinds=[str(town.kind.pk)])
    assert Round.objects.get(title="Регион").region == town.region
    assert town.visitor(town.head).open(f"/reviews/{of_town.pk}/").status == 200


def test_a_school_sees_its_remarks_and_marks_the_rework(town: Town) -> None:
    row = town.assigned(size_value=100)
    sampled = row.sampled.get(document=town.documents[0])
    one = sampled.examinations.get()
    town.hand_in(one, 0, needs_rework=True, conclusion="Нет сроков")
    centre = town.visitor(town.coordinator)
    page = centre.follow(
        centre.open(f"/reviews/documents/{sampled.pk}/"), f"/reviews/documents/{sampled.pk}/return/"
    )
    assert "Нет сроков" in page.tree.xpath("//textarea")[0].text
    centre.send(page, rework_by="2022-09-20")
    school = town.visitor(town.keeper)
    assert "Доработать: Концепция школы 1" in school.open("/today/?on=2022-09-09").words
    page = school.follow(school.open("/reviews/school/"), f"/reviews/school/{sampled.pk}/")
    assert "Нет сроков" in page.words
    assert one.expert.last_name not in page.words
    assert "Новой версии файла нет" in school.send(page, status=422).words
    town.new_version(sampled.document)
    assert "Доработан, смотрят снова" in school.send(school.open(f"/reviews/school/{sampled.pk}/")).words
    assert sampled.examinations.get(look=2).expert == one.expert
    foreign = row.sampled.get(document=town.documents[1])
    school.open(f"/reviews/school/{foreign.pk}/", status=404)


def test_a_day_tells_experts_and_the_centre(town: Town) -> None:
    row = town.assigned(size_value=100)
    expert = town.visitor(town.experts[0])
    assert "Рассмотреть 4 документа" in expert.open("/today/?on=2022-09-09").words.replace("\xa0", " ")
    for one in Examination.objects.filter(sampled__round=row)[:2]:
        town.hand_in(one)
    centre = town.visitor(town.coordinator)
    assert "Решить по экспертизе: 2 документа" in centre.open("/today/?on=2022-09-09").words.replace(
        "\xa0", " "
    )


def test_those_who_part_are_shown_and_a_third_is_asked(town: Town) -> None:
    row = town.assigned(experts_each=2)
    sampled = row.sampled.first()
    assert sampled is not None
    first, second = sampled.examinations.order_by("pk")
    town.hand_in(first, 0)
    town.hand_in(second, 2)
    centre = town.visitor(town.coordinator)
    assert "разошлись" in centre.open(f"/reviews/{row.pk}/?state=parted").words
    page = centre.open(f"/reviews/documents/{sampled.pk}/expert/")
    assert "третьему" in page.words
    (third,) = {who.pk for who in town.experts} - {first.expert_id, second.expert_id}
    centre.send(page, expert=str(third))
    assert sampled.examinations.get(is_third=True).expert_id == third


def test_files_of_a_round_open(town: Town) -> None:
    row = town.assigned()
    centre = town.visitor(town.coordinator)
    paper = docx.Document(io.BytesIO(centre.open(f"/reviews/{row.pk}/protocol/docx/").content))
    told = "\n".join(one.text for one in paper.paragraphs)
    assert "Протокол выборки" in told
    assert "семь опор" in told
    assert len(paper.tables[1].rows) == 7
    assert centre.open(f"/reviews/{row.pk}/protocol/pdf/").content.startswith(b"%PDF")
    centre.open(f"/reviews/{row.pk}/protocol/odt/", status=404)
    book = openpyxl.load_workbook(io.BytesIO(centre.open(f"/reviews/{row.pk}/results/xlsx/").content))
    assert book.sheetnames == ["Итоги", "Критерии", "Риски"]


def test_text_of_any_kind_does_not_break_the_protocol(town: Town) -> None:
    town.municipality.centre_name = "Центр #set page(1pt) \x0b {{ x }} 𒀀"
    town.municipality.save()
    row = town.assigned(title="=1+1 *жирно* _x_")
    centre = town.visitor(town.coordinator)
    assert centre.open(f"/reviews/{row.pk}/protocol/pdf/").content.startswith(b"%PDF")
    book = openpyxl.load_workbook(io.BytesIO(centre.open(f"/reviews/{row.pk}/results/xlsx/").content))
    assert (book["Итоги"]["A1"].value, book["Итоги"]["A1"].data_type) == ("=1+1 *жирно* _x_", "s")


def test_criteria_that_cannot_be_read_come_back_as_typed(town: Town) -> None:
    row = town.round()
    centre = town.visitor(town.coordinator)
    page = centre.open(f"/reviews/{row.pk}/criteria/")
    page = centre.send(page, status=400, **{"levels-0": "просто слова"})
    assert "не понят" in page.tree.xpath("//div[@role='alert']")[0].text_content()
    assert page.tree.xpath("//textarea[@name='levels-0']")[0].text == "просто слова"
    page = centre.send(centre.open(f"/reviews/{row.pk}/criteria/"), deed="more")
    assert row.criteria.count() == 5


def test_the_draw_is_checked_by_drawing_again(town: Town) -> None:
    row = town.drawn()
    assert "Вышла та же выборка" in town.visitor(town.coordinator).open(f"/reviews/{row.pk}/draw/").words


def queries(visitor: Any, address: str) -> int:
    visitor.open(address)
    with CaptureQueriesContext(connection) as seen:
        visitor.open(address)
    return len(seen)


@pytest.mark.parametrize("size", [3, 300])
def test_pages_cost_the_same_for_3_documents_and_300(db: None, size: int) -> None:
    town = make_town(size)
    row = town.assigned(size_value=100, most_each=500)
    for one in Examination.objects.filter(sampled__round=row)[:2]:
        town.hand_in(one)
    Sampled.objects.filter(round=row).update(settled_on=LAST)
    centre, expert, school = (town.visitor(one) for one in (town.coordinator, town.experts[0], town.keeper))

    told = [
        queries(centre, "/reviews/"), queries(centre, f"/reviews/{row.pk}/"),
        queries(centre, f"/reviews/{row.pk}/results/"), queries(expert, "/examinations/"),
        queries(school, "/reviews/school/"),
    ]  # fmt: skip
    assert told == [LIST, ROUND, RESULTS, DESK, SCHOOL]
    assert LATER < LAST
