"""Who of the curators needs help: the reasons in words, no rating, the same price for any number of people."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from opora.appointments.queries import access_of
from opora.visits.helping import CuratorFacts, StageNow, help_for, sum_of
from opora.visits.monitoring import curators_on
from tests.indicators.town import Town, browser_of, make_person
from tests.visits.reports_town import approved, sent
from tests.visits.town import hold, make_visited_town, plan, report

CURATORS_PAGE_QUERIES = 10
STAGE = StageNow("1 этап", date(2022, 2, 1), date(2022, 5, 31))


@pytest.fixture
def town(db: None) -> Town:
    return make_visited_town()


def facts_on(town: Town, day: date) -> CuratorFacts:
    """The first curator on a day."""
    rows, _ = curators_on(access_of(town.coordinator, day), town.coordinator, town.programme, day)
    return next(row for row in rows if row.person_id == town.curators[0].pk)


def reasons(town: Town, day: date) -> list[str]:
    rows, stage = curators_on(access_of(town.coordinator, day), town.coordinator, town.programme, day)
    found = help_for(rows[0], stage, day)
    return list(found.reasons) if found else []


def test_all_is_well_while_the_stage_is_young_and_the_visit_is_ahead(town: Town) -> None:
    plan(town)
    assert reasons(town, date(2022, 2, 20)) == []


def test_a_day_that_passed_without_a_mark_is_told(town: Town) -> None:
    plan(town)

    told = [one.replace("\xa0", " ") for one in reasons(town, date(2022, 3, 11))]

    assert "1 посещение: день прошёл, отметки нет" in told


def test_schools_without_a_visit_are_named_when_the_stage_is_half_over(town: Town) -> None:
    hold(town, plan(town))
    told = reasons(town, date(2022, 4, 5))
    assert any("Школа № 102, Школа № 103" in one and "Школа № 101" not in one for one in told)


def test_a_visit_without_a_report_is_told_after_a_week(town: Town) -> None:
    hold(town, plan(town))
    assert not any("без отчёта" in one for one in reasons(town, date(2022, 3, 17)))
    assert any("без отчёта" in one for one in reasons(town, date(2022, 3, 18)))


def test_a_report_of_a_stage_is_on_time_until_its_last_day(town: Town) -> None:
    sent(town, on=date(2022, 5, 31))
    facts = facts_on(town, date(2022, 6, 1))
    assert (facts.reports_due, facts.reports_on_time, facts.lacking) == (1, 1, [])


def test_a_stage_that_ended_without_a_report_is_told(town: Town) -> None:
    assert any("отчёта за этап нет" in one for one in reasons(town, date(2022, 6, 1)))
    assert facts_on(town, date(2022, 6, 1)).reports_on_time == 0


def test_days_of_silence_are_counted_from_the_latest_deed(town: Town) -> None:
    report(town, hold(town, plan(town)), date(2022, 3, 12))
    assert facts_on(town, date(2022, 4, 1)).silent_for(date(2022, 4, 1)) == 20
    assert any("без новых записей" in one for one in reasons(town, date(2022, 4, 11)))
    assert not any("без новых записей" in one for one in reasons(town, date(2022, 4, 10)))


def test_one_who_is_curator_no_more_is_not_called_silent() -> None:
    facts = CuratorFacts(1, "Кураторова А. П.", "Анна", since=date(2022, 1, 10))
    assert help_for(facts, STAGE, date(2022, 5, 1)) is None


def test_the_sum_names_nobody(town: Town) -> None:
    approved(town)
    total = sum_of([facts_on(town, date(2022, 6, 1))])
    assert (total.curators, total.schools, total.reports_due, total.reports_on_time) == (1, 3, 1, 1)
    assert all(isinstance(getattr(total, name), int) for name in total.__slots__)


@pytest.mark.parametrize("people", [3, 300])
def test_the_page_costs_the_same_for_any_number_of_curators(
    town: Town, people: int, django_assert_num_queries: Any
) -> None:
    for number in range(people):
        town.appoint("curator", town.schools[number % 3], make_person("Ещё"))
    client = browser_of(town.coordinator)
    with django_assert_num_queries(CURATORS_PAGE_QUERIES):
        page = client.get("/curators/").content.decode()
    assert "Готовое письмо" in page
    assert "рейтинг" not in page


def test_an_empty_place_says_what_comes_first(db: None) -> None:
    town = make_visited_town(0)
    assert "Кураторов пока нет" in browser_of(town.coordinator).get("/curators/").content.decode()
