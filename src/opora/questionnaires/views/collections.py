"""Pages of collections: the list, one with everybody expected in it, one answer as the centre reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from opora.appointments.guard import may, may_backdate, signed_in
from opora.appointments.queries import where_may
from opora.core.deeds import words_of
from opora.core.history import history_of
from opora.dashboard.request import Request
from opora.questionnaires.actions.accepting import CALL_BACK_DAYS
from opora.questionnaires.audience import NAMED, changes_on
from opora.questionnaires.content import Form, Question, form_of
from opora.questionnaires.grids import told
from opora.questionnaires.models import Collection, Respondent, Submission
from opora.questionnaires.queries import collections_seen_by, counts_of, obligations_of, respondents_of
from opora.questionnaires.states import HANDED_IN, WORDS, Code, due_on, is_late, state_on

PAGE_ROWS, PAGE_LIST = 50, 30
NAMED_FIRST = 12


@dataclass(frozen=True, slots=True)
class Row:
    """One of those expected, with where the answer stands on the day."""

    respondent: Respondent
    code: Code
    due_on: date
    is_late: bool

    @property
    def words(self) -> str:
        return WORDS[self.code][0]

    @property
    def icon(self) -> str:
        return WORDS[self.code][1]

    @property
    def name(self) -> str:
        one = self.respondent
        return one.person.short_name if one.person is not None else str(one.school)


def rows_of(respondents: Sequence[Respondent], as_of: date) -> list[Row]:
    """Everybody with their state on a day; asks the database nothing."""
    return [Row(one, state_on(one, as_of), due_on(one, as_of), is_late(one, as_of)) for one in respondents]


def collection_of(request: Request, pk: int) -> Collection:
    """The collection of an address; 404 for one that is not theirs. The guard has narrowed the places already."""
    seen = collections_seen_by(request.access)
    return get_object_or_404(seen.select_related("factor", "activity__roadmap", "made_by"), pk=pk)


@may("collections.see")
@require_GET
def collections(request: Request) -> HttpResponse:
    """Collections of the places of a person with how many answered. As many queries for 3 as for 300."""
    page = Paginator(collections_seen_by(request.access), PAGE_LIST).get_page(request.GET.get("page"))
    counts = counts_of(page.object_list, request.as_of)
    rows = [
        (one, *_figures(counts[one.pk]), _state(one, _figures(counts[one.pk]), request.as_of))
        for one in page.object_list
    ]
    context = {"page": page, "rows": rows, "may_edit": "collections.edit" in request.access.permissions}
    return render(request, "questionnaires/collections.html", context)


def _figures(counts: dict[Code, int]) -> tuple[int, int, int]:
    """How many are settled, wait for acceptance, are expected at all."""
    expected = sum(number for code, number in counts.items() if code != "excused")
    return counts.get("accepted", 0) + counts.get("nothing", 0), counts.get("submitted", 0), expected


def _state(collection: Collection, figures: tuple[int, int, int], as_of: date) -> tuple[str, str]:
    settled, waiting, expected = figures
    if expected and settled == expected:
        return "done", "Собран"
    if collection.closed_on is not None and collection.closed_on <= as_of:
        return "done", "Закрыт"
    if as_of < collection.opens_on:
        return "ahead", "Ещё не открыт"
    if expected and settled + waiting == expected:
        return "sent", "Сдано, ждёт приёма"
    return ("late", "Срок прошёл") if as_of > collection.due_on else ("half", "Идёт")


@may("collections.see")
@require_GET
def collection(request: Request, pk: int) -> HttpResponse:
    """Everybody expected in a collection with their state; sums that filter; what can be done with those marked."""
    row = collection_of(request, pk)
    respondents = respondents_of(row, request.as_of)
    rows = rows_of(respondents, request.as_of)
    state = request.GET.get("state", "")
    shown = [one for one in rows if one.code == state] if state in WORDS else rows
    may_edit = may_edit_of(request, row)
    is_open = row.closed_on is None
    counts: dict[Code, int] = {}
    for one in rows:
        counts[one.code] = counts.get(one.code, 0) + 1
    changes = changes_on(row, respondents, request.as_of) if may_edit and is_open else None
    context = {
        "collection": row,
        "page": Paginator(shown, PAGE_ROWS).get_page(request.GET.get("page")),
        "state": state if state in WORDS else "",
        "shown_count": len(shown),
        "chips": [(code, *WORDS[code], counts[code]) for code in WORDS if code in counts],
        "figures": _figures(counts),
        "state_now": _state(row, _figures(counts), request.as_of),
        "is_named": row.kind == NAMED,
        "changes": changes,
        "newcomers": [str(one) for one in (*changes.joined, *changes.back)][:NAMED_FIRST] if changes else [],
        "leavers": [str(one) for one in changes.left][:NAMED_FIRST] if changes else [],
        "may_edit": may_edit,
        "is_open": is_open,
        "handed_in": HANDED_IN,
        "taken": ("accepted", "nothing"),
        "may_backdate": may_edit and may_backdate(request, row.municipality_id),
        "history": [(one, words_of(one.verb, one.facts)) for one in history_of(row, limit=12)],
    }
    return render(request, "questionnaires/collection.html", context)


def may_edit_of(request: Request, collection: Collection) -> bool:
    """Whether the person keeps this very collection: of the own centre, not one seen from the region."""
    kept = where_may(request.access, "collections.edit")
    return collection.municipality_id in kept.municipality_ids


def respondent_of(collection: Collection, pk: int) -> Respondent:
    """One of those expected in a collection; 404 for one of another."""
    row = get_object_or_404(collection.respondents.select_related("school", "person", "accepted_by"), pk=pk)
    row.collection = collection
    return row


@may("collections.see")
@require_GET
def answer(request: Request, pk: int, respondent_pk: int) -> HttpResponse:
    """What one answered by the day, question by question; 404 where answers bear no names."""
    asked = collection_of(request, pk)
    if asked.is_anonymous:
        raise Http404
    one = respondent_of(asked, respondent_pk)
    (row,) = rows_of([one], request.as_of)
    given = list(
        Submission.objects.filter(respondent=one, submitted_on__lte=request.as_of)
        .select_related("submitted_by")
        .order_by("-number")
    )
    may_edit = may_edit_of(request, asked)
    accepted = one.accepted_on
    context = {
        "collection": asked,
        "row": row,
        "given": given,
        "parts": parts_of(form_of(asked.version.content), given[0].data) if given else [],
        "may_decide": may_edit and row.code == "submitted",
        "may_call_back": may_edit
        and accepted is not None
        and (request.as_of - accepted).days in range(CALL_BACK_DAYS + 1),
        "history": [(entry, words_of(entry.verb, entry.facts)) for entry in history_of(one, limit=12)],
    }
    return render(request, "questionnaires/answer.html", context)


@signed_in
@require_GET
def answer_wherever(request: Request, pk: int) -> HttpResponse:
    """Lead to an answer as the person may see it: to its page of the centre, or to one's own; 404 to others."""
    seen = collections_seen_by(where_may(request.access, "collections.see"))
    one = Respondent.objects.filter(pk=pk, collection__in=seen).select_related("collection").first()
    if one is not None and one.collection.is_anonymous:
        return redirect("questionnaires:collection", one.collection_id)
    if one is not None:
        return redirect("questionnaires:answer", one.collection_id, pk)
    get_object_or_404(obligations_of(request.user, request.access, request.as_of), pk=pk)
    return redirect(f"/obligations/{pk}/")


@dataclass(frozen=True, slots=True)
class Part:
    """A line of an answer: the question and what was said; a heading says nothing."""

    label: str
    said: str
    is_heading: bool = False
    file: int = 0


def parts_of(form: Form, data: dict[str, object]) -> list[Part]:
    """An answer in the order of the form; questions without an answer are left out."""
    return _parts(form.questions, data)


def _parts(questions: Sequence[Question], data: dict[str, object]) -> list[Part]:
    found: list[Part] = []
    for question in questions:
        value = data.get(question.name)
        label = question.label or question.name
        if question.kind == "group" and isinstance(value, dict):
            inner = _parts(question.questions, value)
            found += [Part(label, "", True), *inner] if inner and question.label else inner
        elif question.kind == "repeat" and isinstance(value, list):
            for number, one in enumerate((one for one in value if isinstance(one, dict)), 1):
                found += [Part(f"{label}: {number}", "", True), *_parts(question.questions, one)]
        elif question.kind not in ("group", "repeat", "note"):
            said = told(question, value)
            if question.kind == "file" and isinstance(value, dict) and isinstance(value.get("file"), int):
                found.append(Part(label, str(said), file=value["file"]))
            elif said is not None:
                found.append(
                    Part(label, str(said).replace(".", ",") if isinstance(said, float) else str(said))
                )
    return found
