"""Marks of ИС МЭДК: the table of schools, one school, one mark, many at once, the package of a school."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from opora.appointments.guard import may
from opora.appointments.queries import schools_of, where_may
from opora.appointments.views.chosen import chosen_programme
from opora.core.archive import archive_of
from opora.core.filetypes import CONTENT_TYPES
from opora.core.refusal import Refused
from opora.core.russian import counted
from opora.dashboard.request import Request
from opora.desk.versions import as_seen
from opora.documents.actions.marks import Marked, MarkTold, put_mark, put_marks
from opora.documents.mark_book import book_of
from opora.documents.marks import LOOKS, State, history_of_marks, marked_kinds, marks_of
from opora.documents.owed import Owed, owed_by
from opora.documents.package import package_name, package_of
from opora.documents.queries import documents_seen_by
from opora.documents.views.mark_forms import ManyMarksForm, MarkFilter, MarkForm, code_of
from opora.programmes.models import DocumentKind, RiskFactor
from opora.schools.models import Measure, Participation, School
from opora.schools.risks import parts_in
from opora.schools.views.risk_scope import covers

PAGE = 50
LATEST = 30
MOST_BOXES = 300


@may("marks.see")
@require_GET
def mark_list(request: Request) -> HttpResponse:
    """Schools × papers that go to ИС МЭДК, with what stands there; filters by state, paper and factor."""
    programme = chosen_programme(request)
    asked = MarkFilter(request.GET).asked()
    parts = list(parts_in(programme, request.as_of, schools_of(request.access)))
    rows = []
    sums: Counter[str] = Counter()
    for part, owed in zip(parts, owed_by(parts, request.as_of, is_marked=True), strict=True):
        meant = [one for one in owed if _is_asked(one, asked)]
        sums.update(one.mark.state for one in meant)
        if not any(asked.values()) or any(asked["show"] in ("", one.mark.state) for one in meant):
            rows.append((part, owed, sum(one.mark.is_confirmed for one in owed)))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "programme": programme,
        "asked": asked,
        "is_asked": any(asked.values()),
        "kinds": marked_kinds(programme.pk),
        "factors": programme.risk_factors.order_by("number"),
        "page": page,
        "total": sum(sums.values()),
        "chips": [(state.value, state.label, LOOKS[state], sums[state]) for state in State],
        "may_mark_many": bool({"marks.load", "marks.confirm"} & request.access.permissions),
        "may_load": "marks.load" in request.access.permissions,
    }
    return render(request, "documents/marks.html", context)


@may("marks.see")
@require_GET
def mark_book(request: Request) -> HttpResponse:
    """The marks of the schools that the person sees as a table that can be loaded back."""
    programme = chosen_programme(request)
    parts = list(parts_in(programme, request.as_of, schools_of(request.access)))
    book = book_of([one for owed in owed_by(parts, request.as_of, is_marked=True) for one in owed])
    answer = HttpResponse(book, content_type=CONTENT_TYPES["xlsx"])
    answer.headers["Content-Disposition"] = 'attachment; filename="marks.xlsx"'
    return answer


@may("marks.see")
@require_GET
def school_marks(request: Request, pk: int) -> HttpResponse:
    """Everything of one school that goes to ИС МЭДК: papers, measures, who noted what and when."""
    part = _part(request, pk)
    (owed,) = owed_by([part], request.as_of, is_marked=True)
    marks = marks_of([part.pk], request.as_of)
    measures = Measure.objects.filter(programme__participation=part).select_related("programme__factor")
    context = {
        "part": part,
        "owed": owed,
        "measures": [
            (one, marks.of_measure(one.pk))
            for one in measures.order_by("programme__factor__number", "position")
        ],
        "history": [(row, LOOKS[State(row.state)]) for row in history_of_marks(part, request.as_of)[:LATEST]],
        "may_mark": bool(states_for(request, part.school)),
        "has_papers": any(one.paper for one in owed),
    }
    return render(request, "documents/school_marks.html", context)


@may("marks.see")
@require_http_methods(["GET", "POST"])
def paper_mark(request: Request, pk: int, kind_pk: int, factor_pk: int) -> HttpResponse:
    """Note what stands in ИС МЭДК for one paper; the factor is 0 where the school owes one paper of the kind."""
    part = _part(request, pk)
    kind = get_object_or_404(marked_kinds(part.programme_id), pk=kind_pk)
    is_by_factor = kind.owed_by == DocumentKind.OwedBy.FACTOR
    if is_by_factor != bool(factor_pk):
        raise Http404
    factors = RiskFactor.objects.filter(programme=part.programme_id)
    factor = get_object_or_404(factors, pk=factor_pk) if is_by_factor else None
    return _mark(request, Marked(part, kind, factor))


@may("marks.see")
@require_http_methods(["GET", "POST"])
def measure_mark(request: Request, pk: int, measure_pk: int) -> HttpResponse:
    """Note what stands in ИС МЭДК for one measure of a school's programme of work."""
    part = _part(request, pk)
    measures = Measure.objects.filter(programme__participation=part).select_related("programme__factor")
    return _mark(request, Marked(part, measure=get_object_or_404(measures, pk=measure_pk)))


def _mark(request: Request, marked: Marked) -> HttpResponse:
    """The form of one mark: the school loads, the curator or the coordinator answers."""
    part = marked.part
    states = states_for(request, part.school)
    if not states:
        raise Http404

    def initial_of(part: Participation) -> dict[str, Any]:
        stands = marked.stands(marks_of([part.pk], request.today))
        return {"state": _next(stands.state, states), "address": stands.address}

    known = marked.stands(marks_of([part.pk], request.today))
    form = MarkForm(
        request.POST or None,
        states=states,
        today=request.today,
        initial=initial_of(part),
    )
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            with as_seen(form, part, initial_of):
                put_mark(marked=marked, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as found:
            refusal = found
            form.add_error(None, found.words)
        else:
            messages.success(request, f"Отмечено: {marked.name}.", extra_tags="done")
            return redirect("documents:school_marks", part.pk)
    status = refusal.status if refusal else 422 if form.is_bound and form.errors else 200
    context = {"form": form, "part": part, "marked": marked, "known": known, "refusal": refusal}
    return render(request, "documents/mark.html", context, status=status)


@may("marks.see")
@require_http_methods(["GET", "POST"])
def mark_many(request: Request) -> HttpResponse:
    """One state for many papers at once, each with a box to tick."""
    programme = chosen_programme(request)
    asked = MarkFilter(request.GET).asked()
    parts = list(parts_in(programme, request.as_of, schools_of(request.access)))
    meant = [part for part in parts if states_for(request, part.school)]
    owed = [
        one
        for group in owed_by(meant, request.as_of, is_marked=True)
        for one in group
        if _is_asked(one, asked) and asked["show"] in ("", one.mark.state)
    ]
    more, owed = max(len(owed) - MOST_BOXES, 0), owed[:MOST_BOXES]
    permissions = request.access.permissions
    form = ManyMarksForm(
        request.POST or None,
        owed=owed,
        states=states_of(permissions),
        today=request.today,
    )
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            done = _mark_all(request, form.cleaned_data, {code_of(one): one for one in owed})
        except Refused as found:
            refusal = found
            form.add_error(None, found.words)
        else:
            words = counted(done, "отметка", "отметки", "отметок") if done else "новых отметок нет"
            messages.success(request, f"Записано: {words}.", extra_tags="done")
            return redirect("documents:mark_list")
    ticked = set(request.POST.getlist("papers"))
    context = {
        "form": form,
        "refusal": refusal,
        "asked": asked,
        "programme": programme,
        "states": State.choices,
        "kinds": marked_kinds(programme.pk),
        "factors": programme.risk_factors.order_by("number"),
        "rows": [(one, code_of(one), code_of(one) in ticked) for one in owed],
        "more": more,
    }
    status = refusal.status if refusal else 422 if form.is_bound and form.errors else 200
    return render(request, "documents/mark_many.html", context, status=status)


@may("marks.see")  # type: ignore[arg-type]  # -- a streamed answer is an answer too
@require_GET
def package(request: Request, pk: int) -> StreamingHttpResponse:
    """The papers of one school named and numbered for ИС МЭДК, with a register; sent while it is made."""
    part = _part(request, pk)
    (owed,) = owed_by([part], request.as_of, is_marked=True)
    seen = documents_seen_by(request.access).filter(school=part.school)
    answer = StreamingHttpResponse(
        archive_of(package_of(part, owed, seen, request.as_of)), content_type="application/zip"
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="{package_name(part)}"'
    return answer


def states_for(request: Request, school: School) -> list[str]:
    """The states that the person may note for a school: of its own people, its curator, the centre."""
    held = {
        permission
        for permission in ("marks.load", "marks.confirm")
        if covers(where_may(request.access, permission), school)
    }
    return states_of(held)


def states_of(permissions: Any) -> list[str]:
    """The states that permissions let note."""
    loads = [State.LOADED, State.NONE] if "marks.load" in permissions else []
    answers = [State.CONFIRMED, State.RETURNED] if "marks.confirm" in permissions else []
    return [*loads, *answers]


def _mark_all(request: Request, values: dict[str, Any], owed: dict[str, Owed]) -> int:
    factors = RiskFactor.objects.in_bulk([one.factor.pk for one in owed.values() if one.factor])
    told = []
    chosen = [owed[code] for code in values["papers"]]
    kinds = {kind.pk: kind for kind in marked_kinds(chosen[0].part.programme_id)}
    for one in chosen:
        if values["state"] not in states_for(request, one.part.school):
            raise Refused(f"{one.part.school}: для этой школы такую отметку ставит другой человек.")
        marked = Marked(one.part, kinds[one.kind.pk], factors[one.factor.pk] if one.factor else None)
        told.append(MarkTold(marked, values["state"], values["on"], one.mark.address, values["words"]))
    return put_marks(told=told, by=request.user, at=timezone.now())


def _part(request: Request, pk: int) -> Participation:
    parts = Participation.objects.filter(school__in=schools_of(request.access))
    return get_object_or_404(parts.select_related("school__municipality", "programme"), pk=pk)


def _is_asked(one: Owed, asked: dict[str, Any]) -> bool:
    kind, factor = one.key
    return asked["kind"] in ("", kind) and asked["factor"] in ("", factor)


def _next(state: str, states: list[str]) -> str:
    """What is noted next by itself: a paper that is loaded waits for an answer, others to be loaded."""
    if state == State.LOADED and State.CONFIRMED in states:
        return State.CONFIRMED
    return State.LOADED if State.LOADED in states else ""
