"""Everything that writes the anti-risk programme of a school: its text, targets, measures, and what was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.timezone import get_current_timezone

from opora.accounts.models import User
from opora.core.history import record
from opora.core.models import StoredFile
from opora.core.periods import read_period
from opora.core.refusal import Refused
from opora.programmes.models import RiskFactor
from opora.schools.models import AntiRiskProgramme, Measure, Participation, SchoolRisk, TargetIndicator


@dataclass(frozen=True, slots=True)
class TargetTold:
    """A target indicator as a person wrote it; `pk` is of the row that it changes."""

    name: str
    unit: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    actual: Decimal | None = None
    measured_on: date | None = None
    pk: int | None = None


@dataclass(frozen=True, slots=True)
class MeasureTold:
    """A measure as a person wrote it; `pk` is of the row that it changes."""

    text: str
    task: str = ""
    period_text: str = ""
    indicator: str = ""
    executors: str = ""
    participants: str = ""
    pk: int | None = None


@dataclass(frozen=True, slots=True)
class WorkTold:
    """A whole programme as a person wrote it."""

    aim: str = ""
    tasks: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    expected: str = ""
    executors: str = ""
    targets: tuple[TargetTold, ...] = ()
    measures: tuple[MeasureTold, ...] = ()


_TEXTS = ("aim", "tasks", "starts_on", "ends_on", "expected", "executors")
_OF_TARGET = ("name", "unit", "baseline", "target", "actual", "measured_on")
_OF_MEASURE = ("text", "task", "period_text", "indicator", "executors", "participants")


@transaction.atomic
def save_work(
    *,
    participation: Participation,
    factor: RiskFactor,
    version: int,
    told: WorkTold,
    file: StoredFile | None = None,
    file_name: str = "",
    by: User,
    at: datetime,
) -> AntiRiskProgramme:
    """Write the programme of one risk as a whole; `version` is the one the person saw, 0 for a new one.

    Refused (R-CONFLICT) when somebody saved it meanwhile, when the risk is not taken into work, when terms end before
    they begin, and when a confirmed measure would change.
    """
    Participation.objects.select_for_update().get(pk=participation.pk)
    row = AntiRiskProgramme.objects.filter(participation=participation, factor=factor).first()
    _refuse_other(row, version)
    if row is None:
        _refuse_not_chosen(participation, factor)
        row = AntiRiskProgramme(participation=participation, factor=factor, version=0)
    if told.starts_on and told.ends_on and told.ends_on < told.starts_on:
        raise Refused("Программа заканчивается раньше, чем начинается: проверьте сроки.")
    for name in _TEXTS:
        setattr(row, name, getattr(told, name))
    if file is not None:
        row.file, row.file_name = file, file_name[:300]
    row.version += 1
    row.save()
    _write_targets(row, told.targets)
    _write_measures(row, told.measures, participation.programme.year)
    source = {"source": file_name, "sha256": file.sha256} if file else {}
    record(
        row,
        "work.written" if row.version == 1 else "work.changed",
        by=by,
        at=at,
        measures=len(told.measures),
        targets=len(told.targets),
        **source,
    )
    return row


@transaction.atomic
def note_done(*, measure: Measure, on: date | None, by: User, at: datetime) -> None:
    """Note the day a measure was done; None takes the note back. Refused for a day to come and once confirmed."""
    row = _held(measure)
    if row.confirmed_on is not None:
        raise Refused("Меру уже подтвердил куратор: отметку школы менять нельзя.")
    if on is not None:
        _refuse_future(on, at)
    if row.done_on == on:
        return
    row.done_on = on
    row.save(update_fields=["done_on"])
    facts = {"on": on} if on else {}
    record(
        row.programme,
        "work.measure_done" if on else "work.measure_reopened",
        by=by,
        at=at,
        words=row.text,
        **facts,
    )


@transaction.atomic
def confirm_measure(*, measure: Measure, on: date | None, by: User, at: datetime) -> None:
    """Put the curator's word under a measure; None takes it back. Refused before the school says that it is done."""
    row = _held(measure)
    if on is not None:
        _refuse_future(on, at)
        if row.done_on is None:
            raise Refused("Школа ещё не отметила, что мера сделана: подтверждать нечего.")
        if on < row.done_on:
            raise Refused(f"Мера сделана {row.done_on:%d.%m.%Y}: подтвердить её раньше нельзя.")
    if row.confirmed_on == on:
        return
    row.confirmed_on, row.confirmed_by = on, by if on else None
    row.save(update_fields=["confirmed_on", "confirmed_by"])
    facts = {"on": on} if on else {}
    record(
        row.programme,
        "work.measure_confirmed" if on else "work.confirmation_withdrawn",
        by=by,
        at=at,
        words=row.text,
        **facts,
    )


def _held(measure: Measure) -> Measure:
    return (
        Measure.objects.select_for_update(of=("self",)).select_related("programme__factor").get(pk=measure.pk)
    )


def _refuse_other(row: AntiRiskProgramme | None, version: int) -> None:
    if (row.version if row else 0) != version:
        raise Refused(
            "Пока вы писали, программу изменил другой человек. Ниже ваш текст, рядом то, что записано сейчас: "
            "сверьте и сохраните ещё раз.",
            code="R-CONFLICT",
            status=409,
        )


def _refuse_not_chosen(participation: Participation, factor: RiskFactor) -> None:
    if not SchoolRisk.objects.filter(participation=participation, factor=factor, is_chosen=True).exists():
        raise Refused(f"«{factor}» ещё не взят в работу: сначала выберите его в профиле школы.")


def _refuse_future(day: date, at: datetime) -> None:
    today = at.astimezone(get_current_timezone()).date()
    if day > today:
        raise Refused(f"{day:%d.%m.%Y} ещё не наступило. Укажите день не позже {today:%d.%m.%Y}.")


def _write_targets(row: AntiRiskProgramme, told: Sequence[TargetTold]) -> None:
    known = {one.pk: one for one in row.targets.all()}
    kept = [
        _filled(known.pop(one.pk or 0, None) or TargetIndicator(programme=row), one, _OF_TARGET)
        for one in told
    ]
    TargetIndicator.objects.filter(pk__in=known).delete()
    _put_in_order(TargetIndicator, kept)


def _write_measures(row: AntiRiskProgramme, told: Sequence[MeasureTold], year: int) -> None:
    known = {one.pk: one for one in row.measures.all()}
    kept = []
    for one in told:
        measure = known.pop(one.pk or 0, None) or Measure(programme=row)
        if measure.confirmed_on is not None and (measure.text, measure.task) != (one.text, one.task):
            raise Refused(f"Мера «{measure.text[:80]}» подтверждена куратором: её слова менять нельзя.")
        _filled(measure, one, _OF_MEASURE)
        period = read_period(one.period_text, year=year)
        measure.starts_on, measure.ends_on = period.start, period.end
        kept.append(measure)
    lost = next((one for one in known.values() if one.confirmed_on is not None), None)
    if lost is not None:
        raise Refused(f"Мера «{lost.text[:80]}» подтверждена куратором: убрать её нельзя.")
    Measure.objects.filter(pk__in=known).delete()
    _put_in_order(Measure, kept)


def _filled(row: Any, told: Any, names: Sequence[str]) -> Any:
    for name in names:
        setattr(row, name, getattr(told, name))
    return row


def _put_in_order(model: type[TargetIndicator] | type[Measure], rows: Sequence[Any]) -> None:
    """Positions are unique: rows that stay step aside before everything takes its new place."""
    old = [row for row in rows if row.pk is not None]
    for place, row in enumerate(old):
        model._default_manager.filter(pk=row.pk).update(position=10_000 + place)
    for place, row in enumerate(rows, 1):
        row.position = place
        row.save()
