"""Public pages of a region: its municipalities side by side, its published reports, their feed."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from opora.appointments.guard import open_to_all
from opora.dashboard.request import Request
from opora.documents.views.files import given_out
from opora.indicators.queries import standings
from opora.indicators.state import summary
from opora.portal.queries import newest_of_each, on_portal, public_regions, public_roadmaps
from opora.portal.views.documents import IN_FEED, News, feed_with, news_of
from opora.portal.views.roadmaps import day_of
from opora.reports import phrases
from opora.reports.models import Issue, IssuePublication
from opora.reports.papers import ENDINGS
from opora.reports.queries import issue_taken_down_by, issues_up_on
from opora.reports.register import KINDS

# The lines of these towns are counted anew at each look.
TOWNS = 25
LATEST = 20


@open_to_all
def region(request: Request, pk: int) -> HttpResponse:
    """The municipalities of a region with the state of their public roadmaps, and the reports of the region."""
    place, day = get_object_or_404(public_regions(), pk=pk), day_of(request)
    roadmaps = newest_of_each(public_roadmaps().filter(municipality__region=place))
    page = Paginator(roadmaps, TOWNS).get_page(request.GET.get("page"))
    shown = list(page)
    states = standings(shown, day)
    told = {roadmap.municipality_id for roadmap in roadmaps}
    published = issues_up_on(day).filter(issue__region=place)
    context = {
        "place": place,
        "day": day,
        "page": page,
        "rows": [(roadmap, summary(states[roadmap.pk])) for roadmap in shown],
        "bare": place.municipalities.exclude(pk__in=told).order_by("name"),
        "reports": [(one, title_of(one.issue)) for one in published[:LATEST]],
    }
    return render(request, "portal/region.html", context)


@open_to_all
def region_atom(request: Request, pk: int) -> HttpResponse:
    """The latest reports of a region and documents of its municipalities as an Atom feed."""
    place, day = get_object_or_404(public_regions(), pk=pk), day_of(request)
    reports = [
        News(
            title=title_of(one.issue),
            address=reverse("portal:public_report", args=[one.issue_id]),
            key=str(one.pk),
            says=f"{place.name}, отчёт на {one.issue.as_of:%d.%m.%Y}",
            on=one.published_on,
        )
        for one in issues_up_on(day).filter(issue__region=place)[:IN_FEED]
    ]
    news = [*reports, *news_of(on_portal(day).filter(document__municipality__region=place))]
    return feed_with(
        Atom1Feed,
        sorted(news, key=lambda one: one.on, reverse=True),
        title=f"{place.name}: отчёты и документы",
        address=reverse("portal:region_atom", args=[pk]),
    )


@open_to_all
def public_report(request: Request, pk: int) -> HttpResponse:
    """One published report of a region with its files; one taken down says so and why (410)."""
    day = day_of(request)
    past = list(issue_taken_down_by(pk, day))
    up = _up(request, pk).first()
    if up is None and not past:
        raise Http404
    shown = up or past[0]
    context = {
        "publication": up,
        "place": shown.issue.region,
        "past": past,
        # Of one taken down not even the title is told: it may be the very reason.
        "title": title_of(shown.issue) if up else "",
        "files": [(ending, getattr(up, ending)) for ending in ENDINGS] if up else (),
    }
    return render(request, "portal/public_report.html", context, status=200 if up else 410)


@open_to_all  # type: ignore[arg-type]  # -- a streamed answer is an answer too
def public_report_file(request: Request, pk: int, ending: str) -> FileResponse:
    """The very file that was published, docx, pdf or xlsx."""
    up = get_object_or_404(_up(request, pk))
    if ending not in ENDINGS:
        raise Http404
    name = f"{title_of(up.issue)}.{ending}"
    is_inline = ending == "pdf" and request.GET.get("inline") == "1"
    return given_out(getattr(up, ending), name, is_inline=is_inline)


def title_of(issue: Issue) -> str:
    """What a report of a region is called in lists: «Сводный отчёт по региону на 15.09.2022, выпуск 2»."""
    kind = KINDS.get(issue.kind)
    words = kind.title if kind else "Отчёт по региону"
    return f"{words} на {phrases.day_in_digits(issue.as_of)}, выпуск {issue.number}"


def _up(request: Request, pk: int) -> QuerySet[IssuePublication]:
    return issues_up_on(day_of(request)).filter(issue=pk)
