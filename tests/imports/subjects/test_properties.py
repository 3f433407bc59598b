"""What holds for any table: only one kind of refusal, and the lines do not depend on how the table was drawn."""

# ruff: noqa: E501 - a row of a drawn table is read best on one line

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from opora.core.refusal import Refused
from opora.imports.draft import RoadmapDraft
from opora.imports.subjects.roadmap import understand
from opora.imports.table import Cell, Paragraph, Place, Row, Source, Table
from tests.imports.subjects.sketch import seed

HEADER = ("№ п/п", "Мероприятие", "Срок реализации", "Ответственный", "Результат")
WORDS = st.sampled_from(
    [
        "", "1", "1.1", "2.", "I", "№ п/п", "Мероприятие", "Срок", "Дата", "начало", "окончание", "I", "II", "III", "х", "+", "март", "15.03.2022",
        "31.02.2022", "Сентябрь", "Раздел 1. Кадры", "Итого", "Подготовка приказа об", "утверждении", "Приказ", "Утратил силу", "* сноска", "(в ред. приказа)",
        "план", "факт", "1 этап", "2 этап", "Направление", "Директор И.И. Иванов", "Результат", "в течение года", "2022", "-", "обес-", "печение",
    ]
)  # fmt: skip
DEEDS = st.sampled_from(
    [
        "Назначение кураторов",
        "Проведение семинара",
        "Сбор отчётов",
        "Анализ результатов",
        "Посещение школ",
        "Работа с родителями",
    ]
)
TERMS = st.sampled_from(
    [
        "март 2022",
        "до 15 апреля 2022",
        "в течение года",
        "I квартал 2022",
        "сентябрь – ноябрь 2022",
        "10.10.2022",
    ]
)
RESULTS = st.sampled_from(["Приказ", "Справка по итогам", "Программа семинара", "Отчёт подготовлен"])
WHO = st.sampled_from(["ИМЦ", "Методист", "Кураторы", "Директора школ"])
LINES = st.lists(st.tuples(DEEDS, TERMS, WHO, RESULTS), min_size=2, max_size=9)


def table_of(rows: list[tuple[str, ...]], number: int = 1) -> Table:
    width = max(len(row) for row in rows)
    made = tuple(
        Row(tuple(Cell(text, column) for column, text in enumerate(row)), Place(None, number, at))
        for at, row in enumerate(rows, start=1)
    )
    return Table(made, width)


def source_of(*tables: list[tuple[str, ...]]) -> Source:
    made = [table_of(rows, number) for number, rows in enumerate(tables, start=1)]
    return Source("docx", (Paragraph("Дорожная карта на 2022 год"), *made))


def drawn(lines: list[tuple[str, str, str, str]]) -> list[tuple[str, ...]]:
    return [HEADER, *((str(number), *line) for number, line in enumerate(lines, start=1))]


def understood(source: Source) -> RoadmapDraft | None:
    """The draft, or None where the source was refused as no roadmap; any other exception is a fault."""
    try:
        return understand(source)
    except Refused as refusal:
        if refusal.code != "F-NOTABLE":
            raise
        return None


def said(draft: RoadmapDraft) -> list[tuple[object, ...]]:
    return [
        (
            line.section,
            line.number,
            line.text,
            line.period.start,
            line.period.end,
            line.promise,
            line.responsible,
        )
        for line in draft.lines
    ]


@given(
    st.lists(st.lists(st.lists(WORDS, min_size=1, max_size=6), min_size=1, max_size=8), max_size=3),
    st.booleans(),
)
@settings(max_examples=300, deadline=None)
def test_any_table_is_understood_or_refused(tables: list[list[list[str]]], is_named: bool) -> None:
    made = [table_of([tuple(row) for row in rows], number) for number, rows in enumerate(tables, start=1)]
    blocks = ((Paragraph("План мероприятий"),) if is_named else ()) + tuple(made)

    draft = understood(Source("docx", blocks))

    assert draft is None or draft.lines
    assert draft is None or all(0 <= line.section <= len(draft.sections) for line in draft.lines)
    assert draft is None or draft.as_json()


@given(st.lists(st.lists(st.text(max_size=30), min_size=1, max_size=5), min_size=1, max_size=6))
@settings(max_examples=150, deadline=None)
def test_any_words_under_a_header_raise_nothing(rows: list[list[str]]) -> None:
    draft = understood(source_of([HEADER, *(tuple(row) for row in rows)]))

    assert draft is None or draft.lines


@given(LINES, st.permutations(range(5)))
@settings(max_examples=60, deadline=None)
def test_the_order_of_columns_changes_nothing(
    lines: list[tuple[str, str, str, str]], order: list[int]
) -> None:
    rows = drawn(lines)
    shuffled = [tuple(row[column] for column in order) for row in rows]

    assert said(understand(source_of(shuffled))) == said(understand(source_of(rows)))


@given(LINES, st.integers(min_value=1, max_value=9))
@settings(max_examples=60, deadline=None)
def test_a_table_cut_in_two_gives_the_same_lines(lines: list[tuple[str, str, str, str]], at: int) -> None:
    rows = drawn(lines)
    cut = min(at, len(rows) - 1)

    assert said(understand(source_of(rows[:cut], rows[cut:]))) == said(understand(source_of(rows)))


@given(LINES, st.integers(min_value=0, max_value=5), st.integers(min_value=0, max_value=9))
@settings(max_examples=60, deadline=None)
def test_blank_rows_and_columns_change_nothing(
    lines: list[tuple[str, str, str, str]], column: int, row: int
) -> None:
    rows = drawn(lines)
    wider = [(*cells[:column], "", *cells[column:]) for cells in rows]
    taller = [*wider[:row], ("",) * 6, *wider[row:]]

    assert said(understand(source_of(taller))) == said(understand(source_of(rows)))


def test_the_source_order_may_be_cut_anywhere() -> None:
    whole = seed()
    expected = said(understand(whole))
    for index, block in enumerate(whole.blocks):
        if not isinstance(block, Table):
            continue
        for cut in range(1, len(block.rows)):
            halves = (replace(block, rows=block.rows[:cut]), replace(block, rows=block.rows[cut:]))
            blocks = (*whole.blocks[:index], *halves, *whole.blocks[index + 1 :])
            assert said(understand(replace(whole, blocks=blocks))) == expected, (index, cut)
