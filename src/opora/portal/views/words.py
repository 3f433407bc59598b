"""Standing pages of the portal: accessibility and personal data."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from opora.appointments.guard import open_to_all
from opora.dashboard.request import Request
from opora.portal.queries import places_of, public_roadmaps


@open_to_all
def accessibility(request: Request) -> HttpResponse:
    """What is done so that everybody can read the site, and where to write when one cannot."""
    return render(request, "portal/accessibility.html", {"places": places_of(public_roadmaps())})


@open_to_all
def personal_data(request: Request) -> HttpResponse:
    """What personal data the product keeps and what it never shows."""
    return render(request, "portal/personal_data.html", {"places": places_of(public_roadmaps())})
