"""Everything that writes reports: words about lines, freezing an issue, publishing it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from opora.accounts.models import User
from opora.core.history import record
from opora.core.refusal import Refused
from opora.core.russian import clean
from opora.documents.actions import add_document, add_version, approve, publish
from opora.documents.models import Publication
from opora.plans.models import Activity, Roadmap
from opora.reports import content
from opora.reports.kinds import progress
from opora.reports.models import Issue, Words
from opora.reports.phrases import day_in_digits, file_name
from opora.reports.renderers import docx, pdf, xlsx

WORDS_LIMIT = 2000


@transaction.atomic
def write_words(*, activity: Activity, words: str, by: User, at: datetime) -> Words:
    """Keep a person's words about a line that is not done: why, and what comes next. Refused when they are too long."""
    words = clean(words).strip()
    if len(words) > WORDS_LIMIT:
        raise Refused(f"Слишком длинно: {len(words)} знаков, можно до {WORDS_LIMIT}. Оставьте главное.")
    kept, _ = Words.objects.update_or_create(
        roadmap_id=activity.roadmap_id,
        activity=activity,
        defaults={"words": words, "written_at": at, "written_by": by},
    )
    record(activity, "report.words_written", by=by, at=at, words=words)
    return kept


@transaction.atomic
def freeze(
    *, roadmap: Roadmap, since: date, as_of: date, stretch: str, line: Activity | None, by: User, at: datetime
) -> Issue:
    """Make an immutable issue: content with its hash, the papers as an approved document of a line.

    `line` is the line of the roadmap that this report fulfils (1.5, 1.6); None leaves it a paper of the roadmap.
    Refused when `since` is after `as_of`.
    """
    if since > as_of:
        raise Refused("Начало периода позже его конца. Поправьте даты.")
    Roadmap.objects.select_for_update().get(pk=roadmap.pk)
    number = Issue.objects.filter(roadmap=roadmap).count() + 1
    report = progress.build(roadmap, since=since, as_of=as_of, stretch=stretch, number=number)
    text = content.as_text(report)
    document = add_document(
        municipality=roadmap.municipality,
        title=f"{report.head.title} на {day_in_digits(as_of)}"[:300],
        dated_on=as_of,
        content=docx.render(report),
        file_name=file_name(report, "docx"),
        number=str(number),
        kind=roadmap.programme.document_kinds.filter(code="report").first(),
        activity=line,
        by=by,
        at=at,
        on=as_of,
    )
    # The PDF is the last one: the latest file of a document is what goes to the portal.
    for ending, rendered in (("xlsx", xlsx.render(report)), ("pdf", pdf.render(report))):
        add_version(document=document, content=rendered, file_name=file_name(report, ending), by=by, at=at)
    approve(document=document, on=as_of, by=by, at=at)
    issue = Issue.objects.create(
        roadmap=roadmap,
        kind="progress",
        stretch=stretch,
        number=number,
        since=since,
        as_of=as_of,
        content=text,
        hash=content.hash_of(text),
        frozen_at=at,
        frozen_by=by,
        document=document,
    )
    record(issue, "report.frozen", by=by, at=at, number=number, as_of=as_of, hash=issue.hash)
    return issue


def publish_issue(*, issue: Issue, on: date, by: User, at: datetime) -> Publication:
    """Put a frozen issue on the portal."""
    if issue.document is None:
        raise Refused("У этого выпуска нет документа: размещать нечего.")
    return publish(document=issue.document, where=Publication.Where.PORTAL, on=on, by=by, at=at)
