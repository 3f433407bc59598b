"""The page of one document of a sample: looks of experts side by side, and what may be done."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from opora.appointments.guard import may
from opora.core.history import history_of
from opora.dashboard.request import Request
from opora.reviews.models import Examination, Sampled, Score
from opora.reviews.standing import Scale, scale_of, standings_of
from opora.reviews.views.scope import leads, sampled_seen


@may("reviews.see")
def sampled_page(request: Request, pk: int) -> HttpResponse:
    """What experts said of a document, by criterion; where they part; the remarks and the next deed."""
    row = sampled_seen(request, pk)
    scale = scale_of(row.round)
    (standing,) = standings_of(row.round, request.as_of, scale, [row])
    examinations = list(
        row.examinations.filter(assigned_on__lte=request.as_of)
        .select_related("expert")
        .order_by("look", "pk")
    )
    return render(
        request,
        "reviews/sampled_page.html",
        {
            "sampled": row,
            "round": row.round,
            "standing": standing,
            "examinations": examinations,
            "told": [one for one in examinations if _is_told(one, request)],
            "lines": _lines(scale, row, examinations, request, standing.parted),
            "is_led": leads(request, row.round),
            "history": history_of(row, limit=10),
        },
    )


def _is_told(one: Examination, request: Request) -> bool:
    return one.finished_on is not None and one.finished_on <= request.as_of


def _lines(
    scale: Scale, row: Sampled, examinations: list[Examination], request: Request, parted: tuple[int, ...]
) -> list[dict[str, Any]]:
    """A line for each criterion with a cell for each look that is told. One query."""
    told = [one for one in examinations if _is_told(one, request)]
    scores = {
        (one.examination_id, one.criterion_id): one
        for one in Score.objects.filter(examination__in=[one.pk for one in told]).select_related("level")
    }
    return [
        {
            "criterion": criterion,
            "is_parted": criterion.pk in parted,
            "cells": [(one, scores.get((one.pk, criterion.pk))) for one in told],
        }
        for criterion in scale.criteria
    ]
