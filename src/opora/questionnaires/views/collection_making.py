"""Making a collection: what is asked, of whom, by when; who that is stands on the page before anything is written."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import F, Max
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from opora.appointments.coverage import schools_in
from opora.appointments.guard import may
from opora.appointments.queries import schools_of
from opora.appointments.views.chosen import chosen_programme
from opora.core.refusal import Refused
from opora.core.russian import counted
from opora.dashboard.request import Request
from opora.plans.models import Activity
from opora.questionnaires.actions.collections import make_collection
from opora.questionnaires.audience import people_asked
from opora.questionnaires.models import QuestionnaireVersion
from opora.questionnaires.views.collection_forms import CollectionForm
from opora.visits.views.asked import number_in

SHOWN = 60


@may("collections.edit")
@require_http_methods(["GET", "POST"])
def collection_new(request: Request) -> HttpResponse:
    """Fill in what is collected, look at who will be asked, and make it."""
    form = _form(request)
    if not form.versions:
        return render(request, "questionnaires/collection_new.html", {"form": None})
    refusal, asked = None, None
    if request.method == "POST" and form.is_valid():
        try:
            asked = people_asked(form.audience, max(form.cleaned_data["opens_on"], request.as_of))
            if "make" in request.POST:
                made = make_collection(
                    **form.making,
                    on=request.today,
                    by=request.user,
                    at=timezone.now(),
                )
                words = counted(len(asked), "ответа", "ответов", "ответов")
                messages.success(request, f"Сбор заведён, ждём {words}.", extra_tags="done")
                return redirect("questionnaires:collection", made.pk)
        except Refused as found:
            refusal = found
            form.add_error(None, found.words)
    context: dict[str, Any] = {"form": form, "refusal": refusal, "asked": asked}
    if asked is not None:
        context |= {"names": [_name(one) for one in asked[:SHOWN]], "more": max(len(asked) - SHOWN, 0)}
    status = refusal.status if refusal else 422 if form.is_bound and form.errors else 200
    return render(request, "questionnaires/collection_new.html", context, status=status)


def _form(request: Request) -> CollectionForm:
    programme = chosen_programme(request)
    towns = request.access.municipality_ids
    schools = schools_in(programme, request.as_of, schools_of(request.access)).distinct()
    lines = Activity.objects.filter(roadmap__municipality__in=towns, roadmap__programme=programme)
    return CollectionForm(
        request.POST or None,
        versions=latest_versions(request),
        programme=programme,
        schools=list(schools.order_by("number", "folded_name")),
        lines=list(lines.select_related("roadmap").order_by("roadmap", "position")),
        as_of=request.today,
        initial={"version": number_in(request.GET, "version"), "line": number_in(request.GET, "line")},
    )


def latest_versions(request: Request) -> list[QuestionnaireVersion]:
    """The latest version of each form in use of the centres of a person. One query."""
    versions = QuestionnaireVersion.objects.filter(
        questionnaire__municipality__in=request.access.municipality_ids, questionnaire__retired_on=None
    )
    latest = versions.annotate(last=Max("questionnaire__versions__number")).filter(number=F("last"))
    return list(
        latest.select_related("questionnaire__municipality")
        .defer("content")
        .order_by("questionnaire__folded_title", "pk")
    )


def _name(one: Any) -> str:
    return str(getattr(one, "short_name", "") or one)
