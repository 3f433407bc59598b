"""A proposal of curators: the plan with reasons, locks, other people by hand, and agreement in one transaction."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from opora.appointments.actions import Wish, appoint_unless_changed
from opora.appointments.forms.proposal import Handwork, ProposalForm, handwork_of, pairs_text
from opora.appointments.guard import may
from opora.appointments.models import Duty
from opora.appointments.proposal import NOBODY, Proposal
from opora.appointments.proposal_words import dropped_words, legend, row_of, why_uncovered
from opora.appointments.proposing import Ground, candidates, ground
from opora.appointments.queries import Access, open_curators, people_of, where_may
from opora.appointments.views.chosen import chosen_programme
from opora.core.refusal import Refused
from opora.core.russian import counted
from opora.dashboard.request import Request
from opora.programmes.models import Programme

SHOWN, MOST_ALONE = 25, 10
CHANGED = (
    "Пока вы смотрели, назначения, выбор школ или люди изменились. Ниже предложение на сейчас: проверьте его."
)
EDITED = "То, что вы выбрали сами, закреплено, остальное посчитано заново. Проверьте и согласитесь."


@may("appointments.edit")
@require_http_methods(["GET", "POST"])
def proposal(request: Request) -> HttpResponse:
    """Who could lead the schools without a curator; nothing is written before a person agrees."""
    led = where_may(request.access, "appointments.edit")
    programme = chosen_programme(request)
    form = ProposalForm(request.POST or None, as_of=request.today, people=people_of(led))
    is_valid = form.is_valid() if request.method == "POST" else True
    hand, status = handwork_of(request.POST), 200
    context: dict[str, Any] = {"form": form, "programme": programme, "legend": legend(programme.words)}
    try:
        land = _ground(form, led, programme, request.as_of)
    except Refused as refusal:
        form.add_error(None, refusal.words) if form.is_bound else messages.error(request, refusal.words)
        return render(request, "appointments/proposal.html", context, status=refusal.status)
    plan = land.plan(most=form.most_told, locks=hand.locks)
    if is_valid and request.POST.get("deed") == "agree":
        try:
            done = _agreed(request, form, land, plan, hand, programme)
        except Refused as refusal:
            form.add_error(None, refusal.words)
            status = refusal.status
            land = _ground(form, led, programme, request.as_of)
            plan = land.plan(most=form.most_told, locks=hand.locks)
        else:
            if done is not None:
                return done
            context["notice"] = EDITED
    context |= _page(request, form, land, plan)
    return render(request, "appointments/proposal.html", context, status=status)


def _ground(form: ProposalForm, led: Access, programme: Programme, as_of: date) -> Ground:
    duties, since = form.duties_told, form.since_told
    people = candidates(led, duties, since) if duties else form.people_told
    return ground(led, programme, since, people, as_of)


def _agreed(
    request: Request, form: ProposalForm, land: Ground, plan: Proposal, hand: Handwork, programme: Programme
) -> HttpResponse | None:
    """The answer to an agreement; None when something was changed by hand and has to be looked at first.

    Refused with R-CONFLICT when the plan is not any more the one that the person saw.
    """
    pairs = _pairs(plan)
    if hand.edited:
        return None
    if pairs != dict(hand.shown):
        held = open_curators(hand.shown, programme, form.since_told)
        if hand.shown and all(person in held.get(school, ()) for school, person in hand.shown.items()):
            messages.success(request, "Эти назначения уже записаны.", extra_tags="done")
            return redirect("appointments:appointments")
        raise Refused(CHANGED, code="R-CONFLICT", status=409)
    if not pairs:
        raise Refused("Назначать некого: ни одной пары в предложении нет.")
    made = appoint_unless_changed(
        wishes=[
            Wish(land.people[person], Duty.CURATOR, land.schools[school]) for school, person in pairs.items()
        ],
        seen=dict.fromkeys(pairs, ()),
        programme=programme,
        by=request.user,
        at=timezone.now(),
        **form.order(),
    )
    words = counted(len(made), "назначение записано", "назначения записаны", "назначений записано")
    left = f" Без куратора пока: {len(plan.uncovered)}." if plan.uncovered else ""
    messages.success(request, f"Предложение принято: {words}.{left}", extra_tags="done")
    return redirect("appointments:appointments")


def _pairs(plan: Proposal) -> dict[int, int]:
    return {pair.need.key: pair.candidate.key for pair in plan.pairs if pair.candidate is not None}


def _page(request: Request, form: ProposalForm, land: Ground, plan: Proposal) -> dict[str, Any]:
    """One page of the plan in words; locks of the other pages travel in a hidden field."""
    page = Paginator(plan.pairs, SHOWN).get_page(request.POST.get("page") or request.POST.get("at"))
    here = {pair.need.key for pair in page}
    locked = [
        (one.need.key, one.candidate.key if one.candidate else NOBODY)
        for one in plan.pairs
        if one.is_locked and one.need.key not in here
    ]
    return {
        "page": page,
        "rows": [row_of(pair, plan, land, form.most_told) for pair in page],
        "pairs": pairs_text(_pairs(plan).items()),
        "locks": pairs_text(locked),
        "total": len(plan.pairs),
        "covered": len(plan.pairs) - len(plan.uncovered),
        "alone": [(pair.need, why_uncovered(pair, plan, land)) for pair in plan.uncovered[:MOST_ALONE]],
        "alone_count": len(plan.uncovered),
        "alone_more": max(0, len(plan.uncovered) - MOST_ALONE),
        "dropped": dropped_words(plan, land),
        "candidates": len(land.candidates),
        "unmarked": sum(not one.skills for one in land.candidates),
    }
