"""The sheet of a visit: filled in with one hand, saved by itself, sent once whatever the line does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from django.contrib import messages
from django.contrib.staticfiles import finders
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from opora.appointments.guard import may, open_to_all
from opora.core.refusal import Refused
from opora.dashboard.request import Request
from opora.schools.risks import cells_on
from opora.visits.actions import SheetConflict, submit_sheet
from opora.visits.actions.submitting import HOLD, REPORT
from opora.visits.fields import SheetField, fields_of
from opora.visits.following import steps_to_follow
from opora.visits.forms.sheet import LESSON, STEP, Sent, follows, questions, sent_in, with_spare
from opora.visits.forms.told import Differing, differences
from opora.visits.models import Step, Visit
from opora.visits.sheets import Sheet
from opora.visits.views.scope import visit_of

SCRIPT = "offline.js"
DONE = {HOLD: "Посещение отмечено состоявшимся.", REPORT: "Отчёт сдан: методический центр увидит его."}


@dataclass(frozen=True, slots=True)
class Known:
    """What the product knows before anything is typed: the questions, the chosen risks, the steps to look at."""

    fields: tuple[SheetField, ...]
    risks: dict[int, str]
    steps: list[Step]


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands on the page: a sheet, the version it goes with, what is wrong, where two versions differ."""

    sheet: Sheet
    version: int
    refusal: Refused | None = None
    differing: tuple[Differing, ...] = ()


@may("visits.hold")
@never_cache
@require_http_methods(["GET", "POST"])
def sheet(request: Request, pk: int) -> HttpResponse:
    """The sheet: a page that saves itself, or an ordinary form where scripts are off."""
    visit = visit_of(request, pk, "visits.hold")
    known = _known(visit, request.as_of)
    if request.method == "POST":
        return _take(request, visit, known)
    if not _is_open(visit):
        messages.info(request, "Лист уже не правится: ниже то, что в нём записано.", extra_tags="wait")
        return redirect("visits:visit", pk)
    return _page(request, visit, known, Shown(visit.sheet, visit.sheet_version))


@open_to_all
@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """The service worker of the sheet; it stands at the root, because it may serve only what lies below it."""
    place = finders.find(SCRIPT)
    assert isinstance(place, str)
    with open(place, "rb") as file:  # noqa: PTH123 -- the finder gives a plain path
        response = HttpResponse(file.read(), content_type="text/javascript; charset=utf-8")
    response.headers["Service-Worker-Allowed"] = "/"
    response.headers["Cache-Control"] = "no-cache"
    return response


def _known(visit: Visit, as_of: date) -> Known:
    """What is known on a day; a risk that was let go since stays as long as words about it stand in the sheet."""
    told = visit.sheet.get("risks")
    words = told if isinstance(told, dict) else {}
    spoken_of = [int(number) for number, said in words.items() if said and number.isdecimal()]
    stood = cells_on(
        as_of, participation__school=visit.school_id, participation__programme=visit.programme_id
    )
    chosen = stood.filter(Q(is_chosen=True) | Q(factor__number__in=spoken_of))
    risks = dict(chosen.order_by("factor__number").values_list("factor__number", "factor__name"))
    return Known(fields_of(visit.programme), risks, list(steps_to_follow(visit)))


def _is_open(visit: Visit) -> bool:
    is_handed_in = visit.reported_on is not None and visit.returned_on is None
    return visit.cancelled_on is None and visit.approved_on is None and not is_handed_in


def _take(request: Request, visit: Visit, known: Known) -> HttpResponse:
    sent = sent_in(request.POST, known.fields, known.risks, [step.pk for step in known.steps])
    is_quiet = request.headers.get("X-Opora-Sheet") == "1"
    try:
        version = submit_sheet(
            visit=visit,
            key=sent.key,
            deed=sent.deed,
            sheet=sent.sheet,
            sheet_version=sent.version,
            on=request.today,
            by=request.user,
            at=timezone.now(),
        )
    except SheetConflict as found:
        differing = tuple(differences(found.kept, sent.sheet, known.fields, known.risks, known.steps))
        shown = Shown(sent.sheet, found.version, found, differing)
    except Refused as refusal:
        shown = Shown(sent.sheet, sent.version, refusal)
    else:
        return _taken(request, visit, sent, version, is_quiet)
    return _told(request, visit, shown) if is_quiet else _page(request, visit, known, shown)


def _taken(request: Request, visit: Visit, sent: Sent, version: int, is_quiet: bool) -> HttpResponse:
    here = reverse("visits:sheet", args=[visit.pk])
    is_settled = sent.deed in DONE
    address = reverse("visits:visit", args=[visit.pk]) if is_settled else here
    if is_settled or not is_quiet:
        messages.success(request, DONE.get(sent.deed, "Лист сохранён."), extra_tags="done")
    if not is_quiet:
        return redirect(address)
    at = timezone.localtime().strftime("%H:%M")
    # After steps are written as rows the page is asked again: it shows them as agreed, not as typed.
    leads = address if is_settled or (sent.deed == "save" and visit.held_on is not None) else ""
    return JsonResponse({"version": version, "at": at, "address": leads})


def _told(request: Request, visit: Visit, shown: Shown) -> JsonResponse:
    refusal = shown.refusal
    assert refusal is not None
    if not shown.differing:
        return JsonResponse({"errors": [refusal.words]}, status=refusal.status)
    html = render_to_string("visits/_conflict.html", {"shown": shown, "visit": visit}, request)
    return JsonResponse({"version": shown.version, "html": html}, status=refusal.status)


def _page(request: Request, visit: Visit, known: Known, shown: Shown) -> HttpResponse:
    told = shown.sheet
    words = told.get("risks") if isinstance(told.get("risks"), dict) else {}
    context = {
        "visit": visit,
        "shown": shown,
        "key": uuid4(),
        "form_now": told.get("form") or visit.form,
        "forms": Visit.Form.choices,
        "held_on": told.get("held_on") or request.today.isoformat(),
        "questions": questions(known.fields, told, spare=1),
        "risks": [(number, name, (words or {}).get(str(number), "")) for number, name in known.risks.items()],
        "follows": follows(known.steps, told),
        "rows": with_spare(told.get("steps"), STEP, 1),
        "sides": Step.Side.choices,
        "blank": dict.fromkeys((*LESSON, *STEP), ""),
        "agreed": list(visit.steps.all()),
    }
    status = shown.refusal.status if shown.refusal else 200
    return render(request, "visits/sheet.html", context, status=status)
