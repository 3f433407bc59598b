"""The papers of visits as values of their Word templates: the schedule (1.7, 1.8), a curator's report (1.9, 1.10)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from opora.reports.printable import printable
from opora.reports.renderers.docx import PAPER
from opora.reports.word.values import Filling, Layout
from opora.visits.schedule import Line, Schedule
from opora.visits.stage_report import (
    Figures,
    Said,
    SchoolPart,
    StageReport,
    about,
    figures_of,
    lists_of,
    titles_of,
)

SCHEDULE_TEMPLATE: Final = PAPER / "visit_schedule.docx"
REPORT_TEMPLATE: Final = PAPER / "curator_report.docx"
_NAMES: Final = ("number", "school", "curator", "day", "time", "how", "agreed")
_PLAIN: Final = (
    "centre_name", "centre_address", "place", "head_post", "head_name", "title", "subtitle", "summary",
    "signer_post", "signer_name", "requisites",
)  # fmt: skip


def schedule_filling(schedule: Schedule) -> Filling:
    """What the template of the schedule is filled with."""
    told = printable(schedule)
    rows = [dict(zip(_NAMES, line.cells, strict=True)) for line in told.lines]
    return Filling({**{name: getattr(told, name) for name in _PLAIN}, "rows": rows}, told.title)


def report_filling(report: StageReport) -> Filling:
    """What the template of a curator's report is filled with."""
    told = printable(report)
    values = {
        "title": told.title,
        "centre": told.centre,
        "programme": told.programme,
        "stage": told.stage,
        "since": told.since,
        "until": told.until,
        "as_of": told.as_of,
        "curator": told.curator,
        "about": about(told),
        "schools": [_school(told, part) for part in told.schools],
        "words": _said(told.words),
    }
    return Filling(values, told.title, tuple(_layout(told, part) for part in told.schools))


def _school(report: StageReport, part: SchoolPart) -> dict[str, Any]:
    told = [Said(title, "\n".join(rows)) for title, rows in lists_of(report, part) if rows]
    return {
        "name": part.name,
        "heads": titles_of(report, part),
        "figures": figures_of(report, part),
        "parts": _said([*told, *part.words]),
    }


def _said(rows: Sequence[Said]) -> list[dict[str, str]]:
    return [{"label": one.label, "text": one.text} for one in rows]


def _layout(report: StageReport, part: SchoolPart) -> Layout:
    heads = titles_of(report, part)
    first = 0.4
    rest = (1 - first) / (len(heads) - 1)
    return Layout(tuple(heads), (first, *([rest] * (len(heads) - 1))), ())


def schedule_example() -> Filling:
    """A schedule of one visit, with every field there is."""
    line = Line(
        1, "Школа № 101", "Ромашкина В. А.", "методист", date(2022, 3, 10), "10:30", "очно", date(2022, 3, 1)
    )
    return schedule_filling(
        Schedule(
            centre_name="Методический центр",
            centre_address="ул. Вымышленная, 1",
            place="Примерск",
            head_post="Директор",
            head_name="А. П. Вымышленная",
            title="График посещений школ кураторами, 1 этап",
            subtitle="Проект «500+», 2022 год. 1 этап",
            summary="По состоянию на 1 марта 2022 года: 1 посещение, 1 школа; школы подтвердили 1.",
            signer_post="Методист",
            signer_name="В. А. Ромашкина",
            as_of=date(2022, 3, 1),
            lines=(line,),
        )
    )


def report_example() -> Filling:
    """A curator's report about one school, with every field there is."""
    part = SchoolPart(
        school_id=0,
        name="Школа № 101",
        figures=Figures(planned=2, held=1),
        visits=("10.03.2022, очно",),
        risks=("Фактор риска",),
        papers=("Программа",),
        open_steps=("Составить план до 01.04.2022",),
        before=Figures(planned=1),
        words=(Said("Что удалось", "Слова куратора"),),
    )
    return report_filling(
        StageReport(
            title="Отчёт куратора, 2 этап",
            programme="Проект «500+», 2022 год",
            stage="2 этап",
            stage_before="1 этап",
            since="01.06.2022",
            until="31.08.2022",
            as_of="15.08.2022",
            curator="Ромашкина В. А.",
            centre="Методический центр",
            schools=(part,),
            words=(Said("Школе", "Рекомендации"),),
        )
    )
