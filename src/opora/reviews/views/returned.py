"""What a school sees of reviews: its documents in samples, the remarks, and «доработано»."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from opora.appointments.guard import may
from opora.core.refusal import Refused
from opora.dashboard.request import Request
from opora.documents.models import Document
from opora.reviews.actions import mark_reworked
from opora.reviews.models import Sampled
from opora.reviews.queries import sampled_kept_by, sampled_of_schools

PAGE = 50


@may("documents.add")
def school_documents(request: Request) -> HttpResponse:
    """Documents of own schools that fell into samples: those that came back with remarks first."""
    rows = sampled_of_schools(request.access, request.as_of)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [(one, *_state(one, request)) for one in page]}
    return render(request, "reviews/school_documents.html", context)


@may("documents.add")
@require_http_methods(["GET", "POST"])
def rework(request: Request, pk: int) -> HttpResponse:
    """The remarks to one document, what to do, and the mark that it is done."""
    kept = sampled_kept_by(request.access).filter(round__drawn_on__lte=request.as_of)
    row = get_object_or_404(
        kept.select_related("round", "document__school", "document__kind", "version"), pk=pk
    )
    refusal: Refused | None = None
    if request.method == "POST":
        on = request.today
        try:
            mark_reworked(sampled=row, on=on, by=request.user, at=timezone.now())
        except Refused as found:
            refusal = found
        else:
            messages.success(request, "Доработка отмечена: документ посмотрят второй раз.", extra_tags="done")
            return redirect(request.path)
    latest = row.document.versions.order_by("-number").first()
    look, words = _state(row, request)
    context = {
        "sampled": row,
        "look": look,
        "state_words": words,
        "refusal": refusal,
        "latest": latest,
        "is_new": latest is not None and latest.pk != row.version_id,
        "is_approved": row.document.state == Document.State.APPROVED,
        "is_waiting": row.returned_on is not None and row.reworked_on is None and row.settled_on is None,
    }
    return render(request, "reviews/rework.html", context, status=refusal.status if refusal else 200)


def _state(row: Sampled, request: Request) -> tuple[str, str]:
    """The look and the words for the school: it does not see who looks and how."""
    as_of = request.as_of
    if row.settled_on is not None and row.settled_on <= as_of:
        return "done", "Рассмотрен"
    if row.reworked_on is not None and row.reworked_on <= as_of:
        return "half", "Доработан, смотрят снова"
    if row.returned_on is not None and row.returned_on <= as_of:
        is_late = row.rework_by is not None and row.rework_by < as_of
        return ("late", "Доработать: срок прошёл") if is_late else ("back", "Доработайте")
    return "half", "Рассматривают"
