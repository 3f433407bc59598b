"""Deeds of a round before its draw: made, changed, given criteria; and, at the end, finished."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from opora.accounts.models import User
from opora.core.history import record
from opora.core.refusal import Refused
from opora.core.russian import clean, counted
from opora.documents.rules import refuse_future, said
from opora.plans.models import Activity
from opora.programmes.models import DocumentKind, Programme, Stage
from opora.reviews.models import Criterion, Level, Round, Score
from opora.reviews.population import STRATA
from opora.reviews.rules import held_round, refuse_finished, refuse_undrawn
from opora.reviews.starting import CriterionTold
from opora.schools.models import Municipality, Region

MOST_CRITERIA, MOST_LEVELS = 20, 7
WHOLE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundTold:
    """What a person says about a round."""

    title: str
    kinds: tuple[DocumentKind, ...]
    stage: Stage | None = None
    activity: Activity | None = None
    strata: tuple[str, ...] = ()
    size_rule: str = Round.Size.SHARE
    size_value: Decimal = Decimal(10)
    experts_each: int = 1
    overlap_share: int = 0
    most_each: int = 20
    due_on: date | None = None


@transaction.atomic
def make_round(
    *,
    place: Municipality | Region,
    programme: Programme,
    told: RoundTold,
    seed: str,
    by: User,
    at: datetime,
) -> Round:
    """Make a round of a municipality or a region. `seed` is given once and cannot be changed: nobody picks a sample.

    Refused without a name, kinds, with a size out of bounds.
    """
    title = _checked(told, programme)
    where = {"region": place} if isinstance(place, Region) else {"municipality": place}
    row = Round.objects.create(
        programme=programme, title=title, seed=seed, made_at=at, made_by=by, **where, **_fields(told)
    )
    row.kinds.set(told.kinds)
    record(row, "round.made", by=by, at=at, seed=seed)
    return row


@transaction.atomic
def change_round(*, review: Round, told: RoundTold, by: User, at: datetime) -> Round:
    """Change a round. After the draw only its name, line, term and how documents are shared out may change.

    Refused when it is finished, or when something would change what has been drawn.
    """
    row = held_round(review)
    refuse_finished(row)
    title = _checked(told, row.programme)
    fields = _fields(told)
    if row.drawn_on is not None:
        kept = ("stage", "strata", "size_rule", "size_value")
        kinds = {kind.pk for kind in row.kinds.all()} != {kind.pk for kind in told.kinds}
        if kinds or any(getattr(row, name) != fields[name] for name in kept):
            raise Refused("Выборка уже сделана: виды документов, этап, слои и объём больше не меняются.")
    was = {f"was_{name}": getattr(row, name) for name in fields if getattr(row, name) != fields[name]}
    for name, value in fields.items():
        setattr(row, name, value)
    row.title = title
    row.save(update_fields=["title", *fields])
    row.kinds.set(told.kinds)
    record(row, "round.changed", by=by, at=at, **was)
    return row


@transaction.atomic
def set_criteria(*, review: Round, criteria: Sequence[CriterionTold], by: User, at: datetime) -> None:
    """Put these criteria in place of those there were.

    Refused once somebody has marked a document, without criteria, with fewer than two levels or equal points.
    """
    row = held_round(review)
    refuse_finished(row)
    if Score.objects.filter(examination__sampled__round=row).exists():
        raise Refused("По этим критериям уже есть оценки: менять критерии больше нельзя.")
    _refuse_wrong(criteria)
    row.criteria.all().delete()
    for position, told in enumerate(criteria, start=1):
        criterion = Criterion.objects.create(
            round=row,
            position=position,
            title=clean(told.title).strip()[:300],
            words=clean(told.words).strip(),
        )
        Level.objects.bulk_create(
            Level(
                criterion=criterion,
                points=level.points,
                title=clean(level.title).strip()[:100],
                words=clean(level.words).strip()[:500],
            )
            for level in told.levels
        )
    record(row, "round.criteria_set", by=by, at=at, number=len(criteria))


@transaction.atomic
def finish_round(*, review: Round, on: date, by: User, at: datetime) -> None:
    """Finish a round: its line counts since this day. Refused while documents of the sample are not settled."""
    row = held_round(review)
    refuse_finished(row)
    refuse_undrawn(row)
    refuse_future(on, at)
    left = row.sampled.filter(settled_on=None).count()
    if left:
        words = counted(
            left,
            "документ ещё не рассмотрен",
            "документа ещё не рассмотрены",
            "документов ещё не рассмотрены",
        )
        raise Refused(f"Завершить можно, когда рассмотрены все документы выборки. Пока {words}.")
    last = row.sampled.order_by("-settled_on").values_list("settled_on", flat=True).first()
    if last is not None and on < last:
        raise Refused("Экспертиза не может завершиться раньше, чем рассмотрен последний документ.")
    row.finished_on = on
    row.save(update_fields=["finished_on"])
    record(row, "round.finished", by=by, at=at, on=on)


def _fields(told: RoundTold) -> dict[str, object]:
    return {
        "stage": told.stage,
        "activity": told.activity,
        "strata": [code for code, _ in STRATA if code in told.strata],
        "size_rule": told.size_rule,
        "size_value": told.size_value,
        "experts_each": told.experts_each,
        "overlap_share": told.overlap_share,
        "most_each": told.most_each,
        "due_on": told.due_on,
    }


def _checked(told: RoundTold, programme: Programme) -> str:
    if not told.kinds:
        raise Refused("Выберите хотя бы один вид документов.")
    if any(kind.programme_id != programme.pk for kind in told.kinds):
        raise Refused("Вид документов из другой программы: выберите виды этой программы.")
    if told.size_value <= 0:
        raise Refused("Объём выборки должен быть больше нуля.")
    if told.size_rule == Round.Size.SHARE and told.size_value > WHOLE:
        raise Refused("Доля не может быть больше 100 %.")
    if told.size_rule == Round.Size.ERROR and not 1 <= told.size_value <= WHOLE // 2:
        raise Refused("Ошибка выборки указывается от 1 до 50 %.")
    if told.experts_each < 1 or told.most_each < 1 or not 0 <= told.overlap_share <= WHOLE:
        raise Refused(
            "Экспертов на документ и документов на эксперта — не меньше одного, доля — от 0 до 100 %."
        )
    return said(told.title, "Напишите название экспертизы.", limit=300)


def _refuse_wrong(criteria: Sequence[CriterionTold]) -> None:
    if not criteria:
        raise Refused("Напишите хотя бы один критерий.")
    if len(criteria) > MOST_CRITERIA:
        raise Refused(f"Критериев {len(criteria)}, можно не больше {MOST_CRITERIA}.")
    for one in criteria:
        title = said(one.title, "У критерия нет названия.", limit=300)
        points = [level.points for level in one.levels]
        if not 2 <= len(points) <= MOST_LEVELS:
            raise Refused(f"«{title}»: уровней должно быть от двух до {MOST_LEVELS}.")
        if len(set(points)) != len(points):
            raise Refused(f"«{title}»: у двух уровней одинаковые баллы.")
        for level in one.levels:
            said(level.title, f"«{title}»: у уровня нет названия.", limit=100)
