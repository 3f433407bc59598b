"""The understanding of a roadmap: a source of paragraphs and tables becomes a draft that a person can review."""

from __future__ import annotations

import re
from collections.abc import Sequence

from opora.core.refusal import Refused
from opora.imports.checks import check
from opora.imports.draft import DraftLine, DraftSection, Problem, RoadmapDraft
from opora.imports.subjects import contents, labelled
from opora.imports.subjects.assembly import Assembly
from opora.imports.subjects.columns import Columns
from opora.imports.subjects.found import Gathered, RawLine
from opora.imports.subjects.numbering import suggested
from opora.imports.subjects.order import order_of, title_of
from opora.imports.subjects.remarks import remarks_of
from opora.imports.subjects.rowkinds import is_title
from opora.imports.subjects.settling import settle
from opora.imports.subjects.stream import Heading, Segment, Stream, stream_of
from opora.imports.subjects.stretch import period_of
from opora.imports.subjects.terms import is_month_heading, looks_like_term, term_in_heading
from opora.imports.subjects.wording import fold
from opora.imports.subjects.year import PlanYear, plan_year
from opora.imports.table import Source
from opora.indicators.suggest import suggest_kinds

NOT_FOUND = (
    "Не найдена таблица с мероприятиями (столбцы «№ п/п», «Описание действий», «Дата реализации», "
    "«Показатель»)."
)
_STRONG_HEADER = 5
_STRONGEST_HEADER = 8  # «мероприятие», «действие»: words that only plans use
_OF_LESSONS = re.compile(r"домашн\w+ задани|(?:кол-во|количество) часов|\bурок")


def understand(source: Source, *, year: int | None = None) -> RoadmapDraft:
    """The draft of the roadmap in a source; Refused with F-NOTABLE where there is none.

    `year` is the plan's year told by a person; without it the title, the order and the terms are asked in turn.
    """
    stream = stream_of(source)
    found, columns = _gather(stream)
    if not found.lines:
        raise Refused(NOT_FOUND, code="F-NOTABLE")
    order = order_of(stream.before)
    title = _without_section(title_of(stream.before, found.titles), found)
    months = [
        label.split(" 2")[0] for settled in columns for label, _ in [(name, c) for c, name in settled.marks]
    ]
    plan = plan_year(year, title, stream.before, order, found.lines, months or _month_sections(found))
    draft = RoadmapDraft(
        title=title,
        order=order,
        year=plan.year,
        sections=[DraftSection(number, text) for number, text in enumerate(found.sections, start=1)],
        lines=_lines(found, plan),
    )
    draft.problems = [*_of_file(source), *remarks_of(found, draft, stream.hidden), *check(draft)]
    return draft


def _without_section(title: str, found: Gathered) -> str:
    """The title alone where the first section's heading stands right under it."""
    first = found.sections[0] if found.sections else ""
    rest = title.removesuffix(first).rstrip(" .:–—-") if first else title
    return rest or title


def _gather(stream: Stream) -> tuple[Gathered, list[Columns]]:
    """Lines of every table that is the roadmap's; a weaker table is taken only where there is no better one."""
    settled = [(segment, columns) for segment in stream.segments if (columns := _columns_of(segment))]
    is_named = any(is_title(text) for text in stream.before) or any(
        is_title(row.only_text) for segment in stream.segments for row in segment.rows[:3]
    )
    for keep in (_is_sure, _is_likely):
        chosen = [(segment, columns) for segment, columns in settled if keep(segment, columns, is_named)]
        found = _assembled(chosen)
        if found.lines:
            return found, [columns for _, columns in chosen]
    for read in (_guessed, _unfolded):
        chosen = [pair for segment in stream.headless if (pair := read(segment))]
        found = _assembled(chosen)
        if len(found.lines) >= 2 and (is_named or _dated_share(found.lines) >= 0.6):
            return found, [columns for _, columns in chosen]
    return Gathered(), []


def _guessed(segment: Segment) -> tuple[Segment, Columns] | None:
    columns = contents.guess(segment.rows)
    return (segment, columns) if columns else None


def _unfolded(segment: Segment) -> tuple[Segment, Columns] | None:
    unfolded = labelled.unfold(segment)
    return (unfolded, labelled.COLUMNS) if unfolded else None


def _columns_of(segment: Segment) -> Columns | None:
    """By the header; by contents where a page's table has other columns than the one before and no header."""
    return settle(segment.header, segment.rows) if segment.header else contents.guess(segment.rows)


def _is_sure(segment: Segment, columns: Columns, is_named: bool) -> bool:
    """A header of activities and terms, and terms under it (or none filled in yet by months above them)."""
    if not columns.timed:
        return _has_months(segment)
    if segment.header is None:
        return True
    if not is_named and any(_OF_LESSONS.search(fold(words)) for words in segment.header.words.values()):
        return False
    if columns.weight >= (_STRONG_HEADER if is_named else _STRONGEST_HEADER):
        return True
    return _is_dated(segment, columns) and (is_named or _is_of_deeds(segment, columns))


def _is_likely(segment: Segment, columns: Columns, is_named: bool) -> bool:
    """A plan without any column of terms, in a file that calls itself a plan."""
    return (
        not columns.timed
        and columns.weight >= _STRONG_HEADER
        and is_named
        and bool(columns.promises or columns.responsibles)
    )


def _has_months(segment: Segment) -> bool:
    """Do headings in or around the table name the terms of the lines below them."""
    headings = [
        item.text if isinstance(item, Heading) else item.only_text for item in (*segment.lead, *segment.items)
    ]
    return any(is_month_heading(text) or term_in_heading(text) for text in headings if text)


def _is_dated(segment: Segment, columns: Columns) -> bool:
    rows = [row for row in segment.rows if row.at(columns.text) and not row.only_text]
    if columns.term is None:
        return bool(rows)
    terms = [row.at(columns.term) for row in rows if row.at(columns.term)]
    return bool(terms) and sum(map(looks_like_term, terms)) >= 0.5 * len(terms)


def _is_of_deeds(segment: Segment, columns: Columns) -> bool:
    texts = [row.at(columns.text) for row in segment.rows if row.at(columns.text) and not row.only_text]
    return bool(texts) and sum(map(contents.is_deed, texts)) >= 0.4 * len(texts)


def _assembled(chosen: Sequence[tuple[Segment, Columns]]) -> Gathered:
    assembly = Assembly()
    for segment, columns in chosen:
        assembly.read(columns, segment.lead, segment.items)
    found = assembly.found
    used = {line.section for line in found.lines}
    while found.sections and len(found.sections) not in used:
        found.sections.pop()
    return found


def _dated_share(lines: Sequence[RawLine]) -> float:
    return sum(looks_like_term(line.term.words) for line in lines) / len(lines) if lines else 0.0


def _month_sections(found: Gathered) -> list[str]:
    return [title.lower() for title in found.sections if is_month_heading(title)]


def _lines(found: Gathered, plan: PlanYear) -> list[DraftLine]:
    lines = [
        DraftLine(
            section=raw.section,
            number=raw.number,
            text=raw.text,
            period=period_of(raw.term, plan),
            promise=raw.promise,
            place=raw.place,
            responsible=raw.responsible or None,
            merged=raw.merged,
        )
        for raw in found.lines
    ]
    for line, number in zip(lines, suggested(found.lines, found.figures), strict=True):
        line.suggested_number = number
    for line in lines:
        title = found.sections[line.section - 1] if line.section else ""
        guess = suggest_kinds(line.text, line.promise, title)
        line.kind, line.kind_confidence, line.kinds, line.why = (
            guess.kind,
            guess.confidence,
            guess.kinds,
            guess.why,
        )
    return lines


def _of_file(source: Source) -> list[Problem]:
    return [Problem(code, "info", 0, words) for code, words in source.remarks]
