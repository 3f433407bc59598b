"""A list of schools beside those that are known: what agreeing would do, row by row, and what is doubtful."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from opora.core.russian import fold
from opora.schools.days_told import NoSuchDay, day_told
from opora.schools.list_changes import LABELS, Change, changes_of
from opora.schools.models import Municipality, Participation, Region, School
from opora.schools.new_places import MOST_OF_NAME, NewPlace, NewPlaces
from opora.schools.school_cells import kind_told, number_told, particulars_told
from opora.schools.school_match import Candidate, Names, Places, number_of
from opora.schools.told import ToldSchool

NEW, CHANGED, SAME, LEFT = "new", "changed", "same", "left"
AS_NEW, SKIP = "new", "skip"
_MOST: Final = {"name": 300, "short_name": 100, "address": 300, "phone": 100}
_EMPTY_SCHOOL: Final = {
    **dict.fromkeys(("name", "short_name", "site", "address", "phone"), ""),
    **dict.fromkeys(("number", "latitude", "longitude")),
}
_EMPTY_PART: Final = {"kind": "", "since": None, "until": None, "leave_reason": ""}


@dataclass(slots=True)
class PlannedSchool:
    """One row of the list as it would be written."""

    index: int
    told: ToldSchool
    state: str = LEFT
    municipality: Municipality | None = None
    school: School | None = None
    changes: list[Change] = field(default_factory=list)
    taking_part: list[Change] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    # Whom the row may mean by another spelling, and what was chosen: a code of the candidate, «new» or «skip».
    perhaps: Candidate | None = None
    chosen: str = ""

    @property
    def values(self) -> dict[str, Any]:
        return {one.field: one.becomes for one in self.changes}

    @property
    def called(self) -> str:
        """The name that the school is known by, else the one it will have."""
        return self.school.short_name if self.school else str(self.values.get("short_name", self.told.called))

    @property
    def part_values(self) -> dict[str, Any]:
        return {one.field: one.becomes for one in self.taking_part}


@dataclass(slots=True)
class SchoolPlan:
    """What agreeing to a list would do."""

    rows: list[PlannedSchool] = field(default_factory=list)
    # Municipalities that nobody has entered yet; only the ticked ones are made, with their schools.
    places: list[NewPlace] = field(default_factory=list)

    @property
    def new_places(self) -> list[NewPlace]:
        return [one for one in self.places if one.is_ticked]

    def count(self, state: str) -> int:
        """How many rows are of a state."""
        return sum(row.state == state for row in self.rows)

    @property
    def writes(self) -> list[PlannedSchool]:
        return [row for row in self.rows if row.state in {NEW, CHANGED}]

    @property
    def doubtful(self) -> list[PlannedSchool]:
        return [row for row in self.rows if row.perhaps is not None]

    @property
    def remarks(self) -> list[str]:
        return [
            f"{row.told.place}, {row.told.called[:60]}: {words}."
            for row in self.rows
            for words in row.remarks
        ]

    @property
    def mark(self) -> str:
        """A hash of what was shown: agreeing to something else than was seen is refused."""
        told = [
            f"{row.index}:{row.state}:{row.chosen}:{row.school.pk if row.school else 0}:"
            + ";".join(f"{one.field}={one.was}→{one.becomes}" for one in [*row.changes, *row.taking_part])
            for row in self.writes
        ]
        told += [f"{one.code}:{one.is_ticked}:{one.schools}" for one in self.places]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()


def plan_schools(
    rows: Sequence[ToldSchool],
    *,
    municipalities: Iterable[Municipality],
    schools: Iterable[School],
    parts: Mapping[int, Participation],
    otherwise: Mapping[str, Any],
    choices: Mapping[int, str],
    regions: Iterable[Region] = (),
    ticked: Collection[str] = (),
) -> SchoolPlan:
    """Compare a list with what is known.

    `parts` are the participations in the programme by school, `otherwise` says what an absent cell means
    (`municipality`, `kind`, `since`), `choices` answers the questions about doubtful rows by their index;
    `regions` are those where the person may enter municipalities, `ticked` the codes of the new ones agreed to.
    """
    places = NewPlaces(regions, ticked)
    planning = _Planning(Places(municipalities), places, Names(schools), parts, otherwise, choices)
    return SchoolPlan(
        [planning.row(index, told) for index, told in enumerate(rows)], list(places.found.values())
    )


class _Planning:
    """One pass over the list; remembers what earlier rows became."""

    def __init__(
        self,
        places: Places,
        new_places: NewPlaces,
        names: Names,
        parts: Mapping[int, Participation],
        otherwise: Mapping[str, Any],
        choices: Mapping[int, str],
    ) -> None:
        self.places, self.new_places, self.names, self.parts = places, new_places, names, parts
        self.otherwise, self.choices = otherwise, choices
        self.seen: dict[str, str] = {}
        self.shorts: set[tuple[int, str]] = set()

    def row(self, index: int, told: ToldSchool) -> PlannedSchool:
        made = PlannedSchool(index, told)
        made.municipality = self._place(made)
        if made.municipality is None:
            return made
        number = self._number(made)
        meant = self._meant(made, number)
        if made.chosen == SKIP or (meant is not None and meant.school is None):
            return made
        if meant is not None and meant.code in self.seen:
            made.remarks.append(f"эта школа уже была ({self.seen[meant.code]}), взята первая строка")
            return made
        made.school = meant.school if meant else None
        self._describe(made, number)
        self._take_part(made)
        made.state = NEW if made.school is None else CHANGED if made.changes or made.taking_part else SAME
        self._remember(made, meant)
        return made

    def _place(self, made: PlannedSchool) -> Municipality | None:
        words = made.told.municipality
        if not words:
            told: Municipality | None = self.otherwise.get("municipality") or self.places.only
            if told is None:
                made.remarks.append("не сказано, какой муниципалитет, строка пропущена")
            return told
        found = self.places.find(words, made.told.region)
        if found is None and self.new_places.is_open:
            return self._new_place(made)
        if found is None:
            made.remarks.append(
                f"муниципалитета «{words[:60]}» нет среди тех, что вы ведёте, строка пропущена"
            )
        return found

    def _new_place(self, made: PlannedSchool) -> Municipality | None:
        """The municipality that the row brings with it, when a person has ticked it."""
        told = made.told
        region = self.new_places.region(told.region)
        if region is None:
            said = (
                f"региона «{told.region[:60]}» нет среди тех"
                if told.region
                else "не сказано, какой из регионов"
            )
            made.remarks.append(f"{said}, что вы ведёте, строка пропущена")
            return None
        if len(told.municipality) > MOST_OF_NAME:
            made.remarks.append(f"название муниципалитета длиннее {MOST_OF_NAME} знаков, строка пропущена")
            return None
        place = self.new_places.take(region, told.municipality)
        place.schools += 1
        return place.municipality if place.is_ticked else None

    def _number(self, made: PlannedSchool) -> int | None:
        number, remark = number_told(made.told.number, number_of(made.told.name, made.told.short_name))
        made.remarks += [remark] if remark else []
        return number

    def _meant(self, made: PlannedSchool, number: int | None) -> Candidate | None:
        """The school that the row means, after the person's word where it is doubtful."""
        assert made.municipality is not None
        told, place = made.told, made.municipality.pk
        sure = self.names.sure(place, told.short_name, told.name)
        if sure is not None:
            if sure.row is not None:
                made.remarks.append(f"эта школа уже была ({self.seen[sure.code]}), взята первая строка")
            return sure
        perhaps = self.names.perhaps(place, told.short_name or told.name, number)
        if perhaps is None:
            if number is not None and (others := self.names.of_number(place, number)):
                made.remarks.append(f"номер {number} уже у «{others[0].short_name}»: проверьте")
            return None
        made.perhaps = perhaps
        said = self.choices.get(made.index, "")
        made.chosen = said if said in {AS_NEW, SKIP} else perhaps.code
        return perhaps if made.chosen == perhaps.code else None

    def _describe(self, made: PlannedSchool, number: int | None) -> None:
        assert made.municipality is not None
        told, school = made.told, made.school
        wanted: dict[str, Any] = {}
        if school is None:
            wanted["short_name"] = self._short(made, number)
            wanted["name"] = told.name or told.short_name
        elif told.name and told.short_name:
            # One name alone may be the long or the short one: it finds a school and does not rename it.
            wanted |= {"short_name": told.short_name, "name": told.name}
        if number is not None and (school is None or school.number is None or told.number):
            wanted["number"] = number
        told_more, remarks = particulars_told(told)
        wanted |= told_more
        made.remarks += remarks
        for name, most in _MOST.items():
            if len(wanted.get(name, "")) > most:
                made.remarks.append(f"{LABELS[name]}: длиннее {most} знаков, лишнее обрезано")
                wanted[name] = wanted[name][:most]
        if school is not None and wanted.get("short_name", school.short_name) != school.short_name:
            key = (made.municipality.pk, fold(wanted["short_name"]))
            other = self.names.sure(made.municipality.pk, wanted["short_name"])
            if key in self.shorts or (other is not None and other.school != school):
                made.remarks.append(f"короткое название «{wanted['short_name']}» уже занято, оно не изменено")
                del wanted["short_name"]
        made.changes = changes_of(school, wanted, _EMPTY_SCHOOL)

    def _short(self, made: PlannedSchool, number: int | None) -> str:
        """A short name of a new school: as told, else the kind and the number, else the words in quotes."""
        assert made.municipality is not None
        told, place = made.told, made.municipality.pk
        if told.short_name:
            return told.short_name
        kind = next((word for word in ("Лицей", "Гимназия") if word.lower()[:6] in fold(told.name)), "Школа")
        quoted = re.search(r"[«\"]([^«»\"]{2,90})[»\"]", told.name)
        short = f"{kind} № {number}" if number is not None else quoted[1] if quoted else told.name[:100]
        taken = (place, fold(short)) in self.shorts or self.names.sure(place, short) is not None
        return told.name[:100] if taken else short

    def _take_part(self, made: PlannedSchool) -> None:
        """Since when and as what the school takes part; a day that cannot be read leaves participation as it is."""
        told = made.told
        part = self.parts.get(made.school.pk) if made.school else None
        try:
            since, until = day_told(told.since), day_told(told.until)
        except NoSuchDay as error:
            made.remarks.append(f"{error}; участие оставлено как есть")
            return
        kind = kind_told(told.kind)
        if told.kind and kind is None:
            made.remarks.append(
                f"категория «{told.kind[:40]}» не понята (ШНОР, ШССУ или обе), участие оставлено как есть"
            )
            return
        wanted: dict[str, Any] = {}
        if part is None:
            wanted = {"kind": kind or self.otherwise["kind"], "since": since or self.otherwise["since"]}
        else:
            wanted |= {"kind": kind} if kind else {}
            wanted |= {"since": since} if since else {}
        if until is not None:
            begins = wanted.get("since", part.since if part else None)
            reason = told.reason or (part.leave_reason if part else "")
            if not reason:
                made.remarks.append("сказано, когда выбыла, но не сказано почему: день выбытия не внесён")
            elif begins is not None and until < begins:
                made.remarks.append(f"выбыла {until:%d.%m.%Y} раньше, чем вошла: день выбытия не внесён")
            else:
                wanted |= {"until": until, "leave_reason": reason[:300]}
        elif part is not None and part.until and wanted.get("since", part.since) > part.until:
            # The school has come back: its stretch begins anew.
            wanted |= {"until": None, "leave_reason": ""}
        made.taking_part = changes_of(part, wanted, _EMPTY_PART)

    def _remember(self, made: PlannedSchool, meant: Candidate | None) -> None:
        assert made.municipality is not None
        place, values = made.municipality.pk, made.values
        if meant is not None:
            self.seen[meant.code] = made.told.place
            if "short_name" in values:
                self.shorts.add((place, fold(values["short_name"])))
            return
        one = Candidate(place, values["short_name"], values["name"], values.get("number"), row=made.index)
        self.names.add(one)
        self.seen[one.code] = made.told.place
        self.shorts.add((place, fold(values["short_name"])))
