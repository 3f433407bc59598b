"""Counting by visits and curators' reports: the stage of the line, what is reported, what is confirmed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opora.indicators.growth import growth_of
from opora.indicators.models import Reading
from opora.indicators.queries import standings
from opora.programmes.models import Stage
from opora.visits import actions
from opora.visits.models import CuratorReport, Visit
from opora.visits.queries import StageDays, stages_spoken_of
from tests.indicators.town import TODAY, Town
from tests.visits.town import (
    AT,
    MARCH_10,
    agree,
    approve,
    hold,
    make_stages,
    make_visited_town,
    plan,
    report,
)

MAY_31 = date(2022, 5, 31)
SCHEDULED, HELD = ("visits_scheduled", "schools", 1), ("visits_held", "schools", 1)
FILLED = ("forms_filled", "curators", 1)
REPORTS = {"text": "Подготовка отчётов кураторов (1 этап)", "promise": "Отчёты кураторов подготовлены"}
VISITS_QUERIES, FORMS_QUERIES = 8, 8


@pytest.fixture
def town(db: None) -> Town:
    return make_visited_town()


def figures(town: Town, on: date = TODAY, place: int = 0) -> tuple[int, int, int]:
    """Found, reported, expected of a line on a day."""
    state = town.state(on, place)
    return state.found, state.reported, state.expected


def hand_in(town: Town, stage: Stage, person: int = 0, **days: Any) -> CuratorReport:
    """A curator's report of a stage as the base keeps it."""
    said = {"begun_on": date(2022, 5, 10), "sent_on": date(2022, 5, 20), **days}
    return CuratorReport.objects.create(
        programme=town.programme, stage=stage, curator=town.curators[person], **said
    )


def test_a_school_is_scheduled_when_it_agreed_and_only_reported_until_then(town: Town) -> None:
    town.plan([SCHEDULED])
    agree(town, plan(town), date(2022, 2, 5))
    plan(town, town.schools[1], on=date(2022, 2, 7))

    assert figures(town, date(2022, 1, 31)) == (0, 0, 3)
    assert figures(town, date(2022, 2, 4)) == (0, 1, 3)
    assert figures(town, date(2022, 2, 7)) == (1, 1, 3)
    state = town.state(date(2022, 2, 7))
    assert [one.proof for one in state.waiting] == [f"/visits/{Visit.objects.latest('pk').pk}/"]
    assert [one.name for one in state.missing] == ["Школа № 103"]


def test_a_visit_that_took_place_needs_no_agreement(town: Town) -> None:
    town.plan([SCHEDULED])
    hold(town, plan(town))

    assert figures(town, date(2022, 3, 9)) == (0, 1, 3)
    assert figures(town, MARCH_10) == (1, 0, 3)


def test_a_moved_visit_waits_for_the_school_again_and_a_cancelled_one_is_gone(town: Town) -> None:
    town.plan([SCHEDULED])
    moved, dropped = agree(town, plan(town)), agree(town, plan(town, town.schools[1]))
    asked = {"reason": "Карантин", "by": town.head, "at": AT, "on": date(2022, 3, 1)}

    actions.move_visit(visit=moved, to_day=date(2022, 3, 17), **asked)
    actions.cancel_visit(visit=dropped, **asked)

    assert figures(town) == (0, 1, 3)
    assert figures(town, date(2022, 2, 28))[0] == 1


def test_a_visit_counts_on_its_day_once_its_report_is_approved(town: Town) -> None:
    town.plan([HELD])
    approve(town, plan(town))
    report(town, plan(town, town.schools[1]))
    plan(town, town.schools[2])

    assert figures(town, date(2022, 3, 9)) == (0, 0, 3)
    assert figures(town, date(2022, 3, 14)) == (0, 2, 3)
    assert figures(town, date(2022, 3, 15)) == (1, 1, 3)
    (confirmed,) = town.state().tallies[0].counted.confirmed
    assert (confirmed.name, confirmed.confirmed_on) == ("Школа № 101", MARCH_10)


def test_a_report_returned_or_called_back_does_not_count(town: Town) -> None:
    town.plan([HELD])
    visit = approve(town, plan(town))

    actions.call_back(visit=visit, by=town.head, at=AT)

    assert figures(town) == (0, 1, 3)


def test_visits_held_in_the_term_and_approved_after_it_are_in_time(town: Town) -> None:
    town.plan([HELD])
    for school in town.schools:
        visit = hold(town, plan(town, school))
        approve(town, report(town, visit, date(2022, 6, 2)), date(2022, 6, 3))

    assert town.state(MAY_31).status.code == "at_risk"
    assert town.state(date(2022, 6, 3)).status.code == "done"


def test_a_visit_held_after_its_stage_makes_the_line_late(town: Town) -> None:
    town.plan([HELD])
    for school in town.schools:
        visit = hold(town, plan(town, school), date(2022, 6, 3))
        approve(town, report(town, visit, date(2022, 6, 4)), date(2022, 6, 5))

    status = town.state().status
    assert (status.code, status.late_by) == ("done_late", 3)


def test_a_line_counts_the_visits_of_its_own_stage(town: Town) -> None:
    town.plan([HELD])
    visit = hold(town, plan(town, day=date(2022, 8, 30)), date(2022, 8, 30))
    approve(town, report(town, visit, date(2022, 9, 1)), date(2022, 9, 2))

    assert figures(town) == (0, 0, 3)
    town.lines[0].starts_on, town.lines[0].ends_on = date(2022, 8, 1), date(2022, 11, 30)
    town.lines[0].save()
    assert figures(town) == (1, 0, 3)


def test_each_owes_as_many_visits_as_the_rule_says(town: Town) -> None:
    town.plan([("visits_held", "schools", 2)])
    approve(town, plan(town))
    assert figures(town) == (0, 1, 3)

    second = hold(town, plan(town, day=date(2022, 4, 5)), date(2022, 4, 5))
    approve(town, report(town, second, date(2022, 4, 6)), date(2022, 4, 7))
    assert figures(town) == (1, 0, 3)


@pytest.mark.parametrize(
    ("scope", "number", "expected"),
    [("number", 3, 3), ("curators", 1, 1), ("one", 1, 1), ("municipalities", 1, 1)],
)
def test_visits_count_for_whom_the_rule_names(town: Town, scope: str, number: int, expected: int) -> None:
    town.plan([("visits_held", scope, number)])
    approve(town, plan(town))

    assert figures(town) == (1, 0, expected)


def test_a_word_and_an_approved_paper_about_a_school_keep_counting(town: Town) -> None:
    town.plan([SCHEDULED, HELD])
    town.word(school=town.schools[0], confirmed_on=date(2022, 5, 6))
    town.approved(school=town.schools[1])
    approve(town, plan(town, town.schools[2]))

    assert figures(town) == (3, 0, 3)
    assert town.state().status.code == "done"


def test_a_school_of_two_promises_is_one_school(town: Town) -> None:
    town.plan([SCHEDULED, HELD])
    agree(town, plan(town))
    report(town, plan(town, town.schools[1]))

    state = town.state()

    assert [(one.counted.found, len(one.counted.reported)) for one in state.tallies] == [(2, 0), (0, 1)]
    assert (state.found, state.reported, state.expected, state.unit) == (0, 1, 3, "школ")
    assert [one.name for one in state.missing] == ["Школа № 103", "Школа № 101"]
    assert [one.name for one in state.waiting] == ["Школа № 102"]


def test_an_old_reading_is_told_against_what_was_expected_on_its_day(town: Town) -> None:
    town.plan([SCHEDULED, HELD])
    readings = [
        Reading(
            activity=town.lines[0],
            taken_on=on,
            status="running",
            expected=6,
            found=found,
            reported=0,
            excused=0,
        )
        for on, found in ((date(2022, 3, 1), 1), (date(2022, 4, 1), 5))
    ]

    growth = growth_of(readings, town.state())

    assert growth is not None
    assert growth.words.startswith("Подтверждено 5 из 6;")


def test_a_curator_counts_when_the_report_of_the_stage_is_approved(town: Town) -> None:
    town.appoint("curator", town.schools[0], town.curators[1])
    town.plan([FILLED], **REPORTS)
    first, second = make_stages(town)
    hand_in(town, first, approved_on=date(2022, 5, 25))
    hand_in(town, first, 1)
    hand_in(town, second, 1, sent_on=date(2022, 5, 21), approved_on=date(2022, 5, 22))

    assert figures(town, date(2022, 5, 19)) == (0, 0, 2)
    assert figures(town, date(2022, 5, 24)) == (0, 2, 2)
    assert figures(town, date(2022, 5, 25)) == (1, 1, 2)


def test_a_report_not_handed_in_or_returned_is_missing(town: Town) -> None:
    town.plan([FILLED], **REPORTS)
    first, _ = make_stages(town)
    made = hand_in(town, first, returned_on=date(2022, 5, 23))

    assert figures(town, date(2022, 5, 22)) == (0, 1, 1)
    assert figures(town, date(2022, 5, 23)) == (0, 0, 1)
    made.sent_on = made.returned_on = None
    made.save()
    assert figures(town) == (0, 0, 1)


def test_a_questionnaire_of_curators_is_not_filled_by_their_reports(town: Town) -> None:
    town.plan([FILLED], text="Анкетирование кураторов", promise="Кураторы заполнили анкету")
    first, _ = make_stages(town)
    hand_in(town, first, approved_on=date(2022, 5, 25))

    assert figures(town) == (0, 0, 1)
    town.approved(curator=town.curators[0])
    assert figures(town) == (1, 0, 1)


def test_a_curators_report_as_a_paper_keeps_counting(town: Town) -> None:
    town.plan([FILLED], **REPORTS)
    town.approved(curator=town.curators[0])

    assert figures(town) == (1, 0, 1)


def test_towns_do_not_count_each_others_visits(town: Town) -> None:
    other = make_visited_town(name="Соседск")
    for one in (town, other):
        one.plan([HELD])
    approve(town, plan(town))

    states = standings([town.roadmap, other.roadmap], TODAY)

    assert [group[0].found for group in states.values()] == [1, 0]


@pytest.mark.parametrize(("rules", "asked"), [([SCHEDULED, HELD], VISITS_QUERIES), ([FILLED], FORMS_QUERIES)])
def test_three_lines_and_three_hundred_cost_the_same(
    db: None, rules: list[tuple[str, str, int]], asked: int
) -> None:
    few, many = make_visited_town(name="Малый"), make_visited_town(name="Большой")
    few.plan(*[rules] * 3, **REPORTS)
    many.plan(*[rules] * 300, **REPORTS)
    for town in (few, many):
        approve(town, plan(town))

    for roadmaps in ([few.roadmap], [many.roadmap], [few.roadmap, many.roadmap]):
        with CaptureQueriesContext(connection) as captured:
            states = standings(roadmaps, TODAY)
        assert sum(state.expected for group in states.values() for state in group) > 0
        assert len(captured) == asked


FIRST = StageDays(1, date(2022, 2, 1), MAY_31)
SECOND = StageDays(2, date(2022, 8, 1), date(2022, 11, 30))


@pytest.mark.parametrize(
    ("since", "until", "stages"),
    [
        (date(2022, 2, 1), MAY_31, {1}),
        (date(2022, 5, 1), MAY_31, {1}),
        (None, date(2022, 9, 30), {2}),
        (date(2022, 5, 20), date(2022, 8, 20), {2}),
        (date(2022, 6, 1), date(2022, 6, 30), {1}),
        (date(2022, 12, 1), date(2022, 12, 20), {2}),
        (date(2022, 1, 1), date(2022, 12, 31), {1, 2}),
        (date(2022, 1, 1), date(2022, 1, 31), {1, 2}),
        (None, None, {1, 2}),
        (date(2022, 3, 1), None, {1}),
    ],
)
def test_a_line_speaks_of_the_stage_of_its_term(
    since: date | None, until: date | None, stages: set[int]
) -> None:
    assert stages_spoken_of([FIRST, SECOND], since, until) == stages
    assert stages_spoken_of([], since, until) == set()
