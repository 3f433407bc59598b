"""The walk over all addresses of the product, and people of every duty to try them with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver

# What stands in an address for a row that does not exist.
NOWHERE = {"int": "999999", "uuid": "00000000-0000-0000-0000-000000000000", "date": "2022-09-15"}


class Address(NamedTuple):
    """One address: its full name, a path to try, the view behind it."""

    name: str
    path: str
    view: Callable[..., Any]
    has_arguments: bool


def addresses(
    resolver: URLResolver | None = None, route: str = "/", spaces: tuple[str, ...] = ()
) -> Iterator[Address]:
    """Every address of the product."""
    for pattern in (resolver or get_resolver()).url_patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from addresses(pattern, here, inner)
        elif isinstance(pattern, URLPattern):
            name = ":".join((*spaces, pattern.name or here))
            yield Address(name, path_to_try(here), pattern.callback, "<" in here)


def path_to_try(route: str) -> str:
    """The route with each argument replaced by one that names no row."""
    return re.sub(r"<(?:(\w+):)?\w+>", lambda found: NOWHERE.get(found[1] or "str", "nowhere"), route).lstrip(
        "^"
    )


def person_of(duty: str, number: int) -> Any:
    """Somebody who may sign in, with one appointment in force; an empty duty appoints to nothing."""
    from opora.accounts.models import User
    from opora.appointments.models import Appointment, Duty

    person = User.objects.create(
        email=f"person{number}@example.org",
        last_name="Ромашкина",
        first_name="Вера",
        folded_name=f"ромашкина {number}",
    )
    if duty:
        programme, municipality, school = place()
        where: dict[str, Any] = {"municipality": municipality}
        if duty == Duty.REGIONAL_COORDINATOR:
            where = {"region": municipality.region}
        elif duty in {Duty.CURATOR, Duty.SCHOOL_COORDINATOR}:
            where = {"school": school}
        Appointment.objects.create(
            person=person, duty=duty, programme=programme, since=date(2020, 1, 1), **where
        )
    return person


def place() -> tuple[Any, Any, Any]:
    """One programme, one municipality and one school, made once."""
    from opora.programmes.models import Programme
    from opora.schools.models import Municipality, Region, School

    programme, _ = Programme.objects.get_or_create(
        code="probe",
        defaults={
            "name": "Проект",
            "short_name": "Проект",
            "year": 2022,
            "starts_on": "2022-01-01",
            "ends_on": "2022-12-31",
        },
    )
    region, _ = Region.objects.get_or_create(name="Вымышленный край")
    municipality, _ = Municipality.objects.get_or_create(region=region, name="Вымышленный город")
    school, _ = School.objects.get_or_create(municipality=municipality, short_name="Школа № 101")
    return programme, municipality, school
