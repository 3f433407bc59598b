"""Everything that writes regions, municipalities, schools and their participation."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from opora.accounts.models import User
from opora.core.history import record
from opora.core.refusal import Refused
from opora.core.russian import clean, day_words, fold
from opora.programmes.models import Programme
from opora.schools.models import Municipality, Participation, Region, School

REQUISITES = (
    "centre_name",
    "centre_short_name",
    "centre_address",
    "place",
    "head_post",
    "head_name",
)
OF_SCHOOL = ("name", "short_name", "number", "site", "address", "phone", "latitude", "longitude")


@transaction.atomic
def add_region(*, name: str, coordinator_name: str = "", by: User | None, at: datetime) -> Region:
    """Enter a region; one that is there already is given back. Refused without a name and when words are too long."""
    name, coordinator_name = _line(name), _line(coordinator_name)
    if not name:
        raise Refused("Напишите, как называется регион.")
    if len(name) > 200:
        raise Refused("Название региона длиннее 200 знаков. Сократите его.")
    _refuse_long(coordinator_name)
    region, is_new = Region.objects.get_or_create(name=name, defaults={"coordinator_name": coordinator_name})
    if is_new:
        record(region, "region.added", by=by, at=at)
    return region


@transaction.atomic
def change_region(*, region: Region, coordinator_name: str, by: User | None, at: datetime) -> bool:
    """Rewrite the institution that coordinates a region; the history keeps what it was. False: it was so already.

    Refused when the words are too long.
    """
    before, region.coordinator_name = region.coordinator_name, _line(coordinator_name)
    _refuse_long(region.coordinator_name)
    if region.coordinator_name == before:
        return False
    region.save(update_fields=["coordinator_name"])
    record(region, "region.changed", by=by, at=at, before={"coordinator_name": before})
    return True


def _refuse_long(coordinator_name: str) -> None:
    if len(coordinator_name) > 300:
        raise Refused("Название учреждения длиннее 300 знаков. Сократите его.")


@transaction.atomic
def add_municipality(
    *,
    region: Region,
    name: str,
    centre_name: str,
    centre_short_name: str = "",
    centre_address: str = "",
    place: str = "",
    head_post: str = "Директор",
    head_name: str = "",
    is_fictional: bool = False,
    by: User | None,
    at: datetime,
) -> Municipality:
    """Enter a municipality with its centre. Refused when the region has one of this name."""
    name = _line(name)
    if Municipality.objects.filter(region=region, name=name).exists():
        raise Refused(f"{region}: муниципалитет «{name}» уже есть.")
    municipality = Municipality.objects.create(
        region=region,
        name=name,
        centre_name=_line(centre_name),
        centre_short_name=_line(centre_short_name) or _line(centre_name)[:150],
        centre_address=_line(centre_address),
        place=_line(place) or name[:150],
        head_post=_line(head_post),
        head_name=_line(head_name),
        is_fictional=is_fictional,
    )
    record(municipality, "municipality.added", by=by, at=at)
    return municipality


@transaction.atomic
def change_municipality(
    *,
    municipality: Municipality,
    centre_name: str,
    centre_short_name: str,
    centre_address: str,
    place: str,
    head_post: str,
    head_name: str,
    by: User,
    at: datetime,
) -> None:
    """Rewrite the requisites of the centre; the history keeps what they were."""
    new = dict(
        zip(
            REQUISITES,
            (centre_name, centre_short_name, centre_address, place, head_post, head_name),
            strict=True,
        )
    )
    before = {name: getattr(municipality, name) for name in REQUISITES}
    for name, words in new.items():
        setattr(municipality, name, _line(words))
    changed = {name: words for name, words in before.items() if getattr(municipality, name) != words}
    if changed:
        municipality.save(update_fields=list(REQUISITES))
        record(municipality, "municipality.changed", by=by, at=at, before=changed)


@transaction.atomic
def add_school(
    *,
    municipality: Municipality,
    name: str,
    short_name: str,
    number: int | None = None,
    site: str = "",
    address: str = "",
    phone: str = "",
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
    is_fictional: bool = False,
    by: User | None,
    at: datetime,
) -> School:
    """Enter a school; degrees are of WGS 84. Refused when the municipality has one of this short name."""
    school = School(municipality=municipality, is_fictional=is_fictional)
    _describe(school, name, short_name, number, site)
    _place(school, address, phone, latitude, longitude)
    school.save()
    record(school, "school.added", by=by, at=at)
    return school


@transaction.atomic
def change_school(
    *,
    school: School,
    name: str,
    short_name: str,
    number: int | None,
    site: str,
    address: str,
    phone: str,
    latitude: Decimal | None,
    longitude: Decimal | None,
    by: User,
    at: datetime,
) -> None:
    """Rewrite what is known of a school; the history keeps what changed."""
    before = {field: getattr(school, field) for field in OF_SCHOOL}
    _describe(school, name, short_name, number, site)
    _place(school, address, phone, latitude, longitude)
    changed = {field: value for field, value in before.items() if getattr(school, field) != value}
    if changed:
        school.save(update_fields=[*OF_SCHOOL, "folded_name"])
        record(school, "school.changed", by=by, at=at, before=changed)


@transaction.atomic
def take_part(
    *,
    school: School,
    programme: Programme,
    since: date,
    kind: str = Participation.Kind.LOW_RESULTS,
    by: User | None,
    at: datetime,
) -> Participation:
    """Note that a school takes part in a programme since a day. Refused when it does already.

    A school that left may come back: its stretch begins anew and the history keeps the former one.
    """
    part = Participation.objects.filter(school=school, programme=programme).first()
    if part is None:
        part = Participation.objects.create(school=school, programme=programme, since=since, kind=kind)
        record(part, "participation.opened", by=by, at=at, since=since, kind=kind)
        return part
    if part.until is None:
        raise Refused(f"{school} уже участвует с {day_words(part.since)}.")
    former = {"since": part.since, "until": part.until, "reason": part.leave_reason}
    part.since, part.until, part.leave_reason, part.kind = since, None, "", kind
    part.save(update_fields=["since", "until", "leave_reason", "kind"])
    record(part, "participation.reopened", by=by, at=at, since=since, former=former)
    return part


@transaction.atomic
def leave(*, participation: Participation, until: date, reason: str, by: User, at: datetime) -> None:
    """Note the last day of a school in a programme and why it left."""
    if participation.until is not None:
        raise Refused(f"{participation.school}: участие уже завершено {day_words(participation.until)}.")
    if until < participation.since:
        raise Refused(f"Школа участвует с {day_words(participation.since)}: завершить раньше нельзя.")
    reason = _line(reason)
    if not reason:
        raise Refused("Напишите, почему школа выбыла: это понадобится в отчёте.")
    participation.until, participation.leave_reason = until, reason
    participation.save(update_fields=["until", "leave_reason"])
    record(participation, "participation.closed", by=by, at=at, until=until, reason=reason)


def _describe(school: School, name: str, short_name: str, number: int | None, site: str) -> None:
    school.name, school.short_name = _line(name), _line(short_name)
    school.number, school.site = number, site.strip()
    if not school.name or not school.short_name:
        raise Refused("Нужны полное и короткое названия школы.")
    school.folded_name = fold(f"{school.short_name} {school.name}")[:410]
    same = School.objects.filter(municipality=school.municipality, short_name=school.short_name)
    if same.exclude(pk=school.pk).exists():
        raise Refused(f"«{school.short_name}» уже есть в списке школ.")


def _place(
    school: School, address: str, phone: str, latitude: Decimal | None, longitude: Decimal | None
) -> None:
    school.address, school.phone = _line(address), _line(phone)
    if (latitude is None) != (longitude is None):
        raise Refused("Из двух координат указана одна. Впишите обе или ни одной.")
    school.latitude, school.longitude = latitude, longitude


def _line(text: str) -> str:
    return " ".join(clean(text).split())
