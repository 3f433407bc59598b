"""Counting by appointments, words and who is expected: schools that come and go, excuses, successors."""

from __future__ import annotations

from datetime import date

import pytest

from opora.appointments.models import Appointment
from opora.documents import actions as documents
from opora.indicators.actions import end_excuse, excuse
from opora.schools.models import Participation
from tests.indicators.town import AT, BEGAN, Town, make_town

MAY_4, MAY_5, MAY_6 = date(2022, 5, 4), date(2022, 5, 5), date(2022, 5, 6)


def test_a_school_is_covered_by_a_person_with_an_order(town: Town) -> None:
    town.plan([("people_appointed", "schools", 1)])
    town.appoint("school_coordinator", town.schools[0], since=MAY_5)
    town.appoint("school_coordinator", town.schools[1], since=MAY_5, order_number="", order_date=None)

    state = town.state()

    assert (town.state(MAY_4).found, state.found, state.reported, state.expected) == (0, 1, 1, 3)
    assert [one.name for one in state.missing] == [town.schools[2].short_name]


def test_the_duty_is_told_by_the_words_of_the_line(town: Town) -> None:
    town.plan([("people_appointed", "schools", 1)], promise="Назначены кураторы школ")
    town.appoint("school_coordinator", town.schools[0])
    assert town.state().found == 0

    town.appoint("curator", town.schools[0], town.curators[0])
    assert town.state().found == 1


def test_a_school_whose_person_is_released_waits_again_until_a_successor_comes(town: Town) -> None:
    town.plan([("people_appointed", "schools", 1)])
    school = town.schools[0]
    town.appoint("school_coordinator", school, since=BEGAN, until=MAY_4)
    assert (town.state(MAY_4).found, town.state(MAY_5).found) == (1, 0)

    town.appoint("school_coordinator", school, since=MAY_6)
    assert (town.state(MAY_5).found, town.state(MAY_6).found) == (0, 1)


def test_a_school_handed_over_without_a_gap_is_covered_since_the_first(town: Town) -> None:
    town.plan([("people_appointed", "schools", 1)])
    for school in town.schools:
        town.appoint("school_coordinator", school, since=BEGAN, until=date(2022, 8, 31))
        town.appoint("school_coordinator", school, since=date(2022, 9, 1))

    assert (town.state().found, town.state().status.code, town.state().done_on) == (3, "done", BEGAN)


def test_appointments_of_another_town_do_not_count(town: Town) -> None:
    town.plan([("people_appointed", "schools", 1)])
    other = make_town(name="г. о. Соседск")
    other.appoint("school_coordinator", other.schools[0])

    assert (town.state().found, town.state().expected) == (0, 3)


def test_a_word_is_reported_until_another_confirms_it(town: Town) -> None:
    town.plan([("attested", "one", 1)])
    word = town.word(on=MAY_4)
    assert (town.state().found, town.state().reported) == (0, 1)

    documents.confirm(attestation=word, on=MAY_6, by=town.head, at=AT)
    assert (town.state(MAY_5).found, town.state(MAY_6).found) == (0, 1)


def test_a_word_taken_back_counts_no_more(town: Town) -> None:
    town.plan([("attested", "one", 1)])
    word = town.word(on=MAY_4, confirmed_on=MAY_4)
    documents.withdraw(attestation=word, reason="Не состоялось", on=MAY_6, by=town.coordinator, at=AT)

    assert (town.state(MAY_5).found, town.state(MAY_6).found, town.state(MAY_6).reported) == (1, 0, 0)


def test_nothing_to_report_is_a_confirmed_answer(town: Town) -> None:
    town.plan([("attested", "schools", 1)])
    town.word(school=town.schools[0], is_nothing=True, confirmed_on=MAY_5)

    counted = town.state().tallies[0].counted

    assert counted.found == 1
    assert [one.name for one in counted.nothing_to_report] == [town.schools[0].short_name]


def test_an_excused_school_is_not_expected_between_its_days(town: Town) -> None:
    town.plan([("documents_ready", "schools", 1)])
    school = town.schools[0]
    made = excuse(
        activity=town.lines[0], school=school, since=MAY_5, reason="Ремонт", by=town.coordinator, at=AT
    )
    assert [town.state(day).expected for day in (MAY_4, MAY_5)] == [3, 2]
    assert [(one.name, one.reason) for one in town.state().excused] == [(school.short_name, "Ремонт")]

    end_excuse(excuse=made, until=MAY_6, by=town.coordinator, at=AT)
    assert [town.state(day).expected for day in (MAY_6, date(2022, 5, 7))] == [2, 3]


def test_an_excused_school_that_did_it_still_counts(town: Town) -> None:
    town.plan([("documents_ready", "schools", 1)])
    school = town.schools[0]
    excuse(activity=town.lines[0], school=school, since=MAY_4, reason="Ремонт", by=town.coordinator, at=AT)
    town.approved(school=school, on=MAY_5)

    assert (town.state().found, town.state().expected, town.state().excused) == (1, 3, ())


def test_an_excuse_of_one_line_leaves_the_others(town: Town) -> None:
    town.plan([("documents_ready", "schools", 1)], [("documents_ready", "schools", 1)])
    excuse(
        activity=town.lines[0],
        school=town.schools[0],
        since=MAY_4,
        reason="Ремонт",
        by=town.coordinator,
        at=AT,
    )

    assert (town.state(place=0).expected, town.state(place=1).expected) == (2, 3)


@pytest.mark.parametrize(("change", "expected"), [("joins", [2, 3]), ("leaves", [3, 2])])
def test_only_schools_taking_part_on_the_day_are_expected(
    town: Town, change: str, expected: list[int]
) -> None:
    town.plan([("documents_ready", "schools", 1)])
    rows = Participation.objects.filter(school=town.schools[0])
    if change == "joins":
        rows.update(since=MAY_5)
    else:
        rows.update(until=MAY_4)

    assert [town.state(day).expected for day in (MAY_4, MAY_5)] == expected


def test_a_curator_released_is_not_expected(town: Town) -> None:
    town.plan([("documents_ready", "curators", 1)])
    town.appoint("curator", town.schools[0], town.curators[0], until=MAY_4)

    assert [town.state(day).expected for day in (MAY_4, MAY_5)] == [1, 0]


def test_a_person_of_two_schools_is_one_curator(town: Town) -> None:
    town.plan([("documents_ready", "curators", 1)])
    for school in town.schools:
        town.appoint("curator", school, town.curators[0])

    assert town.state().expected == 1
    assert Appointment.objects.filter(duty="curator").count() == 3


def test_a_line_counted_by_an_order_alone_needs_no_schools(town: Town) -> None:
    town.plan([("people_appointed", "one", 1)])
    town.approved("Приказ о назначении", on=MAY_5)

    assert town.state().status.code == "done"
    assert town.state(MAY_4).found == 0
