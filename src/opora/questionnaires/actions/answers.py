"""Filling in: an obligation is opened, its draft kept, the answer submitted, or it is said that there is nothing to tell."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from opora.accounts.models import User
from opora.core.examination import kind_examined
from opora.core.filetypes import clean_name
from opora.core.history import record
from opora.core.refusal import Refused
from opora.core.uploads import store
from opora.documents.rules import refuse_future, said
from opora.questionnaires.content import Answers, Form, form_of
from opora.questionnaires.judging import Judged, judge
from opora.questionnaires.kept import clean_answers, with_given
from opora.questionnaires.known import Facts, first_answers
from opora.questionnaires.models import Draft, Respondent, Submission
from opora.questionnaires.states import HANDED_IN, state_on

MOST_WORDS = 500
# A page that saves itself may be sent before the answer to its own saving has come.
_OWN_SAVING = timedelta(seconds=20)
# Nameless answers bear numbers without an order, so that the order of the answers tells nobody's name.
_FIRST_NAMELESS, _NAMELESS = 1 << 40, 1 << 48


class DraftConflict(Refused):
    """The draft has changed since it was opened: `kept` is what stands in the base, `version` goes with it."""

    def __init__(self, kept: Answers, version: int) -> None:
        super().__init__(
            "Пока вы правили, запись изменил другой человек. Ниже обе версии.", code="R-CONFLICT", status=409
        )
        self.kept = kept
        self.version = version


class NotReady(Refused):
    """The answers do not fit the rules of the form yet; `judged` tells where."""

    def __init__(self, judged: Judged) -> None:
        super().__init__("Ответ пока не сдан: поправьте отмеченные места.")
        self.judged = judged


@transaction.atomic
def open_obligation(*, respondent: Respondent, facts: Facts, on: date, by: User, at: datetime) -> Draft:
    """The draft of an answer, begun with what the product knows, or with the answer that came back.

    Refused when nothing is asked of the respondent any more.
    """
    respondent = _open_row(respondent, on)
    draft = Draft.objects.filter(respondent=respondent).first()
    if draft is not None:
        return draft
    last = respondent.submissions.order_by("-number").first()
    form = form_of(respondent.collection.version.content)
    data = last.data if last is not None else first_answers(form.questions, facts, on)
    draft = Draft.objects.create(respondent=respondent, data=data, saved_at=at, saved_by=by)
    if respondent.opened_on is None or respondent.opened_on > on:
        respondent.opened_on = on
        respondent.save(update_fields=["opened_on"])
        record(respondent, "answer.opened", by=by, at=at, on=on)
    return draft


@transaction.atomic
def save_draft(
    *, respondent: Respondent, data: Mapping[str, Any], version: int, on: date, by: User, at: datetime
) -> Draft:
    """Keep what has been typed so far, finished or not.

    Refused when nothing is asked any more, the text holds what may not be, or the answers are too many for the
    formulas of the form (F-TIME); DraftConflict when the draft has
    another version than the one that was opened, unless it says the same.
    """
    _, draft = _saved(respondent, data, version, on, by, at)
    return draft


@transaction.atomic
def submit(
    *, respondent: Respondent, data: Mapping[str, Any], version: int, on: date, by: User, at: datetime
) -> Submission:
    """Hand the answer in: everything is judged by the rules of the form.

    NotReady when something is missing or does not fit (what was typed is not kept by this deed: keep the draft);
    DraftConflict as for a draft. The answer of a nameless collection names nobody and its draft is gone.
    """
    refuse_future(on, at)
    respondent, draft = _saved(respondent, data, version, on, by, at)
    form = form_of(respondent.collection.version.content)
    judged = judge(form, draft.data, on).check()
    if judged.faults:
        raise NotReady(judged)
    made = _submission(respondent, judged.answers, on, by, at)
    draft.delete()
    _hand_in(respondent, on)
    respondent.is_nothing, respondent.nothing_words = False, ""
    respondent.save(update_fields=["submitted_on", "returned_on", "is_nothing", "nothing_words"])
    record(respondent, "answer.submitted", by=by, at=at, on=on)
    return made


@transaction.atomic
def say_nothing(*, respondent: Respondent, words: str, on: date, by: User, at: datetime) -> None:
    """Say that there is nothing to tell, and why. Refused without words, or when nothing is asked any more."""
    refuse_future(on, at)
    words = said(words, "Напишите, почему сообщить нечего.", MOST_WORDS)
    respondent = _open_row(respondent, on)
    Draft.objects.filter(respondent=respondent).delete()
    _hand_in(respondent, on)
    respondent.is_nothing = True
    respondent.nothing_words = "" if respondent.collection.is_anonymous else words
    respondent.opened_on = respondent.opened_on or on
    respondent.save(update_fields=["submitted_on", "returned_on", "is_nothing", "nothing_words", "opened_on"])
    record(respondent, "answer.nothing", by=by, at=at, on=on)


def _open_row(respondent: Respondent, on: date) -> Respondent:
    """The row read again under a lock. Refused when no answer is taken from it on the day."""
    row = (
        Respondent.objects.select_for_update(of=("self",))
        .select_related("collection__version", "school", "person")
        .get(pk=respondent.pk)
    )
    collection = row.collection
    state = state_on(row, on)
    if state in HANDED_IN:
        raise Refused("Ответ уже сдан: ниже то, что в нём записано.", status=409)
    if state == "excused":
        raise Refused("Этого ответа больше не ждут.", status=409)
    if collection.opens_on > on:
        raise Refused(f"Сбор откроется {collection.opens_on:%d.%m.%Y}.", status=409)
    if collection.closed_on is not None and collection.closed_on <= on:
        raise Refused("Сбор закрыт. Если ответ ещё нужен, попросите центр открыть его снова.", status=409)
    return row


def _saved(
    respondent: Respondent, data: Mapping[str, Any], version: int, on: date, by: User, at: datetime
) -> tuple[Respondent, Draft]:
    row = _open_row(respondent, on)
    draft = Draft.objects.filter(respondent=row).first()
    if draft is None:
        raise Refused("Черновика нет: откройте форму ещё раз.", status=409)
    form: Form = form_of(row.collection.version.content)
    told = clean_answers(with_given(form.questions, data, draft.data))
    if told == draft.data:
        return row, draft
    # What could not be judged would start the work again whenever the page is opened.
    judge(form, told, on).check()
    is_own = draft.saved_by_id == by.pk and version == draft.version - 1 and at - draft.saved_at < _OWN_SAVING
    if version != draft.version and not is_own:
        raise DraftConflict(draft.data, draft.version)
    draft.data, draft.version = told, draft.version + 1
    draft.saved_at, draft.saved_by = at, by
    draft.save(update_fields=["data", "version", "saved_at", "saved_by"])
    return row, draft


def _submission(respondent: Respondent, answers: Answers, on: date, by: User, at: datetime) -> Submission:
    if respondent.collection.is_anonymous:
        number = _FIRST_NAMELESS + secrets.randbelow(_NAMELESS)
        return Submission.objects.create(
            pk=number, collection=respondent.collection, data=answers, submitted_on=on
        )
    last = respondent.submissions.order_by("-number").values_list("number", flat=True).first() or 0
    return Submission.objects.create(
        collection=respondent.collection,
        respondent=respondent,
        number=last + 1,
        data=answers,
        submitted_on=on,
        submitted_at=at,
        submitted_by=by,
    )


def _hand_in(respondent: Respondent, on: date) -> None:
    """A return of the same day is taken away; an earlier one stays, so that the days between can be looked at."""
    if respondent.returned_on is not None and respondent.returned_on >= on:
        respondent.returned_on = None
    respondent.submitted_on = on


def keep_file(*, content: bytes, file_name: str, at: datetime) -> dict[str, Any]:
    """A file of an answer as the answer keeps it. Refused with the codes of the trust contract."""
    kind = kind_examined(content, file_name)
    return {"file": store(content, kind=kind, at=at).pk, "name": clean_name(file_name, kind)}
