"""Makes our Word templates; run it after a change of the layout. The progress report is drawn here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from opora.reports.paper import note_template, visit_templates
from opora.reports.paper.drawing import (
    Column,
    add_head,
    add_signature,
    add_table,
    heading_row,
    set_page,
    set_styles,
    tag_row,
    value_row,
    write,
)

HERE = Path(__file__).resolve().parent

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
FIGURES = frozenset(title for title, _, _ in SECTIONS[1:])
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
    set_page(paper)
    set_styles(paper)
    add_head(paper)
    about = paper.add_paragraph("{{ head.programme }}")
    about.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for words in ("{{ basis }}", "{{ summary }}", "{{ gained }}"):
        paper.add_paragraph(words)
    paper.add_heading("1. Выполнение по разделам", level=2)
    add_table(paper, SECTIONS, "sections", figures=FIGURES)
    paper.add_heading("2. Пункты, по которым срок прошёл", level=2)
    _add_optional(paper, LATE, "late", otherwise="Таких пунктов нет.")
    paper.add_paragraph("{%p if moved %}")
    paper.add_heading("3. Что изменилось в дорожной карте", level=2)
    add_table(paper, MOVED, "moved")
    paper.add_paragraph("{%p endif %}")
    paper.add_paragraph()
    add_signature(paper)
    _turn(paper)
    paper.add_heading("Приложение. Пункты дорожной карты", level=2)
    _add_plan(paper)
    return paper


def _add_optional(paper: Document, columns: Sequence[Column], rows: str, *, otherwise: str) -> None:
    paper.add_paragraph(f"{{%p if {rows} %}}")
    add_table(paper, columns, rows)
    paper.add_paragraph("{%p else %}")
    paper.add_paragraph(otherwise)
    paper.add_paragraph("{%p endif %}")


def _add_plan(paper: Document) -> None:
    table = heading_row(paper, PLAN)
    tag_row(table, "{%tr for row in plan %}")
    tag_row(table, "{%tr if row.is_section %}")
    section = table.add_row()
    merged = section.cells[0].merge(section.cells[-1])
    write(merged, "{{ row.text }}", bold=True)
    tag_row(table, "{%tr else %}")
    value_row(table, PLAN)
    tag_row(table, "{%tr endif %}")
    tag_row(table, "{%tr endfor %}")


def _turn(paper: Document) -> None:
    section = paper.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin = Mm(20), Mm(12)
    section.different_first_page_header_footer = False


if __name__ == "__main__":
    for name, paper in (
        ("progress", make()),
        ("note", note_template.make()),
        ("visit_schedule", visit_templates.make_schedule()),
        ("curator_report", visit_templates.make_curator_report()),
    ):
        paper.save(str(HERE / f"{name}.docx"))
