"""Remarks on terms: missing, unreadable, contradictory, earlier than the order, too short for permanent work."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opora.core.periods import lacks_year, problems
from opora.imports.checks.naming import name_of, short, spoken
from opora.imports.draft import DraftLine, Problem, RoadmapDraft

_PERMANENT = re.compile(
    r"^постоянн\w+|на постоянной основе|\bпостоянно действующ|^ежедневн\w+ работ", re.IGNORECASE
)
_REPORT = re.compile(
    r"(?:подготовк|составлени|формировани|представлени)\w*\s+(?:\w+\s+)?отч[её]т", re.IGNORECASE
)
_WITHOUT_CALENDAR = re.compile(
    r"в течени|течение|постоян|систематич|регулярн|по (?:отдельн|мере|план|график|запрос|необходим"
    r"|согласован|итог|заявк|результат|утвержд|окончан|завершен|особ|"
    r"индивидуал|срок|факт|назначен|поступлен|приглашен|требован)|согласно|в соответствии|в сроки|в срок"
    r"|весь период|весь год|после|до начала|период|каникул|ежегодн|"
    r"по необходимости|при необходимости|раз в|круглогод|бессрочн|однократ|не позднее|в рамках|в ходе"
    r"|рабочих дн|календарных дн|\bдн(?:я|ей)\b|установленн|оперативн|на протяжении",
    re.IGNORECASE,
)
_LONGEST_SHORT = 62  # days: two months is still no permanent work


def term_problems(draft: RoadmapDraft) -> list[Problem]:
    """year_missing once for the document; the rest line by line."""
    found = list(_year(draft))
    if draft.lines and not any(_has_term(line) for line in draft.lines):
        words = (
            "В таблице нет сроков: ни столбца, ни месяцев в заголовках. Впишите сроки пунктов, без них "
            "план нельзя вести."
        )
        return [*found, Problem("column_of_terms_missing", "warning", 0, words)]
    for index, line in enumerate(draft.lines):
        found += _readable(draft, index, line)
        found += _against_order(draft, index, line)
        found += _permanent(draft, index, line)
    return [*found, *_same_month(draft)]


def _has_term(line: DraftLine) -> bool:
    return bool(line.period.text or line.period.start or line.period.end)


def _year(draft: RoadmapDraft) -> Iterator[Problem]:
    if draft.year is None and any(lacks_year(line.period.text) for line in draft.lines if line.period.text):
        words = (
            "Не указан год плана: ни в названии, ни в приказе, ни в сроках. Укажите год, и даты будут "
            "рассчитаны."
        )
        yield Problem("year_missing", "error", 0, words)


def _readable(draft: RoadmapDraft, index: int, line: DraftLine) -> Iterator[Problem]:
    period, name = line.period, name_of(draft, index)
    if period.start and period.end and period.start > period.end:
        words = f"{spoken(draft, index)}: начало срока «{period.text}» позже окончания. Проверьте даты."
        yield Problem("period_reversed", "error", name, words)
    if not _has_term(line):
        yield Problem(
            "period_missing",
            "warning",
            name,
            f"{spoken(draft, index)}: срок не указан. Впишите срок или контрольную дату.",
        )
    elif _is_unread(draft, line):
        is_missing = "date_missing_in_calendar" in problems(period.text, period, year=draft.year)
        fault = "не существует" if is_missing else "не удалось прочитать"
        words = f"{spoken(draft, index)}: срок «{_shortened(period.text)}» {fault}. Укажите дату или период."
        yield Problem("period_unreadable", "warning", name, words)


def _is_unread(draft: RoadmapDraft, line: DraftLine) -> bool:
    period = line.period
    if period.start or period.end or period.recurrence or period.control_on:
        return False
    if draft.year is None and lacks_year(period.text):
        return False
    return not _WITHOUT_CALENDAR.search(period.text) or bool(re.search(r"\d{1,2}\.\d{1,2}", period.text))


def _against_order(draft: RoadmapDraft, index: int, line: DraftLine) -> Iterator[Problem]:
    day, period = draft.order.date, line.period
    if day is None:
        return
    is_past = period.end is not None and period.end < day
    begins_long_before = period.start is not None and period.start < day.replace(day=1)
    if is_past or begins_long_before:
        words = (
            f"{spoken(draft, index)}: срок «{_shortened(period.text)}» начинается раньше приказа "
            f"({day:%d.%m.%Y}). Если так и задумано, ничего делать не нужно."
        )
        yield Problem("period_before_order", "info", name_of(draft, index), words)


def _permanent(draft: RoadmapDraft, index: int, line: DraftLine) -> Iterator[Problem]:
    period = line.period
    if period.open_ended or period.recurrence or period.start is None or period.end is None:
        return
    if _PERMANENT.search(line.text) and (period.end - period.start).days <= _LONGEST_SHORT:
        words = (
            f"{spoken(draft, index)}: работа названа постоянной, а срок — «{period.text}». Уточните, до "
            f"какого времени она идёт."
        )
        yield Problem("term_is_permanent", "warning", name_of(draft, index), words)


def _same_month(draft: RoadmapDraft) -> Iterator[Problem]:
    """Two reports on roadmaps that fall in one month."""
    seen: dict[tuple[object, ...], int] = {}
    for index, line in enumerate(draft.lines):
        if (
            not _REPORT.match(line.text)
            or not re.search(r"дорожн\w+ карт|\bплан", line.text, re.IGNORECASE)
            or line.period.start is None
        ):
            continue
        key = (line.section, line.period.start, line.period.end)
        earlier = seen.setdefault(key, index)
        if earlier != index and draft.lines[earlier].text != line.text:
            other = draft.lines[earlier]
            words = (
                f"Пункты {short(other, earlier)} и {short(line, index)}: оба отчёта приходятся на один "
                f"срок («{line.period.text}»). "
                "Проверьте, что это разные отчёты."
            )
            yield Problem("same_month_reports", "info", name_of(draft, earlier), words)


def _shortened(text: str) -> str:
    return text if len(text) <= 80 else text[:80] + "…"
