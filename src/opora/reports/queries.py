"""Everything that reads reports: issues that a person sees, the lines that a report may fulfil."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from opora.appointments.queries import Access, where_may
from opora.indicators.models import Indicator
from opora.plans.models import Activity, Roadmap
from opora.plans.queries import roadmaps_seen_by
from opora.reports.models import Issue, IssuePublication, PaperTemplate
from opora.schools.models import Region


def issues_seen_by(access: Access) -> QuerySet[Issue]:
    """Frozen issues of the roadmaps that a person sees and of the regions that they lead, the newest first."""
    mine = Q(roadmap__in=roadmaps_seen_by(access)) | Q(region__in=regions_led_by(access))
    return (
        Issue.objects.filter(mine)
        .select_related("roadmap__programme", "region", "programme", "frozen_by", "document")
        .order_by("-frozen_at", "-pk")
    )


def regions_led_by(access: Access) -> QuerySet[Region]:
    """The regions whose reports a person makes."""
    return Region.objects.filter(pk__in=where_may(access, "reports.region").region_ids)


def region_issues_led_by(access: Access) -> QuerySet[Issue]:
    """The issues of the regions that a person leads: those they put on the portal and take down."""
    return Issue.objects.filter(region__in=regions_led_by(access)).select_related("region", "programme")


def issues_up_on(as_of: date) -> QuerySet[IssuePublication]:
    """What of the regions' issues stood on the portal on a day, the latest first."""
    return (
        IssuePublication.objects.filter(published_on__lte=as_of)
        .filter(Q(taken_down_on=None) | Q(taken_down_on__gt=as_of))
        .select_related("issue__region", "issue__programme", "docx", "pdf", "xlsx")
        .defer("issue__content")
        .order_by("-published_on", "-pk")
    )


def issue_taken_down_by(issue: int, as_of: date) -> QuerySet[IssuePublication]:
    """The publications of an issue that were taken down by a day, the latest first."""
    return (
        IssuePublication.objects.filter(issue=issue, taken_down_on__lte=as_of)
        .select_related("issue__region")
        .defer("issue__content")
        .order_by("-taken_down_on", "-pk")
    )


def own_templates_of(access: Access) -> QuerySet[PaperTemplate]:
    """The own templates of the places of a person, every version."""
    held = Q(municipality__in=access.municipality_ids) | Q(region__in=access.region_ids)
    return PaperTemplate.objects.filter(held).select_related("file", "added_by", "municipality", "region")


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
