"""The sheet is kept as it is typed and loses nothing; a visit is held on a day that has come."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from opora.core.refusal import Refused
from opora.visits import actions
from opora.visits.actions import SentTwice, SheetConflict
from opora.visits.models import Visit
from opora.visits.sheets import MOST_BYTES, clean_sheet, is_blank
from tests.indicators.town import Town
from tests.visits.town import (
    AT,
    MARCH_10,
    SHEET,
    TODAY,
    approve,
    fresh,
    hold,
    make_visited_town,
    plan,
    report,
    verbs,
)


@pytest.fixture
def town(db: None) -> Town:
    return make_visited_town()


def save(town: Town, visit: Visit, sheet: dict[str, Any], version: int, minutes: int = 0) -> int:
    return actions.save_sheet(
        visit=visit,
        sheet=sheet,
        sheet_version=version,
        by=town.curators[0],
        at=AT + timedelta(minutes=minutes),
    )


def test_a_sheet_is_kept_and_its_version_grows(town: Town) -> None:
    visit = plan(town)

    assert save(town, visit, {"seen": "Урок"}, 0) == 1
    assert save(town, visit, {"seen": "Урок\r\nалгебры\u200b"}, 1) == 2

    assert fresh(visit).sheet == {"seen": "Урок\nалгебры"}


def test_a_sheet_sent_again_changes_nothing_whatever_its_version(town: Town) -> None:
    visit = plan(town)
    save(town, visit, SHEET, 0)

    assert save(town, visit, SHEET, 0) == 1
    assert fresh(visit).sheet_version == 1


def test_an_old_version_keeps_both_texts(town: Town) -> None:
    visit = plan(town)
    save(town, visit, {"seen": "С телефона"}, 0)

    with pytest.raises(SheetConflict) as conflict:
        save(town, visit, {"seen": "С\u200b компьютера"}, 0)

    told = conflict.value
    assert (told.code, told.status, told.version) == ("R-CONFLICT", 409, 1)
    assert (told.kept, told.typed) == ({"seen": "С телефона"}, {"seen": "С компьютера"})
    assert fresh(visit).sheet == {"seen": "С телефона"}
    assert save(town, visit, told.typed, told.version) == 2


def test_one_sitting_is_one_line_of_history(town: Town) -> None:
    visit = plan(town)
    for version, minutes in enumerate((0, 1, 14, 16)):
        save(town, visit, {"seen": f"Слово {version}"}, version, minutes)
    actions.save_sheet(visit=visit, sheet={}, sheet_version=4, by=town.head, at=AT + timedelta(minutes=17))

    assert verbs(visit) == ["visit.planned", *["visit.sheet_saved"] * 3]


@pytest.mark.parametrize("to_state", [report, approve])
def test_a_sheet_handed_in_is_not_rewritten(town: Town, to_state: Any) -> None:
    visit = to_state(town, plan(town))

    with pytest.raises(Refused, match=r"сдан|принят"):
        save(town, visit, {"seen": "Иное"}, visit.sheet_version)
    assert fresh(visit).sheet == SHEET


def test_a_sheet_returned_with_a_question_is_open_again(town: Town) -> None:
    visit = report(town, plan(town))
    actions.return_visit(visit=visit, question="Что решили?", on=TODAY, by=town.head, at=AT)

    assert save(town, visit, {"seen": "Решили"}, 1) == 2


def test_a_cancelled_visit_has_no_sheet(town: Town) -> None:
    visit = plan(town)
    actions.cancel_visit(visit=visit, reason="Карантин", on=TODAY, by=town.head, at=AT)

    with pytest.raises(Refused, match="лист не ведётся"):
        save(town, visit, SHEET, 0)


def test_the_size_of_a_sheet_is_bounded(town: Town) -> None:
    visit = plan(town)

    with pytest.raises(Refused, match="слишком велик") as refused:
        save(town, visit, {"seen": "я" * (MOST_BYTES // 2)}, 0)

    assert refused.value.status == 413
    assert save(town, visit, {"seen": "я" * (MOST_BYTES // 2 - 10)}, 0) == 1


def nested(depth: int) -> dict[str, Any]:
    return {"deeper": nested(depth - 1)} if depth else {}


@pytest.mark.parametrize(
    "sheet",
    [
        {1: "цифра"},
        {"a" * 101: ""},
        {"ключ\x00": ""},
        {"seen": object()},
        {"seen": float("nan")},
        nested(8),
        [],
    ],
)
def test_what_is_not_a_sheet_is_refused(sheet: Any) -> None:
    with pytest.raises(Refused, match="прочитать не удалось"):
        clean_sheet(sheet)


def test_letters_that_break_a_base_are_refused_at_any_depth() -> None:
    with pytest.raises(Refused) as refused:
        clean_sheet({"rows": [{"seen": "Урок\x00"}]})
    assert refused.value.code == "T-CHARS"


@pytest.mark.parametrize(
    "sheet", [{}, {"seen": "  "}, {"rows": [{"seen": ""}], "is_shown": False, "mark": None}]
)
def test_an_empty_sheet_says_nothing(sheet: Any) -> None:
    assert is_blank(sheet)
    assert not is_blank({**sheet, "more": 0})


def test_a_visit_is_held_on_its_day_with_its_sheet(town: Town) -> None:
    visit = hold(town, plan(town))

    assert (visit.held_on, visit.sheet, visit.sheet_version) == (MARCH_10, SHEET, 1)
    assert verbs(visit) == ["visit.planned", "visit.held"]


def test_a_future_held_is_refused(town: Town) -> None:
    visit = plan(town, day=date(2022, 9, 20))

    with pytest.raises(Refused, match=r"16\.09\.2022 ещё не наступило"):
        hold(town, visit, date(2022, 9, 16))
    assert (fresh(visit).held_on, fresh(visit).sheet) == (None, {})


def test_a_visit_may_be_held_after_its_stage_but_not_before_it(town: Town) -> None:
    visit = plan(town)

    with pytest.raises(Refused, match="1 этап начинается"):
        hold(town, visit, date(2022, 1, 31))
    assert hold(town, visit, date(2022, 6, 3)).held_on == date(2022, 6, 3)


def test_a_visit_is_held_within_the_programme(town: Town) -> None:
    town.programme.ends_on = date(2022, 8, 31)
    town.programme.save()

    with pytest.raises(Refused, match="Программа закончилась"):
        hold(town, plan(town), date(2022, 9, 1))


def test_a_visit_is_held_by_its_curator_of_that_day(town: Town) -> None:
    visit = plan(town)
    town.curators[0].appointments.filter(school=town.schools[0]).update(until=date(2022, 3, 20))

    with pytest.raises(Refused, match="не назначен"):
        hold(town, visit, date(2022, 3, 21))
    assert hold(town, visit, date(2022, 3, 20)).held_on


def test_a_held_visit_sent_again_is_one_and_another_day_is_refused(town: Town) -> None:
    visit = hold(town, plan(town))

    with pytest.raises(SentTwice):
        hold(town, visit)
    with pytest.raises(Refused, match="уже отмечено состоявшимся"):
        hold(town, visit, date(2022, 3, 11))
    reported = report(town, visit)
    with pytest.raises(SentTwice):
        hold(town, reported)


def test_holding_with_an_old_sheet_is_a_conflict(town: Town) -> None:
    visit = plan(town)
    save(town, visit, {"seen": "С телефона"}, 0)

    with pytest.raises(SheetConflict):
        actions.hold_visit(
            visit=visit, held_on=MARCH_10, sheet=SHEET, sheet_version=0, by=town.curators[0], at=AT
        )
    assert fresh(visit).held_on is None
