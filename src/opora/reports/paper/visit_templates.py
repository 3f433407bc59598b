"""Draws visit_schedule.docx and curator_report.docx: the papers of visits (order lines 1.7–1.10, 4.6, 4.7)."""

from __future__ import annotations

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from opora.reports.paper.drawing import Column, add_table, set_page, set_styles, tag_row, write

SCHEDULE: tuple[Column, ...] = (
    ("№", "{{ row.number }}", 9),
    ("Школа", "{{ row.school }}", 36),
    ("Куратор", "{{ row.curator }}", 42),
    ("День", "{{ row.day }}", 22),
    ("Время", "{{ row.time }}", 16),
    ("Как", "{{ row.how }}", 28),
    ("Подтверждено школой", "{{ row.agreed }}", 27),
)


def make_schedule() -> Document:
    """Letterhead beside the approval, the title, the table of visits, the signature."""
    paper = docx.Document()
    set_page(paper)
    set_styles(paper)
    head = paper.add_table(rows=1, cols=2)
    head.autofit = False
    left, right = head.rows[0].cells
    left.width, right.width = Mm(108), Mm(72)
    left.text = "{{ centre_name }}\n{% if centre_address %}{{ centre_address }}\n{% endif %}{{ requisites }}"
    right.text = "УТВЕРЖДАЮ\n{{ head_post }}\n______________ {{ head_name }}\n«___» ____________ 20__ г."
    paper.add_paragraph()
    paper.add_heading("{{ title }}", level=1).alignment = WD_ALIGN_PARAGRAPH.CENTER
    subtitle = paper.add_paragraph()
    subtitle.alignment = WD_ALIGN_PARAGRAPH.CENTER
    subtitle.add_run("{{ subtitle }}").font.size = Pt(10)
    paper.add_paragraph("{{ summary }}")
    paper.add_paragraph("{%p if rows %}")
    add_table(paper, SCHEDULE, "rows")
    paper.add_paragraph("{%p else %}")
    paper.add_paragraph("Посещений в графике нет.")
    paper.add_paragraph("{%p endif %}")
    paper.add_paragraph()
    paper.add_paragraph("{{ signer_post }}  ____________________  {{ signer_name }}")
    return paper


def make_curator_report() -> Document:
    """The centre, the title, a part for each school with its figures and words, the recommendations."""
    paper = docx.Document()
    set_page(paper)
    set_styles(paper)
    paper.add_paragraph("{%p if centre %}")
    paper.add_paragraph().add_run("{{ centre }}").bold = True
    paper.add_paragraph("{%p endif %}")
    paper.add_heading("{{ title }}", level=1).alignment = WD_ALIGN_PARAGRAPH.CENTER
    paper.add_paragraph("{{ programme }}").alignment = WD_ALIGN_PARAGRAPH.CENTER
    paper.add_paragraph("Куратор: {{ curator }}")
    paper.add_paragraph("{{ about }}")
    paper.add_paragraph("{%p for school in schools %}")
    paper.add_heading("{{ school.name }}", level=2)
    _add_figures(paper)
    _add_said(paper, "school.parts")
    paper.add_paragraph("{%p endfor %}")
    paper.add_paragraph("{%p if words %}")
    paper.add_heading("Рекомендации", level=2)
    _add_said(paper, "words")
    paper.add_paragraph("{%p endif %}")
    paper.add_paragraph()
    paper.add_paragraph("Куратор: {{ curator }} ____________________")
    return paper


def _add_figures(paper: Document) -> None:
    table = paper.add_table(rows=1, cols=3)
    table.style = "Table Grid"
    for row, loop, field in ((0, "head in school.heads", "{{ head }}"), (2, "cell in row", "{{ cell }}")):
        if row:
            tag_row(table, "{%tr for row in school.figures %}")
            table.add_row()
        first, middle, last = table.rows[row].cells
        write(first, f"{{%tc for {loop} %}}")
        write(middle, field, bold=not row, is_kept=not row)
        write(last, "{%tc endfor %}")
    tag_row(table, "{%tr endfor %}")


def _add_said(paper: Document, rows: str) -> None:
    paper.add_paragraph(f"{{%p for said in {rows} %}}")
    label = paper.add_paragraph()
    label.add_run("{{ said.label }}").bold = True
    label.paragraph_format.keep_with_next = True
    label.paragraph_format.space_before, label.paragraph_format.space_after = Pt(6), Pt(0)
    paper.add_paragraph("{{ said.text }}")
    paper.add_paragraph("{%p endfor %}")
