"""Pages of the frame: settings of the centre, the way things look, the guide."""

from __future__ import annotations

from django.conf import settings as site
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opora.appointments.guard import may, open_to_all, signed_in
from opora.appointments.queries import municipalities_of, where_may
from opora.core import mail
from opora.core.job_list import FAILED, STATES, job_counts, job_line, jobs_in, post_state
from opora.core.jobs import try_again
from opora.core.refusal import Refused
from opora.core.russian import counted
from opora.dashboard.forms import RequisitesForm, initial_of
from opora.dashboard.frame import THEMES, seen_roadmaps
from opora.dashboard.guide import chapters_of, page_of, titles
from opora.dashboard.middleware import day_asked
from opora.dashboard.request import Request
from opora.desk.versions import as_seen, status_of
from opora.schools.actions import change_municipality
from opora.schools.models import Municipality

YEAR = 365 * 24 * 60 * 60
JOBS_A_PAGE = 50
# So many failed jobs are put down anew by one press.
MOST_AGAIN = 1000


@may("people.edit")
@require_GET
def settings(request: Request) -> HttpResponse:
    """Where the centre is set up: requisites, people, rights."""
    places = municipalities_of(where_may(request.access, "people.edit")).select_related("region")
    return render(request, "dashboard/settings.html", {"places": places})


@may("people.edit")
@require_http_methods(["GET", "POST"])
def requisites(request: Request, pk: int) -> HttpResponse:
    """The requisites of one centre."""
    place: Municipality = get_object_or_404(
        municipalities_of(where_may(request.access, "people.edit")), pk=pk
    )
    form = RequisitesForm(request.POST or None, initial=initial_of(place))
    if request.method == "POST" and form.is_valid():
        try:
            with as_seen(form, place, initial_of):
                change_municipality(
                    municipality=place, by=request.user, at=timezone.now(), **form.cleaned_data
                )
        except Refused as refusal:
            form.add_error(None, refusal.words)
        else:
            messages.success(request, "Реквизиты сохранены: новые бумаги выйдут с ними.", extra_tags="done")
            return redirect("dashboard:settings")
    context = {
        "form": form,
        "title": "Реквизиты центра",
        "lead": f"{place}. Стоят на отчётах и приказах.",
        "button": "Сохранить реквизиты",
        "back": "/settings/",
        "crumb": "Настройки",
    }
    return render(request, "appointments/deed.html", context, status=status_of(form))


@may("jobs.care")
@require_GET
def jobs(request: Request) -> HttpResponse:
    """The work of the server: what waits, runs, hangs and has failed; how letters fare."""
    at = timezone.now()
    shown = request.GET.get("show", "")
    page = Paginator(jobs_in(shown, at), JOBS_A_PAGE).get_page(request.GET.get("page"))
    counts = job_counts(at)
    context = {
        "page": page,
        "lines": [job_line(job, at) for job in page.object_list],
        "shown": shown if shown in STATES else "",
        "chips": [(state, words, counts[state]) for state, (_, words) in STATES.items()],
        "failed": counts[FAILED],
        "post": post_state(),
        "post_place": mail.place_words(),
        "is_post_set": mail.is_set(),
    }
    return render(request, "dashboard/jobs.html", context)


@may("jobs.care")
@require_POST
def jobs_again(request: Request) -> HttpResponse:
    """Put one failed job down anew, or all that have failed."""
    at = timezone.now()
    number = request.POST.get("job", "")
    failed = jobs_in(FAILED, at)
    chosen = failed.filter(pk=number) if number.isascii() and number.isdigit() else failed
    again = try_again(jobs=list(chosen[:MOST_AGAIN]), by=request.user, at=at)
    words = counted(again, "задание", "задания", "заданий")
    messages.success(request, f"На повтор: {words}. Сервер возьмётся за них сейчас.", extra_tags="done")
    return redirect("dashboard:jobs")


@open_to_all
@require_POST
def look(request: Request) -> HttpResponse:
    """Remember colours, the version for weak eyes, the day looked at or the roadmap chosen, and go back."""
    back = request.POST.get("back", "/")
    if request.user.is_authenticated:
        _keep_day(request)
        back = _keep_roadmap(request) or back
    is_ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    response = redirect(back if is_ours else "/")
    if "theme" in request.POST:
        theme = request.POST["theme"]
        _remember(response, "theme", theme if theme in THEMES else "auto")
    if "vision" in request.POST:
        _remember(response, "vision", "on" if request.POST["vision"] == "on" else "off")
    return response


def _remember(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=YEAR, secure=site.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )


def _keep_day(request: Request) -> None:
    """Keep the day looked at; today is not a choice, so it is forgotten and moves on with the clock."""
    day = day_asked(request.POST.get("on", ""), request.today)
    if day == request.today:
        request.session.pop("on", None)
    elif day is not None:
        request.session["on"] = day.isoformat()


def _keep_roadmap(request: Request) -> str:
    """Keep the roadmap chosen and say where it stands; an empty string when none is."""
    asked = request.POST.get("roadmap", "")
    plan = next((one for one in seen_roadmaps(request) if str(one.pk) == asked), None) if asked else None
    if plan is None:
        return ""
    request.session["roadmap"] = plan.pk
    return f"/roadmaps/{plan.pk}/"


@signed_in
@require_GET
def guide(request: Request) -> HttpResponse:
    """The pages of the guide in their order."""
    return render(request, "dashboard/guide.html", {"chapters": chapters_of(titles())})


@signed_in
@require_GET
def guide_page(request: Request, name: str) -> HttpResponse:
    """One page of the guide."""
    pages = titles()
    if name not in pages:
        raise Http404
    context = {"title": pages[name], "body": page_of(name), "chapters": chapters_of(pages), "name": name}
    return render(request, "dashboard/guide_page.html", context)
