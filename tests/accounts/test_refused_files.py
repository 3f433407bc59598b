"""Refused files are noted without their content, and five refusals of one person show up for the administrator."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from opora.accounts.actions import note_refused_files
from opora.accounts.models import RefusedFile, User
from opora.accounts.refused_files import WORDS
from opora.core.refused_files import FileNote
from opora.imports.forms import NEW_PLAN
from opora.schools.models import Participation
from tests.appointments.town import Town, open_as
from tests.clock import clock_on

Browser = Callable[[User | None], Client]
ADDRESS = "/people/refused-files/"
# The day on which browsers of the town stand.
TODAY = date(2022, 9, 15)


def upload(browser: Client, content: bytes, name: str) -> object:
    return browser.post(
        "/documents/upload/file/",
        {"papers": [SimpleUploadedFile(name, content)], "dated_on": "2022-09-01", "then": "draft"},
    )


def test_a_refused_document_is_noted_with_who_hash_size_code_and_seconds(
    town: Town, browser_of: Browser
) -> None:
    content = b"MZ\x90\x00 secret words of a program"

    upload(browser_of(town.coordinator), content, "Секретное имя.pdf")

    row = RefusedFile.objects.get()
    assert (row.person, row.code, row.size) == (town.coordinator, "F-TYPE", len(content))
    assert row.sha256 == hashlib.sha256(content).hexdigest()
    assert 0 <= row.seconds < 60
    told = " ".join(str(getattr(row, field.name)) for field in RefusedFile._meta.fields)
    assert "secret" not in told
    assert "Секретное" not in told


@pytest.mark.parametrize(
    ("address", "field", "content", "name", "code"),
    [
        ("/imports/", "file", b"MZ\x90\x00", "приказ.docx", "F-TYPE"),
        ("/imports/", "file", "Просто слова".encode(), "приказ.txt", "F-NOTABLE"),
        ("/schools/import/", "file", b"MZ\x90\x00", "школы.xlsx", "F-TYPE"),
        ("/documents/upload/file/", "papers", b"a" * (settings.UPLOAD_LIMIT + 1), "большой.txt", "F-SIZE"),
    ],
)
def test_every_door_notes_its_refusals(
    town: Town, browser_of: Browser, address: str, field: str, content: bytes, name: str, code: str
) -> None:
    told = {
        "what": NEW_PLAN,
        "kind": Participation.Kind.values[0],
        "since": "2022-09-01",
        "programme": town.programme.pk,
        "municipality": town.municipality.pk,
        "dated_on": "2022-09-01",
        "then": "draft",
    }
    browser_of(town.coordinator).post(address, {**told, field: SimpleUploadedFile(name, content)})

    assert [(row.code, row.person) for row in RefusedFile.objects.all()] == [(code, town.coordinator)]


def test_a_taken_file_is_not_noted(town: Town, browser_of: Browser) -> None:
    upload(browser_of(town.coordinator), "Слова".encode(), "слова.txt")

    assert not RefusedFile.objects.exists()


def noted(person: User, *minutes_ago: float) -> None:
    with clock_on(TODAY):
        for minutes in minutes_ago:
            note_refused_files(
                person=person,
                notes=[FileNote("ab" * 32, 1234, "F-ACTIVE", 0.25)],
                at=timezone.now() - timedelta(minutes=minutes),
            )


def test_five_refusals_in_ten_minutes_show_up(town: Town, browser_of: Browser) -> None:
    noted(town.curator, 60, 61, 63, 66, 69.5)
    browser = browser_of(town.coordinator)

    for address in ("/people/", ADDRESS):
        page = open_as(browser, address)
        assert "Много отказов подряд" in page
        assert town.curator.full_name in page


def test_four_or_slower_ones_do_not(town: Town, browser_of: Browser) -> None:
    noted(town.curator, 60, 63, 66, 71, 74)
    noted(town.coordinator, 60, 61, 62, 63)
    browser = browser_of(town.coordinator)

    assert "Много отказов подряд" not in open_as(browser, "/people/")
    page = open_as(browser, ADDRESS)
    assert "Много отказов подряд" not in page
    assert page.count("вложенная программа, команда или сценарий") == 9


def test_the_list_speaks_of_own_people_only(town: Town, other_town: Town, browser_of: Browser) -> None:
    noted(other_town.curator, 60, 61, 62, 63, 64)

    page = open_as(browser_of(town.coordinator), ADDRESS)

    assert other_town.curator.full_name not in page
    assert "Отказов не было" in page


@pytest.mark.parametrize("count", [3, 300])
def test_the_list_costs_the_same_for_any_number(
    town: Town, browser_of: Browser, count: int, django_assert_num_queries: Callable[[int], object]
) -> None:
    noted(town.curator, *range(count))
    browser = browser_of(town.coordinator)
    with django_assert_num_queries(8):
        browser.get(ADDRESS)


def test_every_code_of_files_has_its_words() -> None:
    assert all(code.startswith("F-") and words for code, words in WORDS.items())
