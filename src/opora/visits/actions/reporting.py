"""Deeds of a visit's report: handed in, returned with a question, approved, called back within a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from opora.accounts.models import User
from opora.core.history import record
from opora.core.refusal import Refused
from opora.documents.rules import SentTwice, refuse_future, said
from opora.visits.models import Visit
from opora.visits.rules import locked, refuse_before
from opora.visits.sheets import is_blank

CALL_BACK = timedelta(hours=24)
MOST_QUESTION = 2_000


@transaction.atomic
def report_visit(*, visit: Visit, on: date, by: User, at: datetime) -> None:
    """Hand in the report of a visit, or hand it in again with an answer to the question.

    Refused: the visit has not been held, nothing is written in its sheet, the day does not fit; SentTwice when
    it is handed in already.
    """
    visit = locked(visit)
    refuse_future(on, at)
    if visit.held_on is None:
        raise Refused("Посещение ещё не отмечено состоявшимся: сначала отметьте день, потом сдайте отчёт.")
    if visit.approved_on is not None or (visit.reported_on is not None and visit.returned_on is None):
        raise SentTwice(visit)
    refuse_before(
        on,
        visit.returned_on or visit.held_on,
        "Вернулось с вопросом" if visit.returned_on else "Посещение состоялось",
    )
    if is_blank(visit.sheet) and not visit.steps.exists():
        raise Refused("Лист посещения пуст. Запишите, что увидели и о чём договорились.")
    visit.reported_on, visit.returned_on = on, None
    visit.save(update_fields=["reported_on", "returned_on"])
    record(visit, "visit.reported", by=by, at=at, on=on)


@transaction.atomic
def return_visit(*, visit: Visit, question: str, on: date, by: User, at: datetime) -> None:
    """Give the report of a visit back with a question. Refused without words, before it is handed in, or approved."""
    visit = locked(visit)
    refuse_future(on, at)
    question = said(question, "Напишите вопрос: что поправить или уточнить.", limit=MOST_QUESTION)
    reported_on = _handed_in(visit)
    if visit.approved_on is not None:
        raise Refused("Отчёт о посещении принят. Вернуть его с вопросом можно, если отозвать приём.")
    if visit.returned_on is not None:
        if visit.question == question:
            raise SentTwice(visit)
        raise Refused("Отчёт уже вернулся с вопросом и ждёт ответа куратора.")
    refuse_before(on, reported_on, "Отчёт сдан")
    visit.returned_on, visit.question = on, question
    visit.save(update_fields=["returned_on", "question"])
    record(visit, "visit.returned", by=by, at=at, on=on, question=question)


@transaction.atomic
def approve_visit(*, visit: Visit, on: date, by: User, at: datetime) -> None:
    """Approve the report of a visit: the visit counts. Refused before it is handed in or while a question waits."""
    visit = locked(visit)
    refuse_future(on, at)
    if visit.approved_on is not None:
        raise SentTwice(visit)
    reported_on = _handed_in(visit)
    if visit.returned_on is not None:
        raise Refused("Отчёт вернулся с вопросом. Принять его можно, когда куратор ответит.")
    refuse_before(on, reported_on, "Отчёт сдан")
    visit.approved_on, visit.approved_at, visit.approved_by = on, at, by
    visit.save(update_fields=["approved_on", "approved_at", "approved_by"])
    record(visit, "visit.approved", by=by, at=at, on=on)


@transaction.atomic
def call_back(*, visit: Visit, by: User, at: datetime) -> None:
    """Take an approval back within 24 hours: the report is handed in again and waits. Refused later."""
    visit = locked(visit)
    if visit.approved_at is None:
        raise Refused("Отчёт о посещении не принят: отзывать нечего.")
    if at - visit.approved_at > CALL_BACK:
        raise Refused("Прошло больше 24 часов: приём отчёта уже не отозвать.")
    was = visit.approved_on
    visit.approved_on = visit.approved_at = visit.approved_by = None
    visit.save(update_fields=["approved_on", "approved_at", "approved_by"])
    record(visit, "visit.called_back", by=by, at=at, was_approved_on=was)


def _handed_in(visit: Visit) -> date:
    if visit.reported_on is None:
        raise Refused("Отчёт о посещении ещё не сдан: принимать нечего.")
    return visit.reported_on
