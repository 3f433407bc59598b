"""Words about lines, freezing an issue of any kind, publishing it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from opora.accounts.models import User
from opora.core.history import record
from opora.core.refusal import Refused
from opora.core.russian import clean
from opora.documents.actions import add_document, add_version, approve, publish
from opora.documents.models import Document, Publication
from opora.plans.models import Activity, Roadmap
from opora.programmes.models import Programme
from opora.reports.asked import Asked
from opora.reports.content import hash_of
from opora.reports.models import Issue, Words
from opora.reports.papers import file_of
from opora.reports.phrases import day_in_digits, file_name, title_of
from opora.reports.register import KINDS, Content, ReportKind
from opora.schools.models import Region

WORDS_LIMIT = 2000


@transaction.atomic
def write_words(*, activity: Activity, words: str, by: User, at: datetime) -> Words:
    """Keep a person's words about a line that is not done: why, and what comes next. Refused when they are too long."""
    words = _checked(words)
    kept, _ = Words.objects.update_or_create(
        roadmap_id=activity.roadmap_id,
        activity=activity,
        defaults={"words": words, "written_at": at, "written_by": by},
    )
    record(activity, "report.words_written", by=by, at=at, words=words)
    return kept


@transaction.atomic
def freeze(
    *,
    roadmap: Roadmap,
    since: date,
    as_of: date,
    stretch: str,
    line: Activity | None,
    kind: str = "progress",
    about: str = "",
    words: str = "",
    on: date,
    by: User,
    at: datetime,
) -> Issue:
    """Make an immutable issue: content with its hash, the papers as an approved document of a line.

    `as_of` is the day of the figures, `on` the day of the issue: a line is fulfilled since `on`.
    `line` is the line of the roadmap that this report fulfils (1.5, 1.6); None leaves it a paper of the roadmap.
    Refused when `since` is after `as_of`, when the words are too long or the own template does not fit.
    """
    Roadmap.objects.select_for_update().get(pk=roadmap.pk)
    asked = Asked(
        programme=roadmap.programme,
        roadmap=roadmap,
        since=since,
        as_of=as_of,
        stretch=stretch,
        about=about,
        words=_checked(words),
        number=Issue.objects.filter(roadmap=roadmap).count() + 1,
    )
    row, report = KINDS[kind], _built(KINDS[kind], asked)
    document = add_document(
        municipality=roadmap.municipality,
        title=f"{title_of(report)} на {day_in_digits(as_of)}"[:300],
        dated_on=on,
        content=file_of(row, report, "docx", place=asked.place),
        file_name=file_name(report, "docx"),
        number=str(asked.number),
        kind=roadmap.programme.document_kinds.filter(code=row.paper).first(),
        activity=line,
        by=by,
        at=at,
        on=on,
    )
    # The PDF is the last one: the latest file of a document is what goes to the portal.
    for ending in ("xlsx", "pdf"):
        content = file_of(row, report, ending, place=asked.place)
        add_version(document=document, content=content, file_name=file_name(report, ending), by=by, at=at)
    approve(document=document, on=on, by=by, at=at)
    return _keep(row, asked, report, document, by, at)


@transaction.atomic
def freeze_region(
    *,
    region: Region,
    programme: Programme,
    since: date,
    as_of: date,
    stretch: str,
    kind: str = "region_progress",
    about: str = "",
    words: str = "",
    by: User,
    at: datetime,
) -> Issue:
    """Make an immutable issue of a region's report. It has no document: papers belong to municipalities.

    Refused when `since` is after `as_of` or the words are too long.
    """
    Region.objects.select_for_update().get(pk=region.pk)
    asked = Asked(
        programme=programme,
        region=region,
        since=since,
        as_of=as_of,
        stretch=stretch,
        about=about,
        words=_checked(words),
        number=Issue.objects.filter(region=region, programme=programme).count() + 1,
    )
    return _keep(KINDS[kind], asked, _built(KINDS[kind], asked), None, by, at)


def _checked(words: str) -> str:
    words = clean(words).strip()
    if len(words) > WORDS_LIMIT:
        raise Refused(f"Слишком длинно: {len(words)} знаков, можно до {WORDS_LIMIT}. Оставьте главное.")
    return words


def _built(kind: ReportKind, asked: Asked) -> Content:
    if asked.since > asked.as_of:
        raise Refused("Начало периода позже его конца. Поправьте даты.")
    report: Content = kind.build(asked)
    return report


def _keep(
    kind: ReportKind, asked: Asked, report: Content, document: Document | None, by: User, at: datetime
) -> Issue:
    text, number = kind.shape.as_text(report), asked.number
    assert number is not None
    issue = Issue.objects.create(
        roadmap=asked.roadmap,
        region=asked.region,
        programme=asked.programme if asked.region else None,
        kind=kind.code,
        about=asked.about,
        stretch=asked.stretch,
        number=number,
        since=asked.since,
        as_of=asked.as_of,
        content=text,
        hash=hash_of(text),
        frozen_at=at,
        frozen_by=by,
        document=document,
    )
    record(issue, "report.frozen", by=by, at=at, number=number, as_of=asked.as_of, hash=issue.hash)
    return issue


def publish_issue(*, issue: Issue, on: date, by: User, at: datetime) -> Publication:
    """Put a frozen issue on the portal."""
    if issue.document is None:
        raise Refused(
            "У выпуска по региону нет документа: его размещает региональный координатор со страницы выпуска."
        )
    return publish(document=issue.document, where=Publication.Where.PORTAL, on=on, by=by, at=at)
