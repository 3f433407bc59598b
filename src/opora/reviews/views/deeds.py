"""Deeds of the centre: a document returned or settled, one more expert, an expert taken off, the round finished."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from opora.accounts.models import User
from opora.appointments.guard import may
from opora.appointments.models import Duty
from opora.appointments.queries import where_may
from opora.core.forms import DeedForm
from opora.core.refusal import Refused
from opora.core.russian import counted
from opora.dashboard.request import Request
from opora.documents.models import Document
from opora.reviews import actions
from opora.reviews.choosing import experts_of, free_experts
from opora.reviews.forms.rounds import ExpertForm, ReturnForm
from opora.reviews.models import Sampled, Score
from opora.reviews.standing import scale_of, standings_of
from opora.reviews.views.scope import examination_led, round_led, sampled_led


@may("reviews.edit")
@require_http_methods(["GET", "POST"])
def return_document(request: Request, pk: int) -> HttpResponse:
    """Return a document to its school with remarks."""
    row = sampled_led(request, pk)
    form = ReturnForm(
        request.POST or None,
        today=request.today,
        may_recall=_may_recall(request, row),
        initial={"remarks": _remarks(row)},
    )
    return answer(
        request, form,
        lambda: actions.return_for_rework(
            sampled=row, remarks=form.cleaned_data["remarks"], rework_by=form.cleaned_data["rework_by"],
            is_approval_recalled=bool(form.cleaned_data.get("recall")), on=form.cleaned_data["on"],
            by=request.user, at=timezone.now(),
        ),
        back=reverse("reviews:sampled_page", args=[pk]), title="Вернуть на доработку", icon="back",
        subject=row.document.title, done="Документ возвращён школе с замечаниями.",
        hint="Школа увидит замечания, заменит файл и отметит доработку. После этого документ посмотрят второй раз.",
    )  # fmt: skip


@may("reviews.edit")
@require_http_methods(["GET", "POST"])
def ask_expert(request: Request, pk: int) -> HttpResponse:
    """Ask one more expert by hand; the third when two parted."""
    row = sampled_led(request, pk)
    on = request.today
    (standing,) = standings_of(row.round, request.as_of, scale_of(row.round), [row])
    is_third = standing.code == "parted"
    look = 2 if row.reworked_on is not None else 1
    people = experts_of(row.round, on, (Duty.EXPERT, Duty.CURATOR))
    told = free_experts(row, people, look, on)
    form = ExpertForm(
        request.POST or None,
        today=request.today,
        people=[one for one, why in told if not why],
    )
    return answer(
        request, form,
        lambda: actions.ask_expert(
            sampled=row, expert=User.objects.get(pk=form.cleaned_data["expert"]), is_third=is_third,
            on=form.cleaned_data["on"], by=request.user, at=timezone.now(),
        ),
        back=reverse("reviews:sampled_page", args=[pk]),
        title="Поручить третьему эксперту" if is_third else "Поручить эксперту", icon="user",
        subject=row.document.title, done="Документ поручен эксперту.",
        hint="Эксперты разошлись на два уровня и больше: третий скажет своё слово, не видя чужих оценок."
        if is_third else "Эксперт увидит документ на своей странице «Рассмотреть».",
        barred=[(one, why) for one, why in told if why],
    )  # fmt: skip


@may("reviews.edit")
@require_POST
def take_off(request: Request, pk: int) -> HttpResponse:
    """Take an examination that is not handed in off its expert."""
    row = examination_led(request, pk)
    return _done(
        request, lambda: actions.take_off(examination=row, by=request.user, at=timezone.now()),
        f"Поручение снято: {row.expert.short_name}.", reverse("reviews:sampled_page", args=[row.sampled_id]),
    )  # fmt: skip


@may("reviews.edit")
@require_POST
def settle_one(request: Request, pk: int) -> HttpResponse:
    """Settle one document whose examination is over."""
    row = sampled_led(request, pk)
    on = request.today
    return _done(
        request,
        lambda: actions.settle(review=row.round, sampled=[row], on=on, by=request.user, at=timezone.now()),
        "Документ рассмотрен.", reverse("reviews:sampled_page", args=[pk]),
    )  # fmt: skip


@may("reviews.edit")
@require_POST
def settle_all(request: Request, pk: int) -> HttpResponse:
    """Settle every document that waits for a decision and where experts did not part."""
    row = round_led(request, pk)
    on = request.today
    back = redirect("reviews:round_page", pk)
    try:
        count = actions.settle(review=row, sampled=None, on=on, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, refusal.words, extra_tags="wait")
        return back
    words = counted(count, "документ", "документа", "документов")
    messages.success(request, f"Рассмотрение закончено: {words}.", extra_tags="done")
    return back


@may("reviews.edit")
@require_http_methods(["GET", "POST"])
def finish(request: Request, pk: int) -> HttpResponse:
    """Finish the round: the line of the roadmap counts since this day."""
    row = round_led(request, pk)
    form = DeedForm(request.POST or None, today=request.today)
    return answer(
        request, form,
        lambda: actions.finish_round(
            review=row, on=form.cleaned_data["on"], by=request.user, at=timezone.now()
        ),
        back=reverse("reviews:round_page", args=[pk]), title="Завершить экспертизу", icon="flag",
        subject=row.title, done="Экспертиза завершена, результаты готовы.",
        hint="После этого оценки и решения не меняются. Пункт дорожной карты засчитывается с этого дня.",
    )  # fmt: skip


def answer(
    request: Request, form: DeedForm, act: Callable[[], Any], *, back: str, done: str, **words: Any
) -> HttpResponse:
    """Show the form of a deed, do it and go back; a refusal keeps all that was typed."""
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except Refused as found:
            refusal = found
            form.add_error(None, found.words)
        else:
            messages.success(request, done, extra_tags="done")
            return redirect(back)
    status = refusal.status if refusal else 422 if form.is_bound and form.errors else 200
    context = {"form": form, "refusal": refusal, "back": back, "asked": words}
    return render(request, "reviews/deed.html", context, status=status)


def _done(request: Request, act: Callable[[], Any], words: str, back: str) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        messages.warning(request, refusal.words, extra_tags="wait")
    else:
        messages.success(request, words, extra_tags="done")
    return redirect(back)


def _may_recall(request: Request, row: Sampled) -> bool:
    """Whether approval may be recalled on the way: the person approves papers here, and it is not public."""
    approving = where_may(request.access, "documents.approve")
    document = row.document
    return (
        document.state == Document.State.APPROVED
        and document.municipality_id in approving.municipality_ids
        and not document.publications.filter(taken_down_on=None).exists()
    )


def _remarks(row: Sampled) -> str:
    """What experts wrote where they proposed rework, without their names: a beginning for the words to the school."""
    told = row.examinations.filter(finished_on__isnull=False, needs_rework=True).order_by("pk")
    lines = [one.words.strip() for one in told if one.words.strip()]
    scores = Score.objects.filter(examination__in=told).exclude(words="").select_related("criterion")
    lines += [f"{one.criterion.title}: {one.words}" for one in scores.order_by("criterion__position", "pk")]
    return "\n".join(lines)
