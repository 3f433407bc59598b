"""Pages of rounds: the list, a round with its sample, making and correcting one, its criteria."""

from __future__ import annotations

import secrets
from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from opora.appointments.guard import may
from opora.appointments.views.chosen import chosen_programme
from opora.core.history import history_of
from opora.core.refusal import Refused
from opora.dashboard.request import Request
from opora.desk.forms import DrawnForm
from opora.desk.versions import as_seen
from opora.plans.models import Activity
from opora.programmes.models import Programme
from opora.reviews.actions import change_round, make_round, set_criteria
from opora.reviews.forms.rounds import (
    EMPTY_ROWS,
    CriterionRow,
    RoundForm,
    criteria_in,
    initial_of,
    rows_in,
    rows_told,
    told_by,
)
from opora.reviews.models import Round, Score
from opora.reviews.population import preview_of
from opora.reviews.queries import criteria_of, rounds_led_by, rounds_seen_by
from opora.reviews.standing import STATES, scale_of, standings_of
from opora.reviews.starting import STARTING_SETS
from opora.reviews.views.scope import leads, round_led, round_seen
from opora.schools.models import Municipality, Region

PAGE, MOST_COPIED = 50, 20
# What a criterion is made of on its page.
CRITERION = {"title": "", "words": ", на что смотреть", "levels": ", уровни"}


@may("reviews.see")
def round_list(request: Request) -> HttpResponse:
    """The rounds that a person sees, known on the day, the latest first."""
    as_of = request.as_of
    rows = (
        rounds_seen_by(request.access)
        .filter(made_at__date__lte=as_of)
        .select_related("municipality", "region", "stage")
        .annotate(
            in_sample=Count("sampled", filter=Q(drawn_on__lte=as_of)),
            settled=Count("sampled", filter=Q(sampled__settled_on__lte=as_of)),
        )
        .order_by("-made_at", "-pk")
    )
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [(one, *_state(one, request)) for one in page]}
    return render(request, "reviews/round_list.html", context)


@may("reviews.see")
def round_page(request: Request, pk: int) -> HttpResponse:
    """One round: where it stands, its sample by states, what is to be done next."""
    row = round_seen(request, pk)
    as_of = request.as_of
    scale = scale_of(row)
    is_drawn = row.drawn_on is not None and row.drawn_on <= as_of
    standings = standings_of(row, as_of, scale) if is_drawn else []
    counts = Counter(one.code for one in standings)
    asked = request.GET.get("state", "")
    shown = [one for one in standings if one.code == asked] if asked in STATES else standings
    look, words = _state(row, request)
    return render(
        request,
        "reviews/round_page.html",
        {
            "round": row,
            "look": look,
            "state_words": words,
            "criteria": scale.criteria,
            "is_drawn": is_drawn,
            "page": Paginator(shown, PAGE).get_page(request.GET.get("page")),
            "asked": asked,
            "chips": [(code, words, counts[code]) for code, (words, _) in STATES.items() if counts[code]],
            "counts": counts,
            "total": len(standings),
            "is_led": leads(request, row),
            "is_finished": row.finished_on is not None and row.finished_on <= as_of,
            "history": history_of(row, limit=10),
        },
    )


@may("reviews.edit")
def round_add(request: Request) -> HttpResponse:
    """Make a round."""
    programme = chosen_programme(request)
    places = _places(request)
    initial = {
        "place": places[0][0] if places else "", "size_rule": "share", "size_value": 10, "experts_each": 1,
        "overlap_share": 20, "most_each": 20, "strata": ["municipality", "factor"],
        "line": request.GET.get("line"),
    }  # fmt: skip
    form = _form(request, programme, places, initial, is_new=True)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            row = make_round(
                place=_place(form.cleaned_data["place"] or places[0][0]),
                programme=programme,
                told=form.told(),
                seed=secrets.token_hex(8),
                by=request.user,
                at=timezone.now(),
            )
        except Refused as found:
            refusal = found
            form.add_error(None, found.words)
        else:
            messages.success(
                request, f"Экспертиза заведена: {row.title}. Укажите критерии.", extra_tags="done"
            )
            return redirect("reviews:criteria", row.pk)
    status = refusal.status if refusal else 422 if form.is_bound and form.errors else 200
    context = {"form": form, "programme": programme, "round": None}
    return render(request, "reviews/round_edit.html", context, status=status)


@may("reviews.edit")
def round_edit(request: Request, pk: int) -> HttpResponse:
    """Correct a round; what has been drawn does not change any more."""
    row = round_led(request, pk)
    form = _form(request, row.programme, [("", "")], initial_of(row), is_new=False, review=row)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            with as_seen(form, row, initial_of):
                change_round(review=row, told=form.told(), by=request.user, at=timezone.now())
        except Refused as found:
            refusal = found
            form.add_error(None, found.words)
        else:
            messages.success(request, "Экспертиза поправлена.", extra_tags="done")
            return redirect("reviews:round_page", row.pk)
    status = refusal.status if refusal else 422 if form.is_bound and form.errors else 200
    preview = preview_of(row, request.as_of) if row.drawn_on is None else None
    context = {"form": form, "programme": row.programme, "round": row, "preview": preview}
    return render(request, "reviews/round_edit.html", context, status=status)


@may("reviews.edit")
@require_http_methods(["GET", "POST"])
def criteria(request: Request, pk: int) -> HttpResponse:
    """The criteria of a round: from a set, from an earlier review, or one's own; levels a line each."""
    row = round_led(request, pk)
    refusal: Refused | None = None
    rows = _rows(request, row)
    form = DrawnForm(request.POST, _labels_of(len(rows) + EMPTY_ROWS), _criteria_of(row))
    if request.method == "POST" and request.POST.get("deed") != "more":
        try:
            with as_seen(form, row, _criteria_of):
                set_criteria(review=row, criteria=criteria_in(rows), by=request.user, at=timezone.now())
        except Refused as found:
            refusal = found
        else:
            messages.success(request, "Критерии сохранены.", extra_tags="done")
            return redirect("reviews:round_page", row.pk)
    empty = [CriterionRow(len(rows) + one) for one in range(EMPTY_ROWS)]
    others = rounds_led_by(request.access).filter(criteria__isnull=False).exclude(pk=row.pk).distinct()
    context = {
        "round": row,
        "form": form,
        "rows": [*rows, *empty],
        "refusal": refusal,
        "sets": STARTING_SETS,
        "others": others[:MOST_COPIED],
        "is_kept": Score.objects.filter(examination__sampled__round=row).exists(),
    }
    return render(request, "reviews/criteria.html", context, status=refusal.status if refusal else 200)


def _criteria_of(row: Round) -> dict[str, str]:
    """The saved criteria as the fields of their page."""
    return {
        f"{name}-{one.number}": getattr(one, name)
        for one in rows_told(told_by(criteria_of(row)))
        for name in CRITERION
    }


def _labels_of(count: int) -> dict[str, str]:
    return {
        f"{name}-{number}": f"Критерий {number + 1}{words}"
        for number in range(count)
        for name, words in CRITERION.items()
    }


def _rows(request: Request, row: Round) -> list[CriterionRow]:
    if request.method == "POST":
        return rows_in(request.POST)
    chosen = next((one for one in STARTING_SETS if one.code == request.GET.get("from")), None)
    if chosen is not None:
        return rows_told(chosen.criteria)
    copied = request.GET.get("copy", "")
    if copied.isascii() and copied.isdecimal() and len(copied) < 10:
        return rows_told(told_by(criteria_of(round_led(request, int(copied)))))
    return rows_told(told_by(criteria_of(row)))


def _form(
    request: Request,
    programme: Programme,
    places: list[tuple[str, str]],
    initial: dict[str, Any],
    *,
    is_new: bool,
    review: Round | None = None,
) -> RoundForm:
    lines = Activity.objects.filter(roadmap__programme=programme).select_related("roadmap")
    if review is not None and review.region_id is not None:
        lines = lines.filter(roadmap__municipality__region=review.region_id)
    elif review is not None:
        lines = lines.filter(roadmap__municipality=review.municipality_id)
    else:
        access = request.access
        lines = lines.filter(
            Q(roadmap__municipality__in=access.municipality_ids)
            | Q(roadmap__municipality__region__in=access.region_ids)
        )
    return RoundForm(
        request.POST or None, initial=initial, places=places, programme=programme, lines=lines, is_new=is_new
    )


def _places(request: Request) -> list[tuple[str, str]]:
    towns = Municipality.objects.filter(pk__in=request.access.municipality_ids)
    regions = Region.objects.filter(pk__in=request.access.region_ids)
    return [
        *((f"municipality-{one.pk}", one.name) for one in towns),
        *((f"region-{one.pk}", f"{one.name}, весь регион") for one in regions),
    ]


def _place(told: str) -> Municipality | Region:
    """The place of a choice that the form has let through."""
    kind, _, number = told.partition("-")
    return Region.objects.get(pk=number) if kind == "region" else Municipality.objects.get(pk=number)


def _state(row: Round, request: Request) -> tuple[str, str]:
    """The look and the words of a round's state on the day."""
    as_of = request.as_of
    if row.finished_on is not None and row.finished_on <= as_of:
        return "done", "Завершена"
    if row.drawn_on is not None and row.drawn_on <= as_of:
        if row.due_on is not None and row.due_on < as_of:
            return "late", "Срок прошёл"
        return "half", "В работе"
    return "ahead", "Готовится"
