"""What Django itself refuses is told by a page of ours with the code and what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as plain
from django.test import Client

from opora.accounts.models import User
from opora.core.models import StoredFile
from opora.documents.models import Document
from tests.documents.conftest import Town
from tests.documents.test_upload import ADDRESS, common, given

Browser = Callable[[User | None], Client]


def check_page(answer: Any, status: int, *words: str) -> None:
    """The frame of the product stands around the words, and nothing was kept."""
    page = answer.content.decode()
    assert answer.status_code == status
    for one in ("<h1>Не принято</h1>", "Назад", *words):
        assert one in page
    assert (Document.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_more_files_than_one_request_takes_are_told_with_their_number(
    town: Town, browser_of: Browser
) -> None:
    files = [given(f"{number}.txt") for number in range(plain.DATA_UPLOAD_MAX_NUMBER_FILES + 1)]

    answer = browser_of(town.coordinator).post(ADDRESS, common(papers=files))

    check_page(answer, 413, "F-MANY", "слишком много", "не больше 20")


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_request_over_the_limit_is_told_with_the_limit(
    town: Town, browser_of: Browser, settings: Any, has_scripts: bool
) -> None:
    settings.REQUEST_LIMIT = 3 * 1024 * 1024
    address = f"{ADDRESS}file/" if has_scripts else ADDRESS

    answer = browser_of(town.coordinator).post(address, common(papers=given("большой.txt", b"a" * 4_000_000)))

    check_page(answer, 413, "F-SIZE", "слишком много", "размер", "3 МБ")


def test_a_text_over_the_limit_and_too_many_fields_are_told(town: Town, browser_of: Browser) -> None:
    client = browser_of(town.coordinator)

    text = client.post(ADDRESS, common(title="я" * plain.DATA_UPLOAD_MAX_MEMORY_SIZE))
    fields = client.post(ADDRESS, common(anyway=["а"] * (plain.DATA_UPLOAD_MAX_NUMBER_FIELDS + 5)))

    check_page(text, 413, "F-SIZE", "набранного текста — 2 МБ")
    check_page(fields, 413, "F-MANY", "слишком много полей")


def test_a_torn_request_is_told_to_a_stranger_as_well(client: Client, db: None) -> None:
    answer = client.post("/login/", b"torn", content_type="multipart/form-data; boundary=")

    check_page(answer, 400, "Повторите отправку")
