"""Calendar feeds (RFC 5545): visits of a person or a school, the terms of a roadmap; their secret addresses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, TypeVar

from django.core.signing import Signer
from django.db.models import Count, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.crypto import constant_time_compare
from django.utils.timezone import get_current_timezone
from icalendar import Calendar, Event, vText

from opora.accounts.models import User
from opora.appointments.queries import Access, access_of, schools_of
from opora.core.addresses import installation_name
from opora.core.models import HistoryEntry
from opora.plans.models import Activity, Responsibility, Roadmap
from opora.plans.queries import activities_on, roadmaps_seen_by
from opora.visits.models import Feed, Visit
from opora.visits.queries import visits_seen_by

Row = TypeVar("Row", bound=Model)
PRODUCT: Final = "-//Opora//Calendar//RU"
HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
MOST_LETTERS: Final = 200
NOTICED: Final = (
    "visit.moved", "visit.agreed", "visit.day_proposed", "visit.day_kept", "visit.form_told", "visit.held",
    "visit.cancelled", "visit.handed_over",
)  # fmt: skip
_SIGNER: Final = Signer(salt="opora.visits.calendar")


def mac_of(feed: Feed) -> str:
    """The secret part of a feed's address: signed over its row and its nonce."""
    return _SIGNER.signature(f"{feed.pk}.{feed.nonce}")


def feed_at(pk: int, mac: str) -> Feed | None:
    """The feed of an address; None when the secret is wrong or old, or its owner may not come in any more."""
    feed = Feed.objects.select_related(
        "owner", "school", "roadmap__municipality", "roadmap__programme"
    ).filter(pk=pk)
    found = feed.first()
    if found is None or not constant_time_compare(mac_of(found), mac) or not found.owner.is_active:
        return None
    return found


def calendar_of(feed: Feed, *, site: str, at: datetime) -> bytes | None:
    """The feed as the owner may see it at a moment; None when they may not see the school or the roadmap any more.

    `site` is the address of the installation, «https://opora.example.org».
    """
    today = at.astimezone(get_current_timezone()).date()
    access = access_of(feed.owner, today)
    if feed.about == Feed.About.ROADMAP:
        roadmap = _one(roadmaps_seen_by(access), feed.roadmap_id)
        if roadmap is None:
            return None
        lines = activities_on([roadmap], today)
        return _written(f"Сроки: {roadmap.municipality.name}, {roadmap.year}", _terms(lines, site, at))
    if feed.about == Feed.About.SCHOOL:
        school = _one(schools_of(access), feed.school_id)
        if school is None:
            return None
        visits = _sorted(visits_seen_by(access).filter(school=school, noted_on__lte=today))
        return _written(f"Посещения: {school}", _visits(visits, site, at))
    own = _sorted(_own_visits(access, feed.owner).filter(noted_on__lte=today))
    events = [*_visits(own, site, at), *_terms(_own_lines(access, feed.owner, today), site, at)]
    return _written("Опора: мои дела", events)


def _one(rows: QuerySet[Row], pk: int | None) -> Row | None:
    return None if pk is None else rows.filter(pk=pk).first()


def _own_visits(access: Access, person: User) -> QuerySet[Visit]:
    """The visits a person makes or waits for: own ones, those of the own school, of the centre all of its places."""
    here = (
        Q(curator=person)
        | Q(school__in=access.own_school_ids)
        | Q(school__municipality__in=access.municipality_ids)
        | Q(school__municipality__region__in=access.region_ids)
    )
    return visits_seen_by(access).filter(here)


def _own_lines(access: Access, person: User, today: date) -> list[Activity]:
    held = Responsibility.objects.filter(
        Q(until=None) | Q(until__gte=today), person=person, since__lte=today
    ).values_list("activity_id", "activity__roadmap_id")
    lines, plans = {line for line, _ in held}, {plan for _, plan in held}
    if not lines:
        return []
    seen: QuerySet[Roadmap] = roadmaps_seen_by(access).filter(pk__in=plans)
    return [one for one in activities_on(seen, today) if one.pk in lines]


def _sorted(visits: QuerySet[Visit]) -> list[Visit]:
    """With the number of deeds that a calendar must notice: the history only grows, so the number does."""
    deeds = (
        HistoryEntry.objects.filter(
            subject_kind=Visit._meta.label_lower, subject_id=OuterRef("pk"), verb__in=NOTICED
        )
        .order_by()
        .values("subject_id")
        .annotate(count=Count("pk"))
    )
    return list(
        visits.annotate(deeds=Coalesce(Subquery(deeds.values("count")), 0)).order_by("planned_on", "pk")
    )


def _visits(visits: Sequence[Visit], site: str, at: datetime) -> Iterable[Event]:
    """Visits name the school only: whose calendar it is knows the people, and anybody may read over a shoulder."""
    for visit in visits:
        event = _event(f"visit-{visit.pk}", at)
        event.add("summary", f"Посещение: {visit.school.short_name or visit.school.name}")
        _put_days(event, visit.held_on or visit.planned_on, visit.starts_at if not visit.held_on else None)
        event.add("sequence", getattr(visit, "deeds", 0))
        event.add("status", _status(visit))
        event.add("location", visit.school.short_name or visit.school.name)
        event.add("description", f"{visit.stage.name}, {Visit.Form(visit.form).label.lower()}")
        event.add("url", f"{site}/visits/{visit.pk}/")
        yield event


def _status(visit: Visit) -> str:
    if visit.cancelled_on:
        return "CANCELLED"
    return "CONFIRMED" if visit.agreed_on or visit.held_on else "TENTATIVE"


def _terms(lines: Iterable[Activity], site: str, at: datetime) -> Iterable[Event]:
    for line in lines:
        if line.ends_on is None:
            continue
        event = _event(f"line-{line.pk}", at)
        number = f" {line.number}" if line.number else ""
        event.add("summary", f"Срок: пункт{number} {line.text}"[:MOST_LETTERS])
        _put_days(event, line.ends_on, None)
        event.add("transp", "TRANSPARENT")
        event.add("url", f"{site}/roadmaps/{line.roadmap_id}/lines/{line.pk}/")
        yield event


def _event(key: str, at: datetime) -> Event:
    event = Event()
    # The address may change; a calendar that knew the event by it would show every visit twice.
    event.add("uid", f"{key}@{installation_name()}")
    event.add("dtstamp", at.astimezone(UTC).replace(microsecond=0))
    return event


def _put_days(event: Event, day: date, starts_at: time | None) -> None:
    """A moment in UTC with an hour for it, or the whole day, which ends on the next one (RFC 5545, 3.6.1)."""
    if starts_at is None:
        event.add("dtstart", day)
        event.add("dtend", day + DAY)
        return
    moment = datetime.combine(day, starts_at, get_current_timezone()).astimezone(UTC)
    event.add("dtstart", moment)
    event.add("dtend", moment + HOUR)


def _written(name: str, events: Iterable[Event]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    # Said to be text: the library escapes commas of an unknown property only then.
    calendar.add("x-wr-calname", vText(name))
    for event in events:
        calendar.add_component(event)
    return calendar.to_ical()
