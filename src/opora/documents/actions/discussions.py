"""Deeds of a discussion: a draft is opened for proposals until a day, they are said and settled one by one."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import get_current_timezone

from opora.accounts.models import User
from opora.core.history import record
from opora.core.refusal import Refused
from opora.documents.models import Comment, Document, Version
from opora.documents.rules import SentTwice, held, said

_MOST_PLACE = 200


@transaction.atomic
def open_discussion(
    *, document: Document, until: date, on: date | None = None, by: User, at: datetime
) -> None:
    """Let those whom a draft concerns see it and propose changes until a day, that day too; may be prolonged.

    `on` is the day it is done, here and below: that of `at`, unless told. Refused for a document of a school, one that
    only the centre sees, an approved one, or a day that has passed.
    """
    document = held(document)
    if document.state == Document.State.APPROVED:
        raise Refused("Документ утверждён: предложения собирают до утверждения.")
    if document.school_id is not None:
        raise Refused("Это документ школы. Предложения собирают к документам центра.")
    if document.audience == Document.Audience.CENTRE:
        raise Refused("Документ виден только центру. Сначала поправьте в карточке, кому он виден.")
    day = on or _today(at)
    if until < day:
        raise Refused(f"{until:%d.%m.%Y} уже прошло. Укажите день не раньше {day:%d.%m.%Y}.")
    if document.discussed_until == until:
        raise SentTwice(document)
    document.discussed_until = until
    document.save(update_fields=["discussed_until"])
    record(document, "document.discussed", by=by, at=at, until=until)


@transaction.atomic
def close_discussion(*, document: Document, by: User, at: datetime) -> None:
    """Stop taking proposals and hide the draft from others again; what was said stays. Refused when it is not open."""
    document = held(document)
    if document.discussed_until is None:
        raise Refused("Документ не открыт для предложений: закрывать нечего.")
    document.discussed_until = None
    document.save(update_fields=["discussed_until"])
    record(document, "document.discussion_closed", by=by, at=at)


@transaction.atomic
def add_comment(
    *,
    document: Document,
    version: Version,
    words: str,
    place: str = "",
    on: date | None = None,
    by: User,
    at: datetime,
) -> Comment:
    """Say what should be changed in one version of a draft. Refused without words and when proposals are not taken."""
    document = held(document)
    words = said(words, "Напишите, что вы предлагаете или о чём спрашиваете.")
    place = " ".join(said(place, "", limit=_MOST_PLACE).split()) if place.strip() else ""
    until = document.discussed_until
    if document.state == Document.State.APPROVED or until is None:
        raise Refused("Предложения к этому документу сейчас не принимаются.")
    day = on or _today(at)
    if until < day:
        raise Refused(f"Предложения принимались до {until:%d.%m.%Y}. Напишите тому, кто внёс документ.")
    if version.document_id != document.pk:
        raise Refused("Такой версии у документа нет.")
    comment = Comment.objects.create(
        document=document,
        version=version,
        place=place,
        words=words,
        said_at=_moment_of(day, at),
        said_by=by,
    )
    record(
        document, "document.commented", by=by, at=at, words=words, comment=comment.pk, version=version.number
    )
    return comment


@transaction.atomic
def settle_comment(
    *, comment: Comment, outcome: str, answer: str, on: date | None = None, by: User, at: datetime
) -> None:
    """Tell what came of a proposal: taken in, or left with an answer. Refused when it is left without an answer."""
    comment = Comment.objects.select_for_update(of=("self",)).select_related("document").get(pk=comment.pk)
    if outcome not in {Comment.Outcome.TAKEN, Comment.Outcome.LEFT}:
        raise Refused("Выберите, что решено: учтено или оставлено как есть.")
    if comment.outcome != Comment.Outcome.OPEN:
        raise SentTwice(comment.document)
    if outcome == Comment.Outcome.LEFT or answer.strip():
        answer = said(
            answer, "Напишите, почему оставлено как есть: автор предложения увидит ответ.", limit=5_000
        )
    comment.outcome, comment.answer = outcome, answer
    comment.settled_on, comment.settled_by = on or _today(at), by
    comment.save(update_fields=["outcome", "answer", "settled_on", "settled_by"])
    told = f"{comment.get_outcome_display()}: {comment.words}"
    record(
        comment.document,
        "document.comment_settled",
        by=by,
        at=at,
        words=told,
        comment=comment.pk,
        answer=answer,
    )


def _today(at: datetime) -> date:
    return at.astimezone(get_current_timezone()).date()


def _moment_of(day: date, at: datetime) -> datetime:
    """The hour of `at` on the day that a proposal belongs to: the page of that day shows it."""
    return at.astimezone(get_current_timezone()).replace(year=day.year, month=day.month, day=day.day)
