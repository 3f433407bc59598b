"""Deeds of the centre with a curator's report: returned, approved with its paper, called back, made public."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from opora.accounts.models import User
from opora.core.history import record
from opora.core.refusal import Refused
from opora.documents import actions as documents
from opora.documents.card import card_of
from opora.documents.models import Document, Publication
from opora.documents.rules import SentTwice, refuse_future, said
from opora.plans.models import Activity
from opora.programmes.models import DocumentKind
from opora.schools.models import Municipality
from opora.visits.actions.reporting import CALL_BACK, MOST_QUESTION
from opora.visits.models import CuratorReport
from opora.visits.reporting import locked, public_rendition, schools_of_report, stage_report_of
from opora.visits.rules import refuse_before
from opora.visits.stage_report import StageReport, as_plain

# The faces make the files: (ending, bytes), the last one is the one shown.
NO_CONSENT = "Отозвано согласие на показ имени"
Papers = Callable[[StageReport, Municipality], Sequence[tuple[str, bytes]]]
# A pack that has no kind of its own for these reports has one for reports.
KINDS = ("curator-report", "report")


@transaction.atomic
def return_report(*, report: CuratorReport, question: str, on: date, by: User, at: datetime) -> None:
    """Give a report back with a question. Refused without words, before it is handed in, or when it is approved."""
    report = locked(report)
    refuse_future(on, at)
    question = said(question, "Напишите вопрос: что поправить или уточнить.", limit=MOST_QUESTION)
    if report.approved_on is not None:
        raise Refused("Отчёт принят. Вернуть его с вопросом можно, если отозвать приём.")
    sent_on = _handed_in(report)
    if report.returned_on is not None:
        if report.question == question:
            raise SentTwice(report)
        raise Refused("Отчёт уже вернулся с вопросом и ждёт ответа куратора.")
    refuse_before(on, sent_on, "Отчёт сдан")
    report.returned_on, report.question = on, question
    report.save(update_fields=["returned_on", "question"])
    record(report, "curator.report_returned", by=by, at=at, on=on, question=question)


@transaction.atomic
def approve_report(
    *, report: CuratorReport, activity: Activity | None, papers: Papers, on: date, by: User, at: datetime
) -> Document:
    """Approve a report: its figures freeze as of `on`, its paper is entered, approved and tied to the line chosen.

    Refused before it is handed in, while a question waits, or when the line is of another town; SentTwice when
    another person has approved it a moment ago.
    """
    report = locked(report)
    refuse_future(on, at)
    if report.approved_on is not None:
        raise SentTwice(report)
    sent_on = _handed_in(report)
    if report.returned_on is not None:
        raise Refused("Отчёт вернулся с вопросом. Принять его можно, когда куратор ответит.")
    refuse_before(on, sent_on, "Отчёт сдан")
    told = stage_report_of(report, on)
    report.frozen, report.approved_on, report.approved_at, report.approved_by = as_plain(told), on, at, by
    report.document = _entered(report, report.document, told, activity, papers, on, by, at)
    report.save(update_fields=["frozen", "approved_on", "approved_at", "approved_by", "document"])
    record(report, "curator.report_approved", by=by, at=at, on=on, document=report.document.pk)
    return report.document


@transaction.atomic
def approve_many(
    *,
    reports: Sequence[tuple[CuratorReport, Activity | None]],
    papers: Papers,
    on: date,
    by: User,
    at: datetime,
) -> int:
    """Approve many reports, all or nothing, each with its line; says how many. Refused with the curator's name.

    One that somebody has approved meanwhile is passed by.
    """
    count = 0
    for report, activity in sorted(reports, key=lambda pair: pair[0].pk):
        try:
            approve_report(report=report, activity=activity, papers=papers, on=on, by=by, at=at)
            count += 1
        except SentTwice:
            continue
        except Refused as refusal:
            raise Refused(f"{report.curator.short_name}, {report.stage}: {refusal.words}") from refusal
    return count


@transaction.atomic
def call_back_report(*, report: CuratorReport, by: User, at: datetime) -> None:
    """Take an approval back within 24 hours, with that of its paper: the report waits again.

    Refused later, and while the report is public.
    """
    report = locked(report)
    if report.approved_at is None:
        raise Refused("Отчёт не принят: отзывать нечего.")
    if at - report.approved_at > CALL_BACK:
        raise Refused("Прошло больше 24 часов: приём отчёта уже не отозвать.")
    public = report.public_document
    if public is not None and public.publications.filter(taken_down_on=None).exists():
        raise Refused("Отчёт размещён. Отозвать приём можно после снятия с размещения.")
    for document in filter(None, (report.document, public)):
        if document.state == Document.State.APPROVED:
            documents.recall_approval(document=document, reason="Приём отчёта отозван", by=by, at=at)
    was = report.approved_on
    report.frozen, report.approved_on, report.approved_at, report.approved_by = {}, None, None, None
    report.save(update_fields=["frozen", "approved_on", "approved_at", "approved_by"])
    record(report, "curator.report_called_back", by=by, at=at, was_approved_on=was)


@transaction.atomic
def publish_report(
    *, report: CuratorReport, activity: Activity | None, papers: Papers, on: date, by: User, at: datetime
) -> Document:
    """Put an approved report on the portal as a rendition of its own, tied to the line chosen.

    The curator is named there only with a consent in force on the day (152-ФЗ, article 10.1), else by post and
    organisation. Refused before approval; SentTwice when it is there already.
    """
    report = locked(report)
    refuse_future(on, at)
    if report.approved_on is None:
        raise Refused("Разместить можно после приёма отчёта.")
    refuse_before(on, report.approved_on, "Отчёт принят")
    public = report.public_document
    if public is not None and public.publications.filter(taken_down_on=None).exists():
        raise SentTwice(report)
    told = public_rendition(report, on)
    document = _entered(report, public, told, activity, papers, on, by, at)
    documents.publish(document=document, where="portal", on=on, by=by, at=at)
    report.public_document = document
    report.save(update_fields=["public_document"])
    record(report, "curator.report_published", by=by, at=at, on=on, document=document.pk)
    return document


@transaction.atomic
def take_down_named(*, curator: User, on: date, by: User, at: datetime) -> int:
    """Take down the published reports that name a curator who has taken the consent back; says how many.

    Each can be put up again: it then bears the post and the organisation (152-ФЗ, article 10.1).
    """
    up = Publication.objects.filter(
        document__in=CuratorReport.objects.filter(curator=curator).values("public_document"),
        taken_down_on=None,
    ).select_related("document")
    named = [one for one in up if curator.was_named_on(one.published_on)]
    for publication in named:
        documents.take_down(publication=publication, reason=NO_CONSENT, on=on, by=by, at=at)
    return len(named)


def _entered(
    report: CuratorReport,
    known: Document | None,
    told: StageReport,
    activity: Activity | None,
    papers: Papers,
    on: date,
    by: User,
    at: datetime,
) -> Document:
    """The paper of a report, new or with new files, approved."""
    town = _town_of(report, activity)
    files = [(f"Отчёт куратора, {told.stage}.{ending}", content) for ending, content in papers(told, town)]
    if known is None:
        name, content = files.pop(0)
        document = documents.add_document(
            municipality=town,
            title=_title(told),
            dated_on=on,
            content=content,
            file_name=name,
            kind=_kind_of(report),
            activity=activity,
            curator=report.curator,
            by=by,
            at=at,
            on=on,
        )
    else:
        document = known
        _withdrawn(document, by, at)
        card = replace(card_of(document), title=_title(told), dated_on=on, activity=activity)
        documents.change_card(document=document, card=card, by=by, at=at)
    for name, content in files:
        with contextlib.suppress(SentTwice):
            documents.add_version(document=document, content=content, file_name=name, by=by, at=at)
    documents.approve(document=document, on=on, by=by, at=at)
    document.refresh_from_db()
    return document


def _kind_of(report: CuratorReport) -> DocumentKind | None:
    kinds = {
        kind.code: kind for kind in DocumentKind.objects.filter(programme=report.programme, code__in=KINDS)
    }
    return next((kinds[code] for code in KINDS if code in kinds), None)


def _withdrawn(document: Document, by: User, at: datetime) -> None:
    """A paper that was taken down and is made anew is first a draft again."""
    document.refresh_from_db()
    if document.state == Document.State.APPROVED:
        documents.recall_approval(document=document, reason="Файл собирается заново", by=by, at=at)


def _title(told: StageReport) -> str:
    title = told.title if ":" in told.title else f"{told.title}: {told.curator}"
    return title[:300]


def _town_of(report: CuratorReport, activity: Activity | None) -> Municipality:
    if activity is not None:
        return activity.roadmap.municipality
    schools = schools_of_report(report.curator, report.programme, report.stage)
    if not schools:
        raise Refused("У куратора в этом этапе нет школ: отнести отчёт не к чему.")
    return schools[0].municipality


def _handed_in(report: CuratorReport) -> date:
    if report.sent_on is None:
        raise Refused("Отчёт ещё не сдан: принимать нечего.")
    return report.sent_on
