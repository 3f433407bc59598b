"""The source order, with all its scars, is understood line by line."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from opora.imports.draft import RoadmapDraft
from opora.imports.subjects.roadmap import understand
from tests.imports.subjects.sketch import seed

PERIODS = {
    "1.1": ("2021-12-01", "2021-12-31"), "1.2": ("2022-01-01", "2022-02-28"), "1.3": ("2022-03-01", "2022-04-30"),
    "1.4": ("2022-09-01", "2022-09-30"), "1.5": ("2022-05-01", "2022-06-30"), "1.6": ("2022-09-01", "2022-09-30"),
    "1.7": ("2022-02-01", "2022-05-31"), "1.8": ("2022-08-01", "2022-11-30"), "1.9": ("2022-05-01", "2022-05-31"),
    "1.10": ("2022-11-01", "2022-11-30"), "1.11": ("2022-12-01", "2022-12-31"), "2.1": ("2022-02-01", "2022-02-28"),
    "2.2": ("2022-03-01", "2022-03-31"), "2.3": ("2022-04-01", "2022-04-30"), "2.4": ("2022-05-01", "2022-05-31"),
    "2.5": ("2022-06-01", "2022-06-30"), "2.6": ("2022-09-01", "2022-09-30"), "2.7": ("2022-10-01", "2022-10-31"),
    "2.8": ("2022-03-01", "2022-04-30"), "2.9": ("2022-02-01", "2022-02-28"), "2.10": ("2022-08-01", "2022-08-31"),
    "2.11": ("2022-11-01", "2022-12-31"), "2.12": ("2022-12-01", "2022-12-31"), "3.1": ("2020-09-01", None),
    "3.2": ("2022-03-01", "2022-04-30"), "3.3": ("2022-04-01", "2022-05-31"), "3.4": ("2022-03-01", "2022-03-31"),
    "3.5": ("2022-04-01", "2022-05-31"), "4.1": ("2022-02-01", "2022-02-28"), "4.2": ("2022-02-01", "2022-03-31"),
    "4.3": ("2022-06-01", "2022-07-31"), "4.4": ("2022-11-01", "2022-12-31"), "4.5": ("2022-09-01", "2022-09-30"),
    "4.6": ("2022-06-01", "2022-06-30"), "4.7": ("2022-11-01", "2022-11-30"), "4.8": ("2022-05-01", "2022-05-31"),
    "4.9": ("2022-10-01", "2022-11-30"), "5.1": ("2022-03-01", "2022-03-31"), "5.2": ("2022-05-01", "2022-09-30"),
    "5.3": ("2022-06-01", "2022-06-30"), "5.4": ("2022-06-01", "2022-10-31"), "5.5": ("2022-11-01", "2022-12-31"),
    None: ("2022-01-01", "2022-01-31"), "6.2": ("2022-11-01", "2022-11-30"), "6.3": ("2022-09-01", "2022-09-30"),
}  # fmt: skip


@pytest.fixture(scope="module")
def draft() -> RoadmapDraft:
    return understand(seed())


def test_six_sections_hold_forty_five_lines(draft: RoadmapDraft) -> None:
    counts = Counter(line.section for line in draft.lines)

    assert [counts[section.number] for section in draft.sections] == [11, 12, 5, 9, 5, 3]
    assert draft.sections[0].title == "Организационное сопровождение проекта"
    assert draft.sections[5].title == "Проведение образовательных мероприятий/вовлечение системы ДПО"


def test_requisites_of_the_order_are_read(draft: RoadmapDraft) -> None:
    assert (draft.order.number, draft.order.date) == ("04-06/06-2", date(2022, 2, 28))
    assert draft.order.issuer == "МУНИЦИПАЛЬНОЕ УЧРЕЖДЕНИЕ «ИНФОРМАЦИОННО-МЕТОДИЧЕСКИЙ ЦЕНТР»"
    assert str(draft.order.signed_by).startswith("Н.Н.")
    assert draft.title == (
        "Муниципальная дорожная карта реализации проекта Адресной методической помощи 500+ (на 2022 год)"
    )
    assert draft.year == 2022


def test_every_number_is_kept_and_the_lost_one_is_guessed(draft: RoadmapDraft) -> None:
    assert [line.number for line in draft.lines] == list(PERIODS)
    assert [line.suggested_number for line in draft.lines if line.number is None] == ["6.1"]


def test_every_period_is_right(draft: RoadmapDraft) -> None:
    got = {
        line.number: (
            line.period.start and line.period.start.isoformat(),
            line.period.end and line.period.end.isoformat(),
        )
        for line in draft.lines
    }

    assert got == PERIODS


def test_rows_cut_by_pages_are_joined(draft: RoadmapDraft) -> None:
    lines = {line.number: line for line in draft.lines}

    assert lines["1.6"].text == (
        "Подготовка отчета о реализации региональной дорожной карты «Проекта 500+» (с нарастающим итогом)"
    )
    assert lines["2.12"].text == "Подведение итогов реализации в г.о. Саранск Проекта 500+."
    assert lines["2.12"].promise == "Проведение итогового семинара (вебинара) по Проекту 500+"
    assert lines["3.4"].promise.endswith(
        "форм отчетных документов по каждому рисковому профилю в помощь школам Проекта 500+ подготовлен"
    )
    assert lines["4.4"].promise.endswith("размещены на региональной странице Проекта 500+.")
    assert lines["4.9"].text.endswith("в школах-участницах Проекта 500+ (второй этап)")


def test_remarks_are_those_the_order_deserves(draft: RoadmapDraft) -> None:
    found = Counter((problem.code, problem.line) for problem in draft.problems)

    assert {line for code, line in found if code == "cell_continued"} == {
        "1.6",
        "2.8",
        "2.12",
        "3.4",
        "4.4",
        "4.9",
    }
    assert {line for code, line in found if code == "number_missing"} == {43}
    assert {line for code, line in found if code == "text_cut"} == {"4.9"}
    assert {line for code, line in found if code == "indicator_mismatch"} == {"1.4", "1.5"}
    assert {line for code, line in found if code == "promise_repeated"} == {"3.2"}
    assert {line for code, line in found if code == "term_is_permanent"} == {"2.9"}
    assert {line for code, line in found if code == "same_month_reports"} == {"1.4"}
    assert {line for code, line in found if code == "period_before_order"} == {"1.1", "1.2", "3.1", 43}
    assert {line for code, line in found if code == "words_glued"} == {"1.8", "1.11"}
    assert max(found.values()) == 1


def test_one_remark_names_all_lines_of_a_repeated_promise(draft: RoadmapDraft) -> None:
    message = next(problem.message for problem in draft.problems if problem.code == "promise_repeated")

    assert "3.2, 3.3, 3.5" in message


def test_the_place_of_a_line_is_its_row(draft: RoadmapDraft) -> None:
    assert (draft.lines[0].place.table, draft.lines[0].place.row) == (1, 3)
