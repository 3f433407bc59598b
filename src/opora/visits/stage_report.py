"""What a curator's report for a stage says, as frozen values: pages and papers read these and nothing else."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from opora.core.russian import counted


@dataclass(frozen=True, slots=True)
class Figures:
    """What the records of one school tell by a day; counts only, so that two stages can be compared."""

    planned: int = 0
    held: int = 0
    risks: int = 0
    documents: int = 0
    documents_waiting: int = 0
    measures: int = 0
    confirmed: int = 0
    steps: int = 0
    closed: int = 0

    @property
    def share(self) -> int | None:
        """Measures confirmed by a curator, in per cent of all; None when there are none."""
        return round(100 * self.confirmed / self.measures) if self.measures else None


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure of two stages side by side, in words; `is_changed` where they differ."""

    label: str
    before: str
    now: str

    @property
    def is_changed(self) -> bool:
        return self.before != self.now


@dataclass(frozen=True, slots=True)
class Said:
    """What the curator wrote under one question."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class SchoolPart:
    """One school of the report; `before` is None in the first stage or when the curator came later."""

    school_id: int
    name: str
    figures: Figures
    visits: tuple[str, ...]
    risks: tuple[str, ...]
    papers: tuple[str, ...]
    open_steps: tuple[str, ...]
    before: Figures | None
    words: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class StageReport:
    """The whole report as of a day; in a public one without consent `curator` is a post and an organisation."""

    title: str
    programme: str
    stage: str
    stage_before: str
    since: str
    until: str
    as_of: str
    curator: str
    centre: str
    schools: tuple[SchoolPart, ...]
    words: tuple[Said, ...]
    # How the programme calls what schools chose; reports frozen before it was kept spoke of risks.
    chosen: str = "Выбранные риски"

    @property
    def total(self) -> Figures:
        """The sum over the schools."""
        rows = [asdict(one.figures) for one in self.schools]
        return Figures(**{name: sum(row[name] for row in rows) for name in asdict(Figures())})


def lines_of(figures: Figures, chosen: str) -> list[Said]:
    """The figures as lines «label: words»."""
    share = f"{figures.confirmed} из {figures.measures}"
    if figures.share is not None:
        share += f" ({figures.share} %)"
    waiting = f", ещё {figures.documents_waiting} ждут утверждения" if figures.documents_waiting else ""
    return [
        Said("Посещения состоялись", f"{figures.held} из {figures.planned}"),
        Said(chosen, str(figures.risks)),
        Said("Документы школы", f"{figures.documents}{waiting}"),
        Said("Меры подтверждены", share if figures.measures else "мер в программах пока нет"),
        Said("Договорённости выполнены", f"{figures.closed} из {figures.steps}"),
    ]


def compared(part: SchoolPart, chosen: str) -> list[Compared]:
    """The figures of a school beside those of the stage before; an empty word where there was none."""
    before = [one.text for one in lines_of(part.before, chosen)] if part.before is not None else []
    return [
        Compared(one.label, before[place] if before else "", one.text)
        for place, one in enumerate(lines_of(part.figures, chosen))
    ]


def summary_of(report: StageReport) -> str:
    """«3 школы, 5 посещений, подтверждено 60 % мер» for lists and the head of the paper."""
    total = report.total
    said = [
        counted(len(report.schools), "школа", "школы", "школ"),
        counted(total.held, "посещение", "посещения", "посещений"),
    ]
    if total.share is not None:
        said.append(f"подтверждено {total.share} % мер")
    return ", ".join(said)


def without_names(report: StageReport, curator: str, title: str) -> StageReport:
    """The rendition for everybody: no lists in which a person may be named, and the words for the curator given."""
    bare = tuple(replace(one, papers=(), open_steps=()) for one in report.schools)
    return replace(report, title=title, curator=curator, schools=bare)


def as_plain(report: StageReport) -> dict[str, Any]:
    """The report as plain values for a JSON column."""
    return asdict(report)


def from_plain(told: dict[str, Any]) -> StageReport:
    """The report back from what `as_plain` made."""
    schools = tuple(
        SchoolPart(
            **{
                **row,
                "figures": Figures(**row["figures"]),
                "before": Figures(**row["before"]) if row["before"] else None,
                "words": _said(row["words"]),
                **{name: tuple(row[name]) for name in ("visits", "risks", "papers", "open_steps")},
            }
        )
        for row in told["schools"]
    )
    return StageReport(**{**told, "schools": schools, "words": _said(told["words"])})


def _said(rows: list[dict[str, str]]) -> tuple[Said, ...]:
    return tuple(Said(**row) for row in rows)


@dataclass(frozen=True, slots=True)
class ReportState:
    """Where a report stands on a day; `icon` is the class and the icon of the design."""

    code: str
    words: str
    icon: str


_STATES = {
    "ahead": ReportState("ahead", "Этап не начался", "ahead"),
    "none": ReportState("none", "Не начат", "none"),
    "draft": ReportState("draft", "Пишется", "half"),
    "late": ReportState("late", "Этап закончился, отчёта нет", "late"),
    "sent": ReportState("sent", "Сдан, ждёт приёма", "sent"),
    "returned": ReportState("returned", "Вернулся с вопросом", "back"),
    "approved": ReportState("approved", "Принят", "done"),
}


def report_state(
    stage_starts: date,
    stage_ends: date,
    as_of: date,
    *,
    begun: date | None = None,
    sent: date | None = None,
    returned: date | None = None,
    approved: date | None = None,
) -> ReportState:
    """The state that the days of a report tell on a day; what came later is not known yet."""
    for code, day in (("approved", approved), ("returned", returned), ("sent", sent)):
        if day is not None and day <= as_of:
            return _STATES[code]
    if as_of < stage_starts:
        return _STATES["ahead"]
    if stage_ends < as_of:
        return _STATES["late"]
    return _STATES["draft" if begun is not None and begun <= as_of else "none"]


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
