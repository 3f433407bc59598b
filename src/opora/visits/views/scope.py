"""Which visit a person may open, and what they may do with it."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from opora.accounts.models import User
from opora.appointments.queries import Access
from opora.appointments.rights import permissions_of
from opora.dashboard.request import Request
from opora.visits.models import Visit
from opora.visits.queries import visits_seen_by

# A curator leads own visits only; the centre and the school do with all visits of their place.
OF_CURATOR = ("visits.plan", "visits.hold")


def visit_of(request: Request, pk: int, permission: str = "visits.see") -> Visit:
    """The visit of an address; 404 for one that is not theirs. The guard has narrowed the places already."""
    return get_object_or_404(visits_led(request.access, request.user, permission), pk=pk)


def visits_led(access: Access, person: User, permission: str) -> QuerySet[Visit]:
    """The visits with which a person may do what the permission says; `access` is narrowed to its places."""
    seen = visits_seen_by(access).select_related("school__municipality__region", "agreed_by", "approved_by")
    if permission not in OF_CURATOR:
        return seen
    return seen.filter(
        Q(curator=person)
        | Q(school__municipality_id__in=access.municipality_ids)
        | Q(school__municipality__region_id__in=access.region_ids)
    )


def together_with(visit: Visit, access: Access) -> list[Visit]:
    """The other visits of one journey that a person may see, by school. No query for a visit on its own."""
    if visit.group_key is None:
        return []
    rows = visits_seen_by(access).filter(group_key=visit.group_key, cancelled_on=None).exclude(pk=visit.pk)
    return list(
        rows.select_related("school__municipality__region", "stage", "programme", "curator").order_by(
            "school__number", "school__folded_name", "pk"
        )
    )


def moved_together(visit: Visit, access: Access, person: User) -> list[Visit]:
    """Those of them that the person may move along with this one: still ahead, and theirs to plan."""
    return [
        other
        for other in together_with(visit, access)
        if other.held_on is None and "visits.plan" in permissions_with(other, access, person)
    ]


def permissions_with(visit: Visit, access: Access, person: User) -> frozenset[str]:
    """What a person may do with this very visit. No query."""
    town = visit.school.municipality
    found: set[str] = set()
    for duty, region_id, municipality_id, school_id in access.held:
        is_wide = municipality_id == town.pk or region_id == town.region_id
        if not is_wide and school_id != visit.school_id:
            continue
        given = permissions_of({duty})
        is_led = is_wide or visit.curator_id == person.pk
        found |= {name for name in given if is_led or name not in OF_CURATOR}
    return frozenset(found)
