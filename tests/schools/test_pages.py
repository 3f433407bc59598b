"""The pages of schools as each duty sees them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from opora.accounts.models import User
from opora.schools.models import Participation, School
from tests.appointments.town import Town, make_school, open_as

Browser = Callable[[User | None], Client]


def test_the_list_names_school_participation_and_people(town: Town, browser_of: Browser) -> None:
    page = open_as(browser_of(town.coordinator), "/schools/")
    assert "Участвуют 3 школы" in page
    for words in ("Школа № 101", "ШНОР", "Камнева А. П.", "Сваева А. П."):
        assert words in page


@pytest.mark.parametrize("count", [3, 300])
def test_the_list_costs_the_same_for_any_number_of_schools(
    town: Town, browser_of: Browser, count: int, django_assert_num_queries: Callable[[int], object]
) -> None:
    for number in range(104, 101 + count):
        make_school(town.municipality, town.programme, number)
    browser = browser_of(town.coordinator)
    with django_assert_num_queries(10):
        browser.get("/schools/")


def test_fifty_schools_stand_on_a_page(town: Town, browser_of: Browser) -> None:
    for number in range(104, 161):
        make_school(town.municipality, town.programme, number)
    browser = browser_of(town.coordinator)
    assert open_as(browser, "/schools/").count('<th scope="row">') == 50
    assert open_as(browser, "/schools/?page=2").count('<th scope="row">') == 10


@pytest.mark.parametrize("words", ["школа № 102", "ШКОЛА", "моу 102", "102"])
def test_search_does_not_mind_letter_case(town: Town, browser_of: Browser, words: str) -> None:
    assert "Школа № 102" in open_as(browser_of(town.coordinator), f"/schools/?q={words}")


def test_what_is_not_found_is_said(town: Town, browser_of: Browser) -> None:
    assert "не нашлось" in open_as(browser_of(town.coordinator), "/schools/?q=999")


def test_a_school_that_left_is_not_among_those_who_take_part(town: Town, browser_of: Browser) -> None:
    browser = browser_of(town.coordinator)
    browser.post(f"/schools/{town.schools[2].pk}/leave/", {"until": "2022-05-31", "reason": "реорганизация"})
    open_as(browser, "/schools/")
    assert "Школа № 103" not in open_as(browser, "/schools/")
    assert "реорганизация" in open_as(browser, "/schools/?show=all")
    assert "Школа № 103" in open_as(browser, "/schools/?on=2022-05-31")
    browser.get("/schools/?on=2022-09-15")
    browser.post(f"/schools/{town.schools[2].pk}/take-part/", {"since": "2022-09-01", "kind": "both"})
    assert "ШНОР и ШССУ" in open_as(browser, "/schools/")


def test_a_school_is_entered_by_hand(town: Town, browser_of: Browser) -> None:
    browser = browser_of(town.coordinator)
    said = {
        "municipality": town.municipality.pk,
        "short_name": "Школа № 110",
        "name": "МОУ «Школа № 110»",
        "number": "110",
        "kind": "low_results",
        "since": "2022-09-01",
    }
    response = browser.post("/schools/new/", said)
    made = School.objects.get(number=110)
    assert response.url == f"/schools/{made.pk}/"
    assert Participation.objects.get(school=made).since == date(2022, 9, 1)
    again = browser.post("/schools/new/", said).content.decode()
    assert "уже есть в списке школ" in again
    assert 'value="МОУ «Школа № 110»"' in again
    assert School.objects.filter(number=110).count() == 1


def test_a_school_is_changed(town: Town, browser_of: Browser) -> None:
    pk = town.schools[0].pk
    browser = browser_of(town.coordinator)
    browser.post(
        f"/schools/{pk}/change/",
        {
            "short_name": "Школа № 101",
            "name": "МОУ «Школа № 101»",
            "number": "101",
            "site": "https://example.org/",
        },
    )
    assert "https://example.org/" in open_as(browser, f"/schools/{pk}/")


def test_a_school_coordinator_sees_the_own_school_only(town: Town, browser_of: Browser) -> None:
    browser = browser_of(town.keeper)
    page = open_as(browser, "/schools/")
    assert "Школа № 101" in page
    assert "Школа № 102" not in page
    assert "Сваева Анна Петровна" in open_as(browser, f"/schools/{town.schools[0].pk}/")
    assert browser.get(f"/schools/{town.schools[1].pk}/").status_code == 404
    for path in ("new/", *(f"{town.schools[0].pk}/{deed}/" for deed in ("change", "leave", "take-part"))):
        assert browser.get(f"/schools/{path}").status_code == 403


def test_a_school_of_another_town_is_not_found(town: Town, other_town: Town, browser_of: Browser) -> None:
    for who in (town.coordinator, town.head, town.curator, town.keeper, town.expert):
        assert browser_of(who).get(f"/schools/{other_town.schools[0].pk}/").status_code == 404


def test_a_stranger_is_asked_to_sign_in(town: Town, browser_of: Browser) -> None:
    for path in ("/schools/", f"/schools/{town.schools[0].pk}/", "/schools/new/"):
        assert browser_of(None).get(path).url == f"/login/?next={path}"
