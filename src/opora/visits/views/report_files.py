"""A curator's report as files: docx and tagged PDF; what is typed travels as data and can break neither."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import docx
import typst
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from opora.reports.printable import printable
from opora.reports.renderers.pdf import HERE as REPORTS
from opora.reports.renderers.pdf import breakable
from opora.reports.renderers.press import typeset
from opora.visits.stage_report import Said, SchoolPart, StageReport, compared, summary_of

PAPER = Path(__file__).resolve().parents[1] / "paper"
FONT = "Times New Roman"


def papers_of(report: StageReport) -> list[tuple[str, bytes]]:
    """The files of a report: docx, then pdf, which is the one shown."""
    return [("docx", as_docx(report)), ("pdf", as_pdf(report))]


def about(report: StageReport) -> str:
    """«1 этап, с … по …; на день …: 3 школы, 5 посещений»."""
    return f"{report.stage}: с {report.since} по {report.until}. По записям на {report.as_of}: {summary_of(report)}."


def titles_of(report: StageReport, part: SchoolPart) -> list[str]:
    """The heads of the table of figures: with the stage before where there is something to compare with."""
    before = [report.stage_before or "Прошлый этап"] if part.before is not None else []
    return ["Показатель", *before, report.stage]


def figures_of(report: StageReport, part: SchoolPart) -> list[list[str]]:
    """The rows under these heads."""
    rows = compared(part, report.chosen)
    if part.before is None:
        return [[one.label, one.now] for one in rows]
    return [[one.label, one.before, one.now] for one in rows]


def lists_of(report: StageReport, part: SchoolPart) -> list[tuple[str, tuple[str, ...]]]:
    """What stands under the figures of a school, each list with its title; empty ones too."""
    return [
        ("Состоявшиеся посещения", part.visits),
        (report.chosen, part.risks),
        ("Документы", part.papers),
        ("Договорённости, которые пока открыты", part.open_steps),
    ]


def as_pdf(report: StageReport) -> bytes:
    """The bytes of a .pdf file (PDF/UA-1)."""
    return typeset(_compiler(), breakable(_data(printable(report))))


def _data(report: StageReport) -> dict[str, Any]:
    return {
        "title": report.title,
        "centre": report.centre,
        "programme": report.programme,
        "curator": report.curator,
        "about": about(report),
        "schools": [
            {
                "name": part.name,
                "titles": titles_of(report, part),
                "figures": figures_of(report, part),
                "lists": [[title, list(rows)] for title, rows in lists_of(report, part)],
                "words": [[one.label, one.text] for one in part.words],
            }
            for part in report.schools
        ],
        "words": [[one.label, one.text] for one in report.words],
    }


@cache
def _compiler() -> typst.Compiler:
    # Its root is our folder, outside it nothing is read; the fonts are those of the reports.
    return typst.Compiler(
        PAPER / "stage_report.typ", root=PAPER, font_paths=[REPORTS / "fonts"], ignore_system_fonts=True
    )


def as_docx(report: StageReport) -> bytes:
    """The bytes of a .docx file with Word's own headings and tables."""
    told = printable(report)
    paper = docx.Document()
    _set_up(paper)
    paper.core_properties.title = told.title[:255]
    paper.core_properties.author = told.centre[:255]
    paper.core_properties.language = "ru-RU"
    if told.centre:
        paper.add_paragraph().add_run(told.centre).bold = True
    paper.add_heading(told.title, 1).alignment = WD_ALIGN_PARAGRAPH.CENTER
    paper.add_paragraph(told.programme).alignment = WD_ALIGN_PARAGRAPH.CENTER
    paper.add_paragraph(f"Куратор: {told.curator}.\n{about(told)}")
    for part in told.schools:
        _school(paper, told, part)
    if told.words:
        paper.add_heading("Рекомендации", 2)
        _said(paper, told.words)
    paper.add_paragraph(f"\nКуратор: {told.curator} ____________________")
    made = io.BytesIO()
    paper.save(made)
    return made.getvalue()


def _school(paper: Document, report: StageReport, part: SchoolPart) -> None:
    paper.add_heading(part.name, 2)
    titles = titles_of(report, part)
    table = paper.add_table(rows=1, cols=len(titles), style="Table Grid")
    for cell, words in zip(table.rows[0].cells, titles, strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    for row in figures_of(report, part):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    for title, rows in lists_of(report, part):
        if rows:
            _said(paper, [Said(title, "\n".join(rows))])
    _said(paper, part.words)


def _said(paper: Document, rows: Sequence[Said]) -> None:
    for one in rows:
        head = paper.add_paragraph()
        head.add_run(one.label).bold = True
        head.paragraph_format.keep_with_next = True
        head.paragraph_format.space_before, head.paragraph_format.space_after = Pt(6), Pt(0)
        paper.add_paragraph(one.text)


def _set_up(paper: Document) -> None:
    """A4, margins 20/10/20/20 mm, Times New Roman 12 for text and headings (ГОСТ Р 7.0.97-2025)."""
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(20), Mm(10)
    section.top_margin = section.bottom_margin = Mm(20)
    for name, size in (("Normal", 12), ("Heading 1", 14), ("Heading 2", 13)):
        style = paper.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for side in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(side), FONT)
        for side in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(side), None)
        if name != "Normal":
            style.font.color.rgb = None
