"""Putting a frozen issue of a region's report on the portal and taking it down."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from opora.accounts.models import User
from opora.core.history import record
from opora.core.models import StoredFile
from opora.core.refusal import Refused
from opora.core.uploads import store
from opora.documents.rules import SentTwice, refuse_future, said
from opora.reports.models import Issue, IssuePublication
from opora.reports.papers import ENDINGS, file_of
from opora.reports.register import KINDS


@transaction.atomic
def publish_region_issue(*, issue: Issue, on: date, by: User, at: datetime) -> IssuePublication:
    """Put an issue of a region on the portal; its files are written now, without names, and stay as they are.

    Refused for an issue of a roadmap, for a day before its own or one to come; SentTwice when it is up already.
    """
    issue = _held(issue)
    refuse_future(on, at)
    if on < issue.as_of:
        raise Refused(f"Отчёт составлен на {issue.as_of:%d.%m.%Y}: раньше этого дня разместить нельзя.")
    up = issue.publications.filter(taken_down_on=None).first()
    if up is not None:
        raise SentTwice(up)
    publication = IssuePublication.objects.create(
        issue=issue, published_on=on, published_by=by, **_files(issue, at)
    )
    record(issue, "report.published", by=by, at=at, on=on, number=issue.number)
    return publication


@transaction.atomic
def take_down_region_issue(
    *, publication: IssuePublication, reason: str, on: date, by: User, at: datetime
) -> None:
    """Take an issue off the portal; the days and the reason stay to be read.

    Refused without a reason or for a day that does not fit; SentTwice when it is down already.
    """
    issue = _held(publication.issue)
    publication = IssuePublication.objects.get(pk=publication.pk)
    refuse_future(on, at)
    reason = said(reason, "Напишите, почему отчёт снимается с размещения.", limit=300)
    if publication.taken_down_on is not None:
        raise SentTwice(publication)
    if on < publication.published_on:
        raise Refused(f"Отчёт размещён {publication.published_on:%d.%m.%Y}: раньше этого дня его не снять.")
    publication.taken_down_on, publication.taken_down_reason = on, reason
    publication.save(update_fields=["taken_down_on", "taken_down_reason"])
    record(issue, "report.taken_down", by=by, at=at, on=on, reason=reason, number=issue.number)


def _held(issue: Issue) -> Issue:
    """The issue under the lock of its region: two people pressing two buttons at once take turns."""
    if issue.region is None:
        raise Refused("Выпуск по дорожной карте размещается своим документом.")
    type(issue.region).objects.select_for_update().get(pk=issue.region.pk)
    return Issue.objects.select_related("region").get(pk=issue.pk)


def _files(issue: Issue, at: datetime) -> dict[str, StoredFile]:
    kind, place = KINDS[issue.kind], issue.region
    assert place is not None
    report = kind.shape.from_text(issue.content)
    shown = kind.public(report) if kind.public is not None else report
    return {
        ending: store(file_of(kind, shown, ending, place=place), kind=ending, at=at) for ending in ENDINGS
    }
