"""Whatever people typed, the files open, hold the words as words, and are fit for everybody to read."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import docx as word
import openpyxl
import pypdfium2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from opora.reports.coverage import characters_of
from opora.reports.renderers import docx, pdf, xlsx
from tests.reports.values import report_saying

MARKUP = ("=1+1", "{{ head }}", "{% for %}", "<w:p>", "#heading[x]", "@x", "$x$", "\\", "*a*", "&amp;", "''")
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def text_of(file: bytes) -> str:
    """All words of a Word file, tables too."""
    opened = word.Document(io.BytesIO(file))
    parts = [paragraph.text for paragraph in opened.paragraphs]
    for table in opened.tables:
        parts += [cell.text for row in table.rows for cell in row.cells]
    return "\n".join(parts)


@settings(max_examples=12)
@given(words=st.text(max_size=60))
@example(words="\x00\x0b\x1f\ud800\ufffe")
@example(words="=1+1 {{ 7*7 }} {% raw %} <w:p/> #set page() ]]> \u202e")
@example(words="\x80 \U0001f600 漢字 \u0301 \u200d \U000e0041 العربية")
def test_text_of_any_kind_breaks_no_file(words: str) -> None:
    report = report_saying(words)

    assert text_of(docx.render(report))
    assert openpyxl.load_workbook(io.BytesIO(xlsx.render(report))).sheetnames[0] == "Разделы"
    assert pdf.render(report).startswith(b"%PDF")


def test_a_run_of_letters_longer_than_a_page_breaks_no_file() -> None:
    report = replace(report_saying("я"), gained=("я" * 40_000,))

    assert pdf.render(report).startswith(b"%PDF")
    assert "я" * 40_000 in text_of(docx.render(report))


def test_the_fonts_draw_russian_and_the_mark_of_what_they_do_not_draw() -> None:
    for name in pdf.FONTS:
        drawn = characters_of(pdf.HERE / "fonts" / name)
        assert set(map(ord, f"АЯаяЁё№«»—…\u00a0{pdf.NOT_DRAWN}")) <= drawn
        assert not {0x80, 0x6F22} & drawn


@pytest.mark.parametrize("words", MARKUP)
def test_markup_stays_what_was_typed(words: str) -> None:
    report = report_saying(words)

    assert words in text_of(docx.render(report))
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx.render(report)))["Пункты"]
    cell = sheet.cell(2, 2)
    assert (cell.value, cell.data_type) == (words, "s")


@pytest.mark.parametrize("words", MARKUP)
def test_markup_stays_what_was_typed_in_a_pdf(words: str, tmp_path: Path) -> None:
    paper = pypdfium2.PdfDocument(pdf.render(report_saying(words)))

    told = "".join(page.get_textpage().get_text_range() for page in paper)

    assert words.replace("''", "'") in told


def test_a_pdf_is_tagged_russian_and_titled() -> None:
    made = pdf.render(report_saying("Слова"))

    assert b"/StructTreeRoot" in made
    assert b"/Lang" in made
    assert b"/MarkInfo" in made


def test_the_sums_stand_in_every_format() -> None:
    report = report_saying("Слова")

    assert "Из 2 пунктов дорожной карты выполнен 1" in text_of(docx.render(report))
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx.render(report)))["Разделы"]
    assert [cell.value for cell in sheet[7]][:3] == ["Итого", 2, 1]


def test_one_report_makes_the_same_paper_again() -> None:
    assert text_of(docx.render(report_saying("Слова"))) == text_of(docx.render(report_saying("Слова")))


def test_a_word_file_opens_in_libreoffice_where_it_is_installed(tmp_path: Path) -> None:
    place = tmp_path / "report.docx"
    place.write_bytes(docx.render(report_saying("Слова")))
    if SOFFICE is not None:
        told = f"-env:UserInstallation=file://{tmp_path}/office"
        command = [SOFFICE, told, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(place)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
    assert text_of(place.read_bytes())
