"""The plan of a stage: curators and their schools, the weeks, what stands in them, what became of promises."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from opora.accounts.models import User
from opora.appointments.models import Appointment, Duty
from opora.appointments.queries import Access, schools_of
from opora.programmes.models import Programme, Stage
from opora.visits.balance import Order, Pair, Proposal, Standing, propose
from opora.visits.models import Visit
from opora.visits.queries import noted_by, promised
from opora.visits.states import Integrity, State, integrity_of, state_of
from opora.visits.workdays import days_off

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Planned:
    """A visit in a square of the grid."""

    visit: Visit
    state: State


@dataclass(frozen=True, slots=True)
class CuratorRow:
    """One curator over the weeks of a stage; `lacking` are appointments whose schools wait for a visit."""

    curator: User
    squares: tuple[tuple[date, tuple[Planned, ...]], ...]
    lacking: tuple[Appointment, ...]
    integrity: Integrity


def curators_led(access: Access, person: User, programme: Programme, stage: Stage) -> list[Appointment]:
    """The appointments of curators, in force within a stage, whose visits a person may plan: all of their town or
    region, else the own ones only; `access` is narrowed to the right. By curator, then by school. One query."""
    wide = Q(school__municipality__in=access.municipality_ids) | Q(
        school__municipality__region__in=access.region_ids
    )
    within = Q(since__lte=stage.ends_on) & (Q(until=None) | Q(until__gte=stage.starts_on))
    return list(
        Appointment.objects.filter(
            within,
            Q(person=person) | wide,
            school__in=schools_of(access),
            duty=Duty.CURATOR,
            programme=programme,
        )
        .select_related("person", "school")
        .order_by("person__folded_name", "person", "school__number", "school__folded_name", "pk")
    )


def weeks_of(stage: Stage) -> list[date]:
    """The Mondays of the weeks of a stage."""
    monday = stage.starts_on - timedelta(days=stage.starts_on.weekday())
    return [monday + WEEK * number for number in range((stage.ends_on - monday).days // 7 + 1)]


def rows_of(led: Sequence[Appointment], stage: Stage, as_of: date) -> list[CuratorRow]:
    """The rows of a grid for these appointments, as the schedule stood on a day. Two queries."""
    by_curator: dict[User, list[Appointment]] = defaultdict(list)
    for one in led:
        by_curator[one.person].append(one)
    visits: dict[int, list[Visit]] = defaultdict(list)
    for visit in _standing(stage, as_of, led):
        visits[visit.curator_id].append(visit)
    told = {one.key: one for one in promised(visit for held in visits.values() for visit in held)}
    seen = {visit.school_id for held in visits.values() for visit in held}
    mondays = weeks_of(stage)
    return [
        CuratorRow(
            curator,
            _squares(visits[curator.pk], mondays, as_of),
            tuple(one for one in held if one.school_id not in seen),
            integrity_of((told[visit.pk] for visit in visits[curator.pk]), as_of),
        )
        for curator, held in by_curator.items()
    ]


def proposal_for(
    led: Sequence[Appointment], stage: Stage, *, first: date, each: int, as_of: date
) -> Proposal:
    """Days for the schools of these appointments from a day of the stage to its end. One query."""
    of_curator: dict[int, list[date]] = defaultdict(list)
    of_school: dict[int, list[date]] = defaultdict(list)
    curators, schools = {one.person_id for one in led}, {one.school_id for one in led}
    rows = Visit.objects.filter(noted_by(as_of), Q(stage=stage) | Q(planned_on__range=(first, stage.ends_on)))
    for curator, school, stage_id, day in rows.values_list(
        "curator_id", "school_id", "stage_id", "planned_on"
    ):
        if curator in curators:
            of_curator[curator].append(day)
        if school in schools and stage_id == stage.pk:
            of_school[school].append(day)
    pairs = [
        Pair(one.school_id, one.person_id, one.since, one.until, _order_of(one))
        for one in led
        if one.school_id is not None
    ]
    return propose(
        pairs,
        first=first,
        last=stage.ends_on,
        off=days_off(first, stage.ends_on),
        each=each,
        standing=Standing(of_curator, of_school),
    )


def _order_of(one: Appointment) -> Order:
    assert one.school is not None, "a curator is appointed to a school"
    return (one.school.number or 0, one.school.folded_name, one.school.pk)


def _standing(stage: Stage, as_of: date, led: Sequence[Appointment]) -> Iterable[Visit]:
    """The visits of these curators, and those of others to their schools: a school visited by anybody waits no more."""
    whose = Q(curator__in={one.person_id for one in led}) | Q(school__in={one.school_id for one in led})
    return (
        Visit.objects.filter(noted_by(as_of), whose, stage=stage)
        .select_related("school")
        .order_by("planned_on", "starts_at", "pk")
    )


def _squares(
    visits: Sequence[Visit], mondays: Sequence[date], as_of: date
) -> tuple[tuple[date, tuple[Planned, ...]], ...]:
    return tuple(
        (
            monday,
            tuple(
                Planned(visit, state_of(visit, as_of))
                for visit in visits
                if monday <= visit.planned_on < monday + WEEK
            ),
        )
        for monday in mondays
    )
