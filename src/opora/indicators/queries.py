"""The state of roadmaps on a day: a fixed number of queries for one roadmap or for a thousand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from opora.indicators.ground import Counted, Ground
from opora.indicators.kinds import (
    attested,
    documents_marked,
    documents_published,
    documents_ready,
    form_templates_ready,
    forms_filled,
    people_appointed,
    risks_chosen,
    sample_reviewed,
    visits_held,
    visits_scheduled,
)
from opora.indicators.models import Indicator
from opora.indicators.register import KINDS_BY_CODE
from opora.indicators.state import IndicatorTally, LineState
from opora.indicators.tally import Status, Tally, judge, together
from opora.plans.models import Activity, Responsibility, Roadmap
from opora.plans.queries import activities_on

Count = Callable[[Sequence[Counted], Ground], dict[int, Tally]]

# The kinds that count by their own room; the others count by a document and a confirmation until theirs is built.
COUNTS: dict[str, Count] = {
    "people_appointed": people_appointed.count,
    "documents_ready": documents_ready.count,
    "documents_published": documents_published.count,
    "documents_marked": documents_marked.count,
    "form_templates_ready": form_templates_ready.count,
    "visits_scheduled": visits_scheduled.count,
    "visits_held": visits_held.count,
    "forms_filled": forms_filled.count,
    "risks_chosen": risks_chosen.count,
    "sample_reviewed": sample_reviewed.count,
    "attested": attested.count,
}


def standings(
    roadmaps: Sequence[Roadmap], as_of: date, *, but_for: frozenset[str] = frozenset()
) -> dict[int, list[LineState]]:
    """Every line of every roadmap as it stood on a day, by roadmap, in order. At most eleven queries.

    Lines promised only by the kinds of `but_for` are left out, and nothing is asked for them.
    """
    activities = activities_on(roadmaps, as_of)
    states: dict[int, list[LineState]] = {roadmap.pk: [] for roadmap in roadmaps}
    for state in _states(roadmaps, activities, as_of, but_for):
        states[state.activity.roadmap_id].append(state)
    return states


def line_state(activity: Activity, as_of: date) -> LineState:
    """One line, counted in the same way; a line outside the plan on that day is shown with its words of today."""
    on_day = activities_on([activity.roadmap], as_of, line=activity.pk) or [activity]
    return _states([activity.roadmap], on_day, as_of)[0]


def line_of_roadmap(roadmap: Roadmap, pk: int, as_of: date) -> LineState | None:
    """The same by the number of the line; None when the roadmap has no such line."""
    on_day = activities_on([roadmap], as_of, line=pk) or list(
        Activity.objects.filter(roadmap=roadmap, pk=pk).select_related("section")
    )
    return _states([roadmap], on_day, as_of)[0] if on_day else None


def _states(
    roadmaps: Sequence[Roadmap],
    activities: Sequence[Activity],
    as_of: date,
    but_for: frozenset[str] = frozenset(),
) -> list[LineState]:
    indicators = _indicators(activities)
    if but_for:
        indicators = {
            pk: kept
            for pk, lines in indicators.items()
            if (kept := [line for line in lines if line.indicator.kind not in but_for])
        }
        activities = [activity for activity in activities if activity.pk in indicators]
    ground = Ground(roadmaps, activities, as_of)
    tallies = _tallies([one for group in indicators.values() for one in group], ground)
    people = _responsible(ground.activity_ids, as_of)
    return [
        _state(activity, indicators.get(activity.pk, []), tallies, people.get(activity.pk, ()), as_of)
        for activity in activities
    ]


def _indicators(activities: Sequence[Activity]) -> dict[int, list[Counted]]:
    by_key = {activity.pk: activity for activity in activities}
    found: dict[int, list[Counted]] = {}
    for indicator in Indicator.objects.filter(activity__in=list(by_key)).order_by("activity", "position"):
        found.setdefault(indicator.activity_id, []).append(Counted(indicator, by_key[indicator.activity_id]))
    return {pk: _proven_once(lines) for pk, lines in found.items()}


def _proven_once(lines: list[Counted]) -> list[Counted]:
    """Of promises whose rooms are not built yet only the first: one paper would prove them all over again."""
    waiting = [line for line in lines if line.indicator.kind not in COUNTS]
    return [line for line in lines if line not in waiting[1:]]


def _tallies(lines: Sequence[Counted], ground: Ground) -> dict[int, Tally]:
    by_count: dict[Count, list[Counted]] = {}
    for line in lines:
        by_count.setdefault(COUNTS.get(line.indicator.kind, attested.count), []).append(line)
    tallies: dict[int, Tally] = {}
    for count, group in by_count.items():
        tallies |= count(group, ground)
    return tallies


def _responsible(activity_ids: Sequence[int], as_of: date) -> dict[int, tuple[Responsibility, ...]]:
    rows = (
        Responsibility.objects.filter(activity__in=activity_ids, since__lte=as_of)
        .exclude(until__lt=as_of)
        .select_related("person")
        .order_by("since", "pk")
    )
    found: dict[int, tuple[Responsibility, ...]] = {}
    for row in rows:
        found[row.activity_id] = (*found.get(row.activity_id, ()), row)
    return found


def _state(
    activity: Activity,
    indicators: Sequence[Counted],
    tallies: dict[int, Tally],
    held: tuple[Responsibility, ...],
    as_of: date,
) -> LineState:
    counted = tuple(_counted(line, tallies[line.indicator.pk], as_of) for line in indicators)
    # A line that nobody has said how to count is judged by its term alone.
    statuses = [one.status for one in counted] or [_judge(activity, Tally(()), as_of)]
    return LineState(activity=activity, tallies=counted, status=together(statuses), held=held)


def _counted(line: Counted, tally: Tally, as_of: date) -> IndicatorTally:
    return IndicatorTally(
        indicator=line.indicator,
        kind=KINDS_BY_CODE[line.indicator.kind],
        counted=tally.on(as_of),
        status=_judge(line.activity, tally, as_of),
    )


def _judge(activity: Activity, tally: Tally, as_of: date) -> Status:
    return judge(
        tally,
        starts_on=activity.starts_on,
        ends_on=activity.ends_on,
        is_open_ended=activity.is_open_ended,
        recurrence=activity.recurrence or None,
        control_on=activity.control_on,
        as_of=as_of,
    )
