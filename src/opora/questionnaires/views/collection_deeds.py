"""Deeds of the centre with a collection: accept, return, put off, remind, follow those who joined, close."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from opora.appointments.guard import may, may_backdate
from opora.core.addresses import full_address
from opora.core.forms import DeedForm
from opora.core.refusal import Refused
from opora.core.russian import counted, day_month
from opora.dashboard.request import Request
from opora.questionnaires.actions import accepting
from opora.questionnaires.actions import collections as actions
from opora.questionnaires.models import Collection, Respondent
from opora.questionnaires.queries import respondents_of
from opora.questionnaires.states import OWED, WORDS
from opora.questionnaires.views.collection_forms import AnswerQuestionForm, ExtensionForm
from opora.questionnaires.views.collections import Row, collection_of, respondent_of, rows_of

PEOPLE = ("ответ", "ответа", "ответов")


def chosen_in(request: Request, collection: Collection) -> list[Row]:
    """Those marked on the page, or all in the state that the page shows."""
    rows = rows_of(respondents_of(collection, request.as_of), request.as_of)
    if request.POST.get("all"):
        state = request.POST.get("state", "")
        return [row for row in rows if row.code == state] if state in WORDS else rows
    marked = {text for text in request.POST.getlist("respondent") if text.isascii() and text.isdecimal()}
    return [row for row in rows if str(row.respondent.pk) in marked]


@may("collections.edit")
@require_POST
def collection_accept(request: Request, pk: int) -> HttpResponse:
    """Accept the answers marked, all or nothing."""
    collection = collection_of(request, pk)
    rows = chosen_in(request, collection)
    if request.POST.get("all"):
        rows = [row for row in rows if row.code == "submitted"]

    form = DeedForm(
        request.POST, today=request.today, may_backdate=may_backdate(request, collection.municipality_id)
    )

    def act() -> str:
        if not form.is_valid():
            raise Refused(" ".join(str(words) for found in form.errors.values() for words in found))
        count = accepting.accept_answers(
            respondents=[row.respondent for row in rows],
            on=form.cleaned_data["on"],
            entered_on=form.cleaned_data.get("entered_on"),
            by=request.user,
            at=timezone.now(),
        )
        return f"Принято: {counted(count, *PEOPLE)}."

    return _done(request, pk, act)


@may("collections.edit")
@require_http_methods(["GET", "POST"])
def collection_remind(request: Request, pk: int) -> HttpResponse:
    """Note that those marked are reminded; the page has words for each way of sending, ready to be copied."""
    collection = collection_of(request, pk)
    on = request.today
    if request.method == "POST":
        rows = [row for row in chosen_in(request, collection) if row.code in OWED]
        try:
            actions.remind(
                collection=collection,
                respondents=[row.respondent for row in rows],
                on=on,
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refusal:
            messages.warning(request, refusal.words, extra_tags="late")
            return redirect("questionnaires:collection", pk)
        return redirect("questionnaires:collection_remind", pk)
    rows = rows_of(respondents_of(collection, request.as_of), request.as_of)
    reminded = [row for row in rows if row.respondent.reminded_on == on and row.code in OWED]
    context = {
        "collection": collection,
        "rows": reminded,
        "letter": letter_to(collection, reminded, full_address("/obligations/")),
    }
    return render(request, "questionnaires/collection_remind.html", context)


def letter_to(collection: Collection, rows: list[Row], address: str) -> str:
    """The words of a reminder: what is waited for, by when, where it is filled in, whom it concerns."""
    days = sorted({row.due_on for row in rows}) or [collection.due_on]
    until = " и ".join(day_month(day) for day in days[:2]) if len(days) < 3 else day_month(days[0])
    names = "\n".join(f"— {row.name}" for row in rows)
    return (
        f"Здравствуйте!\n\nЖдём ответ: «{collection.title}», срок — {until}. Заполнить можно здесь: {address}\n"
        f"Начатое сохраняется само, закончить можно позже.\n\nЕщё не сдали:\n{names}\n\n"
        "Если нужна помощь — ответьте на это письмо."
    )


@may("collections.edit")
@require_http_methods(["GET", "POST"])
def collection_extend(request: Request, pk: int) -> HttpResponse:
    """Put the term off for some; the first press of the list's button only brings the form with those marked."""
    collection = collection_of(request, pk)
    rows = rows_of(respondents_of(collection, request.as_of), request.as_of)
    marked = (
        {row.respondent.pk for row in chosen_in(request, collection)} if request.method == "POST" else set()
    )
    is_asked = "until" in request.POST
    form = ExtensionForm(request.POST if is_asked else None)
    refusal = None
    if is_asked and form.is_valid():
        try:
            count = actions.extend(
                respondents=[row.respondent for row in rows if row.respondent.pk in marked],
                on=request.today,
                by=request.user,
                at=timezone.now(),
                **form.cleaned_data,
            )
        except Refused as found:
            refusal = found
            form.add_error(None, found.words)
        else:
            words = counted(count, "ответа", "ответов", "ответов")
            messages.success(request, f"Срок продлён для {words}.", extra_tags="done")
            return redirect("questionnaires:collection", pk)
    context = {
        "collection": collection,
        "form": form,
        "refusal": refusal,
        "owing": [(row, row.respondent.pk in marked) for row in rows if row.code in OWED],
    }
    status = refusal.status if refusal else 422 if is_asked else 200
    return render(request, "questionnaires/collection_extend.html", context, status=status)


@may("collections.edit")
@require_POST
def collection_follow(request: Request, pk: int) -> HttpResponse:
    """Expect those who joined, and no longer those who left."""
    collection = collection_of(request, pk)

    def act() -> str:
        joined, left = actions.follow_audience(
            collection=collection, on=request.today, by=request.user, at=timezone.now()
        )
        return f"Список обновлён: добавлено — {joined}, больше не ожидаются — {left}."

    return _done(request, pk, act)


@may("collections.edit")
@require_POST
def collection_close(request: Request, pk: int) -> HttpResponse:
    """Close a collection, or open a closed one again."""
    collection = collection_of(request, pk)
    deed = actions.reopen_collection if request.POST.get("deed") == "reopen" else actions.close_collection

    def act() -> str:
        deed(collection=collection, on=request.today, by=request.user, at=timezone.now())
        is_closed = deed is actions.close_collection
        return "Сбор закрыт: новых ответов не примем." if is_closed else "Сбор снова открыт."

    return _done(request, pk, act)


@may("collections.edit")
@require_http_methods(["GET", "POST"])
def answer_return(request: Request, pk: int, respondent_pk: int) -> HttpResponse:
    """Return one answer with a question."""
    collection = collection_of(request, pk)
    one = respondent_of(collection, respondent_pk)
    form = AnswerQuestionForm(request.POST or None, today=request.today)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            accepting.return_answer(
                respondent=one,
                question=form.cleaned_data["question"],
                on=form.cleaned_data["on"],
                by=request.user,
                at=timezone.now(),
            )
        except Refused as found:
            refusal = found
            form.add_error(None, found.words)
        else:
            messages.success(request, "Ответ вернулся с вопросом.", extra_tags="done")
            return redirect("questionnaires:collection", pk)
    status = refusal.status if refusal else 422 if form.is_bound and form.errors else 200
    context = {
        "collection": collection,
        "row": rows_of([one], request.as_of)[0],
        "form": form,
        "refusal": refusal,
    }
    return render(request, "questionnaires/answer_return.html", context, status=status)


@may("collections.edit")
@require_POST
def answer_call_back(request: Request, pk: int, respondent_pk: int) -> HttpResponse:
    """Take a fresh acceptance back."""
    one: Respondent = respondent_of(collection_of(request, pk), respondent_pk)

    def act() -> str:
        accepting.call_back_acceptance(respondent=one, on=request.today, by=request.user, at=timezone.now())
        return "Приём отозван: ответ снова ждёт."

    return _done(request, pk, act)


def _done(request: Request, pk: int, act: Callable[[], str]) -> HttpResponse:
    """Do the deed and come back to the collection with what came of it."""
    try:
        messages.success(request, act(), extra_tags="done")
    except Refused as refusal:
        messages.warning(request, refusal.words, extra_tags="late")
    return redirect("questionnaires:collection", pk)
