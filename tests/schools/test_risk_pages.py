"""The table of risks, the page of a school, the matrix and the book, as each duty meets them."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest
from django.test import Client

from opora.appointments.models import Appointment
from opora.programmes.models import RiskFactor
from opora.schools.models import SchoolRisk, SchoolRiskChange
from tests.appointments.town import AT, Town, browser_for, make_school, make_town, open_as, person
from tests.schools.risk_town import (
    add_factors,
    cell_of,
    choose,
    complete,
    fields_of,
    part_of,
    save,
    text_of,
    verified,
)

FORBIDDEN, MISSING, CONFLICT, WRONG = 403, 404, 409, 422


@pytest.fixture
def factors(town: Town) -> list[RiskFactor]:
    return add_factors(town)


def test_a_row_is_a_school_and_a_column_a_factor(town: Town, factors: list[RiskFactor]) -> None:
    complete(town, town.schools[0])
    page = open_as(browser_for(town.coordinator), "/risks/")

    assert page.count('data-factor="') == 3 * 4
    for words in (
        "Школа № 101, № 1: высокая, в работе",
        "№ 3: высокая, не взят: Решено в прошлом году",
        "Ждёт проверки",
        "от 2 до 5",
        "Мостова А. П., 15 сентября 2022, 12:00",
    ):
        assert words in page


def test_a_school_without_a_script_saves_its_choice_by_a_plain_form(
    town: Town, factors: list[RiskFactor]
) -> None:
    choose(town, town.schools[0], {1: ("high", "open", ""), 2: ("middle", "open", "")})
    keeper, school = browser_for(town.keeper), town.schools[0]
    fields = fields_of(keeper, school)
    assert "1-level" not in fields, "a school does not grade itself"

    answer = save(keeper, school, {**fields, "1-choice": "chosen", "2-choice": "chosen"})

    assert answer.status_code == 302
    told = text_of(keeper.get(answer.url))
    assert "Сохранено. Изменено рисков: 2." in told
    assert "Ждёт подтверждения куратором" in told
    assert "профиль школы изменён: № 1: высокая → высокая, в работе" in told


def test_a_cell_saved_from_the_table_comes_back_alone(town: Town, factors: list[RiskFactor]) -> None:
    coordinator, school = browser_for(town.coordinator), town.schools[1]
    fields = fields_of(coordinator, school, 2)

    answer = save(coordinator, school, {**fields, "2-level": "high", "2-choice": "chosen"}, quietly=True)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'id="c{school.pk}-2"' in page
    assert f'id="c{school.pk}-1"' not in page
    assert "Сохранено." in page
    assert "выбрано 1, нужно не меньше 2" in page


def test_a_high_one_left_out_is_asked_for_its_reason_at_once(town: Town, factors: list[RiskFactor]) -> None:
    keeper, school = browser_for(town.keeper), town.schools[0]
    choose(town, school, {1: ("high", "open", "")})
    fields = {**fields_of(keeper, school, 1), "1-choice": "left"}

    answer = save(keeper, school, fields, quietly=True)
    assert answer.status_code == WRONG
    assert "Напишите, почему не берёте в работу № 1" in text_of(answer)
    assert '<option value="left" selected>' in answer.content.decode()

    page = save(keeper, school, {**fields_of(keeper, school), "1-choice": "left"})
    assert page.status_code == WRONG
    assert "Значимость высокая: напишите, почему не берёте" in text_of(page)

    assert save(keeper, school, {**fields, "1-reason": "Решено раньше"}, quietly=True).status_code == 200
    cell = cell_of(school, 1)
    assert cell is not None
    assert cell.reason == "Решено раньше"


def test_two_people_saving_one_cell_see_both_values_and_the_second_save_is_knowing(
    town: Town, factors: list[RiskFactor]
) -> None:
    school = town.schools[0]
    first, second = browser_for(town.coordinator), browser_for(town.keeper)
    seen_by_first, seen_by_second = fields_of(first, school, 2), fields_of(second, school, 2)
    save(first, school, {**seen_by_first, "2-level": "middle", "2-choice": "chosen"}, quietly=True)

    answer = save(
        second, school, {**seen_by_second, "2-choice": "left", "2-reason": "Кадры есть"}, quietly=True
    )

    told, page = text_of(answer), answer.content.decode()
    assert answer.status_code == CONFLICT
    assert "R-CONFLICT" in told
    assert "изменил другой человек (Мостова А. П.)" in told
    assert "Сейчас записано: средняя, в работе" in told
    assert 'value="Кадры есть"' in page
    cell = cell_of(school, 2)
    assert cell is not None
    assert cell.is_chosen is True

    import lxml.html

    form = lxml.html.fromstring(page).xpath("//form")[0]
    again = {name: value for name, value in form.form_values() if name != "csrfmiddlewaretoken"}
    assert save(second, school, again, quietly=True).status_code == 200
    cell.refresh_from_db()
    assert (cell.is_chosen, cell.reason, cell.level) == (False, "Кадры есть", "middle")


def test_a_form_opened_long_ago_touches_only_what_the_person_changed(
    town: Town, factors: list[RiskFactor]
) -> None:
    keeper, school = browser_for(town.keeper), town.schools[0]
    fields = fields_of(keeper, school)
    choose(town, school, {1: ("high", "chosen", "")})

    assert save(keeper, school, {**fields, "2-choice": "chosen"}).status_code == 302
    first, second = cell_of(school, 1), cell_of(school, 2)
    assert first is not None
    assert second is not None
    assert (first.is_chosen, second.is_chosen) == (True, True)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("1-level", "огромная", "Выберите корректный вариант"),
        ("1-choice", "maybe", "Выберите корректный вариант"),
        ("1-reason", "нет\x00средств", "недопустимые символы (позиция 4)"),
        ("1-reason", "п" * 301, "можно не больше 300"),
        ("1-version", "-1", ""),
        ("1-version", "x", ""),
    ],
)
def test_what_cannot_be_saved_comes_back_with_all_that_was_typed(
    town: Town, factors: list[RiskFactor], field: str, value: str, words: str
) -> None:
    browser, school = browser_for(town.coordinator), town.schools[0]
    fields = {**fields_of(browser, school), "2-reason": "останется", "2-choice": "left", field: value}

    answer = save(browser, school, fields)

    assert answer.status_code == WRONG
    assert words in text_of(answer)
    assert 'value="останется"' in answer.content.decode()
    assert SchoolRisk.objects.count() == 0


def test_a_level_sent_by_a_school_is_not_heard(town: Town, factors: list[RiskFactor]) -> None:
    keeper, school = browser_for(town.keeper), town.schools[0]
    choose(town, school, {1: ("high", "open", "")})
    save(keeper, school, {**fields_of(keeper, school), "1-level": "low", "1-choice": "chosen"})

    cell = cell_of(school, 1)
    assert cell is not None
    assert (cell.level, cell.is_chosen) == ("high", True)


def test_the_curator_confirms_and_a_change_takes_it_back(town: Town, factors: list[RiskFactor]) -> None:
    school, curator = town.schools[0], browser_for(town.curator)
    complete(town, school)
    assert "Подтвердить выбор школы" in text_of(curator.get(f"/risks/{school.pk}/"))
    assert "Подтвердить выбор школы" not in text_of(browser_for(town.keeper).get(f"/risks/{school.pk}/"))

    assert curator.post(f"/risks/{school.pk}/verify/").status_code == 302
    assert "Подтверждено 15 сентября 2022, Сваева А. П." in text_of(curator.get(f"/risks/{school.pk}/"))

    choose(town, school, {4: ("low", "chosen", "")})
    told = text_of(curator.get(f"/risks/{school.pk}/"))
    assert "подтверждение выбора снято" in told
    assert "Подтвердить выбор школы" in told


def test_an_incomplete_choice_is_not_confirmed_and_says_what_lacks(
    town: Town, factors: list[RiskFactor]
) -> None:
    answer = browser_for(town.curator).post(f"/risks/{town.schools[0].pk}/verify/")
    assert answer.status_code == WRONG
    assert "Не хватает: выбрано 0, нужно не меньше 2" in text_of(answer)


def test_each_duty_does_its_own_and_another_school_is_missing(town: Town, factors: list[RiskFactor]) -> None:
    own, sibling = (f"/risks/{school.pk}/" for school in town.schools[:2])
    keeper, curator, expert, head = (
        browser_for(one) for one in (town.keeper, town.curator, town.expert, town.head)
    )
    assert keeper.get(sibling).status_code == MISSING
    assert keeper.post(f"{sibling}save/").status_code == MISSING
    assert keeper.post(f"{own}verify/").status_code == FORBIDDEN
    assert curator.post(f"{own}save/").status_code == FORBIDDEN
    assert curator.post(f"{sibling}verify/").status_code == MISSING
    assert head.get(own).status_code == 200
    assert head.post(f"{own}save/").status_code == FORBIDDEN
    assert expert.get("/risks/load/").status_code == FORBIDDEN
    assert 'href="/risks/load/"' not in open_as(curator, "/risks/")


def test_those_who_only_look_get_no_fields(town: Town, factors: list[RiskFactor]) -> None:
    complete(town, town.schools[0])
    page = open_as(browser_for(town.head), f"/risks/{town.schools[0].pk}/")
    assert "<select" not in page
    assert "Решено в прошлом году" in page


def test_a_school_that_takes_no_part_has_no_profile(town: Town, factors: list[RiskFactor]) -> None:
    part = part_of(town.schools[1])
    part.delete()
    browser = browser_for(town.coordinator)
    address = f"/risks/{town.schools[1].pk}/"
    assert "школа не участвует" in text_of(browser.get(address))
    for deed in ("save", "verify"):
        assert browser.post(f"{address}{deed}/").status_code == WRONG


@pytest.mark.parametrize("query", ["?page=0", "?page=x", "?place=999999999999", "?place=x", "?q=%00", "?q=№"])
def test_odd_questions_to_the_table_are_answered(town: Town, factors: list[RiskFactor], query: str) -> None:
    assert browser_for(town.coordinator).get(f"/risks/{query}").status_code == 200


@pytest.mark.parametrize("count", [3, 300])
@pytest.mark.parametrize(
    ("address", "cost"), [("/risks/", 9), ("/risks/matrix/", 10), ("/risks/book.xlsx", 9)]
)
def test_the_pages_cost_the_same_for_any_number_of_schools(
    town: Town,
    factors: list[RiskFactor],
    django_assert_num_queries: Callable[[int], object],
    address: str,
    cost: int,
    count: int,
) -> None:
    for number in range(104, 101 + count):
        make_school(town.municipality, town.programme, number)
    SchoolRiskChange.objects.bulk_create(
        SchoolRiskChange(
            participation=part, factor=factor, level="high", changed_at=AT, changed_by=town.keeper,
            on=AT.date(), version=1,
        )
        for part in town.programme.participations.all()
        for factor in factors
    )  # fmt: skip
    browser = browser_for(town.coordinator)
    with django_assert_num_queries(cost):
        assert browser.get(address).status_code == 200


def regional(town: Town) -> Client:
    """A browser of the region's coordinator."""
    who = person("Краева")
    Appointment.objects.create(
        person=who,
        duty="regional_coordinator",
        programme=town.programme,
        region=town.municipality.region,
        since="2022-01-10",
    )
    return browser_for(who)


def test_the_matrix_counts_by_risk_and_by_municipality(town: Town, factors: list[RiskFactor]) -> None:
    neighbour = make_town("г. о. Соседск")
    complete(town, town.schools[0])
    choose(town, town.schools[1], {1: ("high", "left", "Нет средств")})
    choose(neighbour, neighbour.schools[0], {1: ("high", "open", "")})
    SchoolRiskChange.objects.filter(reason="Нет средств").update(reason="")

    page = open_as(regional(town), "/risks/matrix/")
    told = " ".join(page.split())
    assert 'colspan="3">г. о. Примерск</th>' in told
    assert 'colspan="3">г. о. Соседск</th>' in told
    assert '<td class="sum num">3</td><td class="sum num">1</td><td class="sum num">1</td>' in told, (
        "high, chosen, unexplained"
    )
    assert '<td class="sum num">2 / 1</td><td class="sum num">1 / 0</td>' in told
    assert 'class="h3 why0"' in told
    assert "г. о. Соседск" not in open_as(browser_for(town.coordinator), "/risks/matrix/")
    assert "Муниципалитет: все" in open_as(regional(town), "/risks/")


def test_the_book_keeps_text_as_text_and_can_be_loaded_back(town: Town, factors: list[RiskFactor]) -> None:
    choose(town, town.schools[0], {1: ("high", "left", "=1+1"), 2: ("low", "chosen", "")})
    browser = browser_for(town.coordinator)
    content = browser.get("/risks/book.xlsx").content

    sheet = openpyxl.load_workbook(io.BytesIO(content))["Профили"]
    assert sheet["C2"].value == "В не взят: =1+1"
    assert sheet["C2"].data_type == "s"

    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = browser.post("/risks/load/", {"text": "", "file": SimpleUploadedFile("Риски.xlsx", content)})
    assert "Новых клеток: 0, изменённых: 0, без изменений: 2" in text_of(answer)


def test_an_empty_programme_says_what_will_be_here(town: Town, factors: list[RiskFactor]) -> None:
    town.programme.participations.all().delete()
    browser = browser_for(town.coordinator)
    assert "Здесь будут риски школ" in text_of(browser.get("/risks/"))
    assert "Здесь будет матрица" in text_of(browser.get("/risks/matrix/"))


def test_the_state_of_each_choice_stands_in_its_row(town: Town, factors: list[RiskFactor]) -> None:
    verified(town, town.schools[0])
    choose(town, town.schools[1], {1: ("low", "chosen", "")})
    page = open_as(browser_for(town.coordinator), "/risks/")
    for words in ("Подтверждено", "Выбор идёт", "Не выбраны"):
        assert words in page
