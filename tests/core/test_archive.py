"""An archive that is sent while it is made."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import pytest

from opora.core.archive import Entry, archive_of, file_name
from opora.core.uploads import path_of, store

AT = datetime(2022, 9, 15, 9, 0, tzinfo=UTC)


def unpacked(*entries: Entry) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(b"".join(archive_of(entries)))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.django_db
def test_stored_files_and_bytes_come_out_as_they_went_in() -> None:
    large = store(b"\x00\x01" * 400_000, kind="pdf", at=AT)

    found = unpacked(Entry("01 Концепция.pdf", large.sha256), Entry("00 Реестр.txt", "Реестр".encode()))

    assert found == {"01 Концепция.pdf": b"\x00\x01" * 400_000, "00 Реестр.txt": "Реестр".encode()}


def test_names_that_repeat_get_a_number() -> None:
    found = unpacked(*(Entry(name, b"1") for name in ("п/отчёт.pdf", "п/Отчёт.pdf", "п/отчёт.pdf")))

    assert list(found) == ["п/отчёт.pdf", "п/Отчёт (2).pdf", "п/отчёт (3).pdf"]


@pytest.mark.django_db
def test_a_file_that_the_store_has_lost_leaves_a_line_of_words() -> None:
    lost, kept = (store(words, kind="txt", at=AT) for words in (b"lost words", b"kept words"))
    path_of(lost.sha256).unlink()

    found = unpacked(Entry("a.txt", lost.sha256), Entry("b.txt", kept.sha256))

    assert found["b.txt"] == b"kept words"
    assert "нет в хранилище" in found["a.txt.txt"].decode()


@pytest.mark.django_db
def test_nothing_is_read_before_it_is_asked_for() -> None:
    files = [store(f"file {number}".encode(), kind="txt", at=AT) for number in range(3)]
    asked: list[int] = []

    def entries():  # type: ignore[no-untyped-def]  # -- a generator of the test
        for number, file in enumerate(files):
            asked.append(number)
            yield Entry(f"{number}.txt", file.sha256)

    pieces = archive_of(entries())
    assert asked == []
    next(pieces)
    assert asked == [0]
    assert b"".join(pieces)
    assert asked == [0, 1, 2]


def test_an_empty_archive_is_an_archive() -> None:
    assert unpacked() == {}


@pytest.mark.parametrize(
    ("told", "made"),
    [
        (("Пункт", "4.2"), "Пункт 4.2"),
        (("../../etc/пароли",), "etc пароли"),
        (('Отчёт: "1|2"?\x00',), "Отчёт 1 2"),
        (("", " . "), "файл"),
    ],
)
def test_names_are_safe_on_every_system(told: tuple[str, ...], made: str) -> None:
    assert file_name(*told) == made
