"""Deeds of a curator's report while it is written: begun, its words kept, handed in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from opora.accounts.models import User
from opora.core.history import record
from opora.core.refusal import Refused
from opora.core.russian import day_words
from opora.documents.rules import SentTwice, refuse_future
from opora.programmes.models import Stage
from opora.visits.models import CuratorReport
from opora.visits.reporting import lacking_words, locked, schools_of_report
from opora.visits.rules import refuse_before
from opora.visits.sheets import Sheet, clean_sheet

MOST_FIELD = 10_000


class WordsConflict(Refused):
    """Somebody kept the words after they were opened here (R-CONFLICT): `kept` stays, `typed` is what came."""

    def __init__(self, kept: Sheet, typed: Sheet, version: int) -> None:
        super().__init__(
            "Пока вы правили, запись изменил другой человек. Ниже обе версии.",
            code="R-CONFLICT",
            status=409,
        )
        self.kept = kept
        self.typed = typed
        self.version = version


@transaction.atomic
def begin_report(*, stage: Stage, curator: User, on: date, by: User, at: datetime) -> CuratorReport:
    """Begin the report of a curator for a stage; one that is there already is given back as it is.

    Refused: the stage has not begun by the day, the person is curator of no school in the stage, a day to come.
    """
    refuse_future(on, at)
    if on < stage.starts_on:
        raise Refused(f"{stage.name} начнётся {day_words(stage.starts_on)}: отчитываться ещё не о чем.")
    if not schools_of_report(curator, stage.programme, stage):
        raise Refused(f"{curator.short_name}: в этом этапе нет ни одной школы. Сначала назначьте куратора.")
    report, is_new = CuratorReport.objects.get_or_create(
        stage=stage, curator=curator, defaults={"programme": stage.programme, "begun_on": on}
    )
    if is_new:
        record(report, "curator.report_begun", by=by, at=at, on=on)
    return report


@transaction.atomic
def save_words(
    *, report: CuratorReport, words: Mapping[str, Any], version: int, by: User, at: datetime
) -> int:
    """Keep the words as they are typed and return their version; the same words sent again change nothing.

    `version` is the one they were opened with. WordsConflict when it has changed since; Refused when the report is
    handed in or approved, a field is over 10 000 letters, all of them are over 100 KB.
    """
    report = locked(report)
    _refuse_settled(report)
    typed = clean_sheet(words)
    _refuse_long(typed)
    if typed == report.words:
        return report.version
    if version != report.version:
        raise WordsConflict(report.words, typed, report.version)
    report.words, report.version = typed, report.version + 1
    report.save(update_fields=["words", "version"])
    record(report, "curator.report_words_kept", by=by, at=at, version=report.version)
    return report.version


@transaction.atomic
def send_report(*, report: CuratorReport, on: date, by: User, at: datetime) -> None:
    """Hand the report in, or hand it in again with an answer to the question.

    Refused, naming the school and the question, when needed words are not there; SentTwice when it is in already.
    """
    report = locked(report)
    refuse_future(on, at)
    if report.approved_on is not None or (report.sent_on is not None and report.returned_on is None):
        raise SentTwice(report)
    refuse_before(
        on, report.returned_on or report.begun_on, "Вернулся" if report.returned_on else "Отчёт начат"
    )
    lacking = lacking_words(report)
    if lacking:
        more = f" и ещё {len(lacking) - 5}" if len(lacking) > 5 else ""
        raise Refused(f"Напишите недостающее: {'; '.join(lacking[:5])}{more}.")
    report.sent_on, report.returned_on = on, None
    report.save(update_fields=["sent_on", "returned_on"])
    record(report, "curator.report_sent", by=by, at=at, on=on)


@transaction.atomic
def hand_in(
    *, report: CuratorReport, words: Mapping[str, Any], version: int, on: date, by: User, at: datetime
) -> None:
    """Keep the words and hand the report in at once; when either is refused, neither is done."""
    report = locked(report)
    if report.approved_on is not None or (report.sent_on is not None and report.returned_on is None):
        raise SentTwice(report)
    save_words(report=report, words=words, version=version, by=by, at=at)
    send_report(report=report, on=on, by=by, at=at)


def _refuse_settled(report: CuratorReport) -> None:
    if report.approved_on is not None:
        raise Refused("Отчёт принят: слова больше не правятся.")
    if report.sent_on is not None and report.returned_on is None:
        raise Refused("Отчёт сдан. Слова можно поправить, если его вернут с вопросом.")


def _refuse_long(words: Sheet) -> None:
    for answers in words.values():
        for text in answers.values() if isinstance(answers, dict) else ():
            if isinstance(text, str) and len(text) > MOST_FIELD:
                raise Refused(f"Слишком длинно: {len(text)} знаков, можно не более {MOST_FIELD}.", status=400)
