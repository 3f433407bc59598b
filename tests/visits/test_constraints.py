"""The base itself refuses what cannot be: each constraint of the room broken once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from opora.visits.models import CuratorReport, Feed, Move, Visit
from tests.indicators.town import Town
from tests.visits.town import MARCH_10, NOTED, make_stages, make_visited_town, plan


@pytest.fixture
def town(db: None) -> Town:
    return make_visited_town(1)


@pytest.mark.parametrize(
    ("days", "name"),
    [
        ({"reported_on": MARCH_10}, "visit_report_after_held"),
        ({"held_on": MARCH_10, "approved_on": MARCH_10}, "visit_approval_after_report"),
        ({"held_on": MARCH_10, "cancelled_on": MARCH_10}, "visit_cancelled_was_not_held"),
    ],
)
def test_days_of_a_visit_that_contradict_each_other(town: Town, days: dict[str, Any], name: str) -> None:
    visit = plan(town)

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Visit.objects.filter(pk=visit.pk).update(**days)


def test_a_curator_is_expected_at_a_school_once_a_day(town: Town) -> None:
    visit = plan(town)
    visit.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        visit.save(force_insert=True)
    visit.cancelled_on = NOTED
    visit.save(force_insert=True)
    assert Visit.objects.count() == 2


def test_a_move_changes_the_day(town: Town) -> None:
    visit = plan(town)

    with pytest.raises(IntegrityError, match="move_changes_day"), transaction.atomic():
        Move.objects.create(
            visit=visit, from_day=MARCH_10, to_day=MARCH_10, reason="Так", moved_on=NOTED, moved_by=town.head
        )


def test_a_curator_reports_a_stage_once_and_in_order(town: Town) -> None:
    first, _ = make_stages(town)
    said = {"programme": town.programme, "stage": first, "curator": town.curators[0], "begun_on": NOTED}
    CuratorReport.objects.create(**said)

    with pytest.raises(IntegrityError), transaction.atomic():
        CuratorReport.objects.create(**said)
    with pytest.raises(IntegrityError, match="curator_report_order"), transaction.atomic():
        CuratorReport.objects.update(approved_on=date(2022, 6, 1))


def test_a_person_has_one_feed_of_each_thing(town: Town) -> None:
    roadmap = town.plan([("visits_held", "schools", 1)])
    said = {"owner": town.head, "nonce": "a", "made_at": roadmap.adopted_at}
    for fields in (
        {"about": "person"},
        {"about": "school", "school": town.schools[0]},
        {"about": "roadmap", "roadmap": roadmap},
    ):
        Feed.objects.create(**said, **fields)
        with pytest.raises(IntegrityError), transaction.atomic():
            Feed.objects.create(**said, **fields)
