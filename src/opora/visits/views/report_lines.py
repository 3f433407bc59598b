"""To which line of a roadmap the paper of a curator's report may go, and to which it usually goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from opora.indicators.models import Indicator
from opora.plans.models import Activity
from opora.visits.models import CuratorReport
from opora.visits.queries import StageDays, stages_spoken_of
from opora.visits.reporting import schools_of_report

FILLED, PUBLISHED = "forms_filled", "documents_published"


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines to choose from, those that count such papers first, and the usual one."""

    all: tuple[Activity, ...]
    usual: Activity | None


def lines_for(report: CuratorReport, kind: str, municipality_ids: frozenset[int]) -> Lines:
    """The lines of the curator's towns, of those given, for the paper of a report. Four queries.

    The usual one counts reports of curators by `kind` and speaks of the stage of the report.
    """
    towns = {one.municipality_id for one in schools_of_report(report.curator, report.programme, report.stage)}
    rows = list(
        Activity.objects.filter(
            roadmap__programme=report.programme_id,
            roadmap__municipality__in=towns & municipality_ids,
            dropped_on=None,
        )
        .select_related("roadmap__municipality")
        .order_by("roadmap", "position")
    )
    counting = list(
        Indicator.objects.filter(
            activity__in=[one.pk for one in rows], scope=Indicator.Scope.CURATORS
        ).values_list("activity_id", "kind")
    )
    ours = {pk for pk, code in counting if code == kind}
    public = {pk for pk, code in counting if code == PUBLISHED}
    days = [StageDays(*row) for row in report.programme.stages.values_list("pk", "starts_on", "ends_on")]
    fitting = [one for one in rows if one.pk in ours and _speaks(one, report, days)]
    # A line that wants the reports placed takes the public rendition; the paper goes to one that only wants it written.
    plain = [one for one in fitting if one.pk not in public]
    usual = next(iter(plain if kind == FILLED and plain else fitting), None)
    return Lines(tuple(sorted(rows, key=lambda one: one.pk not in ours)), usual)


def _speaks(line: Activity, report: CuratorReport, days: Sequence[StageDays]) -> bool:
    return report.stage_id in stages_spoken_of(days, line.starts_on, line.ends_on or line.control_on)
