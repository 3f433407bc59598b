"""Counting asks the database as many times for one line as for hundreds, for one town as for forty."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from opora.indicators.ground import Counted, Ground
from opora.indicators.models import Reading
from opora.indicators.queries import COUNTS, line_state, standings
from opora.plans.queries import activities_on
from tests.indicators.town import TODAY, Promised, Town, make_town

EVERYTHING: tuple[list[Promised], ...] = (
    [("people_appointed", "schools", 1)],
    [("documents_ready", "one", 1), ("documents_published", "one", 1)],
    [("attested", "curators", 1)],
    [("visits_scheduled", "schools", 1), ("visits_held", "schools", 1)],
    [("forms_filled", "curators", 1)],
    [("visits_held", "number", 3)],
    [("risks_chosen", "schools", 1)],
)
STANDINGS, OF_ONE_KIND = 11, 2


def queries_of(towns: list[Town]) -> int:
    with CaptureQueriesContext(connection) as captured:
        states = standings([town.roadmap for town in towns], TODAY)
        told = sum(state.expected + state.reported for group in states.values() for state in group)
    assert told > 0
    return len(captured)


def test_three_lines_and_three_hundred_cost_the_same(db: None) -> None:
    few, many = make_town(name="Малый"), make_town(name="Большой")
    few.plan(*EVERYTHING)
    many.plan(*EVERYTHING * 50)

    assert len(many.lines) == 350
    assert queries_of([few]) == queries_of([many]) == STANDINGS


def test_one_roadmap_and_forty_cost_the_same(db: None) -> None:
    towns = [make_town(1, name=f"Город {number}", curators=1) for number in range(40)]
    for town in towns:
        town.plan(*EVERYTHING)
        town.appoint("curator", town.schools[0], town.curators[0])
        town.published(school=town.schools[0])

    assert queries_of(towns[:1]) == queries_of(towns) == STANDINGS


def test_each_town_counts_its_own_schools_and_papers(db: None) -> None:
    first, second = make_town(2, name="Первый"), make_town(5, name="Второй")
    for town in (first, second):
        town.plan([("documents_ready", "schools", 1)])
    first.approved(school=first.schools[0])

    states = standings([first.roadmap, second.roadmap], TODAY)

    assert [(group[0].found, group[0].expected) for group in states.values()] == [(1, 2), (0, 5)]


def test_each_kind_asks_twice_at_most(town: Town) -> None:
    for kind, count in COUNTS.items():
        for scope in ("one", "number", "schools"):
            town.plan([(kind, scope, 1)])
            lines = activities_on([town.roadmap], TODAY)
            counted = [Counted(line.indicators.get(), line) for line in lines]
            ground = Ground([town.roadmap], lines, TODAY)
            # Who is expected, papers and words serve every kind; what a kind asks beyond them is its own.
            assert ground.expected(counted[0]) is not None
            if kind.startswith(("visits", "forms", "risks", "documents_marked", "form_templates", "sample")):
                assert (ground.proofs, ground.words) == ({}, {})
            with CaptureQueriesContext(connection) as captured:
                count(counted, ground)
            assert len(captured) <= OF_ONE_KIND, (kind, scope)


def test_one_line_is_counted_as_in_the_whole(town: Town) -> None:
    town.plan(*EVERYTHING)
    town.approved(activity=town.lines[1])
    whole = standings([town.roadmap], TODAY)[town.roadmap.pk]

    for line, state in zip(town.lines, whole, strict=True):
        assert line_state(line, TODAY).tallies == state.tallies
    assert Reading.objects.count() == 0
