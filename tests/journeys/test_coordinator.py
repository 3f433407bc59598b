"""A municipal coordinator's way in a browser: from the order's file to a report that everybody reads."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pytest
from playwright.sync_api import expect

from opora.plans.models import Activity
from tests.journeys.conftest import Desk, OpenDesk
from tests.lines.town import ORDER, Town

pytestmark = pytest.mark.browser

COORDINATOR = "coordinator@opora.example"
ON = "2022-04-20"
TITLE = "Дорожная карта проекта на 2022 год"


def test_an_order_becomes_a_plan_a_document_and_a_report(town: Town, desk: OpenDesk, tmp_path: Path) -> None:
    window = desk()
    page = window.page
    window.sign_in(COORDINATOR)
    window.look()

    load_the_order(window)
    window.look()
    page.get_by_role("link", name="Исправить пункт 1.1", exact=True).or_(
        page.get_by_role("link", name="Показать все пункты")
    ).first.click()
    page.get_by_role("link", name="Исправить пункт 1.2", exact=True).click()
    page.locator("[name$=-promise]").fill("Кураторы назначены для всех школ-участниц")
    window.look()
    window.press("Сохранить пункт")
    expect(page.locator("main")).to_contain_text("Кураторы назначены для всех школ-участниц")
    adopt(window)
    window.look()

    line = Activity.objects.get(number="1.3")
    assert Activity.objects.count() == 45
    assert Activity.objects.get(number="1.2").promise == "Кураторы назначены для всех школ-участниц"
    window.go(f"/roadmaps/{line.roadmap_id}/lines/{line.pk}/?on={ON}")
    window.look()
    expect(page.locator("main .st.big")).not_to_have_text("Выполнено")
    window.press("Назначить ответственного", "link")
    window.look()
    page.locator("select[name=person]").select_option(index=1)
    window.press("Назначить ответственного")
    expect(page.get_by_label("Паспорт пункта")).to_contain_text("Русакова")

    window.press("Внести документ", "link")
    window.look()
    page.locator("[name=papers]").set_input_files(
        {"name": "карта.txt", "mimeType": "text/plain", "buffer": "Дорожная карта".encode()}
    )
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=then][value=draft]").check()
    window.press("Сохранить документ")
    page.wait_for_url(re.compile(r"/documents/\d+/$"))
    window.look()
    for deed in ("Утвердить", "Разместить"):
        window.press(deed, "link")
        window.look()
        window.press(deed)
        page.wait_for_url(re.compile(r"/documents/\d+/$"))

    window.go(f"/roadmaps/{line.roadmap_id}/lines/{line.pk}/")
    expect(page.locator("main .st.big")).to_have_text("Выполнено")

    window.go("/reports/")
    window.look()
    window.press("Собрать отчёт")
    window.look()
    with page.expect_download() as waited:
        page.locator("main").get_by_role("link", name="docx").first.click()
    waited.value.save_as(tmp_path / "report.docx")
    told = docx.Document(str(tmp_path / "report.docx"))
    assert any("1.3" in cell.text for table in told.tables for cell in table.column_cells(0))

    stranger = desk()
    stranger.go(f"/?on={ON}")
    stranger.look()
    stranger.go(f"/open/documents/?on={ON}")
    expect(stranger.page.locator("main")).to_contain_text(TITLE)


def test_an_order_becomes_a_plan_without_scripts(town: Town, desk: OpenDesk) -> None:
    window = desk(java_script_enabled=False)
    window.sign_in(COORDINATOR)
    load_the_order(window)
    adopt(window)
    assert Activity.objects.count() == 45
    assert Activity.objects.filter(number="6.1").exists()


def load_the_order(window: Desk) -> None:
    """Drop the source order on the page of loading and come to its review."""
    window.go("/imports/")
    window.page.locator("[name=file]").set_input_files(str(ORDER))
    window.press("Прочитать приказ")
    window.page.wait_for_url(re.compile(r"/imports/\d+/"))


def adopt(window: Desk) -> None:
    """Answer what asks for a decision, then adopt."""
    page = window.page
    for answer in ("Согласиться: 6.1", "Считать постоянной"):
        button = page.locator("main").get_by_role("button", name=answer)
        expect(button.first).to_be_visible()
        button.first.click()
        expect(button).to_have_count(0)
    page.get_by_role("button", name=re.compile("^Утвердить карту")).click()
    page.wait_for_url(re.compile(r"/roadmaps/\d+/"))
