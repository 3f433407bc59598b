"""Settings of the centre, the way things look, the guide."""

from __future__ import annotations

import pytest
from django.test import Client

from opora.dashboard.guide import GUIDE
from tests.appointments.town import Town, browser_for, make_town, open_as

REQUISITES = {
    "centre_name": "муниципальное учреждение «Новый центр»",
    "centre_short_name": "Новый центр",
    "centre_address": "",
    "place": "г. Примерск",
    "head_post": "Директор",
    "head_name": "Пролётова Анна Петровна",
}


@pytest.fixture
def town(db: None) -> Town:
    return make_town()


@pytest.fixture
def other_town(db: None) -> Town:
    return make_town("г. о. Соседск", "Соседняя область")


def test_requisites_are_saved_and_shown(town: Town) -> None:
    browser = browser_for(town.coordinator)
    response = browser.post(f"/settings/centre/{town.municipality.pk}/", REQUISITES)
    assert response.url == "/settings/"
    assert "Новый центр" in open_as(browser, "/settings/")


def test_a_missing_requisite_keeps_what_was_typed(town: Town) -> None:
    said = {**REQUISITES, "head_name": ""}
    page = (
        browser_for(town.coordinator).post(f"/settings/centre/{town.municipality.pk}/", said).content.decode()
    )
    assert "Ошибка: Реквизиты центра" in page
    assert "муниципальное учреждение «Новый центр»" in page


def test_another_centre_is_not_found(town: Town, other_town: Town) -> None:
    path = f"/settings/centre/{other_town.municipality.pk}/"
    assert browser_for(town.coordinator).get(path).status_code == 404
    assert browser_for(town.head).get(path).status_code == 403


@pytest.mark.parametrize(
    ("back", "place"),
    [
        ("/schools/?q=1", "/schools/?q=1"),
        ("https://example.org/", "/"),
        ("//example.org/", "/"),
        ("/\\example.org", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_the_look_is_remembered_and_leads_back_on_this_site_only(db: None, back: str, place: str) -> None:
    client = Client()
    response = client.post("/look/", {"theme": "dark", "vision": "on", "back": back})
    assert response.url == place
    page = client.get("/login/").content.decode()
    assert 'data-theme="dark"' in page
    assert 'data-vision="on"' in page


def test_a_theme_nobody_knows_is_the_usual_one(db: None) -> None:
    client = Client()
    client.post("/look/", {"theme": '"><script>', "vision": "off"})
    assert client.cookies["theme"].value == "auto"


def test_the_guide_lists_its_pages_and_shows_each(town: Town) -> None:
    browser = browser_for(town.keeper)
    listed = open_as(browser, "/help/")
    names = sorted(path.stem for path in GUIDE.glob("*.md"))
    assert names
    for name in names:
        assert f"/help/{name}/" in listed
        page = open_as(browser, f"/help/{name}/")
        assert page.count("<h1>") == 1
        assert "{{" not in page


@pytest.mark.parametrize("name", ["nowhere", "people_deed"])
def test_a_page_that_is_not_there_is_not_found(town: Town, name: str) -> None:
    assert browser_for(town.keeper).get(f"/help/{name}/").status_code == 404


def test_a_stranger_is_asked_to_sign_in(db: None) -> None:
    for path in ("/help/", "/settings/"):
        assert Client().get(path).url == f"/login/?next={path}"
