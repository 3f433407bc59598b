"""Counting by papers: ready, published, for one, a number, each school, each curator; past days; going back."""

from __future__ import annotations

from datetime import date

import pytest

from opora.documents import actions as documents
from opora.indicators.models import Indicator
from tests.indicators.town import AT, Town

MAY_4, MAY_5, MAY_6, MAY_31, JUNE_1 = (
    date(2022, 5, 4), date(2022, 5, 5), date(2022, 5, 6), date(2022, 5, 31), date(2022, 6, 1),
)  # fmt: skip


@pytest.mark.parametrize("kind", ["documents_ready", "attested"])
def test_a_paper_is_reported_when_entered_and_counts_since_its_approval(town: Town, kind: str) -> None:
    town.plan([(kind, "one", 1)])
    document = town.document(on=MAY_4)
    documents.approve(document=document, on=MAY_6, by=town.head, at=AT)

    before, between, after = (town.state(day) for day in (date(2022, 5, 3), MAY_5, MAY_6))

    assert (before.found, before.reported, before.expected) == (0, 0, 1)
    assert (between.found, between.reported) == (0, 1)
    assert (after.found, after.reported, after.done_on) == (1, 0, MAY_6)
    assert after.status.code == "done"


def test_a_paper_returned_with_a_question_does_not_count(town: Town) -> None:
    town.plan([("documents_ready", "one", 1)])
    document = town.document()
    documents.send_for_approval(document=document, by=town.coordinator, at=AT, on=MAY_5)
    documents.return_with_question(document=document, question="Где список?", on=MAY_6, by=town.head, at=AT)

    assert (town.state(MAY_6).found, town.state(MAY_6).reported) == (0, 1)


def test_a_line_is_late_the_day_after_its_term_and_done_late_when_the_paper_comes(town: Town) -> None:
    town.plan([("documents_ready", "one", 1)])
    town.approved(on=date(2022, 6, 10))

    assert town.state(MAY_31).status.code == "at_risk"
    assert (town.state(JUNE_1).status.code, town.state(JUNE_1).status.late_by) == ("late", 1)
    assert (town.state().status.code, town.state().status.late_by) == ("done_late", 10)


def test_a_published_line_waits_for_publication_and_goes_back_when_it_is_taken_down(town: Town) -> None:
    town.plan([("documents_published", "one", 1)])
    document = town.approved(on=MAY_4)
    assert (town.state().found, town.state().reported) == (0, 1)

    publication = documents.publish(document=document, where="portal", on=MAY_5, by=town.head, at=AT)
    assert (town.state(MAY_4).found, town.state(MAY_5).found) == (0, 1)

    documents.take_down(publication=publication, reason="Опечатка", on=JUNE_1, by=town.head, at=AT)
    assert (town.state(MAY_31).found, town.state(JUNE_1).found) == (1, 0)
    assert town.state(JUNE_1).status.code == "late"


def test_a_paper_published_in_two_places_is_one(town: Town) -> None:
    town.plan([("documents_published", "number", 2)])
    document = town.published(on=MAY_5)
    documents.publish(
        document=document,
        where="elsewhere",
        address="https://school.example/1",
        on=MAY_6,
        by=town.head,
        at=AT,
    )

    assert (town.state().found, town.state().expected) == (1, 2)
    assert town.state().status.code == "late"


def test_a_number_counts_different_papers(town: Town) -> None:
    town.plan([("documents_ready", "number", 3)])
    for day in (MAY_4, MAY_5):
        town.approved(f"Справка {day.day}", on=day)
    assert (town.state().found, town.state().expected, town.state().missing) == (2, 3, ())

    town.approved("Справка 6", on=MAY_6)
    assert (town.state().done_on, town.state().status.code) == (MAY_6, "done")


@pytest.mark.parametrize("kind", ["documents_ready", "documents_published", "attested"])
def test_each_school_is_waited_for_by_name(town: Town, kind: str) -> None:
    town.plan([(kind, "schools", 1)])
    first, second, third = town.schools
    town.published(school=first, on=MAY_4)
    town.document(school=second, on=MAY_5)

    state = town.state()

    assert (state.found, state.expected, state.reported) == (1, 3, 1)
    assert [one.name for one in state.missing] == [third.short_name]
    assert [one.name for one in state.tallies[0].counted.confirmed] == [first.short_name]


def test_a_paper_of_no_school_counts_for_none_of_them(town: Town) -> None:
    town.plan([("documents_ready", "schools", 1)])
    town.approved()

    assert (town.state().found, town.state().reported) == (0, 0)


def test_each_owes_as_many_as_the_rule_says(town: Town) -> None:
    town.plan([("documents_ready", "schools", 2)])
    school = town.schools[0]
    town.approved("График, 1 этап", school=school, on=MAY_4)
    assert (town.state().found, town.state().reported) == (0, 1)

    town.approved("График, 2 этап", school=school, on=MAY_6)
    assert (town.state(MAY_5).found, town.state(MAY_6).found, town.state().expected) == (0, 1, 3)


def test_each_curator_in_force_is_waited_for(town: Town) -> None:
    town.plan([("documents_ready", "curators", 1)])
    first, second = town.curators
    town.appoint("curator", town.schools[0], first)
    town.appoint("curator", town.schools[1], second)
    town.approved("Отчёт куратора", curator=first, on=MAY_5)

    state = town.state()

    assert (state.found, state.expected, state.unit) == (1, 2, "кураторов")
    assert [one.name for one in state.missing] == [second.short_name]


def test_a_municipality_is_one(town: Town) -> None:
    town.plan([("documents_ready", "municipalities", 1)])
    assert [one.name for one in town.state().missing] == [town.municipality.name]

    town.approved(on=MAY_5)
    assert town.state().status.code == "done"


def test_a_line_of_two_promises_is_done_when_both_are(town: Town) -> None:
    town.plan([("documents_ready", "one", 1), ("documents_published", "one", 1)])
    document = town.approved(on=MAY_5)
    assert (town.state().found, town.state().expected, town.state().status.code) == (1, 2, "late")
    assert [one.status.code for one in town.state().tallies] == ["done", "late"]

    documents.publish(document=document, where="portal", on=MAY_6, by=town.head, at=AT)
    assert (town.state().done_on, town.state().status.code) == (MAY_6, "done")


def test_a_line_of_a_kind_without_a_room_is_counted_by_paper(town: Town) -> None:
    town.plan([("visits_held", "schools", 1)])
    town.approved(school=town.schools[0], on=MAY_5)

    assert (town.state().found, town.state().expected) == (1, 3)


def test_a_line_without_a_rule_is_judged_by_its_term(town: Town) -> None:
    town.plan([("documents_ready", "one", 1)])
    Indicator.objects.all().delete()

    assert (town.state().tallies, town.state().expected) == ((), 0)
    assert (town.state(MAY_5).status.code, town.state(JUNE_1).status.code) == ("running", "late")
