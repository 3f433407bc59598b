"""A sheet that comes from a page: taken once whatever the line does, drafts kept, agreed steps written as rows."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from opora.accounts.models import User
from opora.core.history import record
from opora.core.refusal import Refused
from opora.documents.rules import SentTwice
from opora.visits.actions.holding import hold_visit, save_sheet
from opora.visits.actions.reporting import report_visit
from opora.visits.actions.steps import add_step, change_step, close_step, reopen_step
from opora.visits.fields import day_in
from opora.visits.following import steps_to_follow
from opora.visits.models import SheetSubmission, Step, Visit
from opora.visits.rules import locked
from opora.visits.sheets import Sheet

DRAFT, SAVE, HOLD, REPORT = "draft", "save", "hold", "report"


def submit_sheet(
    *,
    visit: Visit,
    key: UUID | None,
    deed: str,
    sheet: Mapping[str, Any],
    sheet_version: int,
    on: date,
    by: User,
    at: datetime,
) -> int:
    """Take one sending of a sheet and return the version it has now; a key that came before changes nothing.

    `deed`: draft (a pause in typing), save, hold (the visit took place on the day told), report (handed in `on`).
    Refused and SheetConflict as the deeds themselves; then nothing of the sending is kept, the key neither.
    """
    known = _known(visit, key)
    if known is not None:
        return known
    try:
        with transaction.atomic():
            version = _take(visit, deed, dict(sheet), sheet_version, on, by, at)
            if key is not None:
                SheetSubmission.objects.create(
                    key=key, visit=visit, version=version, taken_at=at, taken_by=by
                )
            return version
    except IntegrityError:
        known = _known(visit, key)
        if known is None:
            raise
        return known


def _known(visit: Visit, key: UUID | None) -> int | None:
    kept = SheetSubmission.objects.filter(key=key).first() if key else None
    if kept is None:
        return None
    if kept.visit_id != visit.pk:
        raise Refused("Эта отправка относится к другому посещению. Откройте лист заново.", status=409)
    return kept.version


def _take(visit: Visit, deed: str, sheet: Sheet, sheet_version: int, on: date, by: User, at: datetime) -> int:
    visit = locked(visit)
    is_settled = deed == HOLD or (visit.held_on is not None and deed in (SAVE, REPORT))
    if not is_settled:
        version = save_sheet(visit=visit, sheet=sheet, sheet_version=sheet_version, by=by, at=at)
        if deed == REPORT:
            report_visit(visit=visit, on=on, by=by, at=at)
        return version
    rest = {name: value for name, value in sheet.items() if name not in ("steps", "held_on")}
    if deed == HOLD and visit.held_on is None:
        held_on = _held_day(sheet)
        hold_visit(visit=visit, held_on=held_on, sheet=rest, sheet_version=sheet_version, by=by, at=at)
    else:
        save_sheet(visit=visit, sheet=rest, sheet_version=sheet_version, by=by, at=at)
    visit = locked(visit)
    _tell_form(visit, str(rest.get("form", "")), by, at)
    _add_steps(visit, sheet.get("steps", []), by, at)
    _follow(visit, sheet.get("followed", {}), by, at)
    if deed == REPORT:
        report_visit(visit=visit, on=on, by=by, at=at)
    return visit.sheet_version


def _held_day(sheet: Sheet) -> date:
    typed = str(sheet.get("held_on", ""))
    day = day_in(typed)
    if day is None:
        raise Refused(
            f"Дня «{typed[:40]}» нет. Укажите, когда состоялось посещение: 15.09.2022."
            if typed
            else "Укажите день, когда состоялось посещение."
        )
    return day


def _tell_form(visit: Visit, form: str, by: User, at: datetime) -> None:
    if form not in Visit.Form.values or form == visit.form:
        return
    visit.form = form
    visit.save(update_fields=["form"])
    record(visit, "visit.form_told", by=by, at=at, words=visit.get_form_display())


def _add_steps(visit: Visit, rows: Any, by: User, at: datetime) -> None:
    for number, row in enumerate(rows if isinstance(rows, list) else [], start=1):
        side, text, responsible, typed = (
            str(row.get(name, "")) for name in ("side", "text", "responsible", "due_on")
        )
        words, day = f"Договорённость {number}", day_in(typed)
        if not text:
            raise Refused(f"{words}: напишите, что сделать.")
        if day is None:
            ask = f"дня «{typed[:40]}» нет" if typed else "укажите, до какого дня"
            raise Refused(f"{words}: {ask}.")
        try:
            # The same step sent again from another page of the phone is already written.
            with contextlib.suppress(SentTwice):
                add_step(visit=visit, side=side, text=text, responsible=responsible, due_on=day, by=by, at=at)
        except Refused as refusal:
            raise Refused(f"{words}: {refusal.words}", code=refusal.code, status=refusal.status) from refusal


def _follow(visit: Visit, told: Any, by: User, at: datetime) -> None:
    known = told if isinstance(told, dict) else {}
    for step in steps_to_follow(visit):
        parts = known.get(str(step.pk), {})
        state, words = str(parts.get("state", "")), str(parts.get("words", ""))
        if state == "done":
            _close(step, visit, words, by, at)
        elif step.done_on is not None:
            reopen_step(step=step, by=by, at=at)
        if state == "moved":
            _move(step, str(parts.get("due_on", "")), by, at)


def _close(step: Step, visit: Visit, words: str, by: User, at: datetime) -> None:
    if step.done_on is not None and step.done_words == words:
        return
    if step.done_on is not None:
        reopen_step(step=step, by=by, at=at)
    assert visit.held_on is not None
    close_step(step=step, done_on=visit.held_on, words=words, followed_at=visit, by=by, at=at)


def _move(step: Step, typed: str, by: User, at: datetime) -> None:
    day = day_in(typed)
    if day is None:
        raise Refused(f"«{step.text[:60]}»: укажите новый день, до которого переносите.")
    change_step(
        step=step,
        side=step.side,
        text=step.text,
        responsible=step.responsible,
        due_on=day,
        by=by,
        at=at,
    )
