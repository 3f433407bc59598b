"""The sentences of reports, the same in every format."""

from __future__ import annotations

from datetime import date

from opora.core.russian import NBSP, counted, day_short, day_words, plural
from opora.reports.content import Head, LineRow, Progress, Totals
from opora.reports.note import Note


def day_in_digits(day: date | None) -> str:
    """«15.09.2022», a dash for no day."""
    return day_short(day) if day else "—"


def requisites(head: Head) -> str:
    """Day, registration number and place of the paper (ГОСТ Р 7.0.97-2025); a blank where a number is written by hand."""
    number = str(head.issue_number) if head.issue_number else "______"
    words = f"{day_in_digits(head.as_of)} №{NBSP}{number}"
    return f"{words}, {head.place}" if head.place else words


def basis(head: Head) -> str:
    """On what day and on whose word the report stands."""
    words = f"По состоянию на {day_words(head.as_of)}."
    if head.stretch == "stretch":
        words = f"За период с {day_words(head.since)} по {day_words(head.as_of)}."
    if head.order_number and head.order_date:
        words += f" Основание: приказ №{NBSP}{head.order_number} от {day_in_digits(head.order_date)}."
    return words


def summary(totals: Totals) -> str:
    """The state of the whole roadmap in one paragraph."""
    lines = plural(totals.total, "пункта", "пунктов", "пунктов")
    finished = plural(totals.finished, "выполнен", "выполнены", "выполнено")
    whole = f"Из {totals.total} {lines} дорожной карты {finished} {totals.finished}"
    parts = [whole + (f" (из них позже срока {totals.done_late})" if totals.done_late else "")]
    if totals.under_way:
        of_them = []
        if totals.permanent:
            of_them.append(f"постоянных {totals.permanent}")
        if totals.at_risk:
            of_them.append(f"под угрозой срыва срока {totals.at_risk}")
        parts.append(f"в работе {totals.under_way}" + (f" (из них {', '.join(of_them)})" if of_them else ""))
    if totals.late:
        parts.append(f"срок прошёл, работа не завершена по {totals.late}")
    if totals.ahead:
        parts.append(f"впереди {totals.ahead}")
    return "; ".join(parts) + "."


def gained(progress: Progress) -> str:
    """What was done within the stretch."""
    if not progress.gained:
        return f"С {day_words(progress.head.since)} новых выполненных пунктов нет."
    count = len(progress.gained)
    done = plural(count, "выполнен", "выполнены", "выполнено")
    lines = counted(count, "пункт", "пункта", "пунктов")
    return f"С {day_words(progress.head.since)} {done} {lines}: {', '.join(progress.gained)}."


def reason(line: LineRow) -> str:
    """Why a line is not done: the person's words, and whom it still waits for."""
    words = line.words.strip()
    parts = [words if words[-1] in ".!?…" else f"{words}."] if words else []
    if line.missing and line.expected <= 1:
        parts.append("Подтверждения пока нет.")
    elif line.missing:
        shown = ", ".join(line.missing[:12])
        rest = len(line.missing) - 12
        more = f" и ещё {rest}" if rest > 0 else ""
        parts.append(f"Не хватает: {shown}{more}.")
    if line.reported and not line.missing and line.status == "late":
        parts.append("Заявлено, ждёт подтверждения.")
    return " ".join(parts)


def proof(line: LineRow, *, limit: int = 6) -> str:
    """The evidence of a line in one cell: titles with numbers, days and addresses."""
    told = []
    for paper in line.evidence[:limit]:
        # Somebody's word may be pages long; a cell is to be read at a glance.
        words = paper.title if len(paper.title) <= 300 else f"{paper.title[:299].rstrip()}…"
        if paper.number:
            words += f" №{NBSP}{paper.number}"
        if paper.dated_on:
            words += f" от {day_in_digits(paper.dated_on)}"
        if paper.address:
            words += f" ({paper.address})"
        told.append(words)
    rest = len(line.evidence) - limit
    return "; ".join(told) + (f" и ещё {rest}" if rest > 0 else "")


def title_of(report: Progress | Note) -> str:
    """The title of a report with what it is narrowed to."""
    about = report.about if isinstance(report, Note) else ""
    return f"{report.head.title}. {about}" if about else report.head.title


def file_name(report: Progress | Note, ending: str) -> str:
    """The name a person sees when saving the report: «Отчёт с нарастающим итогом на 15.09.2022.docx»."""
    if isinstance(report, Note):
        kind = title_of(report)[:120]
    else:
        kind = {"interim": "Промежуточный отчёт", "cumulative": "Отчёт с нарастающим итогом"}.get(
            report.head.stretch, "Отчёт за период"
        )
    return f"{kind} на {day_in_digits(report.head.as_of)}.{ending}"
