"""Everything that reads visits: who sees which, those of a stage, open steps, promises, rows for counting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import FilteredRelation, Q, QuerySet
from django.db.models.functions import Coalesce

from opora.appointments.queries import Access, schools_of
from opora.programmes.models import Programme, Stage
from opora.schools.models import School
from opora.visits.models import Move, Step, Visit
from opora.visits.rules import stage_of_day
from opora.visits.states import Promised, Push


def visits_seen_by(access: Access) -> QuerySet[Visit]:
    """The visits to the schools that a person may see, in order of their days, with what a row of a list shows."""
    return Visit.objects.filter(school__in=schools_of(access)).select_related(
        "programme", "stage", "school", "school__municipality", "curator"
    )


def noted_by(as_of: date) -> Q:
    """The condition of a visit that stood in the schedule on a day: put there by then, not cancelled by then."""
    return Q(noted_on__lte=as_of) & (Q(cancelled_on=None) | Q(cancelled_on__gt=as_of))


def visits_of_stage(programme: Programme, stage: Stage, as_of: date) -> QuerySet[Visit]:
    """The visits of a stage as the schedule stood on a day, without the cancelled ones."""
    return Visit.objects.filter(noted_by(as_of), programme=programme, stage=stage).select_related(
        "stage", "school", "school__municipality", "curator"
    )


def find_stage(programme: Programme, day: date) -> Stage | None:
    """The stage of a programme in whose days a day lies; None between stages. One query."""
    return stage_of_day(programme.stages.order_by("number"), day)


def group_of(visit: Visit) -> list[Visit]:
    """The visits that are one journey with this one and are still ahead, this one among them, by school."""
    if visit.group_key is None:
        return [visit]
    together = Visit.objects.filter(group_key=visit.group_key, held_on=None, cancelled_on=None)
    return list(
        together.select_related("programme", "stage", "school", "curator").order_by(
            "school__number", "school__folded_name", "pk"
        )
    )


def steps_seen_by(access: Access) -> QuerySet[Step]:
    """The steps agreed at visits to the schools that a person may see, the earliest due first."""
    return Step.objects.filter(visit__school__in=schools_of(access)).select_related(
        "visit", "visit__school", "visit__curator"
    )


def steps_open(access: Access, as_of: date) -> QuerySet[Step]:
    """Those of them that were agreed and not done by a day."""
    return steps_seen_by(access).filter(_open_by(as_of))


def steps_before(visit: Visit, as_of: date) -> QuerySet[Step]:
    """The open steps of earlier visits to the same school: what is looked at again at this visit."""
    return (
        Step.objects.filter(
            _open_by(as_of), visit__school=visit.school_id, visit__programme=visit.programme_id
        )
        .exclude(visit=visit)
        .select_related("visit", "visit__curator")
    )


def _open_by(as_of: date) -> Q:
    return Q(visit__held_on__lte=as_of) & (Q(done_on=None) | Q(done_on__gt=as_of))


def promised(visits: Iterable[Visit]) -> list[Promised]:
    """The visits as promises, for `states.integrity_of`. One query whatever their number."""
    rows = list(visits)
    pushes: dict[int, list[Push]] = {}
    for visit_id, from_day, to_day, moved_on in (
        Move.objects.filter(visit__in=[row.pk for row in rows])
        .order_by("visit", "pk")
        .values_list("visit_id", "from_day", "to_day", "moved_on")
    ):
        pushes.setdefault(visit_id, []).append(Push(from_day, to_day, moved_on))
    return [
        Promised(
            row.pk,
            row.planned_on,
            row.noted_on,
            row.held_on,
            row.cancelled_on,
            tuple(pushes.get(row.pk, ())),
        )
        for row in rows
    ]


# What counting stands on.


@dataclass(frozen=True, slots=True)
class StageDays:
    """A stage of a programme by its days."""

    stage_id: int
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class VisitFact:
    """A visit of the schedule as it stood on a day: days that had not come by then are None."""

    visit_id: int
    stage_id: int
    school_id: int
    curator_id: int
    noted_on: date
    agreed_on: date | None
    held_on: date | None
    reported_on: date | None
    approved_on: date | None


@dataclass(frozen=True, slots=True)
class ReportFact:
    """A curator's report of a stage that was handed in by a day; `approved_on` is None when it was not by then."""

    report_id: int
    stage_id: int
    curator_id: int
    sent_on: date
    approved_on: date | None


# programme → its stages; programme → the reports handed in.
StagesAndReports = tuple[dict[int, list[StageDays]], dict[int, list[ReportFact]]]


def visit_facts(
    programme_ids: Iterable[int], municipality_ids: Iterable[int], as_of: date
) -> dict[tuple[int, int], list[VisitFact]]:
    """(municipality, programme) → the visits that stood in the schedule on a day, the earliest first. One query."""
    rows = (
        Visit.objects.filter(
            noted_by(as_of),
            programme__in=list(programme_ids),
            school__municipality__in=list(municipality_ids),
        )
        .order_by("planned_on", "pk")
        .values_list(
            "school__municipality_id", "programme_id", "pk", "stage_id", "school_id", "curator_id", "noted_on",
            "agreed_on", "held_on", "reported_on", "approved_on",
        )
    )  # fmt: skip
    found: dict[tuple[int, int], list[VisitFact]] = {}
    for municipality_id, programme_id, pk, stage_id, school_id, curator_id, noted_on, *later in rows:
        known = [day if day is not None and day <= as_of else None for day in later]
        fact = VisitFact(pk, stage_id, school_id, curator_id, noted_on, *known)
        found.setdefault((municipality_id, programme_id), []).append(fact)
    return found


def stages_and_reports(programme_ids: Iterable[int], as_of: date) -> StagesAndReports:
    """The stages of programmes with the curators' reports handed in by a day and not returned by then. One query."""
    handed_in = Q(curator_reports__sent_on__lte=as_of) & (
        Q(curator_reports__approved_on__lte=as_of)
        | Q(curator_reports__returned_on=None)
        | Q(curator_reports__returned_on__gt=as_of)
    )
    rows = (
        Stage.objects.filter(programme__in=list(programme_ids))
        .annotate(told=FilteredRelation("curator_reports", condition=handed_in))
        .order_by("programme", "number", "told__pk")
        .values_list(
            "programme_id", "pk", "starts_on", "ends_on",
            "told__pk", "told__curator_id", "told__sent_on", "told__approved_on",
        )
    )  # fmt: skip
    stages: dict[int, dict[int, StageDays]] = {}
    reports: dict[int, list[ReportFact]] = {}
    for programme_id, stage_id, starts_on, ends_on, pk, curator_id, sent_on, approved_on in rows:
        stages.setdefault(programme_id, {})[stage_id] = StageDays(stage_id, starts_on, ends_on)
        if pk is not None:
            known = approved_on if approved_on is not None and approved_on <= as_of else None
            reports.setdefault(programme_id, []).append(ReportFact(pk, stage_id, curator_id, sent_on, known))
    return {pk: list(days.values()) for pk, days in stages.items()}, reports


def stages_spoken_of(
    stages: Sequence[StageDays], starts_on: date | None, ends_on: date | None
) -> frozenset[int]:
    """The stages that a term speaks of: those it holds as a whole, else the one whose days overlap most.

    A term between stages speaks of the last one begun before it («июнь» after the first stage); no term, or one
    before every stage, of all.
    """
    if not stages or (starts_on is None and ends_on is None):
        return frozenset(stage.stage_id for stage in stages)
    last = ends_on or starts_on or date.max
    first = starts_on or last
    whole = [one.stage_id for one in stages if first <= one.starts_on and one.ends_on <= last]
    if whole:
        return frozenset(whole)
    shared = {one.stage_id: (min(last, one.ends_on) - max(first, one.starts_on)).days + 1 for one in stages}
    best = max(stages, key=lambda one: shared[one.stage_id])
    if shared[best.stage_id] > 0:
        return frozenset({best.stage_id})
    begun = [one for one in stages if one.starts_on <= last]
    if begun:
        return frozenset({max(begun, key=lambda one: one.starts_on).stage_id})
    return frozenset(stage.stage_id for stage in stages)


def visits_of_school(school: School, programme: Programme, as_of: date) -> QuerySet[Visit]:
    """The visits to one school that were in the schedule by a day, cancelled ones too, the latest first."""
    return (
        Visit.objects.filter(school=school, programme=programme, noted_on__lte=as_of)
        .select_related("stage", "curator")
        .order_by(Coalesce("held_on", "planned_on").desc(), "-pk")
    )
