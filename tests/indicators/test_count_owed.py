"""Counting owed papers: marked in ИС МЭДК, approved as a set, and the forms of the register by factor."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opora.documents.actions.form_templates import add_form, withdraw_form
from opora.documents.models import FormTemplate
from opora.indicators.queries import standings
from opora.indicators.register import KINDS_BY_CODE
from tests.documents.owed_town import APRIL, choose, confirm_all, factor, furnish, mark, paper
from tests.house.world_marks import blank
from tests.indicators.town import AT, TODAY, Town, make_town

MAY_4, MAY_5 = date(2022, 5, 4), date(2022, 5, 5)
OWED = "Концептуальные документы разработаны школами-участницами проекта"


@pytest.fixture
def town(db: None) -> Town:
    made = make_town()
    furnish(made)
    return made


def add(town: Town, number: str, *factors: int, line: int = 0, on: date = APRIL) -> FormTemplate:
    return add_form(
        programme=town.programme,
        municipality=town.municipality,
        number=number,
        title=f"Форма {number}",
        factors=[factor(one) for one in factors],
        activity=town.lines[line],
        content=blank(number),
        file_name="форма.docx",
        by=town.coordinator,
        at=AT,
        on=on,
    )


def names(found: Any) -> list[str]:
    return [one.name for one in found]


def test_a_school_counts_when_all_its_papers_are_confirmed_and_is_reported_when_all_are_loaded(
    town: Town,
) -> None:
    town.plan([("documents_marked", "schools", 1)])
    first, second, third = town.schools
    for school in (first, second, third):
        choose(town, school, 1, 2)
    confirm_all(town, first, (1, 2), MAY_4)
    confirm_all(town, second, (1,), MAY_4)
    mark(town, second, "anti-risk-programme", 2, "loaded", MAY_5)
    confirm_all(town, third, (1,), MAY_4)

    before, then, now = (town.state(day) for day in (APRIL, MAY_4, TODAY))

    assert (before.found, before.reported, before.expected) == (0, 0, 3)
    assert (then.found, then.reported) == (1, 0)
    assert (now.found, now.reported, names(now.missing)) == (1, 1, ["Школа № 103"])


def test_a_paper_that_came_back_or_was_taken_off_no_longer_counts(town: Town) -> None:
    town.plan([("documents_marked", "schools", 1)])
    school = town.schools[0]
    choose(town, school, 1)
    confirm_all(town, school, (1,), MAY_4)
    mark(town, school, "anti-risk-programme", 1, "returned", MAY_5, words="Нет показателей")

    assert (town.state(MAY_4).found, town.state(MAY_5).found, town.state(MAY_5).reported) == (1, 0, 0)


def test_without_a_choice_of_risks_nobody_knows_what_is_owed(town: Town) -> None:
    town.plan([("documents_marked", "schools", 1)])
    confirm_all(town, town.schools[0], ())

    assert (town.state().found, town.state().reported) == (0, 0)


def test_an_approved_concept_is_not_a_concept_in_the_system_but_a_note_about_it_is(town: Town) -> None:
    town.plan([("documents_marked", "schools", 1)])
    first, second, third = town.schools
    paper(town, first, "development-concept", activity=town.lines[0], approved_on=MAY_4)
    town.approved("Справка о загрузке", school=second)
    town.word(school=third, on=MAY_5, confirmed_on=MAY_5)

    assert (town.state().found, names(town.state().missing)) == (2, ["Школа № 101"])


def test_owed_papers_count_as_a_set_wherever_they_are_bound(town: Town) -> None:
    town.plan([("documents_ready", "schools", 1)], text=OWED, promise="")
    first, second, third = town.schools
    for school in (first, second):
        choose(town, school, 1)
        paper(town, school, "development-concept", approved_on=MAY_4, activity=town.lines[0])
        paper(town, school, "school-note", approved_on=MAY_4)
    paper(town, first, "anti-risk-programme", 1, approved_on=MAY_5)
    paper(town, second, "anti-risk-programme", 1)
    paper(town, third, "development-concept", approved_on=MAY_4, activity=town.lines[0])

    then, now = town.state(MAY_4), town.state(TODAY)

    assert (then.found, now.found, now.reported, names(now.missing)) == (0, 1, 1, ["Школа № 103"])


def test_a_line_that_names_no_owed_paper_counts_as_before(town: Town) -> None:
    town.plan([("documents_ready", "schools", 1)], text="Подготовка планов школами", promise="")
    town.approved(school=town.schools[0])
    paper(town, town.schools[1], "development-concept", activity=town.lines[0], approved_on=MAY_5)

    assert town.state().found == 2


def test_each_factor_in_work_needs_a_form(town: Town) -> None:
    town.plan([("form_templates_ready", "one", 1)])
    choose(town, town.schools[0], 1, 2)
    choose(town, town.schools[1], 2)
    add(town, "1", 1)

    assert (town.state().found, town.state().expected) == (1, 2)
    assert names(town.state().missing) == ["Фактор номер 2"]

    other = add(town, "2", 2, 3, on=MAY_4)
    assert (town.state(APRIL).found, town.state(MAY_4).found, town.state().status.code) == (1, 2, "done")

    withdraw_form(template=other, reason="Новая форма", by=town.coordinator, at=AT, on=MAY_5)
    assert (town.state(MAY_4).found, town.state(MAY_5).found) == (2, 1)


def test_a_number_of_forms_and_schools_by_their_factors(town: Town) -> None:
    town.plan([("form_templates_ready", "number", 2)], [("form_templates_ready", "schools", 1)])
    choose(town, town.schools[0], 1)
    choose(town, town.schools[1], 1, 2)
    for line in (0, 1):
        add(town, f"{line}", 1, line=line)

    assert (town.state().found, town.state().expected) == (1, 2)
    assert (town.state(place=1).found, town.state(place=1).expected) == (1, 3)


def test_while_the_register_is_empty_a_paper_of_the_register_counts(town: Town) -> None:
    town.plan([("form_templates_ready", "one", 1)])
    choose(town, town.schools[0], 1)
    town.approved("Реестр форм")

    assert town.state().status.code == "done"


@pytest.mark.parametrize("code", ["documents_marked", "documents_ready", "form_templates_ready"])
def test_many_lines_of_many_schools_cost_as_one(code: str, db: None) -> None:
    costs = []
    for schools, lines in ((2, 2), (30, 40)):
        town = make_town(schools, name=f"Город {schools}")
        furnish(town)
        town.plan(*[[(code, "schools", 1)]] * lines, text=OWED)
        for school in town.schools:
            choose(town, school, 1, 2)
            confirm_all(town, school, (1, 2))
            paper(town, school, "development-concept", approved_on=MAY_4)
        add(town, "1", 1)
        with CaptureQueriesContext(connection) as captured:
            assert standings([town.roadmap], TODAY)[town.roadmap.pk]
        costs.append(len(captured))

    assert costs[0] == costs[1] <= 9


def test_the_rules_are_told_as_built() -> None:
    assert all(
        KINDS_BY_CODE[code].is_built
        for code in ("documents_marked", "documents_ready", "form_templates_ready")
    )
    assert "на каждый выбранный риск" in KINDS_BY_CODE["documents_marked"].rule
