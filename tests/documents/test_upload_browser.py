"""Many files in a browser: an answer to each, a broken line gone on with, snapshots as one pdf; without scripts too."""

from __future__ import annotations

from typing import Any

import pypdfium2
import pytest
from django.test import Client

from opora.core.uploads import content_of
from opora.documents.models import Document, Version
from tests.documents.conftest import Town
from tests.documents.test_preview import photo

pytestmark = pytest.mark.browser

FILE = "input[name=papers]"
GOOD, OTHER, BAD = "Отчёт 101.txt", "Отчёт 102.txt", "программа.pdf"


def given(name: str, content: bytes = b"") -> dict[str, Any]:
    """A file as a person chooses it."""
    return {
        "name": name,
        "mimeType": "application/octet-stream",
        "buffer": content or f"Текст {name}".encode(),
    }


THREE = [given(GOOD), given(BAD, b"MZ\x90\x00 program"), given(OTHER)]


def enter(page: Any, town: Town, live_server: Any) -> None:
    """The page of many files, opened by the coordinator."""
    door = Client()
    door.force_login(town.coordinator)
    cookie = {"name": "opora", "value": door.cookies["opora"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.goto(f"{live_server.url}/documents/upload/")
    page.locator("[name=dated_on]").fill("2022-09-01")
    page.locator("[name=then][value=draft]").check()


def send(page: Any) -> None:
    page.locator("#upload .bar button").click()


def row_of(page: Any, name: str) -> Any:
    return page.locator("[data-files] > li", has=page.locator("[data-name]", has_text=name))


def wait_for(page: Any, words: str) -> None:
    page.locator("[data-sum]", has_text=words).wait_for()


def test_each_file_has_its_own_answer_and_a_bad_one_stops_nothing(
    town: Town, page: Any, live_server: Any
) -> None:
    enter(page, town, live_server)

    page.set_input_files(FILE, THREE)
    send(page)
    wait_for(page, "Внесено 2 из 3.")

    assert "Внесён: Отчёт 101" in row_of(page, GOOD).locator("[data-say]").inner_text()
    assert "Внесён: Отчёт 102" in row_of(page, OTHER).locator("[data-say]").inner_text()
    refused = row_of(page, BAD).locator("[data-say]").inner_text()
    assert "программа" in refused
    assert "(F-TYPE)" in refused
    assert row_of(page, BAD).locator("progress").is_hidden()
    assert sorted(Document.objects.values_list("title", flat=True)) == ["Отчёт 101", "Отчёт 102"]


def test_a_broken_line_is_told_and_the_same_files_are_not_doubled(
    town: Town, page: Any, live_server: Any
) -> None:
    enter(page, town, live_server)
    page.set_input_files(FILE, given(GOOD))
    send(page)
    wait_for(page, "Внесено 1 из 1.")

    page.context.set_offline(True)
    page.set_input_files(FILE, [given(OTHER), given("Отчёт 103.txt")])
    send(page)
    wait_for(page, "Внесено 1 из 3.")
    assert "Связь прервалась" in row_of(page, OTHER).locator("[data-say]").inner_text()
    assert Document.objects.count() == 1

    # The page goes on by itself as soon as there is a line.
    page.context.set_offline(False)
    wait_for(page, "Внесено 3 из 3.")

    page.reload()
    page.set_input_files(FILE, [given(GOOD), given(OTHER), given("Отчёт 103.txt"), given("Отчёт 104.txt")])
    page.locator("[name=dated_on]").fill("2022-09-01")
    page.locator("[name=then][value=draft]").check()
    send(page)
    wait_for(page, "Внесено 4 из 4.")
    assert "Уже внесён" in row_of(page, OTHER).locator("[data-say]").inner_text()
    assert Document.objects.count() == 4


def test_snapshots_of_the_camera_become_one_pdf(town: Town, page: Any, live_server: Any) -> None:
    enter(page, town, live_server)
    page.locator("[data-snaps] > summary").click()
    for place in (1, 2):
        page.set_input_files("input[name=camera]", given(f"снимок {place}.jpg", photo()))
    assert page.locator("[data-pictures] > li").count() == 2
    page.locator("[name=snaps_title]").fill("Протокол совета")
    send(page)
    wait_for(page, "Внесено 1 из 1.")

    version = Version.objects.select_related("document", "file").get()
    assert version.document.title == "Протокол совета"
    assert len(pypdfium2.PdfDocument(content_of(version.file))) == 2


def test_without_scripts_the_plain_form_does_the_same(town: Town, chromium: Any, live_server: Any) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="ru-RU")
    page = context.new_page()
    enter(page, town, live_server)

    page.set_input_files(FILE, THREE)
    page.locator("[data-snaps] > summary").click()
    page.set_input_files("input[name=snaps]", [given("а.jpg", photo()), given("б.jpg", photo())])
    page.locator("[name=snaps_title]").fill("Протокол совета")
    send(page)
    page.locator("#told").wait_for()

    words = page.locator("section[aria-labelledby=told]").inner_text()
    alert = page.locator("[role=alert]").first.inner_text().replace("\u00a0", " ")
    page.goto("about:blank")
    context.close()
    for one in (GOOD, OTHER, BAD, "F-TYPE", "Протокол совета"):
        assert one.removesuffix(".txt") in words
    assert "Не внесено: 1 файл" in alert
    assert Document.objects.count() == 3
