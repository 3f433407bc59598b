"""Makes progress.docx, the Word template of the progress report; run it after a change of the layout."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table

HERE = Path(__file__).resolve().parent
Column = tuple[str, str, float]

SECTIONS: tuple[Column, ...] = (
    ("Раздел", "{{ row.title }}", 68),
    ("Всего", "{{ row.total }}", 15),
    ("Выпол\u00adнено", "{{ row.done }}", 21),
    ("В работе", "{{ row.running }}", 19),
    ("Срок прошёл", "{{ row.late }}", 18),
    ("Впереди", "{{ row.ahead }}", 19),
    ("Приба\u00adвилось", "{{ row.gained }}", 20),
)
# Columns of figures stand at the right edge, as in the PDF.
FIGURES = {title for title, _, _ in SECTIONS[1:]}
LATE: tuple[Column, ...] = (
    ("№", "{{ row.number }}", 13),
    ("Мероприятие", "{{ row.text }}", 66),
    ("Срок", "{{ row.term }}", 23),
    ("Сделано", "{{ row.result }}", 26),
    ("Почему не завершён и что дальше", "{{ row.reason }}", 52),
)
MOVED: tuple[Column, ...] = (
    ("№", "{{ row.number }}", 13),
    ("Мероприятие", "{{ row.text }}", 47),
    ("Что", "{{ row.what }}", 24),
    ("Было", "{{ row.before }}", 36),
    ("Стало", "{{ row.after }}", 36),
    ("Приказ", "{{ row.order }}", 24),
)
PLAN: tuple[Column, ...] = (
    ("№", "{{ row.number }}", 14),
    ("Мероприятие", "{{ row.text }}", 76),
    ("Срок", "{{ row.term }}", 32),
    ("Состояние", "{{ row.state }}", 29),
    ("Результат", "{{ row.result }}", 30),
    ("Чем подтверждено", "{{ row.proof }}", 46),
    ("Почему не завершён", "{{ row.reason }}", 38),
)


def make() -> Document:
    """The template: requisites, summary, tables with docxtpl row tags, signature, the plan on landscape pages."""
    paper = docx.Document()
    _set_page(paper)
    _set_styles(paper)
    paper.add_paragraph().add_run("{{ head.centre_name }}").bold = True
    paper.add_paragraph("{%p if head.centre_address %}")
    paper.add_paragraph("{{ head.centre_address }}")
    paper.add_paragraph("{%p endif %}")
    for words in ("{{ head.municipality }}", "{{ requisites }}"):
        paper.add_paragraph(words)
    title = paper.add_heading("{{ head.title }}", level=1)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    about = paper.add_paragraph("{{ head.programme }}")
    about.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for words in ("{{ basis }}", "{{ summary }}", "{{ gained }}"):
        paper.add_paragraph(words)
    paper.add_heading("1. Выполнение по разделам", level=2)
    _add_table(paper, SECTIONS, "sections")
    paper.add_heading("2. Пункты, по которым срок прошёл", level=2)
    _add_optional(paper, LATE, "late", otherwise="Таких пунктов нет.")
    paper.add_paragraph("{%p if moved %}")
    paper.add_heading("3. Что изменилось в дорожной карте", level=2)
    _add_table(paper, MOVED, "moved")
    paper.add_paragraph("{%p endif %}")
    paper.add_paragraph()
    _add_signature(paper)
    _turn(paper)
    paper.add_heading("Приложение. Пункты дорожной карты", level=2)
    _add_plan(paper)
    return paper


def _set_page(paper: Document) -> None:
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


def _set_styles(paper: Document) -> None:
    for name, size in (("Normal", 12), ("Heading 1", 14), ("Heading 2", 13)):
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
    paper.styles["Normal"].paragraph_format.space_after = Pt(4)


def _add_table(paper: Document, columns: Sequence[Column], rows: str) -> Table:
    table = _heading_row(paper, columns)
    _tag_row(table, f"{{%tr for row in {rows} %}}")
    _value_row(table, columns)
    _tag_row(table, "{%tr endfor %}")
    return table


def _add_optional(paper: Document, columns: Sequence[Column], rows: str, *, otherwise: str) -> None:
    paper.add_paragraph(f"{{%p if {rows} %}}")
    _add_table(paper, columns, rows)
    paper.add_paragraph("{%p else %}")
    paper.add_paragraph(otherwise)
    paper.add_paragraph("{%p endif %}")


def _add_plan(paper: Document) -> None:
    table = _heading_row(paper, PLAN)
    _tag_row(table, "{%tr for row in plan %}")
    _tag_row(table, "{%tr if row.is_section %}")
    section = table.add_row()
    merged = section.cells[0].merge(section.cells[-1])
    _write(merged, "{{ row.text }}", bold=True)
    _tag_row(table, "{%tr else %}")
    _value_row(table, PLAN)
    _tag_row(table, "{%tr endif %}")
    _tag_row(table, "{%tr endfor %}")


def _heading_row(paper: Document, columns: Sequence[Column]) -> Table:
    table = paper.add_table(rows=1, cols=len(columns))
    table.style, table.autofit = "Table Grid", False
    for cell, (title, _, width) in zip(table.rows[0].cells, columns, strict=True):
        cell.width = Mm(width)
        _write(cell, title, bold=True, to_right=title in FIGURES)
    for column, (_, _, width) in zip(table.columns, columns, strict=True):
        column.width = Mm(width)
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    return table


def _value_row(table: Table, columns: Sequence[Column]) -> None:
    row = table.add_row()
    whole = OxmlElement("w:cantSplit")
    row._tr.get_or_add_trPr().append(whole)
    for cell, (title, value, width) in zip(row.cells, columns, strict=True):
        cell.width = Mm(width)
        _write(cell, value, to_right=title in FIGURES)


def _tag_row(table: Table, tag: str) -> None:
    _write(table.add_row().cells[0], tag)


def _write(cell: object, words: str, *, bold: bool = False, to_right: bool = False) -> None:
    paragraph = cell.paragraphs[0]  # type: ignore[attr-defined]  # -- python-docx has no public type for it here
    paragraph.paragraph_format.space_after = Pt(0)
    if to_right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(words)
    run.bold, run.font.size = bold, Pt(10)


def _add_signature(paper: Document) -> None:
    table = paper.add_table(rows=1, cols=3)
    for cell, words in zip(
        table.rows[0].cells,
        ("{{ head.signer_post }}", "_______________", "{{ head.signer_name }}"),
        strict=True,
    ):
        cell.paragraphs[0].add_run(words)
    table.rows[0].cells[2].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _turn(paper: Document) -> None:
    section = paper.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin = Mm(20), Mm(12)
    section.different_first_page_header_footer = False


if __name__ == "__main__":
    make().save(str(HERE / "progress.docx"))
