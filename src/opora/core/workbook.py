"""The one door to workbooks that the product writes: rows go to the disk as they come, so that many take no memory."""

from __future__ import annotations

import io
from typing import Final

import xlsxwriter

# Text is written as text: «=1+1» stays what a person typed, an address does not become a link by itself.
_TEXT_IS_TEXT: Final = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "dd.mm.yyyy",
}


def workbook_in(buffer: io.BytesIO) -> xlsxwriter.Workbook:
    """A workbook whose sheets are written row after row from the first: what is written above the last row is lost."""
    return xlsxwriter.Workbook(buffer, {**_TEXT_IS_TEXT, "constant_memory": True})


def small_workbook_in(buffer: io.BytesIO) -> xlsxwriter.Workbook:
    """A workbook of bounded size whose cells are written in any order; it stands in memory whole."""
    return xlsxwriter.Workbook(buffer, {**_TEXT_IS_TEXT, "in_memory": True})
