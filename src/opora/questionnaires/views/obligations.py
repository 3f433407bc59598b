"""What a person owes in collections: late, waiting, handed in; each with the one button that is next."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from opora.appointments.guard import may
from opora.dashboard.request import Request
from opora.questionnaires.queries import obligations_of
from opora.questionnaires.states import OWED
from opora.questionnaires.views.collections import Row, rows_of

PAGE_ROWS = 30


@may("collections.answer")
@require_GET
def obligations(request: Request) -> HttpResponse:
    """What waits for the answers of a person or of own schools. As many queries for 3 as for 300."""
    rows = rows_of(list(obligations_of(request.user, request.access, request.as_of)), request.as_of)
    owed = [row for row in rows if row.code in OWED and not _is_closed(row, request)]
    settled = [row for row in rows if row.code not in OWED or _is_closed(row, request)]
    settled.sort(key=lambda row: row.respondent.submitted_on or row.due_on, reverse=True)
    context = {
        "late": [row for row in owed if row.is_late],
        "waiting": [row for row in owed if not row.is_late],
        "page": Paginator(settled, PAGE_ROWS).get_page(request.GET.get("page")),
        "settled_count": len(settled),
    }
    return render(request, "questionnaires/obligations.html", context)


def _is_closed(row: Row, request: Request) -> bool:
    closed_on = row.respondent.collection.closed_on
    return closed_on is not None and closed_on <= request.as_of
