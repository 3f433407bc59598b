"""Pages of a person's word: giving it for a line, those that wait, confirming and withdrawing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from opora.appointments.guard import may, may_backdate
from opora.appointments.queries import schools_of
from opora.core.refusal import Refused
from opora.dashboard.request import Request
from opora.documents import actions
from opora.documents.forms import DayForm, TakeDownForm, WordForm
from opora.documents.models import Attestation
from opora.documents.queries import documents_seen_by, words_seen_by
from opora.documents.views.deeds import Ask
from opora.indicators.models import Indicator
from opora.plans.models import Activity
from opora.plans.queries import roadmaps_seen_by
from opora.schools.models import School

PAGE = 50


@may("documents.see")
def word_list(request: Request) -> HttpResponse:
    """The words given for lines by the day looked at: those that wait for confirmation first."""
    words = words_seen_by(request.access).filter(happened_on__lte=request.as_of)
    which = request.GET.get("which", "waiting")
    chosen = {
        "waiting": words.filter(_not_yet("confirmed_on", request) & _not_yet("withdrawn_on", request)),
        "confirmed": words.filter(confirmed_on__lte=request.as_of).filter(_not_yet("withdrawn_on", request)),
        "withdrawn": words.filter(withdrawn_on__lte=request.as_of),
    }
    which = which if which in chosen else "waiting"
    rows = chosen[which].select_related("activity__roadmap", "school", "document", "added_by", "confirmed_by")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "which": which, **_rights(request)}
    return render(request, "documents/word_list.html", context)


@may("documents.add")
def word_add(request: Request, pk: int) -> HttpResponse:
    """Give one's word that a line was done; below, the words already given for it."""
    lines = Activity.objects.filter(roadmap__in=roadmaps_seen_by(request.access))
    line = get_object_or_404(lines.select_related("roadmap", "section"), pk=pk)
    form = WordForm(
        request.POST or None,
        today=request.today,
        schools=_schools_for(request, line),
        documents=documents_seen_by(request.access).filter(activity=line),
    )
    refusal = None
    if request.method == "POST" and form.is_valid():
        values = {name: value for name, value in form.cleaned_data.items() if name != "on"}
        try:
            actions.attest(activity=line, **values, by=request.user, at=timezone.now())
        except actions.SentTwice as again:
            messages.info(request, again.words, extra_tags="wait")
            return redirect("documents:word_add", pk)
        except Refused as found:
            refusal = found
            form.add_error(None, found.words)
        else:
            messages.success(request, "Записано. Засчитается, когда центр подтвердит.", extra_tags="done")
            return redirect("documents:word_add", pk)
    given = words_seen_by(request.access).filter(activity=line)
    context = {
        "line": line,
        "form": form,
        "refusal": refusal,
        "given": given.select_related("school", "document", "added_by", "confirmed_by")[:PAGE],
        **_rights(request),
    }
    status = refusal.status if refusal else 422 if form.is_bound and form.errors else 200
    return render(request, "documents/word_add.html", context, status=status)


@may("documents.approve")
def word_confirm(request: Request, pk: int) -> HttpResponse:
    """Confirm a word: from that day it counts."""
    mine = Attestation.objects.filter(activity__roadmap__municipality__in=request.access.municipality_ids)
    word = get_object_or_404(mine.select_related("activity__roadmap", "school", "added_by"), pk=pk)

    def act(values: dict[str, Any]) -> None:
        actions.confirm(
            attestation=word,
            on=values["on"],
            entered_on=values.get("entered_on"),
            by=request.user,
            at=timezone.now(),
        )

    is_past_allowed = may_backdate(request, word.activity.roadmap.municipality_id)
    form = DayForm(request.POST or None, today=request.today, may_backdate=is_past_allowed)
    asked = Ask(
        title="Подтвердить",
        icon="done",
        hint="С этого дня пункт засчитан.",
        done="Подтверждено.",
    )
    return _word_page(request, word, form, act, asked)


@may("documents.add")
def word_withdraw(request: Request, pk: int) -> HttpResponse:
    """Take back one's own word, or as the centre anyone's, with a reason."""
    mine = words_seen_by(request.access).filter(
        Q(added_by=request.user) | Q(activity__roadmap__municipality__in=request.access.municipality_ids)
    )
    word = get_object_or_404(mine.select_related("activity__roadmap", "school", "added_by"), pk=pk)

    def act(values: dict[str, Any]) -> None:
        actions.withdraw(
            attestation=word, reason=values["reason"], on=values["on"], by=request.user, at=timezone.now()
        )

    form = TakeDownForm(request.POST or None, today=request.today)
    asked = Ask(title="Отозвать", icon="back", done="Отозвано: больше не засчитывается.")
    return _word_page(request, word, form, act, asked)


def _word_page(
    request: Request,
    word: Attestation,
    form: DayForm,
    act: Callable[[dict[str, Any]], None],
    asked: Ask,
) -> HttpResponse:
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except actions.SentTwice as again:
            messages.info(request, again.words, extra_tags="wait")
            return redirect("documents:word_list")
        except Refused as found:
            refusal = found
            form.add_error(None, found.words)
        else:
            messages.success(request, asked.done, extra_tags="done")
            return redirect("documents:word_list")
    status = refusal.status if refusal else 422 if form.is_bound and form.errors else 200
    context = {"word": word, "form": form, "refusal": refusal, "asked": asked}
    return render(request, "documents/word_deed.html", context, status=status)


def _schools_for(request: Request, line: Activity) -> QuerySet[School] | None:
    """The schools the word may be about; None for a line of the centre, which is not counted by schools."""
    is_by_schools = Indicator.objects.filter(activity=line, scope="schools").exists()
    is_of_centre = line.roadmap.municipality_id in request.access.municipality_ids
    if not is_by_schools and not is_of_centre:
        raise Refused("Этот пункт считается не по школам: его подтверждает центр.", status=403)
    if not is_by_schools:
        return None
    return schools_of(request.access).filter(municipality=line.roadmap.municipality_id)


def _not_yet(field: str, request: Request) -> Q:
    return Q(**{field: None}) | Q(**{f"{field}__gt": request.as_of})


def _rights(request: Request) -> dict[str, bool]:
    return {
        "may_confirm": "documents.approve" in request.access.permissions,
        "may_withdraw": "documents.add" in request.access.permissions,
    }
