"""Filling in a form: steps that work without scripts, a draft that saves itself, an answer that is judged whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from opora.appointments.guard import may
from opora.core.refusal import Refused
from opora.core.uploads import read_upload
from opora.dashboard.request import Request
from opora.questionnaires.actions.answers import (
    DraftConflict,
    NotReady,
    keep_file,
    open_obligation,
    save_draft,
    say_nothing,
    submit,
)
from opora.questionnaires.content import Answers, Form, every_question, form_of
from opora.questionnaires.forms.answering import answers_in, put, rows_changed, uploads_in
from opora.questionnaires.judging import Judged, judge
from opora.questionnaires.models import Draft, Respondent
from opora.questionnaires.queries import obligations_of
from opora.questionnaires.showing import Differing, Field, Step, differences, fields_of, steps_of
from opora.questionnaires.sizes import shown_of
from opora.questionnaires.states import HANDED_IN, due_on, state_on
from opora.questionnaires.views.answers import answer_page
from opora.questionnaires.views.facts import facts_of

ADDED, DROPPED = "add/", "drop/"


@dataclass(slots=True)
class Sheet:
    """A form that is being filled in: whose, on which step, what stands in it and what is wrong."""

    respondent: Respondent
    form: Form
    steps: tuple[Step, ...]
    step: Step
    data: Answers
    version: int
    on: date
    refusals: list[Refused] = field(default_factory=list)
    differing: tuple[Differing, ...] = ()
    is_strict: bool = False

    def judged(self) -> Judged:
        return judge(self.form, self.data, self.on)

    @property
    def shown(self) -> Answers:
        """The answers as far as a page can show them."""
        return shown_of(self.form, self.data)


@may("collections.answer")
@never_cache
@require_http_methods(["GET", "POST"])
def answering(request: Request, pk: int) -> HttpResponse:
    """The form to be filled in; after it is handed in, the answer as it was given."""
    respondent = own_respondent(request, pk)
    on = day_of(request)
    if state_on(respondent, on) in (*HANDED_IN, "excused"):
        return answer_page(request, respondent)
    draft = open_obligation(
        respondent=respondent,
        facts=facts_of(respondent, request.user, on),
        on=on,
        by=request.user,
        at=timezone.now(),
    )
    sheet = _sheet(request, respondent, draft, on)
    return _taken(request, sheet, draft) if request.method == "POST" else _page(request, sheet)


@may("collections.answer")
@never_cache
@require_POST
def answer_draft(request: Request, pk: int) -> HttpResponse:
    """What is typed, kept on a pause; answers with the parts of the page that became different."""
    respondent = own_respondent(request, pk)
    on = day_of(request)
    draft = Draft.objects.filter(respondent=respondent).first()
    if draft is None or state_on(respondent, on) in (*HANDED_IN, "excused"):
        return HttpResponse(headers={"HX-Redirect": reverse("questionnaires:answering", args=[pk])})
    sheet = _sheet(request, respondent, draft, on)
    sheet.data = _typed(request, sheet, draft)
    try:
        _keep(request, sheet)
    except DraftConflict as found:
        sheet.version = found.version
        sheet.differing = tuple(differences(sheet.form, found.kept, sheet.data))
    except Refused as refusal:
        sheet.refusals.append(refusal)
    fields = fields_of(sheet.form, sheet.shown, sheet.judged(), names=sheet.step.names)
    context = {
        **_told(request, sheet),
        "changed": list(_changed(fields, set(request.POST), set(request.POST.getlist("bad")))),
        "saved_words": f"Сохранено {timezone.localtime():%H:%M}",
    }
    return render(request, "questionnaires/_answer_updates.html", context)


@may("collections.answer")
@require_http_methods(["GET", "POST"])
def answer_nothing(request: Request, pk: int) -> HttpResponse:
    """Say that there is nothing to tell, and why."""
    respondent = own_respondent(request, pk)
    words = request.POST.get("words", "")
    refusal = None
    if request.method == "POST":
        try:
            say_nothing(
                respondent=respondent, words=words, on=day_of(request), by=request.user, at=timezone.now()
            )
        except Refused as found:
            refusal = found
        else:
            messages.success(request, "Сообщено, что сообщить нечего.", extra_tags="done")
            return redirect("questionnaires:answering", pk)
    context = {
        "respondent": respondent,
        "collection": respondent.collection,
        "words": words,
        "refusal": refusal,
    }
    return render(
        request, "questionnaires/answer_nothing.html", context, status=refusal.status if refusal else 200
    )


def own_respondent(request: Request, pk: int) -> Respondent:
    """The obligation, when it is the person's own; 404 otherwise."""
    rows = obligations_of(request.user, request.access, request.as_of)
    return get_object_or_404(
        rows.select_related("collection__version", "collection__programme", "collection__municipality",
                            "collection__stage", "school", "person"),
        pk=pk,
    )  # fmt: skip


def day_of(request: Request) -> date:
    """The day on which a deed is done: the day looked at, never one that has not come."""
    return request.today


def _sheet(request: Request, respondent: Respondent, draft: Draft, on: date) -> Sheet:
    form = form_of(respondent.collection.version.content)
    steps = steps_of(form)
    asked = request.POST.get("step") or request.GET.get("step") or "1"
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1
    step = steps[max(1, min(number, len(steps))) - 1]
    return Sheet(respondent, form, steps, step, draft.data, draft.version, on)


def _typed(request: Request, sheet: Sheet, draft: Draft) -> Answers:
    questions = [one for one in sheet.form.questions if one.name in sheet.step.names]
    return answers_in(request.POST, questions, draft.data)


def _keep(request: Request, sheet: Sheet) -> None:
    told = request.POST.get("version", "")
    draft = save_draft(
        respondent=sheet.respondent,
        data=sheet.data,
        version=int(told) if told.isascii() and told.isdigit() and len(told) < 10 else 0,
        on=sheet.on,
        by=request.user,
        at=timezone.now(),
    )
    sheet.data, sheet.version = draft.data, draft.version


def _taken(request: Request, sheet: Sheet, draft: Draft) -> HttpResponse:
    """A sending of the whole page: kept first, whatever is asked for, then the deed."""
    deed = request.POST.get("deed", "save")
    before = judge(sheet.form, draft.data, sheet.on).relevant
    sheet.data = _typed(request, sheet, draft)
    _take_files(request, sheet)
    repeats = {one.path for one in every_question(sheet.form.questions) if one.kind == "repeat"}
    place = "/".join(step for step in deed.partition("/")[2].split("/") if not step.isdigit())
    is_row = deed.startswith((ADDED, DROPPED)) and place in repeats
    if is_row:
        rows_changed(sheet.data, deed)
    try:
        _keep(request, sheet)
        if sheet.refusals:
            return _page(request, sheet)
        if deed == "submit":
            return _submitted(request, sheet)
    except DraftConflict as found:
        sheet.version = found.version
        sheet.differing = tuple(differences(sheet.form, found.kept, sheet.data))
        sheet.refusals.append(found)
        return _page(request, sheet)
    except NotReady as refusal:
        return _not_ready(request, sheet, refusal)
    except Refused as refusal:
        sheet.refusals.append(refusal)
        return _page(request, sheet)
    return _led_on(request, sheet, deed, before, is_row=is_row)


def _submitted(request: Request, sheet: Sheet) -> HttpResponse:
    submit(
        respondent=sheet.respondent,
        data=sheet.data,
        version=sheet.version,
        on=sheet.on,
        by=request.user,
        at=timezone.now(),
    )
    messages.success(request, "Ответ сдан.", extra_tags="done")
    return redirect("questionnaires:answering", sheet.respondent.pk)


def _not_ready(request: Request, sheet: Sheet, refusal: NotReady) -> HttpResponse:
    """The step of the first thing to mend, with a summary of all of them."""
    first = refusal.judged.faults[0].path.split("/")[0]
    sheet.step = next(step for step in sheet.steps if first in step.names)
    sheet.is_strict = True
    return _page(request, sheet, status=refusal.status)


def _led_on(
    request: Request, sheet: Sheet, deed: str, before: frozenset[str], *, is_row: bool
) -> HttpResponseRedirect:
    number = sheet.step.number
    if is_row:
        place = (
            deed.partition("/")[2] if deed.startswith(ADDED) else deed.partition("/")[2].rpartition("/")[0]
        )
        fields = fields_of(sheet.form, sheet.data, sheet.judged(), names=sheet.step.names)
        return _to(sheet, number, next((one.key for one in _flat(fields) if one.place == place), ""))
    if deed == "next":
        appeared = {
            place for place in sheet.judged().relevant - before if place.split("/")[0] in sheet.step.names
        }
        shown = {name.removeprefix("a/") for name in request.POST if name.startswith("a/")}
        here = fields_of(sheet.form, sheet.data, sheet.judged(), names=sheet.step.names)
        asked = [
            one
            for one in _flat(here)
            if one.place in appeared
            and one.is_shown
            and one.kind not in ("group", "repeat", "note", "calculated")
        ]
        # A list that offers other choices now is asked of once more.
        asked += [
            one for one in _flat(here) if one.is_shown and one.options and one.mark not in {"", *request.POST}
        ]
        if any(one.place not in shown or one.mark not in {"", *request.POST} for one in asked):
            messages.info(request, "По вашим ответам появились ещё вопросы.", extra_tags="wait")
            return _to(sheet, number, asked[0].key)
        return _to(sheet, number + 1)
    if deed == "back":
        return _to(sheet, number - 1)
    messages.success(request, "Черновик сохранён.", extra_tags="done")
    return _to(sheet, number)


def _to(sheet: Sheet, number: int, key: str = "") -> HttpResponseRedirect:
    place = max(1, min(number, len(sheet.steps)))
    address = reverse("questionnaires:answering", args=[sheet.respondent.pk])
    return HttpResponseRedirect(f"{address}{f'?step={place}' if place > 1 else ''}{f'#{key}' if key else ''}")


def _take_files(request: Request, sheet: Sheet) -> None:
    too_large = getattr(request, "upload_refusal", None)
    if too_large is not None:
        sheet.refusals.append(too_large)
        return
    questions = [one for one in sheet.form.questions if one.name in sheet.step.names]
    for place, upload in uploads_in(request.FILES, questions, sheet.data):
        try:
            kept = keep_file(content=read_upload(upload), file_name=upload.name or "", at=timezone.now())
        except Refused as refusal:
            sheet.refusals.append(refusal)
        else:
            put(sheet.data, place, kept)


def _flat(fields: list[Field]) -> list[Field]:
    found: list[Field] = []
    for one in fields:
        found += [one, *_flat(one.parts)]
        for row in one.rows:
            found += _flat(row.parts)
    return found


def _changed(fields: list[Field], sent: set[str], bad: set[str]) -> list[tuple[str, Field]]:
    """What of the page became different: a field that came or went («slot»), its remark alone («fault»)."""
    found: list[tuple[str, Field]] = []
    for one in fields:
        is_held = one.kind in ("group", "repeat")
        was_shown = f"{'on' if is_held else 'a'}/{one.place}" in sent
        if one.kind in ("note", "calculated") or one.question.calculation:
            # Nobody types into these: they are sent whenever they may have become different.
            found += (
                [("slot", one)]
                if one.is_changing or one.question.calculation or one.question.relevant
                else []
            )
        elif was_shown != one.is_asked or (one.is_asked and one.mark and one.mark not in sent):
            found.append(("slot", one))
        elif is_held and one.is_asked:
            for parts in (one.parts, *(row.parts for row in one.rows)):
                found += _changed(parts, sent, bad)
        elif one.is_asked and (one.fault or one.place in bad):
            found.append(("fault", one))
    return found


def _told(request: Request, sheet: Sheet) -> dict[str, Any]:
    return {
        "respondent": sheet.respondent,
        "collection": sheet.respondent.collection,
        "form": sheet.form,
        "sheet": sheet,
        "refusals": [one for one in sheet.refusals if not isinstance(one, DraftConflict)],
        "due_on": due_on(sheet.respondent, sheet.on),
    }


def _page(request: Request, sheet: Sheet, status: int = 200) -> HttpResponse:
    judged = sheet.judged()
    shown = sheet.shown
    fields = fields_of(sheet.form, shown, judged, names=sheet.step.names, is_strict=sheet.is_strict)
    status = sheet.refusals[0].status if sheet.refusals else status
    context = {
        **_told(request, sheet),
        "fields": fields,
        "dear": judged.dear,
        "is_cut": shown is not sheet.data,
        "is_last": sheet.step is sheet.steps[-1],
        "summary": _summary(sheet, judged) if sheet.is_strict else [],
        "back": state_on(sheet.respondent, sheet.on) == "returned",
    }
    return render(request, "questionnaires/answering.html", context, status=status)


def _summary(sheet: Sheet, judged: Judged) -> list[tuple[str, str, str]]:
    """Everything to mend: where it stands, the question, what is wrong."""
    everything = {one.place: one for one in _flat(fields_of(sheet.form, sheet.data, judged, is_strict=True))}
    address = reverse("questionnaires:answering", args=[sheet.respondent.pk])
    found = []
    for fault in judged.faults:
        step = next(one for one in sheet.steps if fault.path.split("/")[0] in one.names)
        here = "" if step is sheet.step else f"{address}?step={step.number}"
        rows = [part for part in fault.place.split("/") if part.isdigit()]
        where = f", строка {rows[-1]}" if rows else ""
        shown = everything.get(fault.place)
        label = (shown.label if shown else fault.label) or fault.path
        found.append((f"{here}#{shown.key if shown else ''}-f", f"{label}{where}", fault.words))
    return found
