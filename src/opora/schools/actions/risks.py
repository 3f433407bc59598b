"""Everything that writes the risk profile of a school: levels, the choice with its reasons, the curator's word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import get_current_timezone

from opora.accounts.models import User
from opora.core.history import record
from opora.core.refusal import Refused
from opora.core.russian import clean, find_forbidden
from opora.programmes.models import RiskFactor
from opora.schools.models import Participation, SchoolRisk, SchoolRiskChange
from opora.schools.risk_rules import HIGH, cell_words
from opora.schools.risks import factors_of, profiles_of

MOST_OF_REASON = 300
CHOSEN, LEFT, OPEN = "chosen", "left", "open"
CHOICES = {CHOSEN: True, LEFT: False, OPEN: None}


@dataclass(frozen=True, slots=True)
class CellChange:
    """What a person wants a cell to be; None leaves a part as it is. `version` is the one that the person saw."""

    factor: RiskFactor
    version: int
    level: str | None = None
    choice: str | None = None
    reason: str | None = None


class CellConflict(Refused):
    """Somebody changed the same cell meanwhile; nothing is written. `cells` are (wanted, as it stands now)."""

    def __init__(self, cells: Sequence[tuple[CellChange, SchoolRisk]]) -> None:
        people = ", ".join(dict.fromkeys(str(stands.changed_by or "Опора") for _, stands in cells))
        super().__init__(
            f"Пока вы правили, запись изменил другой человек ({people}). Ниже обе версии.",
            code="R-CONFLICT",
            status=409,
        )
        self.cells = tuple(cells)


class ReasonNeeded(Refused):
    """High factors are left out without a reason; `numbers` are theirs."""

    def __init__(self, numbers: Sequence[int]) -> None:
        told = ", ".join(f"№ {number}" for number in numbers)
        super().__init__(
            f"Напишите, почему не берёте в работу {told}: значимость высокая, без причины выбор не полный."
        )
        self.numbers = tuple(numbers)


@transaction.atomic
def set_risks(
    *, participation: Participation, changes: Sequence[CellChange], by: User, at: datetime, on: date
) -> int:
    """Change some cells of one school, all or nothing; the number of those that really changed.

    Refused as `CellConflict` when another person changed one of them meanwhile, as `ReasonNeeded` when a high
    factor is left out without a word, and when more are chosen than the programme allows.
    """
    _refuse_future(on, at)
    part = _held([participation])[0]
    rows = _rows_of([part])
    conflicts = [
        (change, row)
        for change in changes
        for row in (rows.get((part.pk, change.factor.pk)),)
        if row is not None and row.version != change.version and _differs(row, change)
    ]
    if conflicts:
        raise CellConflict(conflicts)
    changed = [_changed(part, rows, change, by, at, on) for change in changes]
    made = [one for one in changed if one is not None]
    speechless = [
        row.factor.number
        for row, _ in made
        if row.level == HIGH and row.is_chosen is False and not row.reason
        and _asks_to_choose(changes, row)
    ]  # fmt: skip
    if speechless:
        raise ReasonNeeded(speechless)
    _refuse_too_many(part, rows, made)
    return _write([(part, made)], by=by, at=at, on=on)


@transaction.atomic
def load_risks(
    *,
    loads: Sequence[tuple[Participation, Sequence[CellChange]]],
    file_name: str = "",
    file: str = "",
    by: User,
    at: datetime,
    on: date,
) -> int:
    """Put a whole table of many schools into their profiles; the number of cells that changed.

    What a typed cell would be refused for (a missing reason, too many chosen) stays as a lack of the profile:
    the person saw it in the preview. Refused as `CellConflict` when a cell changed after the preview.
    """
    _refuse_future(on, at)
    held = {part.pk: part for part in _held([part for part, _ in loads])}
    rows = _rows_of(held.values())
    conflicts = [
        (change, row)
        for part, changes in loads
        for change in changes
        for row in (rows.get((part.pk, change.factor.pk)),)
        if row is not None and row.version != change.version and _differs(row, change)
    ]
    if conflicts:
        raise CellConflict(conflicts)
    made = [
        (
            held[part.pk],
            [
                one
                for change in changes
                for one in (_changed(held[part.pk], rows, change, by, at, on),)
                if one is not None
            ],
        )
        for part, changes in loads
    ]
    source = {"source": file_name, "sha256": file} if file_name else {}
    return _write(made, by=by, at=at, on=on, **source)


@transaction.atomic
def verify_risks(*, participation: Participation, by: User, at: datetime, on: date) -> None:
    """Put the curator's word under the whole choice of a school. Refused when the choice is not complete."""
    _refuse_future(on, at)
    part = _held([participation])[0]
    profile = profiles_of([part], factors_of(part.programme), None)[0]
    if profile.lacks:
        raise Refused(f"Подтвердить можно полный выбор. Не хватает: {'; '.join(profile.lacks)}.")
    if profile.is_verified:
        return
    decided = SchoolRisk.objects.filter(participation=part, is_chosen__isnull=False)
    last = max((risk.chosen_on for risk in decided if risk.chosen_on), default=on)
    if on < last:
        raise Refused(f"Выбор сделан {last:%d.%m.%Y}: подтвердить его раньше нельзя.")
    decided.update(verified_on=on, verified_by=by)
    _keep_day(decided.all(), on)
    record(part, "risks.verified", by=by, at=at, on=on)


# A changed row with its words for the history: was, became.
_Made = tuple[SchoolRisk, dict[str, str]]
_Rows = dict[tuple[int, int], SchoolRisk]


def _held(parts: Sequence[Participation]) -> list[Participation]:
    """The participations under a lock: two people who save at once take turns."""
    return list(
        Participation.objects.select_for_update(of=("self",))
        .filter(pk__in=[part.pk for part in parts])
        .select_related("school", "programme")
        .order_by("pk")
    )


def _rows_of(parts: Iterable[Participation]) -> _Rows:
    rows = SchoolRisk.objects.filter(participation__in=[part.pk for part in parts])
    return {(row.participation_id, row.factor_id): row for row in rows.select_related("changed_by", "factor")}


def _wanted(row: SchoolRisk, change: CellChange) -> tuple[str, bool | None, str]:
    """Level, choice and reason of a cell after a change; only what is left out needs a reason."""
    level = row.level if change.level is None else change.level
    is_chosen = row.is_chosen if change.choice is None else CHOICES[change.choice]
    reason = row.reason if change.reason is None else " ".join(clean(change.reason).split())
    return level, is_chosen, reason if is_chosen is False else ""


def _differs(row: SchoolRisk, change: CellChange) -> bool:
    return _wanted(row, change) != (row.level, row.is_chosen, row.reason)


def _changed(
    part: Participation, rows: _Rows, change: CellChange, by: User, at: datetime, on: date
) -> _Made | None:
    row = rows.get((part.pk, change.factor.pk)) or SchoolRisk(
        participation=part, factor=change.factor, version=0
    )
    level, is_chosen, reason = _wanted(row, change)
    before = (row.level, row.is_chosen, row.reason)
    if before == (level, is_chosen, reason):
        return None
    if level not in SchoolRisk.Level.values:
        raise Refused(f"Значимости «{level}» нет. Есть: низкая, средняя, высокая.")
    place = find_forbidden(change.reason or "")
    if place is not None:
        raise Refused(f"В тексте есть недопустимые символы (позиция {place}).", code="T-CHARS")
    if len(reason) > MOST_OF_REASON:
        raise Refused(f"Причина слишком длинная: {len(reason)} знаков, можно не больше {MOST_OF_REASON}.")
    if (is_chosen, reason) != before[1:]:
        row.chosen_on = None if is_chosen is None else on
    row.level, row.is_chosen, row.reason = level, is_chosen, reason
    row.version += 1
    row.changed_at, row.changed_by = at, by
    row.verified_on = row.verified_by = None
    return row, {"was": cell_words(*before), "became": cell_words(level, is_chosen, reason)}


def _asks_to_choose(changes: Sequence[CellChange], row: SchoolRisk) -> bool:
    """Whether the person spoke of the choice: a level that rises under an old choice is not their fault."""
    return any(
        change.factor.pk == row.factor_id and (change.choice is not None or change.reason is not None)
        for change in changes
    )


def _refuse_too_many(part: Participation, rows: _Rows, made: Sequence[_Made]) -> None:
    after = {row.factor_id: row.is_chosen for row in rows.values()}
    after |= {row.factor_id: row.is_chosen for row, _ in made}
    chosen, most = sum(choice is True for choice in after.values()), part.programme.most_risks
    if chosen > most and any(row.is_chosen for row, _ in made):
        raise Refused(
            f"В работу можно взять не больше {most}, а получится {chosen}. Сначала снимите выбор с другого."
        )


def _write(
    loads: Sequence[tuple[Participation, Sequence[_Made]]], *, by: User, at: datetime, on: date, **source: Any
) -> int:
    """Save rows and history; the curator's word falls where the profile changed."""
    loads = [(part, made) for part, made in loads if made]
    rows = [row for _, made in loads for row, _ in made]
    verified = SchoolRisk.objects.filter(
        participation__in=[part.pk for part, _ in loads], verified_on__isnull=False
    )
    losing = list(verified)
    fallen = {row.participation_id for row in losing}
    verified.update(verified_on=None, verified_by=None)
    SchoolRisk.objects.bulk_create([row for row in rows if row.pk is None], batch_size=500)
    fields = ("level", "is_chosen", "chosen_on", "reason", "verified_on", "verified_by", "version")
    SchoolRisk.objects.bulk_update(
        [row for row in rows if row.version > 1], [*fields, "changed_at", "changed_by"], batch_size=200
    )
    changed = {(row.participation_id, row.factor_id) for row in rows}
    for row in losing:
        row.verified_on = row.verified_by = None
    _keep_day([*rows, *(row for row in losing if (row.participation_id, row.factor_id) not in changed)], on)
    for part, made in loads:
        told = "; ".join(f"№ {row.factor.number}: {words['was']} → {words['became']}" for row, words in made)
        cells = {str(row.factor.number): words for row, words in made}
        record(part, "risks.changed", by=by, at=at, on=on, words=told, cells=cells, **source)
        if part.pk in fallen:
            record(part, "risks.verification_fell", by=by, at=at)
    return len(rows)


_KEPT = (
    "level", "is_chosen", "chosen_on", "reason", "verified_on", "verified_by_id", "version", "changed_at",
    "changed_by_id", "participation_id", "factor_id",
)  # fmt: skip


def _keep_day(rows: Iterable[SchoolRisk], on: date) -> None:
    """Write beside the cells what they are since a day: pages «на дату» read it for ever."""
    SchoolRiskChange.objects.bulk_create(
        [SchoolRiskChange(on=on, **{name: getattr(row, name) for name in _KEPT}) for row in rows],
        batch_size=500,
    )


def _refuse_future(day: date, at: datetime) -> None:
    today = at.astimezone(get_current_timezone()).date()
    if day > today:
        raise Refused(f"{day:%d.%m.%Y} ещё не наступило. Укажите день не позже {today:%d.%m.%Y}.")
