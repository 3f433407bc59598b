"""The page of results: by criterion, by risk, agreement, the difference to an earlier round; nobody is named."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from opora.appointments.guard import may
from opora.core.filetypes import CONTENT_TYPES
from opora.dashboard.request import Request
from opora.reviews.agreement import FEWEST_PAIRS
from opora.reviews.models import Round
from opora.reviews.queries import earlier_of_same_kinds
from opora.reviews.results import CriterionChange, Results, difference, results_of
from opora.reviews.views.results_file import xlsx
from opora.reviews.views.scope import round_seen


@may("reviews.see")
def results(request: Request, pk: int) -> HttpResponse:
    """The figures of a round on the day, and beside them those of an earlier round of the same kinds."""
    row = round_seen(request, pk)
    found, earlier, changes, others = _figures(request, row)
    compared = _compared(request, others)
    return render(
        request,
        "reviews/results.html",
        {
            "round": row,
            "results": found,
            "earlier": earlier,
            "compared": compared,
            "changes": changes,
            "others": others,
            "fewest": FEWEST_PAIRS,
            "bars": [(one, _bars(one.levels)) for one in found.criteria],
        },
    )


@may("reviews.see")
def results_xlsx(request: Request, pk: int) -> HttpResponse:
    """The same figures as a workbook."""
    row = round_seen(request, pk)
    found, earlier, changes, _ = _figures(request, row)
    response = HttpResponse(xlsx(found, earlier, changes), content_type=CONTENT_TYPES["xlsx"])
    response.headers["Content-Disposition"] = f'attachment; filename="ekspertiza-{row.pk}.xlsx"'
    return response


def _figures(
    request: Request, row: Round
) -> tuple[Results, Results | None, tuple[CriterionChange, ...], list[Round]]:
    found = results_of(row, request.as_of)
    others = earlier_of_same_kinds(row)
    chosen = _compared(request, others)
    earlier = results_of(chosen, request.as_of) if chosen is not None else None
    return found, earlier, difference(earlier, found) if earlier else (), others


def _compared(request: Request, others: list[Round]) -> Round | None:
    """The earlier round that is asked for, else the latest one."""
    asked = request.GET.get("with", "")
    return next((one for one in others if str(one.pk) == asked), others[0] if others else None)


def _bars(levels: Any) -> list[dict[str, Any]]:
    """Pieces of one bar: place and width in per cent, from the lowest level to the highest."""
    total, x, pieces = sum(one.count for one in levels), 0.0, []
    for at, one in enumerate(levels):
        width = 100 * one.count / total if total else 0
        if width:
            depth = 0.18 + 0.82 * at / max(len(levels) - 1, 1)
            pieces.append({"x": f"{x:.2f}", "width": f"{width:.2f}", "depth": f"{depth:.2f}"})
        x += width
    return pieces
