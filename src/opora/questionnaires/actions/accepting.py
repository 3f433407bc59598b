"""What the centre does with an answer handed in: accepts it, one or many, or returns it with a question."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from opora.accounts.models import User
from opora.core.history import HistoryLine, day_mark, record, record_many
from opora.core.refusal import Refused
from opora.core.russian import counted
from opora.documents.rules import refuse_future, said
from opora.questionnaires.locking import chosen
from opora.questionnaires.models import Respondent
from opora.questionnaires.states import state_on

MOST_QUESTION = 2_000
CALL_BACK_DAYS = 1


@transaction.atomic
def accept_answers(
    *, respondents: Iterable[Respondent], on: date, entered_on: date | None = None, by: User, at: datetime
) -> int:
    """Accept the answers of those chosen, «нечего сообщить» among them, all or nothing; how many.

    `entered_on` marks an acceptance that is written later than it was given.
    Refused when one of them has handed nothing in or waits for no acceptance.
    """
    refuse_future(on, at)
    rows = chosen(respondents)
    _refuse_nameless(rows)
    strange = [row for row in rows if state_on(row, on) != "submitted"]
    if strange:
        names = ", ".join(str(row) for row in strange[:3])
        more = f" и ещё {len(strange) - 3}" if len(strange) > 3 else ""
        raise Refused(f"Принять можно только сданное. Снимите отметку: {names}{more}.")
    Respondent.objects.filter(pk__in=[row.pk for row in rows]).update(
        accepted_on=on, acceptance_entered_on=entered_on, accepted_by=by
    )
    facts = {"on": on, **day_mark(entered_on)}
    record_many(
        [
            HistoryLine(row, "answer.nothing_confirmed" if row.is_nothing else "answer.accepted", facts)
            for row in rows
        ],
        by=by,
        at=at,
    )
    return len(rows)


@transaction.atomic
def return_answer(*, respondent: Respondent, question: str, on: date, by: User, at: datetime) -> None:
    """Return an answer with a question: it is handed in again after it. Refused when it is not handed in."""
    refuse_future(on, at)
    question = said(question, "Напишите, что поправить или уточнить.", MOST_QUESTION)
    (row,) = chosen([respondent])
    _refuse_nameless([row])
    if row.collection.closed_on is not None:
        raise Refused("Сбор закрыт: вернуть ответ можно после того, как откроете его снова.")
    if state_on(row, on) != "submitted":
        raise Refused("Вернуть можно только сданный и ещё не принятый ответ.")
    row.returned_on, row.question = on, question
    row.save(update_fields=["returned_on", "question"])
    record(row, "answer.returned", by=by, at=at, on=on, question=question)


@transaction.atomic
def call_back_acceptance(*, respondent: Respondent, on: date, by: User, at: datetime) -> None:
    """Take an acceptance back while it is fresh. Refused when it is not accepted or older than a day."""
    (row,) = chosen([respondent])
    if row.accepted_on is None:
        raise Refused("Ответ не принят: отзывать нечего.")
    age = (on - (row.acceptance_entered_on or row.accepted_on)).days
    if age > CALL_BACK_DAYS:
        words = counted(age, "день", "дня", "дней")
        raise Refused(f"Ответ принят {words} назад. Отозвать приём можно не позже следующего дня.")
    row.accepted_on = row.acceptance_entered_on = row.accepted_by = None
    row.save(update_fields=["accepted_on", "acceptance_entered_on", "accepted_by"])
    record(row, "answer.called_back", by=by, at=at, on=on)


def _refuse_nameless(rows: Iterable[Respondent]) -> None:
    if any(row.collection.is_anonymous for row in rows):
        raise Refused("Ответы здесь без имён: они принимаются сразу, вернуть их некому.")
