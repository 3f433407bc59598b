"""Pages of a visit's deeds: each asks what it must and does one thing; the record shows the same forms in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from opora.appointments.guard import may
from opora.core.refusal import Refused
from opora.dashboard.request import Request
from opora.visits import actions
from opora.visits.actions.reporting import CALL_BACK
from opora.visits.forms import record as forms
from opora.visits.models import Step, Visit
from opora.visits.views.scope import moved_together, visit_of

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Deed:
    """One deed: its address, the right it needs, its words, its form, what it does.

    `when` says whether the state of a visit allows it to be offered; `at_once` is a deed of one press.
    """

    name: str
    permission: str
    title: str
    icon: str
    done: str
    form: type[forms.VisitForm]
    act: Callable[..., object]
    when: Callable[[Visit], bool]
    hint: str = ""
    at_once: bool = False


def _is_ahead(visit: Visit) -> bool:
    return visit.held_on is None and visit.cancelled_on is None


def _waits_report(visit: Visit) -> bool:
    is_asked = visit.reported_on is None or visit.returned_on is not None
    return visit.held_on is not None and is_asked and visit.approved_on is None


def _is_handed_in(visit: Visit) -> bool:
    return visit.reported_on is not None and visit.returned_on is None and visit.approved_on is None


def _is_fresh(visit: Visit) -> bool:
    age = timezone.now() - visit.approved_at if visit.approved_at else CALL_BACK + timedelta(seconds=1)
    return age <= CALL_BACK


def _move(*, visit: Visit, together: Sequence[Visit], **told: Any) -> None:
    if together:
        actions.move_many(visits=[visit, *together], **told)
    else:
        actions.move_visit(visit=visit, **told)


def _cancel(*, visit: Visit, together: Sequence[Visit], **told: Any) -> None:
    if together:
        actions.cancel_many(visits=[visit, *together], **told)
    else:
        actions.cancel_visit(visit=visit, **told)


# Deeds that may be done with a whole journey at once.
OF_JOURNEY = ("move", "cancel")
DEEDS = (
    Deed(
        "agree", "visits.agree", "Подтвердить день", "done", "День посещения подтверждён.",
        forms.VisitForm, actions.agree, lambda one: _is_ahead(one) and one.agreed_on is None,
        at_once=True,
    ),
    Deed(
        "propose", "visits.agree", "Предложить другой день", "cal", "Куратор увидит ваш день и ответит.",
        forms.ProposeForm, actions.propose_day, _is_ahead,
        hint="Посещение останется на своём дне, пока куратор не ответит.",
    ),
    Deed(
        "report", "visits.hold", "Сдать отчёт", "send", "Отчёт сдан: методический центр увидит его.",
        forms.VisitForm, actions.report_visit, _waits_report,
        at_once=True,
    ),
    Deed(
        "approve", "visits.approve", "Принять отчёт", "sign", "Отчёт принят.",
        forms.VisitForm, actions.approve_visit, _is_handed_in,
        at_once=True,
    ),
    Deed(
        "return", "visits.approve", "Вернуть с вопросом", "back", "Отчёт вернулся с вопросом.",
        forms.QuestionForm, actions.return_visit, _is_handed_in,
        hint="Куратор увидит вопрос, поправит лист и сдаст отчёт снова.",
    ),
    Deed(
        "call_back", "visits.approve", "Отозвать приём отчёта", "back", "Приём отозван: отчёт снова ждёт ответа.",
        forms.CallBackForm, actions.call_back, _is_fresh,
        hint="Отозвать можно в течение 24 часов.", at_once=True,
    ),
    Deed(
        "move", "visits.plan", "Перенести", "cal", "Посещение перенесено.",
        forms.MoveForm, _move, _is_ahead,
        hint="Причина останется в записи. Школа подтвердит новый день.",
    ),
    Deed(
        "keep_day", "visits.plan", "Оставить прежний день", "done", "День оставлен: школа увидит причину.",
        forms.ReasonForm, actions.keep_day, lambda one: _is_ahead(one) and one.proposed_day is not None,
    ),
    Deed(
        "cancel", "visits.plan", "Отменить посещение", "x", "Посещение отменено.",
        forms.CancelForm, _cancel, _is_ahead,
        hint="Запись останется с причиной. Если посещение только сдвигается, перенесите его.",
    ),
)  # fmt: skip


def offered(visit: Visit, permissions: frozenset[str]) -> list[Deed]:
    """The deeds that a person has the right to and the state allows, in the order of a visit's way."""
    return [deed for deed in DEEDS if deed.permission in permissions and deed.when(visit)]


def _page_of(deed: Deed) -> Callable[..., HttpResponse]:
    @may(deed.permission)
    @require_http_methods(["GET", "POST"])
    def page(request: Request, pk: int) -> HttpResponse:
        visit = visit_of(request, pk, deed.permission)
        told: Values = {"visit": visit, "today": request.today}
        is_of_journey = deed.name in OF_JOURNEY
        told["together"] = moved_together(visit, request.access, request.user) if is_of_journey else ()
        form = deed.form(request.POST or None, **told)
        if request.method == "POST" and not form.fields:
            form = deed.form({}, **told)

        def act() -> None:
            deed.act(visit=visit, by=request.user, at=timezone.now(), **form.cleaned_data)

        return answer(
            request, visit, form, act, title=deed.title, icon=deed.icon, done=deed.done, hint=deed.hint
        )

    return page


def answer(
    request: Request, visit: Visit, form: forms.VisitForm, act: Callable[[], None], **words: str
) -> HttpResponse:
    """Show the form of a deed, do it, and come back to the record; a refusal keeps all that was typed."""
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except actions.SentTwice as again:
            messages.info(request, again.words, extra_tags="wait")
            return redirect("visits:visit", visit.pk)
        except Refused as found:
            refusal = found
            form.add_error(None, found.words)
        else:
            messages.success(request, words["done"], extra_tags="done")
            return redirect("visits:visit", visit.pk)
    status = refusal.status if refusal else 422 if form.is_bound and form.errors else 200
    context = {"visit": visit, "form": form, "refusal": refusal, "asked": words}
    return render(request, "visits/deed.html", context, status=status)


@may("visits.hold")
@require_http_methods(["GET", "POST"])
def step_done(request: Request, pk: int, step_pk: int) -> HttpResponse:
    """Note that a step agreed at a visit was done, and what came of it."""
    visit = visit_of(request, pk, "visits.hold")
    step = get_object_or_404(visit.steps, pk=step_pk)
    form = forms.DoneForm(request.POST or None, visit=visit, step=step, today=request.today)

    def act() -> None:
        told = form.cleaned_data
        actions.close_step(
            step=step, done_on=told["done_on"], words=told["words"], by=request.user, at=timezone.now()
        )

    return answer(
        request, visit, form, act, title="Договорённость выполнена", icon="done",
        done="Договорённость отмечена выполненной.", hint=step.text,
    )  # fmt: skip


@may("visits.agree")
@require_http_methods(["GET", "POST"])
def step_told(request: Request, pk: int, step_pk: int) -> HttpResponse:
    """A school tells that its step was done; the curator looks at it and closes it."""
    visit = visit_of(request, pk, "visits.agree")
    step = get_object_or_404(visit.steps, pk=step_pk, side=Step.Side.SCHOOL)
    form = forms.ToldForm(request.POST or None, visit=visit, today=request.today)

    def act() -> None:
        told = form.cleaned_data
        actions.tell_step(step=step, on=told["on"], words=told["words"], by=request.user, at=timezone.now())

    return answer(
        request, visit, form, act, title="Рассказать, что сделано", icon="sent",
        done="Куратор увидит, что сделано, и закроет договорённость.", hint=step.text,
    )  # fmt: skip


agree, propose, report, approve, return_with_question, call_back, move, keep_day, cancel = map(
    _page_of, DEEDS
)
