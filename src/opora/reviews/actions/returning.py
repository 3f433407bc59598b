"""Deeds after the examination: a document returned with remarks, reworked, looked at again, settled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from opora.accounts.models import User
from opora.core.history import HistoryLine, record, record_many
from opora.core.refusal import Refused
from opora.core.russian import counted
from opora.documents.actions import recall_approval
from opora.documents.models import Document
from opora.documents.rules import refuse_future, said
from opora.reviews.models import Examination, Round, Sampled
from opora.reviews.rules import held_round, held_sampled, refuse_finished, refuse_undrawn
from opora.reviews.standing import scale_of, standings_of

# States in which a coordinator may end the examination of one document by a decision.
AS_IT_IS = ("told", "parted", "returned")


@transaction.atomic
def return_for_rework(
    *,
    sampled: Sampled,
    remarks: str,
    rework_by: date | None,
    is_approval_recalled: bool,
    on: date,
    by: User,
    at: datetime,
) -> None:
    """Return a document to its school with remarks; on request its approval is recalled so that the file may change.

    Refused: no remarks, no school, examined by nobody yet, returned before, a term before the day.
    """
    row = held_sampled(sampled)
    refuse_future(on, at)
    if row.returned_on is not None:
        raise Refused("Документ уже возвращали: второй просмотр последний.")
    if not row.examinations.filter(finished_on__isnull=False).exists():
        raise Refused("Вернуть можно, когда хотя бы один эксперт рассмотрел документ.")
    if rework_by is not None and rework_by < on:
        raise Refused("Срок доработки раньше дня возврата. Укажите день не раньше.")
    row.remarks = said(remarks, "Напишите, что доработать: это увидит школа.")
    row.returned_on, row.rework_by = on, rework_by
    row.save(update_fields=["remarks", "returned_on", "rework_by"])
    if is_approval_recalled and row.document.state == Document.State.APPROVED:
        recall_approval(
            document=row.document, reason="Возвращён на доработку по итогам экспертизы.", by=by, at=at
        )
    # Those who have not looked yet would look at a paper that is being changed.
    Examination.objects.filter(sampled=row, finished_on=None, declined_on=None).delete()
    record(row, "sampled.returned", by=by, at=at, on=on)


@transaction.atomic
def mark_reworked(*, sampled: Sampled, on: date, by: User, at: datetime) -> int:
    """Say that the document is reworked; the experts who proposed it are asked for a second look; how many were.

    Refused: not returned, reworked already, no new version of the file since it was returned.
    """
    row = held_sampled(sampled)
    refuse_future(on, at)
    if row.returned_on is None:
        raise Refused("Документ не возвращали на доработку.")
    if row.reworked_on is not None:
        raise Refused("Доработка уже отмечена.", code="R-TWICE", status=409)
    first = list(row.examinations.filter(look=1, finished_on__isnull=False).order_by("pk"))
    latest = row.document.versions.order_by("-number").first()
    if latest is None or latest.pk in {one.file_version_id for one in first}:
        raise Refused("Новой версии файла нет. Замените файл в карточке документа, потом отметьте доработку.")
    row.reworked_on = max(on, row.returned_on)
    row.save(update_fields=["reworked_on"])
    record(row, "sampled.reworked", by=by, at=at, on=row.reworked_on)
    proposed = [one for one in first if one.needs_rework] or first[:1]
    again = Examination.objects.bulk_create(
        Examination(sampled=row, expert_id=one.expert_id, look=2, assigned_on=row.reworked_on)
        for one in proposed
    )
    record_many(
        [HistoryLine(one, "examination.assigned", {"on": row.reworked_on}) for one in again], by=by, at=at
    )
    return len(again)


@transaction.atomic
def settle(*, review: Round, sampled: Sequence[Sampled] | None, on: date, by: User, at: datetime) -> int:
    """Settle documents of a sample whose examination is over; all such ones when none are named; how many were.

    One that is named may be settled as it is when experts parted and no third is asked (the lower level stands), or when
    the school has not reworked it. Refused when a named one is still looked at or has no expert.
    """
    row = held_round(review)
    refuse_finished(row)
    refuse_undrawn(row)
    refuse_future(on, at)
    rows = None if sampled is None else [held_sampled(one) for one in sampled]
    standings = standings_of(row, on, scale_of(row), rows)
    ending = ("told",) if rows is None else AS_IT_IS
    ready = [one.sampled for one in standings if one.code in ending]
    if rows is not None and len(ready) < len(rows):
        words = ", ".join(sorted({one.words.lower() for one in standings if one.code not in ending}))
        raise Refused(f"Пока решать рано: {words}.")
    if not ready:
        raise Refused("Документов, которые ждут решения, сейчас нет.")
    for one in ready:
        one.settled_on = on
    Sampled.objects.bulk_update(ready, ["settled_on"], batch_size=500)
    record_many([HistoryLine(one, "sampled.settled", {"on": on}) for one in ready], by=by, at=at)
    record(
        row, "round.settled", by=by, at=at, words=counted(len(ready), "документ", "документа", "документов")
    )
    return len(ready)
