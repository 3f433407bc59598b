"""The public list of a municipality for the centre's own site: what is framed, its feeds, the code to copy."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.views.decorators.http import require_GET

from opora.appointments.guard import may, open_to_all
from opora.appointments.queries import where_may
from opora.core.addresses import full_address
from opora.core.egress import is_on
from opora.dashboard.request import Request
from opora.indicators.queries import standings
from opora.indicators.state import summary
from opora.portal.embedding import frameable, framing_origins
from opora.portal.queries import on_portal, public_roadmaps
from opora.portal.views.documents import feed_of
from opora.portal.views.roadmaps import day_of
from opora.schools.models import Municipality

LATEST = 10
THEMES = ("light", "dark")


@open_to_all
def place_embed(request: Request, pk: int) -> HttpResponse:
    """The state of the roadmap and the newest documents, small and without scripts, for a frame."""
    place = _place(pk)
    day = day_of(request)
    roadmap = public_roadmaps().filter(municipality=place).first()
    theme = request.GET.get("theme", "")
    context = {
        "place": place,
        "roadmap": roadmap,
        "whole": summary(standings([roadmap], day)[roadmap.pk]) if roadmap else None,
        "publications": on_portal(day).filter(document__municipality=place)[:LATEST],
        "day": day,
        "origins": framing_origins(),
        "colours": theme if theme in THEMES else "",
    }
    return frameable(render(request, "portal/place_embed.html", context))


@open_to_all
def place_atom(request: Request, pk: int) -> HttpResponse:
    """The latest publications of one municipality as an Atom feed."""
    return _feed(request, Atom1Feed, "portal:place_atom", pk)


@open_to_all
def place_rss(request: Request, pk: int) -> HttpResponse:
    """The latest publications of one municipality as an RSS feed."""
    return _feed(request, Rss201rev2Feed, "portal:place_rss", pk)


@may("documents.publish")
@require_GET
def embed_code(request: Request) -> HttpResponse:
    """The code that the centre puts on its own site, and what of it the operator has turned on."""
    led = where_may(request.access, "documents.publish").municipality_ids
    places = Municipality.objects.filter(pk__in=led, roadmaps__is_public=True).distinct().order_by("name")
    context = {
        "places": [(place, _code_of(place)) for place in places],
        "origins": framing_origins(),
        "is_on": is_on(),
        "site": full_address(""),
    }
    return render(request, "portal/embed_code.html", context)


def _place(pk: int) -> Municipality:
    return get_object_or_404(Municipality.objects.filter(roadmaps__is_public=True).distinct(), pk=pk)


def _feed(request: Request, kind: type[Atom1Feed] | type[Rss201rev2Feed], name: str, pk: int) -> HttpResponse:
    place = _place(pk)
    return feed_of(
        kind,
        on_portal(day_of(request)).filter(document__municipality=place),
        title=f"{place.centre_short_name}, {place.name}: документы",
        address=reverse(name, args=[pk]),
    )


def _code_of(place: Municipality) -> str:
    address = full_address(reverse("portal:place_embed", args=[place.pk]))
    return (
        f'<iframe src="{address}" title="Ход работы и документы: {_quoted(place.name)}"'
        ' width="100%" height="560" loading="lazy"></iframe>'
    )


def _quoted(name: str) -> str:
    return name.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
