"""Pages of a discussion: the proposals to a draft, opening it for them, settling one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from opora.appointments.guard import may
from opora.core.refusal import Refused
from opora.dashboard.request import Request
from opora.documents.actions import SentTwice
from opora.documents.actions.discussions import (
    add_comment,
    close_discussion,
    open_discussion,
    settle_comment,
)
from opora.documents.discussions import comments_of, is_taken, talk_of
from opora.documents.forms import CommentForm, DiscussForm, SettleForm
from opora.documents.models import Document
from opora.documents.queries import documents_of_centre, documents_seen_by
from opora.documents.views.deeds import Ask, deed_page

PAGE = 50


@may("documents.comment")
def comment_list(request: Request, pk: int) -> HttpResponse:
    """The proposals to a document, those not settled first, and the form for one more while they are taken."""
    row = get_object_or_404(
        documents_seen_by(request.access).select_related("municipality", "activity"), pk=pk
    )
    versions = list(row.versions.all())
    form = CommentForm(request.POST or None, versions=versions)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            return _add(request, row, form.cleaned_data)
        except Refused as found:
            refusal = found
            form.add_error(None, found.words)
    page = Paginator(comments_of(row, request.as_of), PAGE).get_page(request.GET.get("page"))
    context = {
        "document": row,
        "page": page,
        "talk": talk_of(row, request.as_of),
        "is_taken": is_taken(row, _day(request)) and bool(versions),
        "versions": versions,
        "form": form,
        "refusal": refusal,
        "may_settle": "documents.approve" in request.access.permissions
        and documents_of_centre(request.access).filter(pk=pk).exists(),
    }
    status = refusal.status if refusal else 422 if form.is_bound and form.errors else 200
    return render(request, "documents/comment_list.html", context, status=status)


@may("documents.approve")
def document_discuss(request: Request, pk: int) -> HttpResponse:
    """Open a draft for proposals until a day, prolong it, or close it before."""
    row = get_object_or_404(documents_of_centre(request.access), pk=pk)
    form = DiscussForm(request.POST or None, today=_day(request), until=row.discussed_until)

    def act(values: dict[str, Any]) -> None:
        if values["is_closed"]:
            close_discussion(document=row, by=request.user, at=timezone.now())
        else:
            open_discussion(
                document=row, until=values["until"], on=_day(request), by=request.user, at=timezone.now()
            )

    asked = Ask(
        title="Предложения к проекту",
        icon="chat",
        hint="До этого дня включительно проект видят школы, кураторы и эксперты муниципалитета"
        " и предлагают правки. Утверждать документ это не мешает.",
        button="Сохранить",
        done="Срок предложений сохранён.",
    )
    return deed_page(request, row, form, act, asked)


@may("documents.approve")
def comment_settle(request: Request, pk: int, comment_pk: int) -> HttpResponse:
    """Tell what came of one proposal."""
    row = get_object_or_404(documents_of_centre(request.access), pk=pk)
    comment = get_object_or_404(row.comments.select_related("said_by", "version"), pk=comment_pk)
    form = SettleForm(request.POST or None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            settle_comment(
                comment=comment, **form.cleaned_data, on=_day(request), by=request.user, at=timezone.now()
            )
        except SentTwice as again:
            messages.info(request, again.words, extra_tags="wait")
            return redirect("documents:comment_list", pk)
        except Refused as found:
            refusal = found
            form.add_error(None, found.words)
        else:
            messages.success(request, "Предложение разобрано.", extra_tags="done")
            return redirect("documents:comment_list", pk)
    context = {"document": row, "comment": comment, "form": form, "refusal": refusal}
    status = refusal.status if refusal else 422 if form.is_bound and form.errors else 200
    return render(request, "documents/comment_settle.html", context, status=status)


def _add(request: Request, row: Document, values: dict[str, Any]) -> HttpResponse:
    try:
        add_comment(
            document=row,
            version=values["version"],
            place=values["place"],
            words=values["words"],
            on=_day(request),
            by=request.user,
            at=timezone.now(),
        )
    except SentTwice as again:
        messages.info(request, again.words, extra_tags="wait")
    else:
        messages.success(request, "Предложение записано. Центр на него ответит.", extra_tags="done")
    return redirect("documents:comment_list", row.pk)


def _day(request: Request) -> date:
    """The day on which something is said: the one that the person looks at, never a day to come."""
    return request.today
