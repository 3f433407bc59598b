"""A list of municipalities beside those that are known: what agreeing would do, and which requisites are missing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from opora.schools.actions.places import REQUISITES
from opora.schools.list_changes import LABELS, Change, changes_of
from opora.schools.models import Municipality, Region
from opora.schools.new_places import MOST_OF_NAME, NewPlaces
from opora.schools.school_match import Places
from opora.schools.told_places import ToldMunicipality

_MOST: Final = {
    "centre_name": 300, "centre_short_name": 150, "centre_address": 500, "place": 150, "head_post": 200,
    "head_name": 300,
}  # fmt: skip
# Without these no paper of a municipality can be made.
_NEEDED: Final = ("centre_name", "centre_short_name", "head_post", "head_name")


@dataclass(slots=True)
class PlannedMunicipality:
    """One row of the list as it would be written; a new one has no number yet."""

    told: ToldMunicipality
    municipality: Municipality
    is_new: bool
    changes: list[Change] = field(default_factory=list)

    @property
    def values(self) -> dict[str, Any]:
        return {one.field: one.becomes for one in self.changes}


@dataclass(slots=True)
class MunicipalityPlan:
    """What agreeing to a list would do."""

    writes: list[PlannedMunicipality] = field(default_factory=list)
    same: int = 0
    remarks: list[str] = field(default_factory=list)

    @property
    def new(self) -> int:
        return sum(one.is_new for one in self.writes)

    @property
    def changed(self) -> int:
        return len(self.writes) - self.new

    @property
    def mark(self) -> str:
        """A hash of what was shown: agreeing to something else than was seen is refused."""
        told = [
            f"{one.municipality.region_id}:{one.municipality.name}:{one.is_new}:"
            + ";".join(f"{change.field}={change.was}→{change.becomes}" for change in one.changes)
            for one in self.writes
        ]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()


def plan_municipalities(
    rows: Sequence[ToldMunicipality], *, municipalities: Iterable[Municipality], regions: Iterable[Region]
) -> MunicipalityPlan:
    """Compare a list with what is known; `regions` are those where the person may enter municipalities."""
    plan, places, new_places = MunicipalityPlan(), Places(municipalities), NewPlaces(regions, ())
    seen: dict[int, str] = {}
    for told in rows:
        meant = places.find(told.name, told.region)
        is_new = meant is None
        if meant is None:
            region = new_places.region(told.region)
            if region is None:
                plan.remarks.append(_not_led(told, is_open=new_places.is_open))
                continue
            if len(told.name) > MOST_OF_NAME:
                plan.remarks.append(
                    f"{told.row_place}: название длиннее {MOST_OF_NAME} знаков, строка пропущена."
                )
                continue
            meant = new_places.take(region, told.name).municipality
        if meant.pk in seen:
            plan.remarks.append(
                f"{told.row_place}: «{told.name[:60]}» уже был ({seen[meant.pk]}), взята первая строка."
            )
            continue
        seen[meant.pk] = told.row_place
        _compare(plan, PlannedMunicipality(told, meant, is_new))
    return plan


def lacking(municipality: Municipality) -> list[str]:
    """Which requisites of a centre are not told yet, in words."""
    return [LABELS[name] for name in _NEEDED if not getattr(municipality, name)]


def _compare(plan: MunicipalityPlan, made: PlannedMunicipality) -> None:
    wanted = {}
    for name in REQUISITES:
        words = getattr(made.told, name)
        if len(words) > _MOST[name]:
            plan.remarks.append(
                f"{made.told.row_place}, {LABELS[name]}: длиннее {_MOST[name]} знаков, лишнее обрезано."
            )
        if words:
            wanted[name] = words[: _MOST[name]]
    made.changes = changes_of(
        None if made.is_new else made.municipality, wanted, dict.fromkeys(REQUISITES, "")
    )
    if made.is_new or made.changes:
        plan.writes.append(made)
    else:
        plan.same += 1


def _not_led(told: ToldMunicipality, *, is_open: bool) -> str:
    where = f"{told.row_place}, {told.name[:60]}"
    if not is_open:
        return f"{where}: такого муниципалитета нет среди тех, что вы ведёте, строка пропущена."
    if told.region:
        return f"{where}: региона «{told.region[:60]}» нет среди тех, что вы ведёте, строка пропущена."
    return f"{where}: не сказано, какой из ваших регионов, строка пропущена."
