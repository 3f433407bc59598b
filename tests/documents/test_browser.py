"""A document from the chooser of files to the portal, in a real browser without scripts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.axe import faults
from tests.documents.conftest import Town

pytestmark = pytest.mark.browser


def test_a_document_goes_from_a_file_to_the_portal_without_scripts(
    town: Town, chromium: Any, live_server: Any, tmp_path: Path
) -> None:
    file = tmp_path / "Отчёт центра.txt"
    file.write_text("Отчёт", encoding="utf-8")
    door = Client()
    door.force_login(town.coordinator)
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False, locale="ru-RU")
    context.add_cookies([{"name": "opora", "value": door.cookies["opora"].value, "url": live_server.url}])
    page = context.new_page()

    page.goto(f"/documents/add/?line={town.lines[0].pk}")
    page.set_input_files("input[type=file]", file)
    page.get_by_label("Оставить черновиком").check()
    page.get_by_role("button", name="Сохранить документ").click()
    assert page.locator("h1").inner_text() == "Подготовлен отчёт 1"
    assert page.locator("span.btn[aria-disabled]", has_text="Разместить").count() == 1
    page.get_by_role("link", name="Утвердить").click()
    page.get_by_role("button", name="Утвердить").click()
    page.get_by_role("link", name="Разместить").click()
    page.get_by_role("button", name="Разместить").click()

    stranger = chromium.new_context(base_url=live_server.url, java_script_enabled=False).new_page()
    stranger.goto("/open/documents/")
    stranger.get_by_role("link", name="Подготовлен отчёт 1").click()
    with stranger.expect_download() as given:
        stranger.get_by_role("link", name="Скачать TXT").click()
    assert given.value.suggested_filename == "Отчёт центра.txt"
    stranger.context.close()
    context.close()


def test_pages_of_documents_are_accessible(town: Town, page: Any, live_server: Any) -> None:
    sent, approved = town.document("Черновик"), town.approved("Утверждён")
    door = Client()
    door.force_login(town.coordinator)
    page.context.add_cookies(
        [{"name": "opora", "value": door.cookies["opora"].value, "url": live_server.url}]
    )

    for address in (
        "/documents/",
        f"/documents/{sent.pk}/",
        f"/documents/{approved.pk}/publish/",
        f"/documents/add/?line={town.lines[0].pk}",
        f"/lines/{town.lines[0].pk}/word/",
        f"/open/{town.roadmap.pk}/",
    ):
        page.goto(address)
        assert faults(page) == [], address
