"""A fictional town with two stages and a curator for visits: made by the public deeds of this room."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from opora.accounts.models import User
from opora.programmes.models import Stage
from opora.schools.models import School
from opora.visits import actions
from opora.visits.models import Visit
from tests.indicators.town import Town, make_town

AT = datetime(2022, 9, 15, 9, 0, tzinfo=UTC)
TODAY = date(2022, 9, 15)
NOTED = date(2022, 2, 1)
MARCH_10 = date(2022, 3, 10)
SHEET = {"seen": "Урок математики, 7 класс"}


def make_stages(town: Town) -> tuple[Stage, Stage]:
    """The two stages of the programme of 2022."""
    made = [
        Stage.objects.get_or_create(
            programme=town.programme,
            number=number,
            defaults={"name": f"{number} этап", "starts_on": since, "ends_on": until},
        )[0]
        for number, since, until in (
            (1, date(2022, 2, 1), date(2022, 5, 31)),
            (2, date(2022, 8, 1), date(2022, 11, 30)),
        )
    ]
    return made[0], made[1]


def make_visited_town(schools: int = 3, **words: Any) -> Town:
    """A town whose first curator is appointed to every school."""
    town = make_town(schools, **words)
    make_stages(town)
    for school in town.schools:
        town.appoint("curator", school, town.curators[0])
    return town


def plan(
    town: Town,
    school: School | None = None,
    *,
    on: date = NOTED,
    day: date = MARCH_10,
    curator: User | None = None,
    **more: Any,
) -> Visit:
    """A visit to the first school by its curator, put into the schedule on 1 February for 10 March."""
    return actions.plan_visit(
        programme=town.programme,
        school=school or town.schools[0],
        curator=curator or town.curators[0],
        planned_on=day,
        by=town.coordinator,
        at=AT,
        on=on,
        **more,
    )


def fresh(visit: Visit) -> Visit:
    """The visit as it stands in the base."""
    return Visit.objects.select_related("programme", "stage", "school", "curator").get(pk=visit.pk)


def agree(town: Town, visit: Visit, on: date = date(2022, 2, 5)) -> Visit:
    actions.agree(visit=visit, by=town.coordinator, at=AT, on=on)
    return fresh(visit)


def hold(town: Town, visit: Visit, on: date = MARCH_10, **sheet: Any) -> Visit:
    """The visit held on its day with a sheet that says something."""
    version = fresh(visit).sheet_version
    actions.hold_visit(
        visit=visit, held_on=on, sheet=sheet or SHEET, sheet_version=version, by=town.curators[0], at=AT
    )
    return fresh(visit)


def report(town: Town, visit: Visit, on: date = date(2022, 3, 12)) -> Visit:
    """The same, with its report handed in."""
    held = hold(town, visit) if visit.held_on is None else visit
    actions.report_visit(visit=held, on=on, by=town.curators[0], at=AT)
    return fresh(visit)


def approve(town: Town, visit: Visit, on: date = date(2022, 3, 15), at: datetime = AT) -> Visit:
    """The same, with its report approved."""
    told = report(town, visit) if visit.reported_on is None else visit
    actions.approve_visit(visit=told, on=on, by=town.head, at=at)
    return fresh(visit)


def verbs(row: Any) -> list[str]:
    """The verbs recorded about a row, the first first."""
    from opora.core.history import history_of

    return [entry.verb for entry in reversed(history_of(row))]
