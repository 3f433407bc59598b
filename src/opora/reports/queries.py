"""Everything that reads reports: issues that a person sees, the lines that a report may fulfil."""

from __future__ import annotations

from django.db.models import QuerySet

from opora.appointments.queries import Access
from opora.indicators.models import Indicator
from opora.plans.models import Activity, Roadmap
from opora.plans.queries import roadmaps_seen_by
from opora.reports.models import Issue


def issues_seen_by(access: Access) -> QuerySet[Issue]:
    """Frozen issues of the roadmaps that a person sees, the newest first."""
    return Issue.objects.filter(roadmap__in=roadmaps_seen_by(access)).select_related(
        "roadmap__programme", "frozen_by", "document"
    )


def lines_for_report(roadmap: Roadmap) -> list[Activity]:
    """The lines that a paper can fulfil: those counted by a document, in the order of the roadmap."""
    counted = Indicator.objects.filter(
        activity__roadmap=roadmap, kind__in=("documents_ready", "documents_published")
    ).values("activity")
    return list(Activity.objects.filter(pk__in=counted, dropped_on__isnull=True).order_by("position"))


def line_of_stretch(lines: list[Activity], stretch: str) -> Activity | None:
    """The line that a report of this stretch most likely fulfils, by the words of the order; None when unclear."""
    marks = {Issue.Stretch.INTERIM: "промежуточн", Issue.Stretch.CUMULATIVE: "нарастающим"}
    mark = marks.get(Issue.Stretch(stretch))
    fitting = [line for line in lines if mark and mark in f"{line.text} {line.promise}".lower()]
    return fitting[0] if len(fitting) == 1 else None
