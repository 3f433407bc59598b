"""Counting the choice of risks: complete and verified counts, complete is reported, papers and words go on counting."""

from __future__ import annotations

from datetime import date

import pytest

from opora.indicators.register import KINDS_BY_CODE
from opora.programmes.models import RiskFactor
from opora.schools.actions import set_risks, verify_risks
from opora.schools.actions.risks import CellChange
from opora.schools.models import Participation, School, SchoolRisk, SchoolRiskChange
from tests.indicators.town import AT, Town

MAY_4, MAY_5, MAY_6, MAY_9 = date(2022, 5, 4), date(2022, 5, 5), date(2022, 5, 6), date(2022, 5, 9)


@pytest.fixture
def factors(town: Town) -> list[RiskFactor]:
    town.plan([("risks_chosen", "schools", 1)])
    return [
        RiskFactor.objects.create(programme=town.programme, number=number, name=f"Фактор {number}")
        for number in range(1, 8)
    ]


def part_of(school: School) -> Participation:
    return Participation.objects.get(school=school)


def choose(
    town: Town, school: School, factors: list[RiskFactor], told: dict[int, tuple[str, str, str]], on: date
) -> None:
    """Number → (level, choice, reason)."""
    rows = {row.factor_id: row.version for row in SchoolRisk.objects.filter(participation=part_of(school))}
    by_number = {factor.number: factor for factor in factors}
    changes = [
        CellChange(by_number[number], rows.get(by_number[number].pk, 0), *said)
        for number, said in told.items()
    ]
    set_risks(participation=part_of(school), changes=changes, by=town.coordinator, at=AT, on=on)


COMPLETE = {1: ("high", "chosen", ""), 2: ("middle", "chosen", ""), 3: ("high", "left", "Решено раньше")}


def test_a_complete_choice_is_reported_and_counts_when_the_curator_has_verified_it(
    town: Town, factors: list[RiskFactor]
) -> None:
    school = town.schools[0]
    choose(town, school, factors, COMPLETE, MAY_4)
    verify_risks(participation=part_of(school), by=town.curators[0], at=AT, on=MAY_6)

    before, between, after = (town.state(day) for day in (date(2022, 5, 3), MAY_5, MAY_6))

    assert (before.found, before.reported, before.expected) == (0, 0, 3)
    assert (between.found, between.reported) == (0, 1)
    assert (after.found, after.reported) == (1, 0)
    assert [one.proof for one in after.tallies[0].counted.confirmed] == [f"/risks/{school.pk}/"]


@pytest.mark.parametrize(
    "told",
    [
        {1: ("high", "chosen", "")},
        {1: ("high", "chosen", ""), 2: ("high", "open", ""), 3: ("low", "chosen", "")},
        {2: ("high", "open", "")},
        {},
    ],
    ids=["too few", "a high one undecided", "nothing chosen", "nothing known"],
)
def test_an_incomplete_choice_is_missing(
    town: Town, factors: list[RiskFactor], told: dict[int, tuple[str, str, str]]
) -> None:
    choose(town, town.schools[0], factors, told, MAY_4)

    assert (town.state().found, town.state().reported, len(town.state().missing)) == (0, 0, 3)


def test_too_many_and_unexplained_ones_are_not_complete(town: Town, factors: list[RiskFactor]) -> None:
    first, second = town.schools[:2]
    for number in range(1, 8):
        SchoolRiskChange.objects.create(
            participation=part_of(first), factor=factors[number - 1], level="low", is_chosen=number < 7,
            chosen_on=MAY_4, changed_at=AT, on=MAY_4, version=1,
        )  # fmt: skip
    choose(town, second, factors, COMPLETE, MAY_4)
    left = SchoolRiskChange.objects.filter(participation=part_of(second), is_chosen=False)
    left.update(reason="")

    assert (town.state().found, town.state().reported) == (0, 0)


def test_a_changed_choice_waits_for_the_curator_again(town: Town, factors: list[RiskFactor]) -> None:
    school = town.schools[0]
    choose(town, school, factors, COMPLETE, MAY_4)
    verify_risks(participation=part_of(school), by=town.curators[0], at=AT, on=MAY_6)
    choose(town, school, factors, {4: ("low", "chosen", "")}, MAY_9)

    assert (town.state().found, town.state().reported) == (0, 1)


def test_what_is_decided_later_is_not_known_yet(town: Town, factors: list[RiskFactor]) -> None:
    choose(town, town.schools[0], factors, COMPLETE, MAY_4)
    choose(town, town.schools[0], factors, {2: ("middle", "open", ""), 4: ("low", "chosen", "")}, MAY_9)

    reported = [town.state(day).reported for day in (date(2022, 5, 3), MAY_4, MAY_6, MAY_9)]
    assert reported == [0, 1, 1, 1], "whole on each of these days, of other factors"


def test_a_choice_of_a_past_day_stays_as_it_was(town: Town, factors: list[RiskFactor]) -> None:
    school = town.schools[0]
    choose(town, school, factors, COMPLETE, MAY_4)
    verify_risks(participation=part_of(school), by=town.curators[0], at=AT, on=MAY_5)
    choose(town, school, factors, {4: ("low", "chosen", "")}, MAY_9)

    told = [(town.state(day).found, town.state(day).reported) for day in (MAY_4, MAY_6, MAY_9)]
    assert told == [(0, 1), (1, 0), (0, 1)]


def test_papers_and_words_of_a_school_go_on_counting(town: Town, factors: list[RiskFactor]) -> None:
    by_choice, by_paper, by_word = town.schools
    choose(town, by_choice, factors, COMPLETE, MAY_4)
    verify_risks(participation=part_of(by_choice), by=town.curators[0], at=AT, on=MAY_5)
    town.approved(school=by_paper, on=MAY_5)
    town.word(school=by_word, on=MAY_5, confirmed_on=MAY_5)
    town.word(school=by_choice, on=MAY_5, confirmed_on=MAY_5)

    assert (town.state().found, town.state().expected, town.state().status.code) == (3, 3, "done")


def test_choices_of_schools_prove_a_number_but_not_one_thing_of_the_centre(
    town: Town, factors: list[RiskFactor]
) -> None:
    town.plan([("risks_chosen", "number", 2)], [("risks_chosen", "one", 1)])
    for school in town.schools[:2]:
        choose(town, school, factors, COMPLETE, MAY_4)
        verify_risks(participation=part_of(school), by=town.curators[0], at=AT, on=MAY_5)

    assert [town.state(place=place).found for place in (0, 1)] == [2, 0]


def test_the_rule_is_told_as_built() -> None:
    kind = KINDS_BY_CODE["risks_chosen"]
    assert kind.is_built
    assert "подтверждён куратором" in kind.rule
