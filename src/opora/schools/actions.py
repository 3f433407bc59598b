"""Everything that writes places: regions, municipalities, schools, and who takes part in a programme."""

from __future__ import annotations

import re
from datetime import date, datetime

from django.db import IntegrityError, transaction

from opora.core.history import Person, record
from opora.core.refusal import Refused
from opora.core.russian import clean, fold
from opora.programmes.models import Programme
from opora.schools.models import Municipality, Participation, Region, School

REQUISITES = (
    "name", "centre_name", "centre_short_name", "centre_address", "place", "head_post", "head_name",
)  # fmt: skip


@transaction.atomic
def add_region(*, name: str, coordinator_name: str = "", by: Person | None, at: datetime) -> Region:
    """Enter a region; one that is there already is returned as it is."""
    region, is_new = Region.objects.get_or_create(
        name=_line(name), defaults={"coordinator_name": _line(coordinator_name)}
    )
    if is_new:
        record(region, "region.added", by=by, at=at)
    return region


@transaction.atomic
def add_municipality(
    *, region: Region, requisites: dict[str, str], is_fictional: bool = False, by: Person | None, at: datetime
) -> Municipality:
    """Enter a municipality with the requisites of its centre. Refused when the region has one of this name."""
    values = {name: _line(requisites.get(name, "")) for name in REQUISITES}
    if Municipality.objects.filter(region=region, name=values["name"]).exists():
        raise Refused(f"Муниципалитет «{values['name']}» уже есть в регионе «{region.name}».")
    municipality = Municipality.objects.create(region=region, is_fictional=is_fictional, **values)
    record(municipality, "municipality.added", by=by, at=at)
    return municipality


@transaction.atomic
def change_municipality(
    *, municipality: Municipality, requisites: dict[str, str], by: Person, at: datetime
) -> None:
    """Rewrite the requisites that stand on every paper; the history keeps what was before."""
    changed = {
        name: _line(value)
        for name, value in requisites.items()
        if name in REQUISITES and _line(value) != getattr(municipality, name)
    }
    if not changed:
        return
    before = {name: getattr(municipality, name) for name in changed}
    for name, value in changed.items():
        setattr(municipality, name, value)
    municipality.save(update_fields=list(changed))
    record(municipality, "municipality.changed", by=by, at=at, before=before, after=changed)


@transaction.atomic
def add_school(
    *,
    municipality: Municipality,
    name: str,
    short_name: str,
    site: str = "",
    is_fictional: bool = False,
    by: Person | None,
    at: datetime,
) -> School:
    """Enter a school; its number is read from the short name. Refused when the short name is taken."""
    school = School(municipality=municipality, is_fictional=is_fictional)
    _describe(school, name, short_name, site)
    try:
        with transaction.atomic():
            school.save()
    except IntegrityError as error:
        raise Refused(f"Школа «{school.short_name}» уже внесена.") from error
    record(school, "school.added", by=by, at=at)
    return school


@transaction.atomic
def change_school(*, school: School, name: str, short_name: str, site: str, by: Person, at: datetime) -> None:
    """Rewrite what is known of a school. Refused when the short name is another school's."""
    before = {"name": school.name, "short_name": school.short_name, "site": school.site}
    _describe(school, name, short_name, site)
    try:
        with transaction.atomic():
            school.save(update_fields=["name", "short_name", "number", "folded_name", "site"])
    except IntegrityError as error:
        raise Refused(f"Школа «{school.short_name}» уже внесена.") from error
    record(school, "school.changed", by=by, at=at, before=before)


@transaction.atomic
def join(
    *, school: School, programme: Programme, kind: str, since: date, by: Person | None, at: datetime
) -> Participation:
    """Note that a school takes part in a programme. Refused when it does already."""
    if Participation.objects.filter(school=school, programme=programme).exists():
        raise Refused(f"{school.short_name} уже участвует в программе «{programme}».")
    participation = Participation.objects.create(school=school, programme=programme, kind=kind, since=since)
    record(school, "school.joined", by=by, at=at, programme=str(programme), since=since)
    return participation


@transaction.atomic
def leave(*, participation: Participation, until: date, reason: str, by: Person, at: datetime) -> None:
    """Note the last day of a school in a programme and why. Refused before it began."""
    if until < participation.since:
        raise Refused(f"Школа участвует с {participation.since:%d.%m.%Y}: раньше она выбыть не могла.")
    participation.until, participation.leave_reason = until, _line(reason)
    participation.save(update_fields=["until", "leave_reason"])
    record(participation.school, "school.left", by=by, at=at, until=until, reason=participation.leave_reason)


def _describe(school: School, name: str, short_name: str, site: str) -> None:
    school.name, school.short_name, school.site = _line(name), _line(short_name), _line(site)
    if not school.short_name:
        raise Refused("Нужно короткое название школы.")
    school.name = school.name or school.short_name
    number = re.search(r"\d{1,6}", school.short_name)
    school.number = int(number.group()) if number else None
    school.folded_name = fold(f"{school.short_name} {school.name}")[:410]


def _line(text: str) -> str:
    return " ".join(clean(text).split())
