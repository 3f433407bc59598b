"""Parts that our Word templates are drawn of: the sheet, styles, tables with docxtpl row tags, the signature."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table

# A head, the field under it, the width in millimetres.
Column = tuple[str, str, float]


def set_page(paper: Document) -> None:
    """A4, margins 20/10/20/20 mm, numbers since the second page (ГОСТ Р 7.0.97-2025)."""
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(20), Mm(10)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    section.different_first_page_header_footer = True
    _add_page_number(section.header.paragraphs[0])


def _add_page_number(paragraph: object) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER  # type: ignore[attr-defined]  # -- python-docx has no public type for it here
    run = paragraph.add_run()  # type: ignore[attr-defined]  # -- the same
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        element.text = text
        run._r.append(element)


def set_styles(paper: Document) -> None:
    """Times New Roman for text and headings, Russian; a heading stays with what it heads."""
    for name, size in (("Normal", 12), ("Heading 1", 14), ("Heading 2", 13), ("Heading 3", 12)):
        style = paper.styles[name]
        style.font.name, style.font.size = "Times New Roman", Pt(size)
        style.font.color.rgb = None
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(attribute), "Times New Roman")
        for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(attribute), None)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "ru-RU")
        style.element.get_or_add_rPr().append(language)
        colour = style.element.get_or_add_rPr().find(qn("w:color"))
        if colour is not None:
            style.element.get_or_add_rPr().remove(colour)
        style.paragraph_format.keep_with_next = name != "Normal"
    paper.styles["Normal"].paragraph_format.space_after = Pt(4)


def add_table(
    paper: Document, columns: Sequence[Column], rows: str, *, figures: frozenset[str] = frozenset()
) -> Table:
    """A table whose row repeats for every item of `rows`; columns of `figures` stand at the right edge."""
    table = heading_row(paper, columns, figures=figures)
    tag_row(table, f"{{%tr for row in {rows} %}}")
    value_row(table, columns, figures=figures)
    tag_row(table, "{%tr endfor %}")
    return table


def heading_row(
    paper: Document, columns: Sequence[Column], *, figures: frozenset[str] = frozenset()
) -> Table:
    """A table with its heads, which repeat on every page and never part from the first row."""
    table = paper.add_table(rows=1, cols=len(columns))
    table.style, table.autofit = "Table Grid", False
    for cell, (title, _, width) in zip(table.rows[0].cells, columns, strict=True):
        cell.width = Mm(width)
        write(cell, title, bold=True, to_right=title in figures, is_kept=True)
    for column, (_, _, width) in zip(table.columns, columns, strict=True):
        column.width = Mm(width)
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    return table


def value_row(table: Table, columns: Sequence[Column], *, figures: frozenset[str] = frozenset()) -> None:
    """A row of fields that is not torn between pages."""
    row = table.add_row()
    whole = OxmlElement("w:cantSplit")
    row._tr.get_or_add_trPr().append(whole)
    for cell, (title, value, width) in zip(row.cells, columns, strict=True):
        cell.width = Mm(width)
        write(cell, value, to_right=title in figures)


def tag_row(table: Table, tag: str) -> None:
    """A row of a tag alone: docxtpl takes it away."""
    write(table.add_row().cells[0], tag)


def write(
    cell: object, words: str, *, bold: bool = False, to_right: bool = False, is_kept: bool = False
) -> None:
    """Words of a cell; `is_kept` holds them on the page of the next row."""
    paragraph = cell.paragraphs[0]  # type: ignore[attr-defined]  # -- python-docx has no public type for it here
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.keep_with_next = is_kept or None
    if to_right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(words)
    run.bold, run.font.size = bold, Pt(10)


def add_signature(paper: Document) -> None:
    """Post, line, name."""
    table = paper.add_table(rows=1, cols=3)
    for cell, words in zip(
        table.rows[0].cells,
        ("{{ head.signer_post }}", "_______________", "{{ head.signer_name }}"),
        strict=True,
    ):
        cell.paragraphs[0].add_run(words)
    table.rows[0].cells[2].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def add_head(paper: Document) -> None:
    """Requisites of the centre and the title of the paper."""
    paper.add_paragraph().add_run("{{ head.centre_name }}").bold = True
    paper.add_paragraph("{%p if head.centre_address %}")
    paper.add_paragraph("{{ head.centre_address }}")
    paper.add_paragraph("{%p endif %}")
    for words in ("{{ head.municipality }}", "{{ requisites }}"):
        paper.add_paragraph(words)
    paper.add_heading("{{ head.title }}", level=1).alignment = WD_ALIGN_PARAGRAPH.CENTER
