"""Pages of a document are shown as pictures of our own making, and only to those who see the document."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from opora.accounts.models import User
from opora.core.sandbox import office
from opora.documents.drawing import page_of, pages_known, pages_of
from tests.documents.conftest import Town
from tests.documents.test_search import word_file

Browser = Callable[[User | None], Client]


def pdf(pages: int) -> bytes:
    made, kept = pypdfium2.PdfDocument.new(), io.BytesIO()
    for number in range(pages):
        made.new_page(300 + number, 400)
    made.save(kept)
    return kept.getvalue()


def photo(width: int = 120, height: int = 60, kind: str = "JPEG", turn: int = 6) -> bytes:
    """A picture that its camera says to turn, with the place where it was taken inside."""
    kept, told = io.BytesIO(), Image.Exif()
    told[0x0112], told[0x010E] = turn, "secret place"
    Image.new("RGB", (width, height), "navy").save(kept, kind, exif=told)
    return kept.getvalue()


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder of data for each test: tests that run side by side would draw over one another."""
    monkeypatch.setattr(settings, "DATA", tmp_path)


def drawn(answer_content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(answer_content))


def test_pages_of_a_pdf_are_drawn_and_kept(town: Town, browser_of: Browser) -> None:
    document = town.document("Положение", content=pdf(4), file_name="положение.pdf")
    client = browser_of(town.coordinator)

    card = client.get(f"/documents/{document.pk}/").content.decode()
    assert f'hx-get="/documents/{document.pk}/preview/?part=first"' in card
    part = client.get(f"/documents/{document.pk}/preview/?part=first").content.decode()
    answer = client.get(f"/documents/{document.pk}/preview/2/")

    assert part.count("<img") == 3
    assert "Посмотреть все страницы (4)" in part
    assert (answer["Content-Type"], drawn(answer.content).format) == ("image/png", "PNG")
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    whole = client.get(f"/documents/{document.pk}/preview/").content.decode()
    assert whole.count("<img") == 4
    assert client.get(f"/documents/{document.pk}/preview/5/").status_code == 404
    assert client.get(f"/documents/{document.pk}/preview/0/").status_code == 404
    assert client.get(f"/documents/{document.pk}/").content.decode().count("<img") == 3


def test_no_more_than_sixty_pages_are_shown(town: Town) -> None:
    document = town.document("Сборник", content=pdf(75), file_name="сборник.pdf")
    file = document.versions.get().file

    assert pages_of(file) == 60
    assert page_of(file, 60)
    assert page_of(file, 61) is None


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_redrawn_turned_and_without_what_its_camera_said(town: Town, kind: str) -> None:
    ending = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}[kind]
    document = town.document("Снимок", content=photo(kind=kind), file_name=f"снимок.{ending}")

    shown = page_of(document.versions.get().file, 1)

    assert shown is not None
    assert drawn(shown).size == (60, 120)
    assert b"secret place" not in shown


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("оборван.pdf", pdf(3)[:200]),
        ("пусто.pdf", b"%PDF-1.7\n%%EOF"),
        ("оборван.jpg", photo()[:120]),
        ("оборван.png", photo(kind="PNG")[:60]),
    ],
)
def test_a_broken_file_shows_a_way_out(town: Town, browser_of: Browser, name: str, content: bytes) -> None:
    document = town.kept_before("Оборван", content, name)
    client = browser_of(town.coordinator)

    page = client.get(f"/documents/{document.pk}/preview/")

    assert page.status_code == 200
    assert "Этот файл не показать на странице" in page.content.decode()
    assert pages_known(document.versions.get().file) == 0
    assert client.get(f"/documents/{document.pk}/preview/1/").status_code == 404


def test_a_text_is_shown_as_words_and_escaped(town: Town, browser_of: Browser) -> None:
    content = "Первая строка\n<script>alert(1)</script>".encode()
    document = town.document("Записка", content=content, file_name="записка.txt")

    page = browser_of(town.coordinator).get(f"/documents/{document.pk}/preview/").content.decode()

    assert "<p>Первая строка</p>" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_a_word_document_is_shown_by_its_words_where_there_is_no_libreoffice(
    town: Town, browser_of: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    content = word_file("О наставничестве", "Второй абзац")
    document = town.document("Записка", content=content, file_name="записка.docx")

    page = browser_of(town.coordinator).get(f"/documents/{document.pk}/preview/").content.decode()

    assert "<p>О наставничестве</p><p>Второй абзац</p>" in page


def test_a_word_document_is_shown_by_pages_where_libreoffice_is(town: Town) -> None:
    document = town.document("Записка", content=word_file("Абзац"), file_name="записка.docx")
    assert pages_of(document.versions.get().file) == (1 if office() else 0)


def test_pages_are_shown_only_to_those_who_see_the_document(
    town: Town, other_town: Town, browser_of: Browser
) -> None:
    document = town.document("Черновик", content=photo(), file_name="снимок.jpg")

    for person in (other_town.coordinator, town.school_coordinator):
        client = browser_of(person)
        assert client.get(f"/documents/{document.pk}/preview/").status_code == 404
        assert client.get(f"/documents/{document.pk}/preview/1/").status_code == 404
    assert browser_of(None).get(f"/documents/{document.pk}/preview/1/").status_code == 302
    assert browser_of(town.head).get(f"/documents/{document.pk}/preview/1/").status_code == 200


def test_pages_are_shown_though_the_disk_keeps_none(town: Town, browser_of: Browser) -> None:
    """A file in place of the folder refuses every write, as a full disk does."""
    document = town.document("Снимок", content=photo(), file_name="снимок.jpg")
    (Path(settings.DATA) / "previews").write_bytes(b"")
    client = browser_of(town.coordinator)
    try:
        page = client.get(f"/documents/{document.pk}/preview/")
        answer = client.get(f"/documents/{document.pk}/preview/1/")
    finally:
        (Path(settings.DATA) / "previews").unlink()

    assert page.status_code == 200
    assert (answer.status_code, drawn(answer.content).format) == (200, "PNG")
