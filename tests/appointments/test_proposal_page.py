"""The page of the proposal: reasons, locks, other people by hand, agreement, and what other people do meanwhile."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client

from opora.accounts.models import User
from opora.appointments.models import Appointment, CuratorCompetence
from opora.programmes.models import Programme, RiskFactor
from opora.schools.models import Participation, School, SchoolRiskChange
from tests.appointments.town import AT, Town, make_school, open_as, person

Browser = Callable[[User | None], Client]
PATH = "/appointments/proposal/"


@pytest.fixture
def candidates(town: Town) -> list[User]:
    """Two more experts beside the town's curator and expert."""
    made = [person("Арочкина"), person("Быкова")]
    for one in made:
        Appointment.objects.create(
            person=one,
            duty="expert",
            programme=town.programme,
            municipality=town.municipality,
            since=date(2022, 1, 10),
        )
    return made


def asked(**more: Any) -> dict[str, Any]:
    return {"most": "5", "who": "both", "since": "2022-09-01", "order_number": "", "order_date": "", **more}


def text_of(response: Any) -> str:
    return unescape(response.content.decode()).replace("\u00a0", " ")


def fields_of(page: str) -> dict[str, Any]:
    """What a browser would send of the page as it stands."""
    told: dict[str, Any] = {"row": re.findall(r'name="row" value="(\d+)"', page)}
    for name in ("pairs", "locks", "at"):
        told[name] = re.search(rf'name="{name}" value="([^"]*)"', page)[1]
    for name, body in re.findall(r'<select name="(curator-\d+)".*?>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'<option value="(\w*)" selected', body) or re.search(
            r'<option value="(\w*)"', body
        )
        told[name] = chosen[1]
    for name in re.findall(r'name="(lock-\d+)" value="yes" checked', page):
        told[name] = "yes"
    return told


def curators(town: Town) -> dict[str, str]:
    held = Appointment.objects.filter(duty="curator", school__isnull=False).select_related("school", "person")
    return {str(one.school): one.person.last_name for one in held}


def test_schools_without_a_curator_get_one_with_reasons_and_nothing_is_written(
    town: Town, browser_of: Browser
) -> None:
    page = open_as(browser_of(town.coordinator), PATH)
    assert "пар: 2 из 2, кандидатов: 2" in page
    assert "Тот же муниципалитет; риски школы не выбраны; школ станет" in page
    assert "Школа № 101<" not in page
    assert curators(town) == {"Школа № 101": "Сваева"}


def test_an_agreed_proposal_is_written_as_it_was_shown_with_its_order(
    town: Town, browser_of: Browser
) -> None:
    browser = browser_of(town.coordinator)
    shown = fields_of(text_of(browser.post(PATH, asked())))
    response = browser.post(PATH, asked(**shown, deed="agree", order_number="14-к", order_date="2022-08-30"))
    assert response.status_code == 302
    made = Appointment.objects.filter(order_number="14-к", order_date=date(2022, 8, 30))
    assert {f"{one.school_id}:{one.person_id}" for one in made} == set(shown["pairs"].split())
    assert {one.since for one in made} == {date(2022, 9, 1)}


def test_sent_twice_it_is_written_once(town: Town, browser_of: Browser) -> None:
    browser = browser_of(town.coordinator)
    told = asked(**fields_of(text_of(browser.post(PATH, asked()))), deed="agree")
    assert [browser.post(PATH, told).status_code for _ in range(2)] == [302, 302]
    assert Appointment.objects.filter(duty="curator").count() == 3


def test_a_proposal_that_another_has_overtaken_is_refused_and_shown_anew(
    town: Town, browser_of: Browser
) -> None:
    browser = browser_of(town.coordinator)
    told = asked(**fields_of(text_of(browser.post(PATH, asked()))), deed="agree", order_number="14-к")
    told["order_date"] = "2022-08-30"
    Appointment.objects.create(
        person=town.head,
        duty="curator",
        programme=town.programme,
        school=town.schools[1],
        since=date(2022, 9, 1),
    )
    response = browser.post(PATH, told)
    assert response.status_code == 409
    page = text_of(response)
    assert "Пока вы смотрели" in page
    assert "пар: 1 из 1" in page
    assert 'value="14-к"' in page
    assert not Appointment.objects.filter(order_number="14-к").exists()


def test_a_school_may_be_left_without_a_curator_for_now(town: Town, browser_of: Browser) -> None:
    browser = browser_of(town.coordinator)
    told = fields_of(text_of(browser.post(PATH, asked())))
    school, other = town.schools[1], town.schools[2]
    told[f"curator-{school.pk}"] = "skip"

    page = text_of(browser.post(PATH, asked(**told, deed="agree")))
    done = browser.post(PATH, asked(**fields_of(page), deed="agree"))

    assert "Оставлена без куратора по вашему решению" in page
    assert "пар: 1 из 2" in page
    assert done.status_code == 302
    assert not Appointment.objects.filter(school=school, duty="curator").exists()
    assert Appointment.objects.filter(school=other, duty="curator").exists()


def test_the_reason_names_kilometres_and_the_words_of_the_programme(town: Town, browser_of: Browser) -> None:
    School.objects.filter(pk=town.schools[0].pk).update(latitude="56.83892", longitude="60.60570")
    School.objects.filter(pk=town.schools[1].pk).update(latitude="57.90957", longitude="59.98147")
    User.objects.filter(pk__in=(town.curator.pk, town.expert.pk)).update(workplace="Школа № 101")
    Programme.objects.filter(pk=town.programme.pk).update(factor_words="направление,направления,направлений")

    page = open_as(browser_of(town.coordinator), PATH)

    assert "125 км от своей школы; направления школы не выбраны" in page
    assert "Тот же муниципалитет; направления школы не выбраны" in page, "the third school has no point"
    assert "риск" not in page[page.index("<main") :].lower()


def test_another_person_chosen_by_hand_is_locked_and_looked_at_before_it_is_written(
    town: Town, browser_of: Browser, candidates: list[User]
) -> None:
    browser = browser_of(town.coordinator)
    told = fields_of(text_of(browser.post(PATH, asked())))
    school = town.schools[1].pk
    other = next(one for one in candidates if str(one.pk) != told[f"curator-{school}"])
    told[f"curator-{school}"] = str(other.pk)
    page = text_of(browser.post(PATH, asked(**told, deed="agree")))
    assert "закреплено, остальное посчитано заново" in page
    assert not Appointment.objects.filter(school=school, duty="curator").exists()
    again = fields_of(page)
    assert f"{school}:{other.pk}" in again["pairs"].split()
    assert again[f"lock-{school}"] == "yes"
    assert browser.post(PATH, asked(**again, deed="agree")).status_code == 302
    assert Appointment.objects.get(school=school, duty="curator").person == other


def test_every_alternative_has_its_price(town: Town, browser_of: Browser, candidates: list[User]) -> None:
    factor = RiskFactor.objects.create(programme=town.programme, number=3, name="Дефицит кадров")
    part = Participation.objects.get(school=town.schools[1])
    SchoolRiskChange.objects.create(
        participation=part, factor=factor, on=date(2022, 1, 10), is_chosen=True, version=1, changed_at=AT
    )
    CuratorCompetence.objects.create(person=candidates[1], factor=factor)
    page = open_as(browser_of(town.coordinator), PATH)
    assert "работает с № 3" in page
    assert "Арочкина А. П., на 10 баллов хуже" in page
    assert "Не работает с № 3." in page


def test_ones_own_school_is_never_proposed_nor_one_left_less_than_a_year_ago(
    town: Town, browser_of: Browser, candidates: list[User]
) -> None:
    first, second = candidates
    User.objects.filter(pk=first.pk).update(workplace="Школа № 102")
    for school, until in ((town.schools[1], date(2022, 1, 20)), (town.schools[2], date(2021, 9, 1))):
        Appointment.objects.create(
            person=second,
            duty="school_coordinator",
            programme=town.programme,
            school=school,
            since=date(2021, 1, 1),
            until=until,
        )
    told = asked(who="chosen", people=[first.pk, second.pk])
    page = text_of(browser_of(town.coordinator).post(PATH, told))
    assert (
        "Никому из кандидатов нельзя: Арочкина А. П. — работает в этой школе; Быкова А. П. — координатор"
        in page
    )
    assert "года ещё не прошло" in page
    assert f"{town.schools[2].pk}:" in fields_of(page)["pairs"]
    assert f"{town.schools[1].pk}:" not in fields_of(page)["pairs"]


def test_a_lock_on_ones_own_school_is_named_and_not_kept(
    town: Town, browser_of: Browser, candidates: list[User]
) -> None:
    User.objects.filter(pk=candidates[0].pk).update(workplace="Школа № 102")
    told = asked(locks=f"{town.schools[1].pk}:{candidates[0].pk}")
    page = text_of(browser_of(town.coordinator).post(PATH, told))
    assert "Закрепить нельзя. Школа № 102 — Арочкина А. П.: работает в этой школе." in page


def test_too_few_places_are_told(town: Town, browser_of: Browser) -> None:
    page = text_of(browser_of(town.coordinator).post(PATH, asked(most="1", who="curators")))
    assert "Мест не хватает: школ без куратора 2, мест у кандидатов 0." in page
    assert "Записать" not in page


def test_a_day_that_is_not_in_the_calendar_is_told_and_nothing_typed_is_lost(
    town: Town, browser_of: Browser, candidates: list[User]
) -> None:
    lock = f"{town.schools[1].pk}:{candidates[1].pk}"
    told = asked(since="2022-02-31", order_number="14-к", most="4", locks=lock, deed="agree")
    page = text_of(browser_of(town.coordinator).post(PATH, told))
    assert "Такого дня нет" in page
    assert 'value="14-к"' in page
    assert 'name="most" value="4"' in page
    assert f'name="lock-{town.schools[1].pk}" value="yes" checked' in page
    assert curators(town) == {"Школа № 101": "Сваева"}


def test_locks_of_other_pages_are_kept(town: Town, browser_of: Browser, candidates: list[User]) -> None:
    for number in range(104, 135):
        make_school(town.municipality, town.programme, number)
    browser = browser_of(town.coordinator)
    first = fields_of(text_of(browser.post(PATH, asked(most="15"))))
    school = int(first["row"][0])
    first[f"lock-{school}"] = "yes"
    second = fields_of(text_of(browser.post(PATH, asked(**first, most="15", page="2"))))
    assert second["locks"] == f"{school}:{first[f'curator-{school}']}"
    assert not set(second["row"]) & set(first["row"])


def test_a_chosen_list_must_not_be_empty_and_holds_nobody_of_another_region(
    town: Town, other_town: Town, browser_of: Browser
) -> None:
    browser = browser_of(town.coordinator)
    assert "Отметьте хотя бы одного человека" in text_of(browser.post(PATH, asked(who="chosen")))
    page = text_of(browser.post(PATH, asked(who="chosen", people=[other_town.expert.pk])))
    assert f":{other_town.expert.pk}" not in page


@pytest.mark.parametrize("count", [3, 300])
def test_a_proposal_costs_the_same_for_any_number_of_schools(
    town: Town, browser_of: Browser, count: int, django_assert_num_queries: Callable[[int], object]
) -> None:
    for number in range(104, 101 + count):
        make_school(town.municipality, town.programme, number)
    browser = browser_of(town.coordinator)
    with django_assert_num_queries(QUERIES):
        browser.get(PATH)


QUERIES = 16


def test_competences_are_marked_in_a_table_and_only_for_people_listed(
    town: Town, browser_of: Browser, candidates: list[User], other_town: Town
) -> None:
    for number in (1, 2):
        RiskFactor.objects.create(programme=town.programme, number=number, name=f"Фактор {number}")
    kept = CuratorCompetence.objects.create(person=town.expert, factor=RiskFactor.objects.get(number=1))
    path = f"{PATH}competences/"
    browser = browser_of(town.coordinator)
    response = browser.post(
        path,
        {
            "person": [candidates[0].pk, other_town.expert.pk],
            f"mark-{candidates[0].pk}": ["2", "99", "x"],
            f"mark-{other_town.expert.pk}": ["1"],
        },
    )
    assert response.url == path
    marks = set(CuratorCompetence.objects.values_list("person", "factor__number"))
    assert marks == {(candidates[0].pk, 2), (kept.person_id, 1)}
    assert f'name="mark-{candidates[0].pk}" value="2" checked' in open_as(browser, path)


def test_two_people_who_tick_one_table_lose_nothing_of_each_other(
    town: Town, browser_of: Browser, candidates: list[User]
) -> None:
    for number in (1, 2, 3):
        RiskFactor.objects.create(programme=town.programme, number=number, name=f"Фактор {number}")
    CuratorCompetence.objects.create(person=candidates[0], factor=RiskFactor.objects.get(number=1))
    path, one = f"{PATH}competences/", candidates[0].pk
    seen = open_as(browser_of(town.coordinator), path)
    assert f'name="was-{one}" value="1 "' in seen
    opened = {"person": [one], f"was-{one}": "1 "}
    browser_of(town.coordinator).post(path, {**opened, f"mark-{one}": ["1", "2"]})
    browser_of(town.coordinator).post(path, {**opened, f"mark-{one}": ["3"]})
    marks = CuratorCompetence.objects.filter(person=one).values_list("factor__number", flat=True)
    assert sorted(marks) == [2, 3]
