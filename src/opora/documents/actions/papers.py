"""Deeds with a paper: entering, new files, signature, the card, approval."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from opora.accounts.models import User
from opora.core.examination import kind_examined
from opora.core.filetypes import clean_name, kind_of_signature
from opora.core.history import day_mark, record
from opora.core.refusal import Refused
from opora.core.refused_files import at_door
from opora.core.russian import counted
from opora.core.uploads import store
from opora.documents.actions.texts import index_document
from opora.documents.card import Card, card_of, checked, fields_of, mark_of
from opora.documents.discussions import open_comments
from opora.documents.models import Document, Version
from opora.documents.rules import SentTwice, create_once, held, refuse_future, refuse_second, said
from opora.plans.models import Activity
from opora.programmes.models import DocumentKind, RiskFactor
from opora.schools.models import Municipality, School


@transaction.atomic
def add_document(
    *,
    municipality: Municipality,
    title: str,
    dated_on: date,
    content: bytes,
    file_name: str,
    number: str = "",
    kind: DocumentKind | None = None,
    activity: Activity | None = None,
    school: School | None = None,
    curator: User | None = None,
    factor: RiskFactor | None = None,
    audience: str = Document.Audience.PLACE,
    storage_term: str = "",
    form_key: UUID | None = None,
    by: User,
    at: datetime,
    on: date,
) -> Document:
    """Enter a paper with its first file. It is «заявлено» since `on`, and counts once approved.

    Refused when the file is not acceptable (F-…), there is no title, a day has not come yet, or the line or
    the school is of another municipality; SentTwice when a form with this key has been saved.
    """
    refuse_second(Document, form_key)
    card = Card(
        title=title,
        dated_on=dated_on,
        number=number,
        kind=kind,
        activity=activity,
        school=school,
        curator=curator,
        factor=factor,
        audience=audience,
        storage_term=storage_term,
    )
    card = checked(card, municipality, at)
    refuse_future(on, at)
    file_kind = kind_examined(content, file_name)

    # The file first: a row never names bytes that are not on the disk.
    file = store(content, kind=file_kind, at=at)
    document = create_once(
        Document,
        form_key,
        lambda: Document.objects.create(
            municipality=municipality, **fields_of(card), added_on=on, added_by=by, form_key=form_key
        ),
    )
    name = clean_name(file_name, file_kind)
    Version.objects.create(document=document, number=1, file=file, name=name, added_at=at, added_by=by)
    record(document, "document.added", by=by, at=at, file=name, sha256=file.sha256, on=on)
    index_document(document=document, at=at)
    return document


@transaction.atomic
def add_version(*, document: Document, content: bytes, file_name: str, by: User, at: datetime) -> Version:
    """Put a corrected file beside the earlier ones, which stay. The same bytes again change nothing.

    Refused when the document is approved: what was approved is not swapped.
    """
    document = held(document)
    if document.state == Document.State.APPROVED:
        raise Refused("Документ утверждён. Чтобы заменить файл, сначала отзовите утверждение.")
    file_kind = kind_examined(content, file_name)
    latest = document.versions.select_related("file").first()
    if latest is not None and latest.file.sha256 == hashlib.sha256(content).hexdigest():
        raise SentTwice(latest)
    name = clean_name(file_name, file_kind)
    version = Version.objects.create(
        document=document,
        number=latest.number + 1 if latest else 1,
        file=store(content, kind=file_kind, at=at),
        name=name,
        added_at=at,
        added_by=by,
    )
    record(document, "document.version_added", by=by, at=at, file=name, number=version.number)
    index_document(document=document, at=at)
    return version


@transaction.atomic
def add_signature(*, version: Version, content: bytes, file_name: str, by: User, at: datetime) -> None:
    """Put a detached signature beside a file (63-ФЗ); neither is ever rewritten. Refused when it is there."""
    document = held(version.document)
    version = Version.objects.get(pk=version.pk)
    if version.signature is not None:
        raise Refused("У этого файла уже есть подпись: подписанное не переписывается.")
    with at_door(content):
        kind = kind_of_signature(content, file_name)
    version.signature = store(content, kind=kind, at=at)
    version.save(update_fields=["signature"])
    record(document, "document.signed", by=by, at=at, number=version.number)


@transaction.atomic
def change_card(*, document: Document, card: Card, seen: str = "", by: User, at: datetime) -> Document:
    """Correct what is written about a document. `seen` is `mark_of` the card that the person saw.

    Refused when the document is approved, or (R-CONFLICT, 409) when the card has changed since it was seen.
    """
    document = held(document)
    if document.state == Document.State.APPROVED:
        raise Refused("Документ утверждён. Чтобы поправить карточку, сначала отзовите утверждение.")
    before = card_of(document)
    if seen and seen != mark_of(before):
        raise Refused(
            "Пока вы правили, запись изменил другой человек. Ниже обе версии.", code="R-CONFLICT", status=409
        )
    fields = fields_of(checked(card, document.municipality, at))
    changed = {name: value for name, value in fields.items() if getattr(document, name) != value}
    if not changed:
        return document
    was = {f"was_{name}": getattr(document, name) for name in changed}
    for name, value in changed.items():
        setattr(document, name, value)
    document.save(update_fields=list(changed))
    record(document, "document.changed", by=by, at=at, **changed, **was)
    index_document(document=document, at=at)
    return document


@transaction.atomic
def send_for_approval(*, document: Document, by: User, at: datetime, on: date) -> None:
    """Ask the centre to look at a document since a day. Refused when it is already sent or approved."""
    document = held(document)
    refuse_future(on, at)
    if document.state == Document.State.SENT:
        raise SentTwice(document)
    if document.state == Document.State.APPROVED:
        raise Refused("Документ уже утверждён: отправлять его не нужно.")
    document.state, document.sent_on, document.returned_on = Document.State.SENT, on, None
    document.save(update_fields=["state", "sent_on", "returned_on"])
    record(document, "document.sent", by=by, at=at, on=on)


@transaction.atomic
def approve(
    *,
    document: Document,
    on: date,
    entered_on: date | None = None,
    is_open_left: bool = False,
    by: User,
    at: datetime,
) -> None:
    """Approve a document: it counts since `on`. May be done without sending it first.

    `entered_on` marks an approval that is written later than it was given.
    Refused when the day has not come, there is no file, it is waiting for an answer to a question, or proposals are
    not settled and `is_open_left` does not say that the person knows.
    """
    document = held(document)
    refuse_future(on, at)
    if document.state == Document.State.APPROVED:
        raise SentTwice(document)
    if document.state == Document.State.RETURNED:
        raise Refused("Документ вернулся с вопросом. Утвердить можно, когда его отправят снова.")
    if not document.versions.exists():
        raise Refused("У документа нет файла. Утвердить можно, когда файл будет приложен.")
    waiting = open_comments(document).count()
    if waiting and not is_open_left:
        words = counted(waiting, "предложение", "предложения", "предложений")
        raise Refused(f"Не разобрано: {words}. Разберите их или отметьте, что утверждаете так.")
    if entered_on is not None and on < document.dated_on:
        raise Refused(f"На документе стоит {document.dated_on:%d.%m.%Y}: утвердить раньше этого дня нельзя.")
    document.state, document.approved_on, document.approved_by = Document.State.APPROVED, on, by
    document.approval_entered_on = entered_on
    document.save(update_fields=["state", "approved_on", "approval_entered_on", "approved_by"])
    record(document, "document.approved", by=by, at=at, on=on, **day_mark(entered_on))


@transaction.atomic
def return_with_question(*, document: Document, question: str, on: date, by: User, at: datetime) -> None:
    """Give a document back with what has to be answered. Refused without words or when approved."""
    document = held(document)
    refuse_future(on, at)
    question = said(question, "Напишите вопрос: что поправить или уточнить.")
    if document.state == Document.State.APPROVED:
        raise Refused("Документ утверждён. Чтобы вернуть его с вопросом, сначала отзовите утверждение.")
    if document.state == Document.State.RETURNED and document.question == question:
        raise SentTwice(document)
    document.state, document.returned_on, document.question = Document.State.RETURNED, on, question
    document.save(update_fields=["state", "returned_on", "question"])
    record(document, "document.returned", by=by, at=at, on=on, question=question)


@transaction.atomic
def recall_approval(*, document: Document, reason: str, by: User, at: datetime) -> None:
    """Take an approval back with a reason; the document is a draft again and does not count on any day.

    Refused when it is not approved or is published now.
    """
    document = held(document)
    reason = said(reason, "Напишите, почему утверждение отзывается.", limit=300)
    if document.state != Document.State.APPROVED:
        raise Refused("Документ не утверждён: отзывать нечего.")
    if document.publications.filter(taken_down_on=None).exists():
        raise Refused("Документ размещён. Отозвать утверждение можно после снятия с размещения.")
    was = document.approved_on
    document.state, document.approved_on, document.approved_by = Document.State.DRAFT, None, None
    document.sent_on = document.returned_on = document.approval_entered_on = None
    document.save(
        update_fields=["state", "approved_on", "approval_entered_on", "approved_by", "sent_on", "returned_on"]
    )
    record(document, "document.approval_recalled", by=by, at=at, reason=reason, was_approved_on=was)
