"""Calendar feeds: the secret addresses of a person, and the feed behind an address."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from opora.appointments.guard import open_to_all, signed_in
from opora.appointments.queries import schools_of
from opora.core.addresses import full_address
from opora.dashboard.frame import seen_roadmaps
from opora.dashboard.request import Request
from opora.visits.actions.feeds import close_feed, open_feed, renew_feed
from opora.visits.calendar import calendar_of, feed_at, mac_of
from opora.visits.models import Feed
from opora.visits.views.asked import number_in

LONGEST_KEY = 9


@dataclass(frozen=True, slots=True)
class Shown:
    """A feed with its address."""

    feed: Feed
    name: str

    @property
    def address(self) -> str:
        path = reverse("visits:calendar", kwargs={"pk": self.feed.pk, "mac": mac_of(self.feed)})
        return full_address(path)


@open_to_all
@never_cache
@require_GET
def calendar(request: HttpRequest, pk: int, mac: str) -> HttpResponse:
    """The feed of a secret address; a wrong and an old one are missing."""
    feed = feed_at(pk, mac) if len(str(pk)) <= LONGEST_KEY else None
    content = calendar_of(feed, site=full_address(""), at=timezone.now()) if feed else None
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="opora.ics"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def feeds(request: Request) -> HttpResponse:
    """The feeds of a person: open one, give it another address, close it."""
    schools = schools_of(request.access).order_by("number", "folded_name")
    if request.method == "POST":
        _do(request)
        return redirect("visits:feeds")
    own = (
        Feed.objects.filter(owner=request.user)
        .select_related("school", "roadmap__municipality")
        .order_by("pk")
    )
    shown = [Shown(feed, str(feed.school or feed.roadmap or feed.get_about_display())) for feed in own]
    context = {
        "shown": shown,
        "has_own": any(one.feed.about == Feed.About.PERSON for one in shown),
        "schools": schools,
        "plans": seen_roadmaps(request),
    }
    return render(request, "visits/feeds.html", context)


def _do(request: Request) -> None:
    at = timezone.now()
    pk = number_in(request.POST, "feed")
    if pk is not None:
        feed = get_object_or_404(Feed, pk=pk, owner=request.user)
        if request.POST.get("deed") == "close":
            close_feed(feed=feed, by=request.user, at=at)
            messages.success(request, "Лента закрыта: её адрес больше не работает.", extra_tags="done")
        else:
            renew_feed(feed=feed, by=request.user, at=at)
            words = "Адрес новый. Прежний больше не работает: обновите его в своём календаре."
            messages.success(request, words, extra_tags="done")
        return
    school, plan = number_in(request.POST, "school"), number_in(request.POST, "roadmap")
    roadmap = next((one for one in seen_roadmaps(request) if one.pk == plan), None)
    if (plan is not None and roadmap is None) or request.POST.get("deed") != "open":
        raise Http404
    place = get_object_or_404(schools_of(request.access), pk=school) if school is not None else None
    open_feed(owner=request.user, school=place, roadmap=roadmap, by=request.user, at=at)
    messages.success(request, "Лента открыта. Скопируйте адрес в свой календарь.", extra_tags="done")
