"""Deeds of an expert: marks kept as they are made, handed in, or the document declined with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from opora.accounts.models import User
from opora.core.history import record
from opora.core.refusal import Refused
from opora.core.russian import clean, counted
from opora.documents.models import Version
from opora.documents.rules import refuse_future, said
from opora.reviews.models import Examination, Level, Score
from opora.reviews.rules import held_examination

MOST_WORDS, MOST_CONCLUSION = 1000, 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What an expert says of a document: level and words by criterion, the conclusion."""

    levels: Mapping[int, int] = field(default_factory=dict)
    words: Mapping[int, str] = field(default_factory=dict)
    conclusion: str = ""
    needs_rework: bool = False


@transaction.atomic
def save_draft(*, examination: Examination, told: Told, version: int, by: User, at: datetime) -> int:
    """Keep what is marked so far and give back the new version; the same again changes nothing.

    `version` is the one it was opened with: R-CONFLICT (409) when it was changed elsewhere since. Refused when it is
    handed in or declined, when words are too long, when a level is of another criterion.
    """
    row = held_examination(examination)
    if _same(row, told):
        return row.version
    if version != row.version:
        raise Refused(
            "Рассмотрение изменено в другом окне или на другом устройстве. Ниже обе версии.",
            code="R-CONFLICT",
            status=409,
        )
    _keep(row, told)
    record(row, "examination.saved", by=by, at=at, version=row.version)
    return row.version


@transaction.atomic
def hand_in(
    *, examination: Examination, told: Told, version: int, on: date, by: User, at: datetime
) -> Examination:
    """Keep the marks and hand the examination in: after that it does not change.

    Refused naming the criteria without a level, or without a conclusion where rework is proposed.
    """
    save_draft(examination=examination, told=told, version=version, by=by, at=at)
    row = held_examination(examination)
    refuse_future(on, at)
    lacking = [
        one.title for one in row.sampled.round.criteria.order_by("position") if one.pk not in told.levels
    ]
    if lacking:
        words = counted(len(lacking), "критерию", "критериям", "критериям")
        raise Refused(f"Выберите уровень ещё по {words}: {'; '.join(lacking[:5])}.")
    if told.needs_rework:
        said(told.conclusion, "Напишите вывод: что доработать. Его увидит школа.", MOST_CONCLUSION)
    row.finished_on = max(on, row.assigned_on)
    row.file_version = _seen(row)
    row.save(update_fields=["finished_on", "file_version"])
    record(row, "examination.handed_in", by=by, at=at, on=row.finished_on)
    return row


@transaction.atomic
def decline(*, examination: Examination, reason: str, on: date, by: User, at: datetime) -> None:
    """Say that one may not examine this document and why; marks are not kept. Refused without a reason."""
    row = held_examination(examination)
    refuse_future(on, at)
    row.declined_words = said(reason, "Напишите, почему не можете рассматривать.", limit=500)
    row.declined_on = max(on, row.assigned_on)
    row.scores.all().delete()
    row.save(update_fields=["declined_on", "declined_words"])
    record(row, "examination.declined", by=by, at=at, reason=row.declined_words)


def _same(row: Examination, told: Told) -> bool:
    kept = {one.criterion_id: (one.level_id, one.words) for one in row.scores.all()}
    now = {key: (told.levels.get(key), text) for key, text in _texts(told).items()}
    return (kept, row.words, row.needs_rework) == (now, told.conclusion.strip(), told.needs_rework)


def _keep(row: Examination, told: Told) -> None:
    of = dict(
        Level.objects.filter(criterion__round=row.sampled.round, pk__in=told.levels.values()).values_list(
            "pk", "criterion_id"
        )
    )
    if any(of.get(level) != criterion for criterion, level in told.levels.items()):
        raise Refused("Уровень не из этого критерия: откройте страницу заново.", status=400)
    known = set(row.sampled.round.criteria.values_list("pk", flat=True))
    row.scores.all().delete()
    Score.objects.bulk_create(
        Score(examination=row, criterion_id=key, level_id=told.levels.get(key), words=text)
        for key, text in _texts(told).items()
        if key in known
    )
    row.words, row.needs_rework = _short(told.conclusion, MOST_CONCLUSION), told.needs_rework
    row.version += 1
    row.save(update_fields=["words", "needs_rework", "version"])


def _texts(told: Told) -> dict[int, str]:
    """Criterion → its words, for those that have a level or words."""
    texts = {key: _short(text, MOST_WORDS) for key, text in told.words.items()}
    return {key: texts.get(key, "") for key in {*told.levels, *(key for key, text in texts.items() if text)}}


def _short(text: str, most: int) -> str:
    text = clean(text).strip()
    if len(text) > most:
        raise Refused(f"Слишком длинно: {len(text)} знаков, можно не более {most}.", status=400)
    return text


def _seen(row: Examination) -> Version | None:
    """The file that was looked at: the one drawn at the first look, the latest at the second."""
    if row.look == 1 and row.sampled.version is not None:
        return row.sampled.version
    return row.sampled.document.versions.order_by("-number").first()
