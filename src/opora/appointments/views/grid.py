"""Choosing curators in a grid, a row a school, a column a person; all ticks are written at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from opora.accounts.models import User
from opora.accounts.queries import found_among
from opora.appointments.actions import Wish, appoint_unless_changed
from opora.appointments.coverage import schools_in
from opora.appointments.forms.grid import GridForm, Ticks, ticks_of
from opora.appointments.forms.proposal import pairs_text
from opora.appointments.guard import may
from opora.appointments.models import Duty
from opora.appointments.proposing import barred_pairs
from opora.appointments.queries import open_curators, people_of, schools_of, where_may
from opora.appointments.views.chosen import chosen_programme
from opora.core.refusal import Refused
from opora.core.russian import counted, fold
from opora.dashboard.request import Request
from opora.programmes.models import Programme
from opora.schools.models import School

SCHOOLS, PEOPLE = 20, 8
# More ticks than this are refused: a list is better then.
MOST_TICKS = 500


@may("appointments.edit")
@require_http_methods(["GET", "POST"])
def grid(request: Request) -> HttpResponse:
    """Tick, leaf through schools and people, agree; nothing is written before that."""
    led = where_may(request.access, "appointments.edit")
    programme = chosen_programme(request)
    people = people_of(led).order_by("folded_name", "pk")
    form = GridForm(request.POST or None, as_of=request.today)
    is_valid = request.method == "POST" and form.is_valid()
    since = form.told("since") or request.today
    schools = schools_in(programme, since, schools_of(led)).order_by("number", "folded_name", "pk")
    ticks, status = ticks_of(request.POST), 200
    if is_valid and request.POST.get("deed") == "agree":
        try:
            return _agreed(request, form, ticks, schools, people, programme)
        except Refused as refusal:
            form.add_error(None, refusal.words)
            status = refusal.status
            if refusal.code == "R-CONFLICT":
                ticks = Ticks(ticks.pairs, {})
    page = _page(request, form, ticks, schools, people, programme, since)
    context = {"form": form, "programme": programme, **page}
    return render(request, "appointments/grid.html", context, status=status)


def _agreed(
    request: Request,
    form: GridForm,
    ticks: Ticks,
    schools: QuerySet[School],
    people: QuerySet[User],
    programme: Programme,
) -> HttpResponse:
    """Write the ticks. Refused when there are none, too many, a strange row, the own school, or a conflict."""
    if not ticks.pairs:
        raise Refused("Не отмечена ни одна клетка.")
    if len(ticks.pairs) > MOST_TICKS:
        raise Refused(f"Отмечено больше {MOST_TICKS} клеток. Назначьте по частям или списком.")
    found = schools.in_bulk({school for school, _ in ticks.pairs})
    known = {one.pk: one for one in people.filter(pk__in={person for _, person in ticks.pairs})}
    held = open_curators(found, programme, form.cleaned_data["since"])
    if all(person in held.get(school, ()) for school, person in ticks.pairs):
        messages.success(request, "Эти назначения уже записаны.", extra_tags="done")
        return redirect("appointments:appointments")
    if any(school not in found or person not in known for school, person in ticks.pairs):
        raise Refused("Отмеченной школы или человека больше нет в списке. Отметьте заново.")
    barred = barred_pairs(list(found.values()), list(known.values()), form.cleaned_data["since"])
    for pair in ticks.pairs:
        if pair in barred:
            raise Refused(f"{found[pair[0]]}: {known[pair[1]].short_name} — {barred[pair]}. Снимите отметку.")
    made = appoint_unless_changed(
        wishes=[Wish(known[person], Duty.CURATOR, found[school]) for school, person in ticks.pairs],
        seen={school: ticks.seen.get(school, frozenset()) for school, _ in ticks.pairs},
        programme=programme,
        by=request.user,
        at=timezone.now(),
        **form.order(),
    )
    words = counted(len(made), "назначение записано", "назначения записаны", "назначений записано")
    messages.success(request, f"Сетка принята: {words}.", extra_tags="done")
    return redirect("appointments:appointments")


def _page(
    request: Request,
    form: GridForm,
    ticks: Ticks,
    schools: QuerySet[School],
    people: QuerySet[User],
    programme: Programme,
    since: Any,
) -> dict[str, Any]:
    """The rows and columns asked for; ticks and what was seen of the other pages travel in hidden fields."""
    held = open_curators(schools.values_list("pk", flat=True), programme, since)
    wanted = [
        one
        for one in schools
        if fold(form.told("q")) in one.folded_name
        and (form.told("show") == "all" or one.pk not in held or _is_ticked(one, ticks))
    ]
    rows = Paginator(wanted, SCHOOLS).get_page(request.POST.get("page") or request.POST.get("at"))
    columns = Paginator(found_among(people, form.told("who")), PEOPLE).get_page(
        request.POST.get("people") or request.POST.get("column")
    )
    barred = barred_pairs(list(rows), list(columns), since)
    here = [one.pk for one in rows]
    away = {school: people for school, people in ticks.seen.items() if school not in here}
    seen: Mapping[int, Any] = {**held, **away}
    told = dict.fromkeys([*here, *(school for school, _ in ticks.pairs)])
    shown = [(school.pk, person.pk) for school in rows for person in columns]
    return {
        "rows": [
            (school, [_cell(school, person, held, barred, ticks) for person in columns]) for school in rows
        ],
        "page": rows,
        "columns": columns,
        "ticked": len(ticks.pairs),
        "kept": pairs_text(ticks.pairs),
        "shown": pairs_text(shown),
        "seen": pairs_text((school, person) for school in told for person in (seen.get(school) or (0,))),
        "total": len(wanted),
    }


def _cell(
    school: School, person: User, held: Mapping[int, Any], barred: Mapping[Any, str], ticks: Ticks
) -> dict[str, Any]:
    pair = (school.pk, person.pk)
    return {
        "person": person,
        "value": pairs_text([pair]),
        "is_held": person.pk in held.get(school.pk, ()),
        "barred": barred.get(pair, ""),
        "is_ticked": pair in ticks.pairs,
    }


def _is_ticked(school: School, ticks: Ticks) -> bool:
    return any(one == school.pk for one, _ in ticks.pairs)
