"""Uploaded workbooks of forms, read and compiled in a child process with limits."""

from __future__ import annotations

from opora.imports.reading import read_in_child
from opora.questionnaires.compiling import Compiled
from opora.questionnaires.xlsform import RawSheet


def compile_workbook(content: bytes, file_name: str) -> Compiled:
    """The form of an XLSForm workbook (xlsx, ods) and remarks about what of it is not taken.

    Refused with the codes of the trust contract, F-NOTABLE where it is no form, F-ROWS over 1,000 questions,
    F-FORMULA with sheet and row where something must be corrected.
    """
    return Compiled.of(read_in_child(content, file_name, subject="xlsform", title=file_name))


def cells_of(content: bytes, file_name: str) -> tuple[RawSheet, ...]:
    """The sheets of a filled workbook as rows of cells. Refused with the codes of the trust contract."""
    told = read_in_child(content, file_name, subject="xlsform", as_cells=True)
    return tuple(
        RawSheet(name, tuple((row, {int(column): words for column, words in cells}) for row, cells in rows))
        for name, rows in told["sheets"]
    )
