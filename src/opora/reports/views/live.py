"""The newest real data of a place as the values of a paper, so that a template is tried on what it will print."""

from __future__ import annotations

from opora.dashboard.request import Request
from opora.plans.models import Roadmap
from opora.programmes.models import Stage
from opora.reports.kinds.visit_papers import report_filling, schedule_filling
from opora.reports.papers import Paper, Place
from opora.reports.register import KINDS, ReportKind
from opora.reports.views.target import Target
from opora.reports.word.values import Filling
from opora.schools.models import Municipality, Region
from opora.visits.models import CuratorReport
from opora.visits.queries import visits_of_stage
from opora.visits.reporting import stage_report_of
from opora.visits.schedule import build


def live_filling(request: Request, paper: Paper, place: Place) -> Filling:
    """The values of a paper as of the day of the request; made-up ones while a place has nothing of the kind."""
    roadmaps = Roadmap.objects.select_related("programme", "municipality").order_by("-year", "pk")
    if isinstance(place, Region):
        plan = roadmaps.filter(municipality__region=place).first()
    else:
        plan = roadmaps.filter(municipality=place).first()
    if plan is None:
        return paper.example()
    if paper.code in KINDS:
        return _of_report(KINDS[paper.code], place, plan, request)
    if paper.code == "visit_schedule":
        return _of_schedule(plan, request) or paper.example()
    return _of_curator(plan.municipality, request) or paper.example()


def _of_report(kind: ReportKind, place: Place, plan: Roadmap, request: Request) -> Filling:
    if kind.of == "roadmap":
        target = Target(kind, plan.programme, roadmap=plan)
    else:
        region = place if isinstance(place, Region) else place.region
        target = Target(kind, plan.programme, region=region)
    asked = target.asked(target.usual(request.as_of))
    return kind.shape.filling(kind.build(asked))


def _of_schedule(plan: Roadmap, request: Request) -> Filling | None:
    stage = (
        Stage.objects.filter(programme=plan.programme).select_related("programme").order_by("number").first()
    )
    if stage is None:
        return None
    visits = visits_of_stage(plan.programme, stage, request.as_of).filter(
        school__municipality=plan.municipality
    )
    rows = list(visits.order_by("planned_on", "starts_at", "school__number", "pk"))
    return schedule_filling(build(plan.municipality, stage, rows, as_of=request.as_of))


def _of_curator(town: Municipality, request: Request) -> Filling | None:
    report = (
        CuratorReport.objects.filter(curator__appointments__school__municipality=town)
        .order_by("-stage__number", "pk")
        .first()
    )
    return report_filling(stage_report_of(report, request.as_of)) if report else None
