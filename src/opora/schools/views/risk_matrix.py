"""The heat matrix schools × risks, its counts over every school seen, and the same as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from opora.appointments.guard import may
from opora.dashboard.request import Request
from opora.programmes.models import RiskFactor
from opora.schools.risk_book import book_of
from opora.schools.risks import Cell, Figures, Profile, factors_of, figures_of, profiles_of
from opora.schools.views.risk_scope import scope_of, seen_parts

ACROSS = 30
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Line:
    """One factor across the schools of the page, with its counts over all schools seen."""

    factor: RiskFactor
    cells: tuple[tuple[Profile, Cell], ...]
    high: int
    chosen: int
    unexplained: int
    by_place: tuple[Figures | None, ...]


@may("risks.see")
@require_GET
def risk_matrix(request: Request) -> HttpResponse:
    """Things in rows, schools in columns: thirty schools a page, the counts over all of them."""
    scope = scope_of(request)
    factors = factors_of(scope.programme)
    parts = seen_parts(request, scope.programme)
    page = Paginator(parts, ACROSS).get_page(request.GET.get("page"))
    profiles = profiles_of(page.object_list, factors, request.as_of)
    figures = figures_of(parts, request.as_of)
    places = {one.municipality_id: one.municipality for one in figures}
    context = {
        "programme": scope.programme,
        "page": page,
        "profiles": profiles,
        "lines": _lines(factors, profiles, figures, list(places)),
        "places": list(places.values()),
        "groups": _groups(profiles),
        "width": len(profiles) + 4,
    }
    return render(request, "schools/risk_matrix.html", context)


@may("risks.see")
@require_GET
def risk_book(request: Request) -> HttpResponse:
    """Every profile seen as an xlsx that can be loaded back; text stays text."""
    scope = scope_of(request)
    factors = factors_of(scope.programme)
    parts = seen_parts(request, scope.programme)
    words = scope.programme.words
    content = book_of(
        f"{words.all.capitalize()} школ, {scope.programme}",
        factors,
        profiles_of(parts, factors, request.as_of),
        figures_of(parts, request.as_of),
    )
    response = HttpResponse(content, content_type=XLSX)
    name = quote(f"{words.all.capitalize()} школ, {scope.programme.year}, на {request.as_of:%d.%m.%Y}.xlsx")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response


def _lines(
    factors: Sequence[RiskFactor],
    profiles: Sequence[Profile],
    figures: Sequence[Figures],
    places: Sequence[int],
) -> list[Line]:
    by_key = {(one.factor_id, one.municipality_id): one for one in figures}
    lines = []
    for place, factor in enumerate(factors):
        counted = [by_key.get((factor.pk, town)) for town in places]
        known = [one for one in counted if one is not None]
        lines.append(
            Line(
                factor,
                tuple((profile, profile.cells[place]) for profile in profiles),
                sum(one.high for one in known),
                sum(one.chosen for one in known),
                sum(one.unexplained for one in known),
                tuple(counted),
            )
        )
    return lines


def _groups(profiles: Sequence[Profile]) -> list[tuple[str, int]]:
    """The municipalities over the columns, each with how many of them it spans."""
    groups: list[tuple[int, str, int]] = []
    for profile in profiles:
        town = profile.school.municipality
        if groups and groups[-1][0] == town.pk:
            groups[-1] = (town.pk, town.name, groups[-1][2] + 1)
        else:
            groups.append((town.pk, town.name, 1))
    return [(name, count) for _, name, count in groups]
