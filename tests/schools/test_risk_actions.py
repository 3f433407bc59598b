"""Changing the cells of a profile: conflicts, reasons, limits, the curator's word and its fall."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from opora.core.models import HistoryEntry
from opora.core.refusal import Refused
from opora.programmes.models import RiskFactor
from opora.schools.actions import load_risks, set_risks, verify_risks
from opora.schools.actions.risks import CellChange, CellConflict, ReasonNeeded
from opora.schools.models import SchoolRisk
from opora.schools.risks import history_of_profile
from tests.appointments.town import AT, TODAY, Town
from tests.schools.risk_town import MARCH, add_factors, cell_of, choose, complete, part_of, verified


@pytest.fixture
def factors(town: Town) -> list[RiskFactor]:
    return add_factors(town)


def put(town: Town, change: CellChange, on: date = MARCH) -> int:
    return set_risks(
        participation=part_of(town.schools[0]), changes=[change], by=town.coordinator, at=AT, on=on
    )


def test_a_cell_keeps_level_choice_reason_day_and_person(town: Town, factors: list[RiskFactor]) -> None:
    choose(town, town.schools[0], {1: ("high", "left", "  Решено  раньше ")})

    cell = cell_of(town.schools[0], 1)
    assert cell is not None
    assert (cell.level, cell.is_chosen, cell.reason) == ("high", False, "Решено раньше")
    assert (cell.chosen_on, cell.changed_at, cell.changed_by, cell.version) == (
        MARCH,
        AT,
        town.coordinator,
        1,
    )


def test_the_history_says_who_changed_what(town: Town, factors: list[RiskFactor]) -> None:
    school = town.schools[0]
    choose(town, school, {1: ("high", "open", "")})
    choose(town, school, {1: ("high", "chosen", ""), 2: ("low", "chosen", "")}, by=town.keeper)

    entries = history_of_profile(part_of(school), 1)
    facts = json.loads(entries[0].facts)
    assert [entry.person for entry in entries] == [str(town.keeper), str(town.coordinator)]
    assert facts["cells"]["1"] == {"was": "высокая", "became": "высокая, в работе"}
    assert [entry.numbers for entry in history_of_profile(part_of(school), 2)] == [frozenset({1, 2})]


def test_the_same_sent_twice_is_one_change(town: Town, factors: list[RiskFactor]) -> None:
    change = CellChange(factors[0], 0, "high", "chosen", "")
    assert (put(town, change), put(town, change)) == (1, 0)
    assert HistoryEntry.objects.filter(verb="risks.changed").count() == 1


def test_two_people_in_one_cell_get_both_values_and_nothing_is_lost(
    town: Town, factors: list[RiskFactor]
) -> None:
    choose(town, town.schools[0], {1: ("high", "chosen", "")}, by=town.keeper)

    with pytest.raises(CellConflict, match="изменил другой человек") as caught:
        put(town, CellChange(factors[0], 0, "low", None, None))

    ((wanted, stands),) = caught.value.cells
    assert (caught.value.code, caught.value.status) == ("R-CONFLICT", 409)
    assert (wanted.level, stands.level, stands.changed_by) == ("low", "high", town.keeper)
    cell = cell_of(town.schools[0], 1)
    assert cell is not None
    assert cell.level == "high"


def test_two_people_in_two_cells_do_not_meet(town: Town, factors: list[RiskFactor]) -> None:
    put(town, CellChange(factors[0], 0, "high"))
    put(town, CellChange(factors[1], 0, "low"))
    assert SchoolRisk.objects.count() == 2


def test_one_cell_in_conflict_keeps_the_whole_form_unwritten(town: Town, factors: list[RiskFactor]) -> None:
    choose(town, town.schools[0], {1: ("high", "chosen", "")})
    with pytest.raises(CellConflict):
        set_risks(
            participation=part_of(town.schools[0]),
            changes=[CellChange(factors[0], 0, "low"), CellChange(factors[1], 0, "low")],
            by=town.coordinator,
            at=AT,
            on=MARCH,
        )
    assert cell_of(town.schools[0], 2) is None


def test_a_high_one_left_out_needs_a_reason(town: Town, factors: list[RiskFactor]) -> None:
    with pytest.raises(ReasonNeeded, match="№ 1") as caught:
        put(town, CellChange(factors[0], 0, "high", "left", "  "))
    assert caught.value.numbers == (1,)
    assert SchoolRisk.objects.count() == 0
    assert put(town, CellChange(factors[0], 0, "middle", "left", "")) == 1


def test_a_level_that_rises_under_an_old_choice_leaves_the_reason_to_the_school(
    town: Town, factors: list[RiskFactor]
) -> None:
    put(town, CellChange(factors[0], 0, "low", "left", ""))
    put(town, CellChange(factors[0], 1, "high", None, None))

    cell = cell_of(town.schools[0], 1)
    assert cell is not None
    assert cell.lacks_reason


def test_a_reason_goes_when_the_factor_is_taken_after_all(town: Town, factors: list[RiskFactor]) -> None:
    put(town, CellChange(factors[0], 0, "high", "left", "Нет средств"))
    put(town, CellChange(factors[0], 1, None, "chosen", None))

    cell = cell_of(town.schools[0], 1)
    assert cell is not None
    assert (cell.is_chosen, cell.reason) == (True, "")


def test_more_than_the_programme_allows_are_refused(town: Town, factors: list[RiskFactor]) -> None:
    town.programme.most_risks = 2
    town.programme.save()
    choose(town, town.schools[0], {1: ("low", "chosen", ""), 2: ("low", "chosen", "")})
    with pytest.raises(Refused, match="не больше 2, а получится 3"):
        put(town, CellChange(factors[2], 0, "low", "chosen", ""))
    choose(town, town.schools[0], {1: ("low", "open", ""), 3: ("low", "chosen", "")})


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"level": "huge"}, "Значимости «huge» нет"),
        ({"choice": "left", "reason": "п" * 301}, "301 знаков"),
        ({"choice": "left", "reason": "нет\x00средств"}, "недопустимые символы"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(
    town: Town, factors: list[RiskFactor], change: dict[str, str], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        put(town, CellChange(factors[0], 0, **change))
    assert SchoolRisk.objects.count() == 0


def test_a_day_that_has_not_come_is_refused(town: Town, factors: list[RiskFactor]) -> None:
    complete(town, town.schools[0])
    later = date(2022, 9, 16)
    for deed in (
        lambda: put(town, CellChange(factors[3], 0, "low"), on=later),
        lambda: verify_risks(participation=part_of(town.schools[0]), by=town.curator, at=AT, on=later),
    ):
        with pytest.raises(Refused, match="ещё не наступило"):
            deed()


def test_the_curator_verifies_the_whole_choice_and_it_falls_with_a_change(
    town: Town, factors: list[RiskFactor]
) -> None:
    school = town.schools[0]
    verified(town, school)
    assert SchoolRisk.objects.filter(verified_by=town.curator, verified_on=TODAY).count() == 3

    choose(town, school, {4: ("low", "chosen", "")})
    assert not SchoolRisk.objects.filter(verified_on__isnull=False).exists()
    verbs = [entry.verb for entry in history_of_profile(part_of(school))]
    assert verbs[:3] == ["risks.verification_fell", "risks.changed", "risks.verified"]


def test_the_word_falls_also_when_only_the_verified_cell_changes(
    town: Town, factors: list[RiskFactor]
) -> None:
    school = town.schools[0]
    verified(town, school)
    choose(town, school, {1: ("middle", "chosen", "")})
    assert HistoryEntry.objects.filter(verb="risks.verification_fell").count() == 1
    assert not SchoolRisk.objects.filter(verified_on__isnull=False).exists()


def test_what_is_not_complete_is_not_verified(town: Town, factors: list[RiskFactor]) -> None:
    choose(town, town.schools[0], {1: ("high", "open", ""), 2: ("low", "chosen", "")})
    with pytest.raises(Refused, match=r"выбрано 1, нужно не меньше 2; № 1: высокая"):
        verify_risks(participation=part_of(town.schools[0]), by=town.curator, at=AT, on=TODAY)


def test_a_choice_is_not_verified_before_it_was_made(town: Town, factors: list[RiskFactor]) -> None:
    complete(town, town.schools[0])
    with pytest.raises(Refused, match=r"01\.03\.2022: подтвердить его раньше нельзя"):
        verify_risks(participation=part_of(town.schools[0]), by=town.curator, at=AT, on=date(2022, 2, 1))


def test_a_second_word_of_the_curator_changes_nothing(town: Town, factors: list[RiskFactor]) -> None:
    verified(town, town.schools[0])
    verify_risks(participation=part_of(town.schools[0]), by=town.coordinator, at=AT, on=TODAY)
    assert HistoryEntry.objects.filter(verb="risks.verified").count() == 1


def test_a_loaded_table_is_all_or_nothing(town: Town, factors: list[RiskFactor]) -> None:
    first, second = (part_of(school) for school in town.schools[:2])
    choose(town, second.school, {1: ("high", "open", "")})
    loads = [
        (first, [CellChange(factors[0], 0, "high", "left", None)]),
        (second, [CellChange(factors[0], 0, "low", None, None)]),
    ]
    said = {"by": town.coordinator, "at": AT, "on": MARCH}
    with pytest.raises(CellConflict):
        load_risks(loads=loads, **said)
    assert cell_of(first.school, 1) is None

    assert load_risks(loads=loads[:1], file_name="Профиль.xlsx", file="a" * 64, **said) == 1
    facts = json.loads(HistoryEntry.objects.filter(verb="risks.changed").latest("number").facts)
    assert (facts["source"], facts["sha256"]) == ("Профиль.xlsx", "a" * 64)


def test_the_table_itself_holds_one_cell_and_no_word_without_a_choice(
    town: Town, factors: list[RiskFactor]
) -> None:
    part = part_of(town.schools[0])
    SchoolRisk.objects.create(participation=part, factor=factors[0], changed_at=AT)
    for wrong in (
        {"factor": factors[0]},
        {"factor": factors[1], "verified_on": TODAY},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            SchoolRisk.objects.create(participation=part, changed_at=AT, **wrong)
