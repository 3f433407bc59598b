"""The programmes that are there, and making the one of the next year."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from opora.appointments.guard import may
from opora.appointments.queries import owns_programmes, schools_of
from opora.core.refusal import Refused
from opora.core.russian import counted
from opora.dashboard.request import Request
from opora.programmes.actions import make_next_year
from opora.programmes.models import Programme
from opora.programmes.next_year import code_of_next, next_of, year_later
from opora.schools.actions.carrying import carry_over

OWNED = (
    "Программа одна на все муниципалитеты, поэтому следующий год заводит координатор региона."
    " Напишите ему, если пора."
)


class NextYearForm(forms.Form):
    """What goes over into the next year beside the catalogues."""

    schools = forms.BooleanField(
        label="Перенести участие школ: те, что не выбыли, войдут в новую программу с её первого дня",
        required=False,
        initial=True,
    )


@may("programmes.edit")
@require_GET
def programmes(request: Request) -> HttpResponse:
    """Every programme with its stages and catalogue. Two queries."""
    rows = list(Programme.objects.prefetch_related("stages").annotate(factors=Count("risk_factors")))
    codes = {row.code for row in rows}
    told = [(row, code_of_next(row) not in codes) for row in rows]
    context = {"rows": told, "is_owner": owns_programmes(request.access)}
    return render(request, "programmes/programmes.html", context)


@may("programmes.edit")
@require_http_methods(["GET", "POST"])
def next_year(request: Request, pk: int) -> HttpResponse:
    """Make next year's programme from this one's; the days are shown before anything is made.

    A programme is one for the whole installation: it is made by whoever owns it.
    """
    if not owns_programmes(request.access):
        raise Refused(OWNED, status=403)
    row = get_object_or_404(Programme.objects.prefetch_related("stages"), pk=pk)
    form, refusal = NextYearForm(request.POST if request.method == "POST" else None), None
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                at = timezone.now()
                made = make_next_year(programme=row, by=request.user, at=at)
                carried = (
                    carry_over(
                        schools=schools_of(request.access), former=row, programme=made, by=request.user, at=at
                    )
                    if form.cleaned_data["schools"]
                    else 0
                )
        except Refused as refused:
            refusal = refused
        else:
            words = f"Готово: {made}. Перенесено: {counted(carried, 'школа', 'школы', 'школ')}."
            messages.success(request, words, extra_tags="done")
            return redirect("programmes:programmes")
    context = {
        "row": row,
        "there": next_of(row),
        "year": row.year + 1,
        "since": year_later(row.starts_on),
        "until": year_later(row.ends_on),
        "stages": [(one, year_later(one.starts_on), year_later(one.ends_on)) for one in row.stages.all()],
        "form": form,
        "refusal": refusal,
    }
    return render(request, "programmes/next.html", context, status=refusal.status if refusal else 200)
