"""The record of a visit: where it stands, who waits for whom, what was seen and agreed, what can be done now."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from opora.appointments.guard import may
from opora.core.deeds import words_of
from opora.core.examination import examined_upload
from opora.core.filetypes import INLINE
from opora.core.history import history_of
from opora.core.refusal import Refused
from opora.core.russian import counted
from opora.dashboard.request import Request
from opora.visits import actions
from opora.visits.actions.papers import MOST_PAPERS
from opora.visits.fields import fields_of
from opora.visits.forms.record import PapersForm
from opora.visits.forms.told import followed_in, told_in
from opora.visits.models import SheetPaper, Step, Visit
from opora.visits.path import path_of, proposal_words, waiting_words
from opora.visits.states import state_of
from opora.visits.views.deeds import OF_JOURNEY, Deed, offered
from opora.visits.views.scope import moved_together, permissions_with, together_with, visit_of

_KEY = {"visit.agreed", "visit.held", "visit.reported", "visit.approved"}


@may("visits.see")
@require_GET
def visit(request: Request, pk: int) -> HttpResponse:
    """One visit as it stood on the day that the person looks at, with the deeds that are theirs."""
    row = visit_of(request, pk)
    permissions = permissions_with(row, request.access, request.user)
    state = state_of(row, request.as_of)
    may_hold = "visits.hold" in permissions and row.cancelled_on is None
    is_open = row.approved_on is None and (row.reported_on is None or row.returned_on is not None)
    journey = moved_together(row, request.access, request.user)
    deeds = [(deed, _form_of(deed, row, request, journey)) for deed in offered(row, permissions)]
    context = {
        "visit": row,
        "state": state,
        "path": path_of(row, request.as_of),
        "waiting": waiting_words(row, state),
        "proposal": proposal_words(row) if state.code == "proposed" else "",
        "together": together_with(row, request.access),
        "moves": row.moves.select_related("moved_by"),
        "told": told_in(row.sheet, fields_of(row.programme), _risks(row)),
        "followed": followed_in(row.sheet, row.followed_steps.all(), _looked_at(row)),
        "steps": [
            (step, step.done_on is not None and step.done_on <= request.as_of) for step in row.steps.all()
        ],
        "papers": _papers(row),
        "pressed": [pair for pair in deeds if pair[0].at_once],
        "asked": [pair for pair in deeds if not pair[0].at_once],
        "may_fill": may_hold and is_open,
        "may_hold": may_hold,
        "may_tell": "visits.agree" in permissions,
        "may_add_papers": may_hold and row.papers.count() < MOST_PAPERS,
        "history": [
            (entry, words_of(entry.verb, entry.facts), entry.verb in _KEY) for entry in history_of(row)
        ],
    }
    return render(request, "visits/visit.html", context)


def _form_of(deed: Deed, row: Visit, request: Request, journey: Sequence[Visit]) -> object:
    return deed.form(
        visit=row,
        today=request.today,
        together=journey if deed.name in OF_JOURNEY else (),
        auto_id=f"{deed.name.replace('_', '-')}-%s",
    )


def _risks(row: Visit) -> dict[int, str]:
    """The names of the factors that the sheet speaks of; no query when it speaks of none."""
    if not row.sheet.get("risks"):
        return {}
    return dict(row.programme.risk_factors.values_list("number", "name"))


def _looked_at(row: Visit) -> list[Step]:
    """The steps of earlier visits that the sheet speaks of; no query when it speaks of none."""
    told = row.sheet.get("followed")
    numbers = [int(pk) for pk in told if pk.isdigit()] if isinstance(told, dict) else []
    return list(Step.objects.filter(pk__in=numbers, visit__school=row.school_id)) if numbers else []


def _papers(row: Visit) -> list[tuple[SheetPaper, int, bool]]:
    """The photographs with the number of their file; only some kinds may be shown in the page."""
    found = []
    for paper in row.papers.select_related("document").prefetch_related("document__versions__file"):
        version = next(iter(paper.document.versions.all()))
        found.append((paper, version.number, version.file.kind in INLINE))
    return found


@may("visits.hold")
@require_http_methods(["GET", "POST"])
def papers(request: Request, pk: int) -> HttpResponse:
    """Attach photographs of the sheet filled in by hand: good ones are kept, each refused one is told by name."""
    row = visit_of(request, pk, "visits.hold")
    form = PapersForm(request.POST or None, request.FILES or None, visit=row, today=request.today)
    refusal: Refused | None = getattr(request, "upload_refusal", None)
    if refusal is None and request.method == "POST" and form.is_valid():
        kept, refusal = _keep(request, row)
        if kept:
            words = f"Приложено: {counted(kept, 'снимок', 'снимка', 'снимков')}."
            messages.success(request, words, extra_tags="done")
        if refusal is None:
            return redirect("visits:visit", pk)
    if refusal is not None:
        form.add_error(None, refusal.words)
    status = refusal.status if refusal else 422 if form.is_bound and form.errors else 200
    context = {
        "visit": row,
        "form": form,
        "refusal": refusal,
        "asked": {"title": "Приложить снимки листа", "icon": "up", "hint": ""},
        "is_file": True,
    }
    return render(request, "visits/deed.html", context, status=status)


def _keep(request: Request, row: Visit) -> tuple[int, Refused | None]:
    kept, refused, status = 0, [], 422
    for upload in request.FILES.getlist("papers"):
        name = upload.name or "снимок"
        try:
            actions.add_paper(
                visit=row,
                content=examined_upload(upload),
                file_name=name,
                on=request.today,
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refusal:
            refused.append(f"{name}: {refusal.words}")
            status = refusal.status
        else:
            kept += 1
    return kept, Refused(" ".join(refused), status=status) if refused else None
