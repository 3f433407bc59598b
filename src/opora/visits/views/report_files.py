"""A curator's report as files: docx and tagged PDF; what is typed travels as data and can break neither."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from opora.reports.kinds.visit_papers import report_filling
from opora.reports.papers import word_file
from opora.reports.printable import printable
from opora.reports.renderers.pdf import breakable
from opora.reports.renderers.press import typeset
from opora.schools.models import Municipality
from opora.visits.models import CuratorReport
from opora.visits.reporting import schools_of_report
from opora.visits.stage_report import StageReport, about, figures_of, lists_of, titles_of

PAPER = Path(__file__).resolve().parents[1] / "paper"


def papers_of(report: StageReport, town: Municipality | None = None) -> list[tuple[str, bytes]]:
    """The files of a report: docx by the town's template, then pdf, which is the one shown."""
    return [("docx", as_docx(report, town)), ("pdf", as_pdf(report))]


def town_of(report: CuratorReport) -> Municipality | None:
    """The municipality of a report's first school; None while the curator has no school."""
    schools = schools_of_report(report.curator, report.programme, report.stage)
    return schools[0].municipality if schools else None


def as_pdf(report: StageReport, town: Municipality | None = None) -> bytes:
    """The bytes of a .pdf file (PDF/UA-1), drawn by us whatever template a town has."""
    return typeset(PAPER / "stage_report.typ", breakable(_data(printable(report))))


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


def as_docx(report: StageReport, town: Municipality | None = None) -> bytes:
    """The bytes of a .docx file: by the town's own template where it has one, else by ours."""
    return word_file("curator_report", report_filling(report), place=town)


FILES: Final = {"docx": as_docx, "pdf": as_pdf}
