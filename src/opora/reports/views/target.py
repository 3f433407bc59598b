"""Whose report a page is about: a roadmap, or a region over a programme; with its address, form and what is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404

from opora.dashboard.request import Request
from opora.plans.models import Roadmap
from opora.plans.queries import roadmaps_seen_by
from opora.programmes.models import Programme
from opora.reports.asked import Asked
from opora.reports.forms import ReportForm, Topics
from opora.reports.models import Issue
from opora.reports.queries import regions_led_by
from opora.reports.register import KINDS, ReportKind
from opora.schools.models import Region


@dataclass(frozen=True, slots=True)
class Target:
    """A kind of report of one place."""

    kind: ReportKind
    programme: Programme
    roadmap: Roadmap | None = None
    region: Region | None = None

    @property
    def address(self) -> str:
        """The address of the report on the screen, without the slash at its end: files and deeds stand beside it."""
        if self.roadmap is not None:
            return f"/reports/{self.roadmap.pk}/{self.kind.code}"
        assert self.region is not None
        return f"/reports/regions/{self.region.pk}/{self.programme.pk}/{self.kind.code}"

    @property
    def name(self) -> str:
        return self.roadmap.title if self.roadmap is not None else str(self.region)

    def issues(self) -> Any:
        """The issues of this kind at this place."""
        if self.roadmap is not None:
            return Issue.objects.filter(roadmap=self.roadmap, kind=self.kind.code)
        return Issue.objects.filter(region=self.region, programme=self.programme, kind=self.kind.code)

    def topics(self, as_of: date) -> Topics:
        """What the report may be narrowed to."""
        if self.roadmap is not None:
            return self.kind.topics(self.roadmap, as_of) if self.kind.topics else ()
        if self.kind.region_topics is None or self.region is None:
            return ()
        return self.kind.region_topics(self.region, self.programme, as_of)

    def usual(self, as_of: date) -> dict[str, Any]:
        """What is asked for when nothing is said: the whole year, gains since the last issue."""
        initial: dict[str, Any] = {"as_of": as_of}
        if self.kind.has_stretch:
            last = self.issues().filter(as_of__lt=as_of).order_by("-as_of").first()
            since = last.as_of if last else self.programme.starts_on
            initial |= {"stretch": Issue.Stretch.CUMULATIVE, "since": since}
        return initial

    def form(self, told: QueryDict, request: Request) -> ReportForm:
        """The form of what is asked, filled with what was told or with the usual.

        404 for a survey or a round that is not of this place, the same as for one that is not there.
        """
        topics = self.topics(request.as_of)
        about = told.get("about", "")
        if self.kind.start is not None and about and about not in dict(topics):
            raise Http404
        data: Any = told if "as_of" in told else {**self.usual(request.as_of), "about": about}
        return ReportForm(data, kind=self.kind, topics=topics, latest=request.today)

    def blank(self, request: Request) -> ReportForm:
        """The form with the usual in it, before anything is asked."""
        return ReportForm(
            initial=self.usual(request.as_of),
            kind=self.kind,
            topics=self.topics(request.as_of),
            latest=request.today,
        )

    def asked(self, clean: dict[str, Any]) -> Asked:
        """The clean values of a form as a question to the kind."""
        return Asked(
            programme=self.programme,
            roadmap=self.roadmap,
            region=self.region,
            since=clean.get("since") or min(self.programme.starts_on, clean["as_of"]),
            as_of=clean["as_of"],
            stretch=clean.get("stretch") or Issue.Stretch.CUMULATIVE.value,
            about=clean.get("about") or "",
        )


def query_of(asked: Asked) -> str:
    """The same question as it stands in addresses."""
    told = {"stretch": asked.stretch, "since": asked.since, "as_of": asked.as_of}
    return urlencode({**told, **({"about": asked.about} if asked.about else {})})


def target_of_roadmap(request: Request, pk: int, code: str) -> Target:
    """A kind of report of a roadmap that the person sees; 404 otherwise."""
    plan = get_object_or_404(roadmaps_seen_by(request.access), pk=pk)
    return Target(_kind(code, "roadmap"), plan.programme, roadmap=plan)


def target_of_region(request: Request, pk: int, programme_pk: int, code: str) -> Target:
    """A kind of report of a region that the person leads, over a programme; 404 otherwise."""
    region = get_object_or_404(regions_led_by(request.access), pk=pk)
    programme = get_object_or_404(Programme, pk=programme_pk)
    return Target(_kind(code, "region"), programme, region=region)


def _kind(code: str, what: str) -> ReportKind:
    kind = KINDS.get(code)
    if kind is None or kind.of != what:
        raise Http404
    return kind
