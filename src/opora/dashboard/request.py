"""The request as the views of this product see it: with a person, a standing and a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from opora.accounts.models import User
    from opora.appointments.queries import Access
    from opora.plans.models import Roadmap


class Request(HttpRequest):
    """What the middleware leaves on every request; for types only, never made by hand."""

    user: User
    access: Access
    today: date
    as_of: date
    roadmap_shown: Roadmap
    htmx: HtmxDetails
