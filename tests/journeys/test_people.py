"""Others in a browser: a school, a curator with a phone, a stranger, somebody without a mouse."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from opora.accounts.models import User
from opora.plans.models import Activity
from tests.journeys.conftest import PHONE, Desk, OpenDesk

pytestmark = pytest.mark.browser


def address_of(number: str) -> str:
    """The page of a line of the only plan."""
    line = Activity.objects.get(number=number)
    return f"/roadmaps/{line.roadmap_id}/lines/{line.pk}/"


def test_a_school_gives_its_word_and_sees_no_more_than_it_may(story: None, desk: OpenDesk) -> None:
    window = desk()
    page = window.page
    window.sign_in("school@opora.example")
    window.go("/today/")
    window.look()
    expect(page.get_by_role("link", name="Загрузка приказа")).to_have_count(0)
    window.go(address_of("1.8"))
    window.look()
    window.press("Отметить, что сделано", "link")
    window.look()
    page.locator("[name=words]").fill("Куратор был у нас второй раз")
    page.locator("[name=school]").select_option(label="Школа № 101")
    window.press("Записать")
    expect(page.locator("main")).to_contain_text("Засчитается, когда центр подтвердит")
    window.look()
    expect(page.locator("main")).to_contain_text("Куратор был у нас второй раз")
    for shut in ("/imports/", "/people/", "/reports/"):
        window.go(shut, status=403)
        window.look()
    window.go("/documents/999999/", status=404)
    window.look()


def test_a_curator_works_on_a_phone(story: None, desk: OpenDesk) -> None:
    window = desk(PHONE, has_touch=True)
    page = window.page
    window.sign_in("curator@opora.example")
    for address in ("/today/", "/roadmap/", address_of("1.7"), "/documents/", "/words/", "/schools/"):
        window.go(address)
        window.look()
    window.go(f"/documents/add/?line={Activity.objects.get(number='1.10').pk}")
    window.look()
    page.locator("[name=papers]").set_input_files(
        {"name": "отчёт.txt", "mimeType": "text/plain", "buffer": "Отчёт куратора".encode()}
    )
    page.locator("[name=title]").fill("Отчёт куратора за 2 этап")
    page.locator("[name=school]").select_option(index=1)
    page.locator("[name=then][value=send]").check()
    window.press("Сохранить документ")
    page.wait_for_url(re.compile(r"/documents/\d+/$"))
    window.look()
    expect(page.locator("main")).to_contain_text("Отчёт куратора за 2 этап")


def test_a_stranger_reads_the_portal(story: None, desk: OpenDesk) -> None:
    window = desk()
    page = window.page
    window.go("/")
    window.look()
    page.locator("main a[href^='/open/']").first.click()
    window.look()
    expect(page.locator("main")).to_contain_text("Состояние на 15 сентября 2022")
    check_nobody_is_named(window)
    window.go(f"/open/{Activity.objects.values_list('roadmap', flat=True)[0]}/")
    window.look()
    page.get_by_role("link", name=re.compile("Посещение школ-участниц")).first.click()
    window.look()
    check_nobody_is_named(window)
    window.go("/open/documents/")
    window.look()
    check_nobody_is_named(window)
    page.locator("main a[href^='/open/documents/']").first.click()
    window.look()
    with page.expect_download() as waited:
        page.locator("main a[href$='/file/']").first.click()
    assert waited.value.suggested_filename
    check_nobody_is_named(window)


def check_nobody_is_named(window: Desk) -> None:
    """Nobody has agreed to be named in the open, so no surname stands on the page."""
    words = window.page.locator("body").inner_text()
    surnames = set(User.objects.values_list("last_name", flat=True))
    assert len(surnames) > 15
    assert [surname for surname in surnames if surname in words] == []


def test_signing_in_and_filtering_needs_no_mouse(story: None, desk: OpenDesk) -> None:
    window = desk()
    page = window.page
    window.go("/login/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("К содержанию")
    tab_to(window, "[name=login]")
    page.keyboard.type("coordinator@opora.example")
    tab_to(window, "[name=password]")
    page.keyboard.type("мост на семи опорах")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/login/" not in url)

    window.go("/roadmap/")
    before = page.locator("main tbody th[scope=row]").count()
    assert before == 45
    tab_to(window, "main select[name=section]")
    page.keyboard.press("ArrowDown")
    tab_to(window, "main form button")
    page.keyboard.press("Enter")
    expect(page.locator("main tbody th[scope=row]")).to_have_count(11)
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def tab_to(window: Desk, selector: str) -> None:
    """Press Tab until the element has the focus."""
    page = window.page
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{page.url}: Tab never comes to {selector}")
