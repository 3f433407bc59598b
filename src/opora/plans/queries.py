"""Everything that reads roadmaps: who sees which, their lines on a day, what an amendment changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from opora.appointments.queries import Access, municipalities_of
from opora.core.refusal import Refused
from opora.plans.amendments import TERM, PlanLine
from opora.plans.models import Activity, Change, Roadmap, Section


def roadmaps_seen_by(access: Access) -> QuerySet[Roadmap]:
    """The roadmaps of the places a person belongs to, newest first, with programme and municipality."""
    return (
        Roadmap.objects.filter(municipality__in=municipalities_of(access))
        .select_related("programme", "municipality")
        .order_by("-year", "pk")
    )


def roadmaps_kept_by(access: Access) -> QuerySet[Roadmap]:
    """The roadmaps of the own centre: those that a person with the right may change."""
    return Roadmap.objects.filter(municipality__in=access.municipality_ids).select_related(
        "programme", "municipality"
    )


def roadmaps_asked(number: int | None) -> list[Roadmap]:
    """One roadmap by its number in the address, or every one. Refused when there is none."""
    chosen = Roadmap.objects.select_related("programme", "municipality").order_by("-year", "pk")
    found = list(chosen if number is None else chosen.filter(pk=number))
    if not found:
        raise Refused(
            "Дорожных карт пока нет: загрузите приказ."
            if number is None
            else f"Дорожной карты с номером {number} нет. Номера показывает ./opora standings."
        )
    return found


def activities_on(roadmaps: Iterable[Roadmap], as_of: date, *, line: int | None = None) -> list[Activity]:
    """The lines of roadmaps with the words and terms they had on a day, in order.

    One query, or two or three when an order dated later has changed something; `line` asks for one line alone.

    Changes by orders dated later are rolled back; lines dropped by the day are left out, as are lines added
    after it. The rows are for reading: saving one would write old words over new ones.
    """
    chosen = list(roadmaps)
    changed_later = Change.objects.filter(
        amendment__order_date__gt=as_of, what__in=(Change.What.MOVED, Change.What.REWORDED)
    )
    asked = Q(roadmap__in=chosen) if line is None else Q(roadmap__in=chosen, pk=line)
    lines: list[Activity] = list(
        Activity.objects.filter(asked)
        .filter(Q(added_on__isnull=True) | Q(added_on__lte=as_of))
        .filter(Q(dropped_on__isnull=True) | Q(dropped_on__gt=as_of))
        .annotate(
            is_changed_later=Exists(changed_later.filter(activity=OuterRef("pk"))),
            is_changed=Exists(Change.objects.filter(activity=OuterRef("pk"))),
        )
        .select_related("section")
        .order_by("roadmap", "position")
    )
    by_roadmap = {roadmap.pk: roadmap for roadmap in chosen}
    for one in lines:
        one.roadmap = by_roadmap[one.roadmap_id]
    if not any(vars(one)["is_changed_later"] for one in lines):
        return lines
    later = changed_later.filter(amendment__roadmap__in=chosen)
    by_key = {one.pk: one for one in lines}
    moved: dict[int, int] = {}
    for activity_id, before in later.order_by("-amendment__order_date", "-amendment__pk", "-pk").values_list(
        "activity_id", "before"
    ):
        if activity_id in by_key:
            put_words(by_key[activity_id], before)
            if "section" in before:
                moved[activity_id] = before["section"]
    if moved:
        sections = {(one.roadmap_id, one.number): one for one in Section.objects.filter(roadmap__in=chosen)}
        for activity_id, number in moved.items():
            moved_line = by_key[activity_id]
            moved_line.section = sections[moved_line.roadmap_id, number]
    return lines


def put_words(activity: Activity, words: Mapping[str, Any]) -> None:
    """Set the fields of a line from the JSON of a `Change`; the section is left to the caller."""
    for name, value in words.items():
        if name == "section":
            continue
        is_day = name.endswith("_on") and value is not None
        setattr(activity, name, date.fromisoformat(value) if is_day else value)


def plan_line(activity: Activity) -> PlanLine:
    """A line as the difference of two plans sees it; its key is the row's."""
    names = ("number", "text", "promise", "executors", *TERM)
    return PlanLine(
        key=activity.pk,
        section=activity.section.number,
        **{name: getattr(activity, name) for name in names},
    )
