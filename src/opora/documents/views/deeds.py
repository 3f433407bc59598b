"""Pages of a document's deeds: each asks what it must and does one thing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from opora.appointments.guard import may, may_backdate
from opora.core.refusal import Refused
from opora.dashboard.request import Request
from opora.documents import actions
from opora.documents.discussions import open_comments
from opora.documents.forms import ApproveForm, DayForm, PublishForm, QuestionForm, ReasonForm, TakeDownForm
from opora.documents.models import Document, Publication
from opora.documents.queries import documents_kept_by, documents_of_centre
from opora.documents.views.doubts import question_of

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ask:
    """The words of a deed's page: its title and icon, what is said when it is done, a hint, the button.

    `wait` says why the deed cannot be done yet.
    """

    title: str
    icon: str
    done: str
    hint: str = ""
    button: str = ""
    wait: str = ""


@may("documents.add")
def document_send(request: Request, pk: int) -> HttpResponse:
    """Ask the centre to look at a document."""
    row = get_object_or_404(documents_kept_by(request.access), pk=pk)

    def act(values: Values) -> None:
        actions.send_for_approval(document=row, on=values["on"], by=request.user, at=timezone.now())

    asked = Ask(
        title="Отправить на согласование",
        icon="send",
        done="Документ отправлен на согласование.",
    )
    return deed_page(request, row, _with_day(request, DayForm), act, asked)


@may("documents.approve")
def document_approve(request: Request, pk: int) -> HttpResponse:
    """Approve a document since a day."""
    row = get_object_or_404(documents_of_centre(request.access), pk=pk)

    def act(values: Values) -> None:
        actions.approve(
            document=row,
            on=values["on"],
            entered_on=values.get("entered_on"),
            is_open_left=values.get("is_open_left", False),
            by=request.user,
            at=timezone.now(),
        )

    asked = Ask(
        title="Утвердить документ",
        icon="sign",
        hint="Со дня утверждения документ засчитывается своему пункту.",
        button="Утвердить",
        done="Документ утверждён.",
    )
    form = ApproveForm(
        request.POST or None,
        today=request.today,
        may_backdate=may_backdate(request, row.municipality_id),
        waiting=open_comments(row).count(),
    )
    return deed_page(request, row, form, act, asked)


@may("documents.approve")
def document_return(request: Request, pk: int) -> HttpResponse:
    """Give a document back with a question."""
    row = get_object_or_404(documents_of_centre(request.access), pk=pk)

    def act(values: Values) -> None:
        actions.return_with_question(
            document=row, question=values["question"], on=values["on"], by=request.user, at=timezone.now()
        )

    asked = Ask(title="Вернуть с вопросом", icon="back", done="Документ вернулся с вопросом.")
    return deed_page(request, row, _with_day(request, QuestionForm), act, asked)


@may("documents.approve")
def approval_recall(request: Request, pk: int) -> HttpResponse:
    """Take an approval back while the document is not published."""
    row = get_object_or_404(documents_of_centre(request.access), pk=pk)

    def act(values: Values) -> None:
        actions.recall_approval(document=row, reason=values["reason"], by=request.user, at=timezone.now())

    asked = Ask(
        title="Отозвать утверждение",
        icon="back",
        hint="Документ снова станет черновиком и перестанет засчитываться пункту,"
        " в том числе за прошлые дни.",
        done="Утверждение отозвано.",
    )
    return deed_page(request, row, ReasonForm(request.POST or None), act, asked)


@may("documents.publish")
def document_publish(request: Request, pk: int) -> HttpResponse:
    """Make an approved document public on the portal or note its address elsewhere."""
    row = get_object_or_404(documents_of_centre(request.access), pk=pk)

    def act(values: Values) -> None:
        actions.publish(
            document=row,
            where=values["where"],
            address=values["address"],
            on=values["on"],
            entered_on=values["entered_on"],
            by=request.user,
            at=timezone.now(),
        )

    asked = Ask(
        title="Разместить документ",
        icon="globe",
        hint="На портале документ увидят все, без входа."
        " Проверьте, что в нём нет личных данных и имён детей.",
        button="Разместить",
        done="Документ размещён.",
        wait="" if row.state == Document.State.APPROVED else "Разместить можно после утверждения.",
    )
    form = _with_day(request, PublishForm)
    if request.method == "POST" and row.state == Document.State.APPROVED and form.is_valid():
        question = question_of(request, row, form.cleaned_data["on"], back=f"/documents/{row.pk}/")
        if question is not None:
            return question
    return deed_page(request, row, form, act, asked)


@may("documents.publish")
def publication_take_down(request: Request, pk: int) -> HttpResponse:
    """Take a published document down with a reason."""
    publications = Publication.objects.filter(document__in=documents_of_centre(request.access))
    publication = get_object_or_404(publications.select_related("document"), pk=pk)

    def act(values: Values) -> None:
        actions.take_down(
            publication=publication,
            reason=values["reason"],
            on=values["on"],
            by=request.user,
            at=timezone.now(),
        )

    asked = Ask(title="Снять с размещения", icon="x", done="Документ снят с размещения.")
    return deed_page(request, publication.document, _with_day(request, TakeDownForm), act, asked)


def deed_page(
    request: Request,
    row: Document,
    form: forms.Form,
    act: Callable[[Values], object],
    asked: Ask,
) -> HttpResponse:
    """Show the form of a deed, do it, and come back to the card; a refusal keeps all that was typed."""
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except actions.SentTwice as again:
            messages.info(request, again.words, extra_tags="wait")
            return redirect("documents:document", row.pk)
        except Refused as found:
            refusal = found
            form.add_error(None, found.words)
        else:
            messages.success(request, asked.done, extra_tags="done")
            return redirect("documents:document", row.pk)
    status = refusal.status if refusal else 422 if form.is_bound and form.errors else 200
    context = {"document": row, "form": form, "refusal": refusal, "asked": asked}
    return render(request, "documents/deed.html", context, status=status)


def _with_day(request: Request, form_class: type[DayForm]) -> DayForm:
    return form_class(request.POST or None, today=request.today)
