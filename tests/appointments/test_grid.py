"""Choosing curators in a grid: ticks live through pages, are written at once, and never over somebody else's word."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client

from opora.accounts.models import User
from opora.appointments.models import Appointment
from tests.appointments.town import Town, make_school, open_as

Browser = Callable[[User | None], Client]
PATH = "/appointments/grid/"


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(kept|shown|seen|at|column)" value="([^"]*)"', page))


def send(browser: Client, seen_page: str, *cells: str, **more: Any) -> Any:
    told = {"since": "2022-09-01", "show": "missing", "cell": cells, **hidden(seen_page), **more}
    return browser.post(PATH, told)


def text_of(response: Any) -> str:
    return unescape(response.content.decode()).replace("\u00a0", " ")


def cell(school: Any, who: User) -> str:
    return f"{school.pk}:{who.pk}"


def test_ticked_cells_are_written_at_once_with_their_order(town: Town, browser_of: Browser) -> None:
    browser = browser_of(town.coordinator)
    page = open_as(browser, PATH)
    ticks = [cell(town.schools[1], town.curator), cell(town.schools[2], town.expert)]
    assert all(f'value="{one}"' in page for one in ticks)
    response = send(browser, page, *ticks, deed="agree", order_number="7", order_date="2022-08-30")
    assert response.url == "/appointments/"
    made = Appointment.objects.filter(order_number="7", duty="curator")
    assert {cell(one.school, one.person) for one in made} == set(ticks)


def test_sent_twice_it_is_written_once(town: Town, browser_of: Browser) -> None:
    browser = browser_of(town.coordinator)
    page = open_as(browser, PATH)
    for _ in range(2):
        assert send(browser, page, cell(town.schools[1], town.curator), deed="agree").status_code == 302
    assert Appointment.objects.filter(school=town.schools[1]).count() == 1


def test_somebody_appointed_meanwhile_is_a_conflict_and_ticks_are_kept(
    town: Town, browser_of: Browser
) -> None:
    browser = browser_of(town.coordinator)
    page = open_as(browser, PATH)
    Appointment.objects.create(
        person=town.expert,
        duty="curator",
        programme=town.programme,
        school=town.schools[1],
        since=date(2022, 9, 1),
    )
    ticks = [cell(town.schools[1], town.curator), cell(town.schools[2], town.curator)]
    response = send(browser, page, *ticks, deed="agree")
    assert response.status_code == 409
    shown = text_of(response)
    assert "кураторов изменил другой человек: Школа № 102" in shown
    assert all(f'value="{one}" checked' in shown for one in ticks)
    assert "Отвесова А. П. уже куратор" in shown
    assert not Appointment.objects.filter(school=town.schools[2]).exists()
    assert send(browser, shown, *ticks, deed="agree").status_code == 302
    assert Appointment.objects.filter(school=town.schools[1], duty="curator").count() == 2


def test_ones_own_school_cannot_be_ticked_nor_sent(town: Town, browser_of: Browser) -> None:
    User.objects.filter(pk=town.expert.pk).update(workplace="Школа № 102")
    browser = browser_of(town.coordinator)
    page = open_as(browser, PATH)
    own = cell(town.schools[1], town.expert)
    assert f'value="{own}"' not in page
    shown = text_of(send(browser, page, own, deed="agree"))
    assert "Школа № 102: Отвесова А. П. — работает в этой школе" in shown
    assert not Appointment.objects.filter(school=town.schools[1]).exists()


def test_ticks_live_through_pages_and_a_tick_taken_off_is_gone(town: Town, browser_of: Browser) -> None:
    for number in range(104, 130):
        make_school(town.municipality, town.programme, number)
    browser = browser_of(town.coordinator)
    first = open_as(browser, PATH)
    one, other = cell(town.schools[1], town.curator), cell(town.schools[2], town.curator)
    second = text_of(send(browser, first, one, other, page="2"))
    assert "Школа № 125" in second
    back = text_of(send(browser, second, page="1"))
    assert f'value="{one}" checked' in back
    send(browser, back, other, deed="agree")
    assert not Appointment.objects.filter(school=town.schools[1]).exists()
    assert Appointment.objects.filter(school=town.schools[2], person=town.curator).exists()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"since": "2022-02-31"}, "Такого дня нет"),
        ({"order_number": "7"}, "Впишите дату приказа"),
        ({"cell": "999999:1"}, "больше нет в списке"),
        ({"cell": ""}, "Не отмечена ни одна клетка"),
    ],
)
def test_bad_input_is_told_and_what_was_ticked_and_typed_stays(
    town: Town, browser_of: Browser, more: dict[str, str], words: str
) -> None:
    browser = browser_of(town.coordinator)
    page = open_as(browser, PATH)
    ticked = cell(town.schools[1], town.curator)
    shown = text_of(send(browser, page, ticked, **{"deed": "agree", "q": "школа", **more}))
    assert words in shown
    assert "cell" in more or f'value="{ticked}" checked' in shown
    assert 'name="q" value="школа"' in shown
    assert not Appointment.objects.filter(school=town.schools[1]).exists()


def test_a_person_of_another_region_cannot_be_sent(town: Town, other_town: Town, browser_of: Browser) -> None:
    browser = browser_of(town.coordinator)
    send(browser, open_as(browser, PATH), cell(town.schools[1], other_town.expert), deed="agree")
    send(browser, open_as(browser, PATH), cell(other_town.schools[1], town.expert), deed="agree")
    assert not Appointment.objects.filter(school__in=[town.schools[1], other_town.schools[1]]).exists()


@pytest.mark.parametrize("count", [3, 300])
def test_the_grid_costs_the_same_for_any_number_of_schools(
    town: Town, browser_of: Browser, count: int, django_assert_num_queries: Callable[[int], object]
) -> None:
    for number in range(104, 101 + count):
        make_school(town.municipality, town.programme, number)
    browser = browser_of(town.coordinator)
    with django_assert_num_queries(QUERIES):
        browser.get(PATH)


QUERIES = 11
