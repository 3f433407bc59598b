"""A table of marks beside those that stand: what agreeing would add, and what is doubtful."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from opora.core.russian import fold, stems
from opora.documents.actions.marks import Marked, MarkTold
from opora.documents.marks import NO_MARK, Mark, Marks, State
from opora.documents.told_marks import ToldMark
from opora.programmes.models import DocumentKind, RiskFactor
from opora.schools.days_told import NoSuchDay, day_told
from opora.schools.models import Municipality, Participation
from opora.schools.school_match import Names, Places
from opora.schools.school_names import number_in

_MOST_REMARKS: Final = 200
# The first of these that the words of a cell have names the state: «не загружено» before «загружено».
_STATES: Final = (
    (State.NONE, re.compile(r"^(?:нет|не загруж\w*|-|—|отсутств\w*)$")),
    (State.RETURNED, re.compile(r"вернул|возвра|на доработк|отклонен")),
    (
        State.CONFIRMED,
        re.compile(r"^(?!.*\bне подтвержд).*(?:подтвержден[оаы]?|верифицирован[оаы]?)\b|^принят[оаы]?\b"),
    ),
    (State.LOADED, re.compile(r"^загружен|^размещен|^внесен|^есть$|^да$|^\+$")),
)


@dataclass(frozen=True, slots=True)
class PlannedMark:
    """One mark as it would be noted, and what stands now."""

    told: MarkTold
    known: Mark

    @property
    def becomes(self) -> Mark:
        return Mark(self.told.state, self.told.on, self.told.address, self.told.words)


@dataclass(slots=True)
class MarkPlan:
    """What agreeing would do."""

    writes: list[PlannedMark] = field(default_factory=list)
    same: int = 0
    remarks: list[str] = field(default_factory=list)

    @property
    def schools(self) -> int:
        return len({one.told.marked.part.pk for one in self.writes})

    @property
    def mark(self) -> str:
        """A hash of what was shown: agreeing to something else than was seen is refused."""
        told = [
            f"{one.told.marked.part.pk}:{one.told.marked.paper_key}:{one.known}:{one.becomes}"
            for one in self.writes
        ]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()


class MarkPlanner:
    """Schools, kinds and factors that the rows of a table may name, and what stands for them."""

    def __init__(
        self,
        *,
        municipalities: Iterable[Municipality],
        parts: Sequence[Participation],
        kinds: Iterable[DocumentKind],
        factors: Iterable[RiskFactor],
        marks: Marks,
    ) -> None:
        self._parts = {part.school_id: part for part in parts}
        self._places, self._names = Places(municipalities), Names(part.school for part in parts)
        self._towns = sorted({part.school.municipality_id for part in parts})
        self._kinds = [(kind, set(stems(kind.name).split())) for kind in kinds]
        self._factors = list(factors)
        self._marks = marks

    def plan(self, rows: Sequence[ToldMark], *, today: date) -> MarkPlan:
        """Compare a table with what stands; a row that cannot be understood is left out with a remark.

        A row without a day is of `today`.
        """
        plan, seen = MarkPlan(), dict[tuple[int, int, int | None], str]()
        for row in rows:
            try:
                told = self._told(row, today)
            except (ValueError, NoSuchDay) as error:
                plan.remarks.append(f"{row.place}: {error}, строка пропущена.")
                continue
            key = (told.marked.part.pk, *told.marked.paper_key)
            if key in seen:
                plan.remarks.append(f"{row.place}: то же, что {seen[key]}, взята первая строка.")
                continue
            seen[key] = row.place
            self._place(plan, row, told)
        hidden = len(plan.remarks) - _MOST_REMARKS
        if hidden > 0:
            plan.remarks[_MOST_REMARKS:] = [f"И ещё замечаний: {hidden}."]
        return plan

    def _place(self, plan: MarkPlan, row: ToldMark, told: MarkTold) -> None:
        known = told.marked.stands(self._marks)
        same_state = known.state == told.state
        says_new = not row.on or told.on == known.marked_on
        if same_state and (
            known is NO_MARK
            or (
                says_new
                and told.address in ("", known.address)
                and told.words in ("", known.words)
            )
        ):  # fmt: skip
            plan.same += 1
        elif known.marked_on is not None and told.on < known.marked_on:
            plan.remarks.append(
                f"{row.place}: есть отметка новее, от {known.marked_on:%d.%m.%Y}, строка пропущена."
            )
        else:
            plan.writes.append(PlannedMark(told, known))

    def _told(self, row: ToldMark, today: date) -> MarkTold:
        part = self._part(row)
        kind, factor = self._paper(row)
        said = fold(row.state)
        state = next((state for state, pattern in _STATES if pattern.search(said)), None)
        if state is None:
            raise ValueError(
                f"«{row.state[:40]}» не похоже на состояние: загружено, подтверждено, вернулось, нет"
            )
        on = day_told(row.on) or today
        if on > today:
            raise ValueError(f"{on:%d.%m.%Y} ещё не наступило")
        if state == State.RETURNED and not row.words:
            raise ValueError("вернулось без пояснения: напишите, что поправить")
        address = row.address
        if address and urlsplit(address).scheme not in ("http", "https"):
            raise ValueError(f"«{address[:40]}» не похоже на ссылку: она начинается с https://")
        return MarkTold(Marked(part, kind, factor), state, on, address, row.words)

    def _part(self, row: ToldMark) -> Participation:
        towns = self._towns
        if row.municipality:
            place = self._places.find(row.municipality)
            if place is None:
                raise ValueError(f"муниципалитета «{row.municipality[:60]}» нет среди тех, что вы ведёте")
            towns = [place.pk]
        found = [part for town in towns for part in self._in(town, row.school)]
        if len(found) > 1:
            raise ValueError(f"«{row.school[:60]}» — подходит несколько школ, назовите муниципалитет")
        if not found:
            raise ValueError(f"школы «{row.school[:60]}» нет среди тех, что вы ведёте")
        return found[0]

    def _in(self, town: int, name: str) -> list[Participation]:
        sure, number = self._names.sure(town, name), number_in(name)
        near = [sure] if sure else self._names.of_number(town, number) if number is not None else []
        return [self._parts[one.school.pk] for one in near if one.school is not None]

    def _paper(self, row: ToldMark) -> tuple[DocumentKind, RiskFactor | None]:
        said = set(stems(row.document).split())
        fitting = [(kind, words) for kind, words in self._kinds if words <= said]
        if not fitting:
            names = ", ".join(f"«{kind.name}»" for kind, _ in self._kinds)
            raise ValueError(f"«{row.document[:60]}» — такого документа в ИС МЭДК не ждут, есть {names}")
        kind, words = max(fitting, key=lambda one: len(one[1]))
        if kind.owed_by != DocumentKind.OwedBy.FACTOR:
            return kind, None
        return kind, self._factor(row, words)

    def _factor(self, row: ToldMark, words: set[str]) -> RiskFactor:
        told = row.factor or row.document
        named = set(stems(told).split()) - (set() if row.factor else words)
        numbers = {int(one) for one in re.findall(r"\b\d{1,3}\b", told)}
        exact = [one for one in self._factors if set(stems(one.name).split()) <= named]
        found = exact or [one for one in self._factors if one.number in numbers]
        if len(found) != 1:
            raise ValueError(f"«{told[:60]}»: по какому риску эта программа? Назовите его номер или название")
        return found[0]
