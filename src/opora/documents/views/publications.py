"""Pages of publications: where documents are up, and the looks at one address elsewhere."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from opora.appointments.guard import may
from opora.core.egress import is_on
from opora.core.refusal import Refused
from opora.dashboard.request import Request
from opora.documents.actions.checks import note_seen
from opora.documents.forms import LookForm
from opora.documents.models import Publication, PublicationCheck
from opora.documents.publicity import WHICH, last_checks, publications_elsewhere, publications_seen_by
from opora.documents.watching import ask_for_check, is_being_checked

PAGE = 50
LATEST = 20
Outcome = PublicationCheck.Outcome
# A publication, the last look at it, how that is drawn and its words.
Seen = tuple[Publication, PublicationCheck | None, str, str]
LOOKS = {Outcome.CARRIES: "done", Outcome.OTHER: "wait", Outcome.SILENT: "wait", Outcome.REFUSED: "none"}
CHIPS = (
    ("all", "globe", "Все"),
    ("silent", "wait", "Не отвечает"),
    ("other", "wait", "Названия не видно"),
    ("never", "none", "Не проверялись"),
    ("portal", "done", "На портале"),
)


@may("documents.see")
def publication_list(request: Request) -> HttpResponse:
    """Where documents were up on the day: what, where, since when, what the last look saw."""
    which = request.GET.get("which", "all")
    which = which if which in WHICH else "all"
    page = Paginator(publications_seen_by(request.access, request.as_of, which), PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "rows": seen_of(list(page), request),
        "which": which,
        "chips": CHIPS,
        "may_check": "documents.publish" in request.access.permissions,
        "is_on": is_on(),
    }
    return render(request, "documents/publication_list.html", context)


@may("documents.publish")
def publication_check(request: Request, pk: int) -> HttpResponse:
    """The looks at one address: ask it now, or say what one has seen with one's own eyes."""
    row = get_object_or_404(publications_elsewhere(request.access), pk=pk)
    is_seen = request.method == "POST" and request.POST.get("how") == "seen"
    form = LookForm(request.POST if is_seen or _is_bare(request) else None)
    refusal = None
    try:
        if request.method == "POST" and request.POST.get("how") == "ask":
            return _ask(request, row)
        if is_seen and form.is_valid():
            note_seen(publication=row, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, "Записано: это увидели вы.", extra_tags="done")
            return redirect("documents:publication_check", pk)
    except Refused as found:
        refusal = found
    checks = row.checks.filter(checked_at__date__lte=request.as_of).select_related("checked_by")[:LATEST]
    context = {
        "publication": row,
        "document": row.document,
        "form": form,
        "refusal": refusal,
        "checks": [(one, LOOKS[Outcome(one.outcome)]) for one in checks],
        "is_on": is_on(),
        "is_waiting": is_being_checked(row),
    }
    status = refusal.status if refusal else 422 if form.is_bound and form.errors else 200
    return render(request, "documents/publication_check.html", context, status=status)


def seen_of(publications: list[Publication], request: Request) -> list[Seen]:
    """Each publication with the last look by the day, how it is drawn and its words. One query."""
    checks = last_checks(publications, request.as_of)
    return [(one, *_told(one, checks.get(one.pk))) for one in publications]


def _told(one: Publication, check: PublicationCheck | None) -> tuple[PublicationCheck | None, str, str]:
    if check is not None:
        return check, LOOKS[Outcome(check.outcome)], check.get_outcome_display()
    if one.where == Publication.Where.PORTAL:
        return None, "done", "На нашем портале"
    return None, "none", "Не проверялась"


def _is_bare(request: Request) -> bool:
    """A form sent without saying how: shown back with what it lacks."""
    return request.method == "POST" and request.POST.get("how") not in {"ask", "seen"}


def _ask(request: Request, row: Publication) -> HttpResponse:
    if not is_on():
        raise Refused("Проверка адресов выключена: её включает тот, кто обслуживает сервер.")
    if row.taken_down_on is not None:
        raise Refused("Документ снят с этого адреса: проверять его больше не нужно.")
    ask_for_check(row, at=timezone.now())
    messages.info(
        request, "Страница проверяется. Итог появится здесь через несколько секунд.", extra_tags="wait"
    )
    return redirect("documents:publication_check", row.pk)
