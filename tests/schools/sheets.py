"""Small workbooks and csv files for the tests of loading."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile


def workbook(rows: Sequence[Sequence[Any]], *, formulas: bool = False) -> bytes:
    """The bytes of an .xlsx file with one sheet; days are written as days of Excel."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": formulas})
    sheet, day = book.add_worksheet("Список"), book.add_format({"num_format": "dd.mm.yyyy"})
    for place, row in enumerate(rows):
        for column, value in enumerate(row):
            if hasattr(value, "year"):
                sheet.write_datetime(place, column, value, day)
            else:
                sheet.write(place, column, value)
    book.close()
    return buffer.getvalue()


def csv_of(rows: Sequence[Sequence[str]]) -> bytes:
    """The bytes of a csv file as Excel writes it in Russian."""
    return "\r\n".join(";".join(row) for row in rows).encode("cp1251")


def upload(content: bytes, name: str = "список.xlsx") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content)
