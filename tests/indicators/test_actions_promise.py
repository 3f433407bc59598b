"""What a line is counted by and which schools it does not expect."""

from __future__ import annotations

from datetime import date

import pytest

from opora.core.models import HistoryEntry
from opora.core.refusal import Refused
from opora.indicators.actions import change_rule, end_excuse, excuse, promise, promise_all
from opora.indicators.models import Indicator
from opora.plans.actions import adopt_roadmap
from opora.plans.models import Activity
from tests.imports.ground import NOW, TODAY, Ground, draft, make_ground


@pytest.fixture
def ground(db: None) -> Ground:
    return make_ground()


@pytest.fixture
def lines(ground: Ground) -> list[Activity]:
    roadmap = adopt_roadmap(
        municipality=ground.municipality,
        programme=ground.programme,
        draft=draft(),
        file=None,
        file_name="",
        by=ground.coordinator,
        at=NOW,
    )
    return list(roadmap.activities.all())


def test_a_line_may_promise_two_things(ground: Ground, lines: list[Activity]) -> None:
    kinds = [("documents_ready", "number", 3), ("events_held", "one", 1)]

    promise(activity=lines[0], kinds=kinds, by=ground.coordinator, at=NOW)

    assert list(Indicator.objects.values_list("position", "kind", "scope", "number")) == [
        (1, "documents_ready", "number", 3),
        (2, "events_held", "one", 1),
    ]


def test_many_lines_are_promised_in_one_line_of_history(ground: Ground, lines: list[Activity]) -> None:
    before = HistoryEntry.objects.count()

    promise_all(promised={line: [("attested", "one", 1)] for line in lines}, by=ground.coordinator, at=NOW)

    assert Indicator.objects.count() == 3
    assert HistoryEntry.objects.count() == before + 1


@pytest.mark.parametrize(
    "kinds",
    [
        [],
        [("unheard_of", "one", 1)],
        [("attested", "everybody", 1)],
        [("attested", "number", 0)],
        [("attested", "one", 1), ("attested", "schools", 1)],
    ],
)
def test_a_promise_that_nothing_can_count_is_refused(
    ground: Ground, lines: list[Activity], kinds: list[tuple[str, str, int]]
) -> None:
    with pytest.raises(Refused):
        promise(activity=lines[0], kinds=kinds, by=ground.coordinator, at=NOW)

    assert not Indicator.objects.exists()


def test_a_changed_rule_replaces_the_old_one_and_remembers_it(ground: Ground, lines: list[Activity]) -> None:
    promise(activity=lines[0], kinds=[("attested", "one", 1)], by=ground.coordinator, at=NOW)

    change_rule(activity=lines[0], kinds=[("events_held", "one", 1)], by=ground.coordinator, at=NOW)

    assert Indicator.objects.get().kind == "events_held"
    assert "attested" in HistoryEntry.objects.latest("number").facts
    with pytest.raises(Refused):
        change_rule(activity=lines[0], kinds=[("events_held", "one", 1)], by=ground.coordinator, at=NOW)


def test_a_school_is_excused_with_a_reason_until_it_is_expected_again(
    ground: Ground, lines: list[Activity]
) -> None:
    made = excuse(
        activity=lines[0],
        school=ground.school,
        since=TODAY,
        reason="Ремонт",
        by=ground.coordinator,
        at=NOW,
    )

    end_excuse(excuse=made, until=date(2022, 3, 5), by=ground.coordinator, at=NOW)

    assert ground.school.excuses.get().until == date(2022, 3, 5)
    with pytest.raises(Refused):
        end_excuse(excuse=made, until=date(2022, 3, 6), by=ground.coordinator, at=NOW)


def test_an_excuse_without_a_reason_is_refused(ground: Ground, lines: list[Activity]) -> None:
    with pytest.raises(Refused):
        excuse(
            activity=lines[0], school=ground.school, since=TODAY, reason=" ", by=ground.coordinator, at=NOW
        )
