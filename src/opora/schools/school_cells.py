"""What the cells of a list of schools mean: a number, a category, a site, an address, a point on the map."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from opora.core.russian import fold
from opora.schools.models import Participation
from opora.schools.told import ToldSchool

_URL: Final = URLValidator(schemes=["http", "https"])
_NOTHING: Final = frozenset({"-", "—", "нет", "нет сайта"})
_DEGREES: Final = re.compile(r"^-?\d{1,3}(?:[.,]\d{1,12})?$")
# Where a school of Russia may stand; the far east lies beyond the 180th meridian too.
_SOUTH, _NORTH, _WEST = 41, 82, 19
_PHONE: Final = re.compile(r"\d(?:\D*\d){4,}")


def number_told(text: str, named: int | None) -> tuple[int | None, str]:
    """The number of a school by its cell and by its name, and a remark when they do not agree."""
    said = re.sub(r"^№ ?", "", text)
    if not said:
        return named, ""
    if not said.isascii() or not said.isdecimal() or not 0 < int(said[:9]) < 100_000 or len(said) > 6:
        return named, f"«{text[:20]}» не похоже на номер школы, он не внесён"
    if named is not None and named != int(said):
        return named, f"в столбце номер {int(said)}, а в названии {named}: взят номер из названия"
    return int(said), ""


def kind_told(text: str) -> str | None:
    """The category that a cell names; None where it names none."""
    said = fold(text)
    low = bool(re.search(r"шнор|низк", said))
    hard = bool(re.search(r"шссу|сложн|неблагоприят", said))
    if (low and hard) or said in {"обе", "оба", "обе категории"}:
        return str(Participation.Kind.BOTH)
    return (
        str(Participation.Kind.LOW_RESULTS if low else Participation.Kind.HARD_CONDITIONS)
        if low or hard
        else None
    )


def particulars_told(told: ToldSchool) -> tuple[dict[str, Any], list[str]]:
    """Site, address, phone and point of a row, and remarks to what was not understood."""
    wanted: dict[str, Any] = {}
    remarks = []
    for name, read in (("site", _site), ("phone", _phone)):
        value, remark = read(getattr(told, name))
        wanted |= {name: value} if value else {}
        remarks += [remark] if remark else []
    if told.address and fold(told.address) not in _NOTHING:
        wanted["address"] = told.address
    point, remark = point_told(told.latitude, told.longitude)
    if point is not None:
        wanted |= {"latitude": point[0], "longitude": point[1]}
    return wanted, [*remarks, remark] if remark else remarks


def point_told(north: str, east: str) -> tuple[tuple[Decimal, Decimal] | None, str]:
    """Degrees of two cells, or None with a remark where they cannot be a school of Russia."""
    if not north and not east:
        return None, ""
    if not north or not east:
        return None, "из двух координат указана одна, они не внесены"
    try:
        told = [_degrees(north), _degrees(east)]
    except ValueError as error:
        return None, f"«{str(error)[:20]}» не похоже на координату, пишут 56,83892; координаты не внесены"
    latitude, longitude = told
    if _is_in_russia(latitude, longitude):
        return (latitude, longitude), ""
    if _is_in_russia(longitude, latitude):
        return None, "похоже, широта и долгота переставлены, они не внесены"
    return None, f"координаты {north}; {east} вне России, они не внесены"


def _degrees(text: str) -> Decimal:
    said = text.replace(" ", "").rstrip("°")
    if not _DEGREES.match(said):
        raise ValueError(text)
    try:
        return Decimal(said.replace(",", ".")).quantize(Decimal("0.00001"))
    except InvalidOperation as error:
        raise ValueError(text) from error


def _is_in_russia(latitude: Decimal, longitude: Decimal) -> bool:
    return _SOUTH <= latitude <= _NORTH and (_WEST <= longitude <= 180 or -180 <= longitude <= -168)


def _site(text: str) -> tuple[str, str]:
    if not text or fold(text) in _NOTHING:
        return "", ""
    site = text if "://" in text else f"https://{text}"
    try:
        _URL(site)
    except ValidationError:
        return "", f"«{text[:60]}» не похоже на адрес сайта, он не внесён"
    return ("", "адрес сайта длиннее 200 знаков, он не внесён") if len(site) > 200 else (site, "")


def _phone(text: str) -> tuple[str, str]:
    if not text or fold(text) in _NOTHING:
        return "", ""
    return (text, "") if _PHONE.search(text) else ("", f"«{text[:40]}» не похоже на телефон, он не внесён")
