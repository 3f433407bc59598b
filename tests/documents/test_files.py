"""How files of documents are given out: own type, sandboxed, never run in our pages."""

from __future__ import annotations

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from opora.accounts.models import User
from tests.documents.conftest import PDF, TEXT, Town

Browser = Callable[[User | None], Client]


def test_a_file_is_an_attachment_with_a_russian_name(town: Town, browser_of: Browser) -> None:
    document = town.document(file_name="Отчёт за май.txt")

    answer = browser_of(town.coordinator).get(f"/documents/{document.pk}/files/1/")

    assert answer.getvalue().decode() == "Отчёт о реализации дорожной карты"
    assert answer["Content-Type"] == "text/plain"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert answer["Content-Disposition"] == (
        "attachment; filename*=utf-8''%D0%9E%D1%82%D1%87%D1%91%D1%82%20%D0%B7%D0%B0%20%D0%BC%D0%B0%D0%B9.txt"
    )


def test_only_pdf_and_pictures_open_in_the_window(town: Town, browser_of: Browser) -> None:
    client = browser_of(town.coordinator)
    text = town.document()
    pdf = town.document("Скан", content=PDF, file_name="скан.pdf")

    def disposition(address: str) -> str:
        answer = client.get(address)
        assert answer.getvalue()
        return answer["Content-Disposition"].split(";")[0]

    assert disposition(f"/documents/{pdf.pk}/files/1/?inline=1") == "inline"
    assert disposition(f"/documents/{pdf.pk}/files/1/") == "attachment"
    assert disposition(f"/documents/{text.pk}/files/1/?inline=1") == "attachment"


def test_a_file_is_replaced_and_the_earlier_one_stays(town: Town, browser_of: Browser) -> None:
    document = town.document()
    client = browser_of(town.coordinator)

    client.post(f"/documents/{document.pk}/file/", {"file": SimpleUploadedFile("новый.pdf", PDF)})

    assert [version.name for version in document.versions.all()] == ["новый.pdf", "отчёт.txt"]
    assert client.get(f"/documents/{document.pk}/files/1/").getvalue() == TEXT


def test_a_detached_signature_stands_beside_the_file(town: Town, browser_of: Browser) -> None:
    document = town.document()
    client = browser_of(town.coordinator)
    signature = b"\x30\x82\x01\x00 signed"

    bad = client.post(
        f"/documents/{document.pk}/files/1/sign/", {"file": SimpleUploadedFile("a.txt", b"not signed")}
    )
    good = client.post(
        f"/documents/{document.pk}/files/1/sign/", {"file": SimpleUploadedFile("a.sig", signature)}
    )

    assert (bad.status_code, good.status_code) == (415, 302)
    answer = client.get(f"/documents/{document.pk}/files/1/signature/")
    assert answer.getvalue() == signature
