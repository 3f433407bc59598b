"""Deeds of the sheet: kept while it is typed, and the visit that took place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from opora.accounts.models import User
from opora.core.history import record
from opora.core.models import HistoryEntry
from opora.core.refusal import Refused
from opora.core.russian import day_words
from opora.documents.rules import SentTwice, refuse_future
from opora.visits.models import Visit
from opora.visits.rules import locked, refuse_before, refuse_stranger
from opora.visits.sheets import Sheet, clean_sheet

# A sheet saves itself every few seconds: one line of history tells of one sitting.
SITTING = timedelta(minutes=15)


class SheetConflict(Refused):
    """Somebody saved the sheet after it was opened here (R-CONFLICT): `kept` stays in the base, `typed` is what came."""

    def __init__(self, kept: Sheet, typed: Sheet, version: int) -> None:
        super().__init__(
            "Пока вы правили, лист сохранил другой человек или другое устройство. Ниже обе версии.",
            code="R-CONFLICT",
            status=409,
        )
        self.kept = kept
        self.typed = typed
        self.version = version


@transaction.atomic
def save_sheet(*, visit: Visit, sheet: Mapping[str, Any], sheet_version: int, by: User, at: datetime) -> int:
    """Keep the sheet as it is typed and return its version; the same sheet sent again changes nothing.

    `sheet_version` is the version it was opened with. SheetConflict when it has changed since; Refused: the visit
    is cancelled, its report is handed in or approved, the sheet is over 100 KB.
    """
    visit = locked(visit)
    _write(visit, sheet, sheet_version)
    if not _is_same_sitting(visit, by, at):
        record(visit, "visit.sheet_saved", by=by, at=at, version=visit.sheet_version)
    return visit.sheet_version


@transaction.atomic
def hold_visit(
    *, visit: Visit, held_on: date, sheet: Mapping[str, Any], sheet_version: int, by: User, at: datetime
) -> None:
    """Note the day on which the visit took place, together with its sheet.

    A visit may take place after its stage, and then counts as late, but not before it and not after the programme.
    Refused: a day to come, a cancelled visit, a curator not appointed to the school on that day; SentTwice when
    it is noted already; SheetConflict as for `save_sheet`.
    """
    visit = locked(visit)
    refuse_future(held_on, at)
    if visit.held_on == held_on and (visit.reported_on is not None or visit.sheet == clean_sheet(sheet)):
        raise SentTwice(visit)
    if visit.held_on is not None and visit.held_on != held_on:
        raise Refused(f"Посещение уже отмечено состоявшимся {day_words(visit.held_on)}.")
    refuse_before(held_on, visit.stage.starts_on, f"{visit.stage.name} начинается")
    if held_on > visit.programme.ends_on:
        raise Refused(f"Программа закончилась {day_words(visit.programme.ends_on)}. Укажите день раньше.")
    _write(visit, sheet, sheet_version)
    refuse_stranger(visit.curator, visit.school, visit.programme, held_on)
    visit.held_on = held_on
    visit.save(update_fields=["held_on"])
    record(visit, "visit.held", by=by, at=at, on=held_on, version=visit.sheet_version)


def _write(visit: Visit, sheet: Mapping[str, Any], sheet_version: int) -> None:
    if visit.cancelled_on is not None:
        raise Refused(f"Посещение отменено {day_words(visit.cancelled_on)}: лист не ведётся.")
    if visit.approved_on is not None:
        raise Refused("Отчёт о посещении принят: лист больше не правится.")
    if visit.reported_on is not None and visit.returned_on is None:
        raise Refused("Отчёт о посещении сдан. Лист можно поправить, если его вернут с вопросом.")
    typed = clean_sheet(sheet)
    if typed == visit.sheet:
        return
    if sheet_version != visit.sheet_version:
        raise SheetConflict(visit.sheet, typed, visit.sheet_version)
    visit.sheet, visit.sheet_version = typed, visit.sheet_version + 1
    visit.save(update_fields=["sheet", "sheet_version"])


def _is_same_sitting(visit: Visit, by: User, at: datetime) -> bool:
    latest = (
        HistoryEntry.objects.filter(subject_kind="visits.visit", subject_id=visit.pk)
        .order_by("-number")
        .values_list("verb", "person_id", "at")
        .first()
    )
    if latest is None:
        return False
    verb, person_id, last_at = latest
    return verb == "visit.sheet_saved" and person_id == by.pk and timedelta() <= at - last_at < SITTING
