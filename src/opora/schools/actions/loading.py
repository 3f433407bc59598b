"""Writing a whole list of schools that a person has looked through: schools and participation, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from opora.accounts.models import User
from opora.core.history import HistoryLine, record_many
from opora.core.refusal import Refused
from opora.core.russian import fold
from opora.programmes.models import Programme
from opora.schools.actions.places import OF_SCHOOL, add_municipality
from opora.schools.models import Participation, School
from opora.schools.new_places import NewPlace
from opora.schools.school_plan import NEW, PlannedSchool

_OF_PART = ("kind", "since", "until", "leave_reason")


def load_schools(
    *,
    programme: Programme,
    rows: Sequence[PlannedSchool],
    places: Sequence[NewPlace] = (),
    file_name: str = "",
    by: User,
    at: datetime,
) -> int:
    """Write the new and changed schools of a list and their participation; the number of rows written.

    `places` are the municipalities that a person agreed to enter with their schools. Refused when somebody entered one
    of these schools or municipalities while the list was being looked through.
    """
    source = {"source": file_name} if file_name else {}
    try:
        with transaction.atomic():
            _enter_places(places, rows, by, at)
            deeds = [*_schools(rows, source), *_parts(programme, rows, source)]
            record_many(deeds, by=by, at=at)
    except IntegrityError as error:
        raise Refused(
            "Пока вы смотрели список, одну из этих школ внёс другой человек. Покажите список ещё раз.",
            code="R-CONFLICT",
            status=409,
        ) from error
    return len(rows)


def _enter_places(places: Sequence[NewPlace], rows: Sequence[PlannedSchool], by: User, at: datetime) -> None:
    """Make the municipalities; the requisites of their centres are told later."""
    made = {
        one.municipality.pk: add_municipality(region=one.region, name=one.name, centre_name="", by=by, at=at)
        for one in places
    }
    for row in rows:
        if row.municipality is not None and row.municipality.pk in made:
            row.municipality = made[row.municipality.pk]


def _schools(rows: Sequence[PlannedSchool], source: Mapping[str, str]) -> list[HistoryLine]:
    new, old, deeds = [], [], list[HistoryLine]()
    for row in rows:
        school = row.school or School(municipality=row.municipality, site="")
        for name, value in row.values.items():
            setattr(school, name, value)
        school.folded_name = fold(f"{school.short_name} {school.name}")[:410]
        if row.state == NEW:
            new.append(school)
            row.school = school
        elif row.changes:
            old.append(school)
            before = {one.field: one.was for one in row.changes}
            deeds.append(HistoryLine(school, "school.changed", {"before": before, **source}))
    School.objects.bulk_create(new, batch_size=500)
    School.objects.bulk_update(old, [*OF_SCHOOL, "folded_name"], batch_size=100)
    return [*(HistoryLine(school, "school.added", source) for school in new), *deeds]


def _parts(
    programme: Programme, rows: Sequence[PlannedSchool], source: Mapping[str, str]
) -> list[HistoryLine]:
    meant = [row for row in rows if row.taking_part]
    known = {
        part.school_id: part
        for part in Participation.objects.select_for_update(of=("self",))
        .filter(programme=programme, school__in=[row.school for row in meant])
        .select_related("school", "programme")
    }
    new, old, deeds = list[Participation](), list[Participation](), list[HistoryLine]()
    for row in meant:
        assert row.school is not None
        part = known.get(row.school.pk) or Participation(school=row.school, programme=programme)
        is_new = row.school.pk not in known
        was_open = not is_new and part.until is None
        for name, value in row.part_values.items():
            setattr(part, name, value)
        (new if is_new else old).append(part)
        told = {"since": part.since, "kind": part.kind, **source}
        if is_new:
            deeds.append(HistoryLine(part, "participation.opened", told))
        elif was_open and part.until is not None:
            deeds.append(
                HistoryLine(
                    part, "participation.closed", {"until": part.until, "reason": part.leave_reason, **source}
                )
            )
        else:
            before = {one.field: one.was for one in row.taking_part}
            deeds.append(HistoryLine(part, "participation.changed", {**told, "before": before}))
    Participation.objects.bulk_create(new, batch_size=500)
    Participation.objects.bulk_update(old, _OF_PART, batch_size=100)
    return deeds
