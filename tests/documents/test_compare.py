"""Versions of a document compared: what is added and removed, in any readable format, in bounded time."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.test import Client
from docx import Document as Docx
from hypothesis import given
from hypothesis import strategies as st

from opora.accounts.models import User
from opora.core.uploads import store
from opora.documents import actions
from opora.documents.comparing import compare_texts
from opora.documents.differing import differing
from opora.documents.models import Document
from tests.documents.conftest import AT, PDF, Town
from tests.documents.test_preview import photo

Browser = Callable[[User | None], Client]
PARAGRAPHS = st.lists(st.text(alphabet="абв 1.", max_size=12).map(str.strip), max_size=25)


def docx_of(*paragraphs: str) -> bytes:
    made = Docx()
    for text in paragraphs:
        made.add_paragraph(text)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def with_versions(town: Town, *files: tuple[str, bytes]) -> Document:
    """A document whose versions are the files, in this order."""
    (name, content), *later = files
    document = town.document("Рекомендации", file_name=name, content=content)
    for name, content in later:
        actions.add_version(document=document, content=content, file_name=name, by=town.coordinator, at=AT)
    return document


@given(PARAGRAPHS, PARAGRAPHS)
def test_both_texts_are_there_whole_whatever_they_are(earlier: list[str], later: list[str]) -> None:
    rows = differing(earlier, later)

    def text_of(signs: str) -> list[str]:
        kept = [
            [text for sign, text in row if sign in signs]
            for row in rows
            if {sign for sign, _ in row} & set(signs)
        ]
        return ["".join(pieces) for pieces in kept]

    assert [text for text in text_of("=-") if text] == [text for text in earlier if text]
    assert [text for text in text_of("=+") if text] == [text for text in later if text]


def test_a_changed_word_is_told_inside_its_paragraph() -> None:
    rows = differing(
        ["Срок отчёта — 15 мая.", "Прочее."], ["Срок отчёта — 20 мая.", "Прочее.", "Новое дело."]
    )

    assert rows[0] == [("=", "Срок отчёта — "), ("-", "15"), ("+", "20"), ("=", " мая.")]
    assert rows[1:] == [[("=", "Прочее.")], [("+", "Новое дело.")]]


def test_two_hundred_pages_are_compared_within_the_limit_of_the_child() -> None:
    earlier = [f"Абзац {number}: школа {number % 17} подаёт сведения о работе" * 3 for number in range(8_000)]
    later = [
        text.replace("подаёт", "представляет") if place % 3 == 0 else text
        for place, text in enumerate(earlier)
    ]
    del later[4_000:4_050]

    told = compare_texts("\n".join(earlier), "\n".join(later))

    assert (told.changed, told.removed, told.added) == (2_651, 50, 0)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("—\n" * 30_000, "—\n" * 29_000 + "конец"),
        ("\n".join(f"а{n}" for n in range(5_000)), "\n".join(f"б{n}" for n in range(5_000))),
        ("слово " * 60_000, "слово " * 60_001),
        ("", "что-то"),
    ],
)
def test_strange_texts_are_compared_too(earlier: str, later: str) -> None:
    assert not compare_texts(earlier, later).is_same


def test_the_page_shows_words_added_and_removed_in_both_views(town: Town, browser_of: Browser) -> None:
    document = with_versions(
        town,
        ("проект.docx", docx_of("Общие положения", "Отчёт сдаётся до 15 мая", "Одно и то же")),
        (
            "проект.docx",
            docx_of("Общие положения", "Отчёт сдаётся до 20 мая", "Одно и то же", "<b>Новый</b> пункт"),
        ),
    )
    client = browser_of(town.coordinator)
    assert f"/documents/{document.pk}/compare/" in client.get(f"/documents/{document.pk}/").content.decode()

    for view in ("inline", "beside", "вздор"):
        page = client.get(f"/documents/{document.pk}/compare/?view={view}").content.decode()
        assert "<del>15</del>" in page
        assert "<ins>20</ins>" in page
        assert "<ins>&lt;b&gt;Новый&lt;/b&gt; пункт</ins>" in page
    back = client.get(f"/documents/{document.pk}/compare/?earlier=2&later=1").content.decode()
    assert "<ins>15</ins>" in back


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([("а.txt", b"one")], "одна версия"),
        ([("а.txt", b"one"), ("б.png", photo(kind="PNG"))], "нет текста: это PNG"),
        ([("а.txt", b"one"), ("б.txt", b"  \n\n ")], "нет текста"),
        ([("а.docx", docx_of("Слова")), ("б.docx", docx_of("Слова", ""))], "одни и те же"),
    ],
)
def test_what_cannot_be_compared_is_told_in_words(
    town: Town, browser_of: Browser, files: list[tuple[str, bytes]], words: str
) -> None:
    document = with_versions(town, *files)

    answer = browser_of(town.coordinator).get(f"/documents/{document.pk}/compare/")

    assert answer.status_code == 200
    assert words in answer.content.decode()


def test_a_broken_file_and_strange_numbers_do_not_break_the_page(town: Town, browser_of: Browser) -> None:
    whole = docx_of("Слова")
    document = with_versions(town, ("а.docx", whole), ("б.pdf", PDF))
    # A file that was taken before files were examined.
    broken = store(b"%PDF-1.7\n" + b"\x00broken" * 50, kind="pdf", at=AT)
    document.versions.filter(number=2).update(file=broken)
    client = browser_of(town.coordinator)

    page = client.get(f"/documents/{document.pk}/compare/").content.decode()
    assert "Версия 2:" in page
    assert f"/documents/{document.pk}/files/2/" in page
    for asked in ("earlier=99&later=-1", "earlier=x&later=%00", "earlier=1&later=1", "page=9999"):
        assert client.get(f"/documents/{document.pk}/compare/?{asked}").status_code == 200


def test_a_text_in_another_format_is_compared_by_its_words(town: Town, browser_of: Browser) -> None:
    document = with_versions(
        town,
        ("проект.txt", "Первый пункт\nВторой пункт".encode()),
        ("проект.docx", docx_of("Первый пункт", "Второй пункт важен")),
    )

    page = browser_of(town.coordinator).get(f"/documents/{document.pk}/compare/").content.decode()

    assert "<ins> важен</ins>" in page
