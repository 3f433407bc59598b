"""The page of files that people were refused."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from opora.accounts.refused_files import WORDS, bursts_of, refused_files_of
from opora.appointments.guard import may
from opora.appointments.queries import people_of, where_may
from opora.dashboard.request import Request

PAGE = 50


@may("files.refused")
@require_GET
def refused_files(request: Request) -> HttpResponse:
    """Who was refused what and when, fifty a page; above them those who were refused time after time."""
    people = people_of(where_may(request.access, "files.refused"))
    page = Paginator(refused_files_of(people), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(row, WORDS.get(row.code, "не принят")) for row in page],
        "bursts": bursts_of(people, timezone.now()),
    }
    return render(request, "accounts/refused_files.html", context)
