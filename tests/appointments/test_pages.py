"""The pages of appointments as each duty sees them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from opora.accounts.models import User
from opora.appointments.models import Appointment
from tests.appointments.town import Town, make_school, open_as

Browser = Callable[[User | None], Client]
EDITING = ["new/", "many/", "order/", "order.docx"]


def appoint(browser: Client, **more: object) -> object:
    said = {"duty": "curator", "since": "2022-09-01", **more}
    return browser.post("/appointments/new/", {key: value for key, value in said.items() if value})


def test_those_without_somebody_stand_first_by_name(town: Town, browser_of: Browser) -> None:
    page = open_as(browser_of(town.coordinator), "/appointments/")
    assert "У 2 из 3 школ кого-то не хватает" in page
    assert "Не хватает школьного координатора и куратора: " in page
    assert page.index(">Школа № 102<") < page.index(">Школа № 101<")
    assert "Сваева А. П." in page


def test_the_filter_shows_only_schools_that_miss_somebody(town: Town, browser_of: Browser) -> None:
    page = open_as(browser_of(town.coordinator), "/appointments/?show=missing")
    assert "Школа № 102" in page
    assert "Школа № 101" not in page


@pytest.mark.parametrize("words", ["СВАЕВА", "№ 101", "сваёва"])
def test_a_school_is_found_by_its_name_and_people(town: Town, browser_of: Browser, words: str) -> None:
    page = open_as(browser_of(town.coordinator), f"/appointments/?q={words}")
    table = page.split("<tbody>")[1].split("</tbody>")[0]
    assert "Школа № 101" in table
    assert "Школа № 103" not in table


def test_the_page_tells_of_the_day_it_is_looked_at(town: Town, browser_of: Browser) -> None:
    browser = browser_of(town.coordinator)
    assert "Сваева А. П." not in open_as(browser, "/appointments/?on=2022-01-09")
    assert "Сваева А. П." in open_as(browser, "/appointments/?on=2022-01-10")


@pytest.mark.parametrize("count", [3, 300])
def test_the_page_costs_the_same_for_any_number_of_schools(
    town: Town, browser_of: Browser, count: int, django_assert_num_queries: Callable[[int], object]
) -> None:
    for number in range(104, 101 + count):
        make_school(town.municipality, town.programme, number)
    browser = browser_of(town.coordinator)
    with django_assert_num_queries(9):
        browser.get("/appointments/")


def test_the_head_and_the_curator_look_but_do_not_appoint(town: Town, browser_of: Browser) -> None:
    for who in (town.head, town.curator):
        browser = browser_of(who)
        assert "Назначить списком" not in open_as(browser, "/appointments/")
        assert [browser.get(f"/appointments/{path}").status_code for path in EDITING] == [403] * 4


def test_the_school_coordinator_and_a_stranger_stay_outside(town: Town, browser_of: Browser) -> None:
    paths = ["", *EDITING]
    keeper, stranger = browser_of(town.keeper), browser_of(None)
    assert [keeper.get(f"/appointments/{path}").status_code for path in paths] == [403] * 5
    assert all(
        stranger.get(f"/appointments/{path}").url.startswith("/login/?next=/appointments/") for path in paths
    )


def test_the_table_of_rights_is_shown_as_it_stands(town: Town, browser_of: Browser) -> None:
    from opora.appointments.rights import PERMISSIONS, title_of

    page = open_as(browser_of(town.keeper), "/appointments/rights/")
    assert all(title_of(one, town.programme.words)[1:] in page for one in PERMISSIONS)


def test_a_person_of_the_list_is_appointed(town: Town, browser_of: Browser) -> None:
    browser = browser_of(town.coordinator)
    place = f"school-{town.schools[1].pk}"
    response = appoint(browser, person=town.curator.pk, place=place)
    assert response.url == "/appointments/"
    assert "Назначение записано: Сваева А. П. — куратор, Школа № 102." in open_as(browser, "/appointments/")


def test_a_new_person_is_entered_on_the_way(town: Town, browser_of: Browser) -> None:
    place = f"school-{town.schools[1].pk}"
    appoint(browser_of(town.coordinator), place=place, last_name="Ростверкова", first_name="Ольга")
    assert Appointment.objects.get(school=town.schools[1]).person.full_name == "Ростверкова Ольга"


def test_somebody_alike_is_offered_first_and_nothing_typed_is_lost(town: Town, browser_of: Browser) -> None:
    browser = browser_of(town.coordinator)
    typed = {
        "place": f"school-{town.schools[1].pk}",
        "last_name": "Свáева".replace("á", "а"),
        "first_name": "А.",
    }
    page = appoint(browser, **typed).content.decode()
    assert "Похоже, это уже есть:" in page
    assert "Сваева Анна Петровна" in page
    assert 'value="А."' in page
    assert User.objects.filter(last_name="Сваева").count() == 1
    assert appoint(browser, **typed, is_new="yes").status_code == 302
    assert User.objects.filter(last_name="Сваева").count() == 2


def test_a_refusal_stands_on_the_form(town: Town, browser_of: Browser) -> None:
    place = f"school-{town.schools[0].pk}"
    page = appoint(browser_of(town.coordinator), person=town.keeper.pk, place=place).content.decode()
    assert "координатор этой же школы" in page
    assert "<title>Ошибка: Назначить" in page


def test_half_an_order_is_asked_about(town: Town, browser_of: Browser) -> None:
    place = f"school-{town.schools[1].pk}"
    page = appoint(
        browser_of(town.coordinator), person=town.curator.pk, place=place, order_date="2022-08-30"
    ).content.decode()
    assert "Впишите номер приказа" in page


def test_release_and_replace_are_pages_with_their_reason(town: Town, browser_of: Browser) -> None:
    browser = browser_of(town.coordinator)
    keeper = Appointment.objects.get(person=town.keeper)
    page = browser.post(f"/appointments/{keeper.pk}/release/", {"until": "2022-08-31", "reason": " "})
    assert "Ошибка: Освободить" in page.content.decode()
    response = browser.post(
        f"/appointments/{keeper.pk}/replace/",
        {"last_name": "Новая", "first_name": "Вера", "since": "2022-09-01", "reason": "отпуск"},
    )
    assert response.url == "/appointments/"
    keeper.refresh_from_db()
    assert keeper.until == date(2022, 8, 31)
    browser.post(
        f"/appointments/{Appointment.objects.get(person=town.curator).pk}/release/",
        {"until": "2022-09-10", "reason": "переезд"},
    )
    page = open_as(browser, f"/schools/{town.schools[0].pk}/")
    assert "Кто вёл раньше: 2" in page
    assert "переезд" in page


def test_appointments_of_another_town_are_not_found(
    town: Town, other_town: Town, browser_of: Browser
) -> None:
    browser = browser_of(town.coordinator)
    foreign = Appointment.objects.get(person=other_town.curator)
    for deed in ("release", "replace"):
        assert browser.get(f"/appointments/{foreign.pk}/{deed}/").status_code == 404
        assert browser.get(f"/appointments/999999/{deed}/").status_code == 404
    page = appoint(
        browser, person=town.curator.pk, place=f"school-{other_town.schools[1].pk}"
    ).content.decode()
    assert "Ошибка" in page
    page = appoint(
        browser, person=other_town.curator.pk, place=f"school-{town.schools[1].pk}"
    ).content.decode()
    assert "Ошибка" in page


def test_a_right_holds_only_where_its_duty_is_held(town: Town, other_town: Town, browser_of: Browser) -> None:
    """A coordinator of one town who is an expert and a curator in another changes nothing there."""
    for duty, where in (
        ("expert", {"municipality": other_town.municipality}),
        ("curator", {"school": other_town.schools[1]}),
    ):
        Appointment.objects.create(
            person=town.coordinator, duty=duty, programme=town.programme, since=date(2022, 1, 10), **where
        )
    browser = browser_of(town.coordinator)
    foreign = Appointment.objects.get(person=other_town.keeper)
    assert browser.get(f"/appointments/{foreign.pk}/release/").status_code == 404
    assert browser.get(f"/schools/{other_town.schools[1].pk}/").status_code == 200
    assert browser.get(f"/schools/{other_town.schools[1].pk}/change/").status_code == 404
    assert browser.get(f"/people/{other_town.keeper.pk}/").status_code == 404
    assert browser.get(f"/settings/centre/{other_town.municipality.pk}/").status_code == 404
