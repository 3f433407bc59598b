"""A report is handed in, returned with a question, approved once, and called back within a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from opora.core.refusal import Refused
from opora.visits import actions
from opora.visits.actions import SentTwice
from opora.visits.models import Visit
from tests.indicators.town import Town
from tests.visits.town import AT, TODAY, approve, fresh, hold, make_visited_town, plan, report, verbs

MARCH_12, MARCH_13, MARCH_14 = date(2022, 3, 12), date(2022, 3, 13), date(2022, 3, 14)


@pytest.fixture
def town(db: None) -> Town:
    return make_visited_town()


def hand_in(town: Town, visit: Visit, on: date = MARCH_14) -> None:
    actions.report_visit(visit=visit, on=on, by=town.curators[0], at=AT)


def ask(town: Town, visit: Visit, question: str = "Что решили?", on: date = MARCH_13) -> None:
    actions.return_visit(visit=visit, question=question, on=on, by=town.head, at=AT)


def accept(town: Town, visit: Visit, on: date = MARCH_14) -> None:
    actions.approve_visit(visit=visit, on=on, by=town.head, at=AT)


def test_the_whole_record_lives_from_the_plan_to_the_approval(town: Town) -> None:
    visit = report(town, plan(town))
    ask(town, visit)
    assert (fresh(visit).returned_on, fresh(visit).question) == (MARCH_13, "Что решили?")
    hand_in(town, visit)
    assert (fresh(visit).reported_on, fresh(visit).returned_on) == (MARCH_14, None)

    approved = approve(town, fresh(visit))

    assert (approved.approved_on, approved.approved_at, approved.approved_by) == (
        date(2022, 3, 15),
        AT,
        town.head,
    )
    assert verbs(visit) == [
        "visit.planned",
        "visit.held",
        "visit.reported",
        "visit.returned",
        "visit.reported",
        "visit.approved",
    ]


def test_nothing_is_reported_before_it_was_held(town: Town) -> None:
    visit = plan(town)

    with pytest.raises(Refused, match="сначала отметьте день"):
        hand_in(town, visit)
    with pytest.raises(Refused, match="раньше этого"):
        hand_in(town, hold(town, visit), date(2022, 3, 9))
    with pytest.raises(Refused, match="ещё не наступило"):
        hand_in(town, visit, date(2022, 9, 16))


def test_an_empty_report_is_not_handed_in_but_an_agreed_step_is_enough(town: Town) -> None:
    visit = hold(town, plan(town), seen="  ")
    with pytest.raises(Refused, match="Лист посещения пуст"):
        hand_in(town, visit)

    actions.add_step(
        visit=visit, side="school", text="Открытый урок", due_on=TODAY, by=town.curators[0], at=AT
    )
    hand_in(town, visit)

    assert fresh(visit).reported_on == MARCH_14


def test_a_report_handed_in_twice_is_one(town: Town) -> None:
    visit = report(town, plan(town))

    with pytest.raises(SentTwice):
        hand_in(town, visit)
    accept(town, visit)
    with pytest.raises(SentTwice):
        hand_in(town, visit)


def test_an_answer_comes_after_the_question(town: Town) -> None:
    visit = report(town, plan(town))
    ask(town, visit)

    with pytest.raises(Refused, match="Вернулось с вопросом"):
        hand_in(town, visit, MARCH_12)


def test_a_report_is_returned_only_with_words_while_it_waits(town: Town) -> None:
    visit = hold(town, plan(town))
    with pytest.raises(Refused, match="ещё не сдан"):
        ask(town, visit)
    visit = report(town, visit)
    with pytest.raises(Refused, match="Напишите вопрос"):
        ask(town, visit, " ")
    with pytest.raises(Refused, match="Отчёт сдан"):
        ask(town, visit, on=date(2022, 3, 11))
    ask(town, visit)
    with pytest.raises(SentTwice):
        ask(town, visit)
    with pytest.raises(Refused, match="ждёт ответа"):
        ask(town, visit, "Ещё вопрос")


def test_an_approved_report_is_not_returned(town: Town) -> None:
    visit = approve(town, plan(town))

    with pytest.raises(Refused, match="отозвать приём"):
        ask(town, visit)


def test_a_report_is_approved_after_it_was_handed_in_and_answered(town: Town) -> None:
    visit = hold(town, plan(town))
    with pytest.raises(Refused, match="ещё не сдан"):
        accept(town, visit)
    visit = report(town, visit)
    with pytest.raises(Refused, match="Отчёт сдан"):
        accept(town, visit, date(2022, 3, 11))
    ask(town, visit)
    with pytest.raises(Refused, match="когда куратор ответит"):
        accept(town, visit)
    assert fresh(visit).approved_on is None


def test_two_who_opened_the_same_page_approve_once(town: Town) -> None:
    visit = report(town, plan(town))
    seen_by_another = fresh(visit)
    accept(town, visit)

    with pytest.raises(SentTwice):
        actions.approve_visit(visit=seen_by_another, on=TODAY, by=town.coordinator, at=AT)

    assert fresh(visit).approved_by == town.head
    assert verbs(visit).count("visit.approved") == 1


def test_an_approval_is_called_back_within_a_day(town: Town) -> None:
    visit = approve(town, plan(town))

    with pytest.raises(Refused, match="больше 24 часов"):
        actions.call_back(visit=visit, by=town.head, at=AT + timedelta(hours=24, seconds=1))
    actions.call_back(visit=visit, by=town.head, at=AT + timedelta(hours=24))

    kept = fresh(visit)
    assert (kept.approved_on, kept.approved_at, kept.approved_by) == (None, None, None)
    assert kept.reported_on == MARCH_12
    with pytest.raises(Refused, match="отзывать нечего"):
        actions.call_back(visit=visit, by=town.head, at=AT)
    assert verbs(visit)[-1] == "visit.called_back"
