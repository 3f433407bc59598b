"""The schedule of visits as a document: looked at, taken as a file, laid into the documents of a line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from opora.accounts.models import User
from opora.appointments.guard import may
from opora.appointments.queries import municipalities_of, schools_of
from opora.appointments.views.chosen import chosen_programme
from opora.core.fields import DayField
from opora.core.filetypes import CONTENT_TYPES
from opora.core.refusal import Refused
from opora.core.russian import initials
from opora.dashboard.frame import seen_roadmaps
from opora.dashboard.request import Request
from opora.documents.actions import add_document
from opora.documents.models import Document
from opora.plans.models import Activity
from opora.programmes.models import Stage
from opora.schools.models import Municipality, School
from opora.visits.queries import visits_of_stage
from opora.visits.rules import stage_of_day
from opora.visits.schedule import TITLES, Schedule, build, file_name
from opora.visits.views.asked import number_in
from opora.visits.views.schedule_files import FILES, written

MOST_LETTERS = 90


class KeepForm(forms.Form):
    """Where the schedule goes among the documents."""

    activity = forms.TypedChoiceField(
        label="К какому пункту", coerce=int, error_messages={"required": "Выберите пункт дорожной карты."}
    )
    ending = forms.ChoiceField(
        label="Каким файлом", choices=[("docx", "Word (docx)"), ("pdf", "PDF"), ("xlsx", "Excel (xlsx)")]
    )
    on = DayField(label="Дата документа")
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, lines: dict[int, Activity], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(pk, f"{line.number} {line.text}"[:MOST_LETTERS]) for pk, line in lines.items()]
        self.fields["activity"].choices = [("", "Выберите"), *named]  # type: ignore[attr-defined]  # -- a field of choices
        self.fields["on"].widget.attrs["max"] = today.isoformat()


@may("visits.see")
@require_GET
def schedule(request: Request) -> HttpResponse:
    """The schedule on the screen, with its files and the way into the documents."""
    asked = _asked(request)
    visits = visits_of_stage(asked.stage.programme, asked.stage, request.as_of).filter(
        school__in=schools_of(request.access), school__municipality=asked.town
    )
    context = {
        "asked": asked,
        "schedule": _built(request, asked),
        "titles": TITLES,
        "stages": asked.stages,
        "curators": User.objects.filter(pk__in=visits.values("curator")),
        "schools": School.objects.filter(pk__in=visits.values("school")),
        "endings": list(FILES),
    }
    return render(request, "visits/schedule.html", context)


@may("visits.see")
@require_GET
def schedule_file(request: Request, ending: str) -> HttpResponse:
    """The same as a file."""
    asked = _asked(request)
    built = _built(request, asked)
    response = HttpResponse(written(built, ending, asked.town), content_type=CONTENT_TYPES[ending])
    response.headers["Content-Disposition"] = (
        f"attachment; filename*=UTF-8''{quote(file_name(built, ending))}"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@may("documents.add")
@require_http_methods(["GET", "POST"])
def schedule_keep(request: Request) -> HttpResponse:
    """Lay the schedule as it stands into the documents of a line: it goes its way to approval there."""
    asked = _asked(request)
    lines = {one.pk: one for one in _lines(asked.town, asked.stage)}
    initial = {"on": request.today, "activity": _likely(lines.values())}
    form = KeepForm(request.POST or None, initial=initial, lines=lines, today=request.today)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            document = _keep(request, asked, form.cleaned_data, lines)
        except Refused as found:
            refusal = found
            form.add_error(None, found.words)
        else:
            words = "График лежит в документах. Отправьте его на согласование."
            messages.success(request, words, extra_tags="done")
            return redirect("documents:document", document.pk)
    status = refusal.status if refusal else 422 if form.is_bound and form.errors else 200
    context = {"asked": asked, "form": form, "schedule": _built(request, asked), "has_lines": bool(lines)}
    return render(request, "visits/schedule_keep.html", context, status=status)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the paper is about; an empty curator and school stand for everybody."""

    town: Municipality
    stage: Stage
    stages: list[Stage]
    curator: User | None
    school: School | None

    @property
    def about(self) -> str:
        told = [f"Куратор: {self.curator.short_name}"] if self.curator else []
        return ". ".join([*told, *([f"Школа: {self.school}"] if self.school else [])])

    @property
    def query(self) -> str:
        """The same as it stands in addresses."""
        parts = {
            "stage": self.stage.pk,
            "curator": self.curator and self.curator.pk,
            "school": self.school and self.school.pk,
        }
        return urlencode({name: pk for name, pk in parts.items() if pk})


def _asked(request: Request) -> Asked:
    programme = chosen_programme(request)
    stages = list(programme.stages.select_related("programme").order_by("number"))
    if not stages:
        raise Refused(f"У программы «{programme.short_name}» нет этапов: графика посещений нет.")
    number = number_in(request.GET, "stage")
    stage = next((one for one in stages if one.pk == number), None) or stage_of_day(stages, request.as_of)
    schools = schools_of(request.access)
    going = User.objects.filter(visits__school__in=schools).distinct()
    school, curator = number_in(request.GET, "school"), number_in(request.GET, "curator")
    return Asked(
        town=_town(request),
        stage=stage or stages[-1],
        stages=stages,
        curator=get_object_or_404(going, pk=curator) if curator else None,
        school=get_object_or_404(schools, pk=school) if school else None,
    )


def _town(request: Request) -> Municipality:
    """The municipality of the roadmap chosen above, as far as the person is of it, else the first of theirs."""
    towns = municipalities_of(request.access)
    roadmaps = seen_roadmaps(request)
    chosen = request.session.get("roadmap")
    plan = next((one for one in roadmaps if one.pk == chosen), roadmaps[0] if roadmaps else None)
    town = towns.filter(pk=plan.municipality_id).first() if plan else None
    town = town or towns.order_by("name", "pk").first()
    if town is None:
        raise Http404
    return town


def _built(request: Request, asked: Asked) -> Schedule:
    visits = visits_of_stage(asked.stage.programme, asked.stage, request.as_of).filter(
        school__in=schools_of(request.access), school__municipality=asked.town
    )
    if asked.curator:
        visits = visits.filter(curator=asked.curator)
    if asked.school:
        visits = visits.filter(school=asked.school)
    person = request.user
    return build(
        asked.town,
        asked.stage,
        list(visits.order_by("planned_on", "starts_at", "school__number", "pk")),
        about=asked.about,
        signer_post=person.post,
        signer_name=initials(person.full_name, is_surname_first=False),
        as_of=request.as_of,
    )


def _lines(town: Municipality, stage: Stage) -> QuerySet[Activity]:
    return (
        Activity.objects.filter(
            roadmap__municipality=town, roadmap__programme=stage.programme_id, dropped_on=None
        )
        .prefetch_related("indicators")
        .order_by("roadmap", "position")
    )


def _likely(lines: Iterable[Activity]) -> int | None:
    """The first line that promises visits in the schedule."""
    kinds = ((line.pk, one.kind) for line in lines for one in line.indicators.all())
    return next((pk for pk, kind in kinds if kind == "visits_scheduled"), None)


def _keep(request: Request, asked: Asked, told: dict[str, Any], lines: dict[int, Activity]) -> Document:
    built, ending = _built(request, asked), told["ending"]
    return add_document(
        municipality=asked.town,
        title=built.title if not asked.about else f"{built.title}. {asked.about}",
        dated_on=told["on"],
        content=written(built, ending, asked.town),
        file_name=file_name(built, ending),
        activity=lines[told["activity"]],
        school=asked.school,
        curator=asked.curator,
        by=request.user,
        at=timezone.now(),
        on=told["on"],
    )
