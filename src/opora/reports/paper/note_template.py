"""Draws note.docx, the Word template of every note: a loop over its blocks between the head and the signature."""

from __future__ import annotations

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table

from opora.reports.paper.drawing import add_head, add_signature, set_page, set_styles, tag_row, write


def make() -> Document:
    """The template: requisites, blocks of every kind, signature."""
    paper = docx.Document()
    set_page(paper)
    set_styles(paper)
    add_head(paper)
    paper.add_paragraph("{%p if about %}")
    paper.add_paragraph("{{ about }}").alignment = WD_ALIGN_PARAGRAPH.CENTER
    paper.add_paragraph("{%p endif %}")
    paper.add_paragraph("{{ head.programme }}").alignment = WD_ALIGN_PARAGRAPH.CENTER
    paper.add_paragraph("{{ basis }}")
    paper.add_paragraph("{%p for block in blocks %}")
    _add_words(paper)
    _add_tables(paper)
    paper.add_paragraph("{%p endif %}")
    paper.add_paragraph("{%p endfor %}")
    paper.add_paragraph()
    add_signature(paper)
    return paper


def _add_words(paper: Document) -> None:
    paper.add_paragraph('{%p if block.kind == "heading" and block.level == 2 %}')
    paper.add_heading("{{ block.text }}", level=2)
    paper.add_paragraph('{%p elif block.kind == "heading" %}')
    paper.add_heading("{{ block.text }}", level=3)
    paper.add_paragraph('{%p elif block.kind == "paragraph" %}')
    paper.add_paragraph("{{ block.text }}")
    paper.add_paragraph('{%p elif block.kind == "missing" %}')
    paper.add_paragraph().add_run("{{ block.text }}").italic = True
    paper.add_paragraph('{%p elif block.kind == "items" %}')
    paper.add_paragraph("{%p for item in block.rows %}")
    paper.add_paragraph("{{ item }}", style="List Bullet")
    paper.add_paragraph("{%p endfor %}")
    paper.add_paragraph('{%p elif block.kind == "appendix" %}')
    paper.add_heading("{{ block.text }}", level=2).paragraph_format.page_break_before = True


def _add_tables(paper: Document) -> None:
    paper.add_paragraph('{%p elif block.kind == "facts" %}')
    facts = paper.add_table(rows=1, cols=2)
    facts.style = "Table Grid"
    write(facts.rows[0].cells[0], "{%tr for fact in block.rows %}")
    row = facts.add_row()
    write(row.cells[0], "{{ fact.name }}", bold=True)
    write(row.cells[1], "{{ fact.value }}")
    tag_row(facts, "{%tr endfor %}")
    paper.add_paragraph('{%p elif block.kind == "table" %}')
    paper.add_paragraph("{%p if block.title %}")
    title = paper.add_paragraph()
    title.add_run("{{ block.title }}").bold = True
    title.paragraph_format.keep_with_next = True
    paper.add_paragraph("{%p endif %}")
    table = paper.add_table(rows=1, cols=3)
    table.style = "Table Grid"
    _tell_columns(table, 0, "column in block.columns", "{{ column }}", bold=True)
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    tag_row(table, "{%tr for row in block.rows %}")
    table.add_row()._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    _tell_columns(table, 2, "cell in row", "{{ cell }}", bold=False)
    tag_row(table, "{%tr endfor %}")
    # Word glues tables that stand side by side; an empty line keeps them apart.
    paper.add_paragraph()


def _tell_columns(table: Table, row: int, loop: str, field: str, *, bold: bool) -> None:
    first, middle, last = table.rows[row].cells
    write(first, f"{{%tc for {loop} %}}")
    write(middle, field, bold=bold, is_kept=bold)
    write(last, "{%tc endfor %}")
