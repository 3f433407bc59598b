"""The head of a report: the requisites of the centre or of the region, whose paper it is."""

from __future__ import annotations

from datetime import date

from opora.core.russian import initials
from opora.plans.models import Roadmap
from opora.reports.asked import Asked
from opora.reports.content import Head


def head_of(roadmap: Roadmap, title: str, since: date, as_of: date, stretch: str, number: int | None) -> Head:
    """The head of a paper about a roadmap, by the requisites of its centre."""
    place = roadmap.municipality
    return Head(
        title=title,
        centre_name=place.centre_name,
        centre_short_name=place.centre_short_name,
        centre_address=place.centre_address,
        municipality=place.name,
        place=place.place,
        programme=str(roadmap.programme),
        roadmap=roadmap.title,
        order_number=roadmap.order_number,
        order_date=roadmap.order_date,
        since=since,
        as_of=as_of,
        stretch=stretch,
        signer_post=place.head_post,
        signer_name=initials(place.head_name, is_surname_first=False),
        issue_number=number,
    )


def head_asked(asked: Asked, title: str) -> Head:
    """The head of a note of a roadmap or of a region, whichever is asked for."""
    if asked.roadmap is not None:
        return head_of(asked.roadmap, title, asked.since, asked.as_of, asked.stretch, asked.number)
    region = asked.region
    assert region is not None
    name = region.coordinator_name or region.name
    return Head(
        title=title,
        centre_name=name,
        centre_short_name=name,
        centre_address="",
        municipality=region.name,
        place="",
        programme=str(asked.programme),
        roadmap="",
        order_number="",
        order_date=None,
        since=asked.since,
        as_of=asked.as_of,
        stretch=asked.stretch,
        signer_post="Региональный координатор",
        signer_name="",
        issue_number=asked.number,
    )
