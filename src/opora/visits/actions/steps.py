"""Deeds of the steps agreed at a visit: who does what until when, and what came of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from opora.accounts.models import User
from opora.core.history import record
from opora.core.refusal import Refused
from opora.core.russian import day_words
from opora.documents.rules import SentTwice, refuse_future, said
from opora.visits.models import Step, Visit
from opora.visits.rules import locked, refuse_before

MOST_STEPS = 50
MOST_TEXT = 500
MOST_NAME = 200
FARTHEST = timedelta(days=366)


@transaction.atomic
def add_step(
    *,
    visit: Visit,
    side: str,
    text: str,
    responsible: str = "",
    due_on: date,
    by: User,
    at: datetime,
) -> Step:
    """Write down what was agreed at a visit. Refused: no words, no such side, a day before the visit, over 50 steps.

    SentTwice when the same step of the same side until the same day is written there already.
    """
    visit = locked(visit)
    if visit.cancelled_on is not None:
        raise Refused(f"Посещение отменено {day_words(visit.cancelled_on)}: договорённостей по нему нет.")
    fields = _checked(visit, side, text, responsible, due_on)
    kept = list(visit.steps.all())
    same = [step for step in kept if (step.side, step.text, step.due_on) == (side, fields["text"], due_on)]
    if same:
        raise SentTwice(same[0])
    if len(kept) >= MOST_STEPS:
        raise Refused(f"По одному посещению можно записать не более {MOST_STEPS} договорённостей.")
    step = Step.objects.create(visit=visit, **fields)
    record(visit, "visit.step_added", by=by, at=at, words=step.text, side=side, until=due_on)
    return step


@transaction.atomic
def change_step(
    *,
    step: Step,
    side: str,
    text: str,
    responsible: str = "",
    due_on: date,
    by: User,
    at: datetime,
) -> Step:
    """Correct a step that is still open; what it was stays in the history. Refused when it is done."""
    step, visit = _held(step)
    if step.done_on is not None:
        raise Refused(f"Договорённость выполнена {day_words(step.done_on)}: сначала откройте её снова.")
    fields = _checked(visit, side, text, responsible, due_on)
    was = {f"was_{name}": getattr(step, name) for name in fields if getattr(step, name) != fields[name]}
    if not was:
        return step
    for name, value in fields.items():
        setattr(step, name, value)
    step.save(update_fields=list(fields))
    record(visit, "visit.step_changed", by=by, at=at, words=step.text, until=due_on, **was)
    return step


@transaction.atomic
def tell_step(*, step: Step, on: date, words: str, by: User, at: datetime) -> None:
    """Keep a school's word that its step was done; the curator looks and closes it.

    Refused: a step of another side, no words, a day to come or before the visit; SentTwice when it is done already.
    """
    step, visit = _held(step)
    refuse_future(on, at)
    if step.side != Step.Side.SCHOOL:
        raise Refused("Это не шаг школы: о нём сообщит тот, кто за него взялся.")
    if step.done_on is not None:
        raise SentTwice(step)
    refuse_before(on, visit.held_on or visit.noted_on, "Договорились")
    step.told_on, step.told_words = on, said(words, "Напишите, что сделано.", limit=MOST_TEXT)
    step.save(update_fields=["told_on", "told_words"])
    record(visit, "visit.step_told", by=by, at=at, words=step.text, outcome=step.told_words, on=on)


@transaction.atomic
def close_step(
    *, step: Step, done_on: date, words: str = "", followed_at: Visit | None = None, by: User, at: datetime
) -> None:
    """Note that a step was done, what came of it, and at which later visit it was looked at.

    Refused: a day to come or before the visit, a visit of another school; SentTwice when it is done already.
    """
    step, visit = _held(step)
    refuse_future(done_on, at)
    if step.done_on is not None:
        raise SentTwice(step)
    refuse_before(done_on, visit.held_on or visit.noted_on, "Договорились")
    if followed_at is not None and followed_at.school_id != visit.school_id:
        raise Refused("Договорённость проверяют на посещении той же школы.")
    step.done_on, step.followed_at = done_on, followed_at
    step.done_words = said(words, "Напишите, что вышло.", limit=MOST_TEXT) if words.strip() else ""
    step.save(update_fields=["done_on", "done_words", "followed_at"])
    record(visit, "visit.step_closed", by=by, at=at, words=step.text, outcome=step.done_words, on=done_on)


@transaction.atomic
def reopen_step(*, step: Step, by: User, at: datetime) -> None:
    """A step that was marked done by mistake is open again. Refused when it is open."""
    step, visit = _held(step)
    if step.done_on is None:
        raise Refused("Договорённость и так открыта.")
    was = step.done_on
    step.done_on, step.done_words, step.followed_at = None, "", None
    step.save(update_fields=["done_on", "done_words", "followed_at"])
    record(visit, "visit.step_reopened", by=by, at=at, words=step.text, was_done_on=was)


@transaction.atomic
def remove_step(*, step: Step, by: User, at: datetime) -> None:
    """Take away a step written by mistake; its words stay in the history. Refused once it is done or approved."""
    step, visit = _held(step)
    if step.done_on is not None or visit.approved_on is not None:
        raise Refused("Договорённость выполнена или отчёт принят: убрать её нельзя.")
    record(visit, "visit.step_removed", by=by, at=at, words=step.text, side=step.side, due_on=step.due_on)
    step.delete()


def _held(step: Step) -> tuple[Step, Visit]:
    visit = locked(step.visit)
    kept = Step.objects.filter(pk=step.pk).first()
    if kept is None:
        raise Refused("Эту договорённость уже убрали.", status=404)
    return kept, visit


def _checked(visit: Visit, side: str, text: str, responsible: str, due_on: date) -> dict[str, object]:
    if side not in Step.Side.values:
        raise Refused("Чей это шаг: школы, куратора или центра? Выберите из списка.")
    text = said(text, "Напишите, что сделать.", limit=MOST_TEXT)
    responsible = said(responsible, "Напишите, кто отвечает.", limit=MOST_NAME) if responsible.strip() else ""
    refuse_before(due_on, visit.held_on or visit.planned_on, "Посещение —")
    if due_on > visit.programme.ends_on + FARTHEST:
        raise Refused(f"{day_words(due_on)} — больше чем через год после программы. Проверьте дату.")
    return {"side": side, "text": text, "responsible": responsible, "due_on": due_on}
