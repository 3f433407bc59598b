"""A town whose curator reports for a stage: three schools, the words, the files that the faces make."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from opora.programmes.models import Stage
from opora.visits import actions
from opora.visits.models import CuratorReport
from opora.visits.report_fields import USUAL
from opora.visits.reporting import schools_of_report
from opora.visits.views.report_files import papers_of
from tests.indicators.town import Town

AT = datetime(2022, 9, 15, 9, 0, tzinfo=UTC)
MAY_20, MAY_25 = date(2022, 5, 20), date(2022, 5, 25)


def begun(town: Town, number: int = 1, on: date = date(2022, 5, 10), person: int = 0) -> CuratorReport:
    """A report just begun."""
    stage = Stage.objects.select_related("programme").get(programme=town.programme, number=number)
    curator = town.curators[person]
    return actions.begin_report(stage=stage, curator=curator, on=on, by=curator, at=AT)


def words_for(report: CuratorReport, text: str = "Учителя посетили уроки друг друга") -> dict[str, Any]:
    """Every needed answer, school by school."""
    told = {one.code: text for one in USUAL if one.is_needed}
    schools = schools_of_report(report.curator, report.programme, report.stage)
    return {str(one.pk): dict(told) for one in schools}


def sent(
    town: Town, number: int = 1, on: date = MAY_20, person: int = 0, text: str = "Сделано"
) -> CuratorReport:
    """A report handed in with all its words."""
    report = begun(town, number, on, person)
    told = {"words": words_for(report, text), "version": report.version, "by": report.curator, "at": AT}
    actions.hand_in(report=report, on=on, **told)
    return again(report)


def approved(
    town: Town, activity: Any = None, number: int = 1, on: date = MAY_25, person: int = 0
) -> CuratorReport:
    """The same, approved by the head."""
    report = sent(town, number, min(on, MAY_20) if number == 1 else on, person)
    told = {"activity": activity, "papers": papers_of, "on": on, "by": town.head, "at": AT}
    actions.approve_report(report=report, **told)
    return again(report)


def again(report: CuratorReport) -> CuratorReport:
    """The report as it is in the base."""
    return CuratorReport.objects.select_related("stage", "curator", "programme", "document").get(pk=report.pk)
