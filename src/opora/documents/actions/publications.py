"""Deeds with a publication: making an approved document public and taking it down."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from opora.accounts.models import User
from opora.core.history import day_mark, record
from opora.core.refusal import Refused
from opora.documents.models import Document, Publication
from opora.documents.rules import SentTwice, held, refuse_future, said

_validate_address = URLValidator(schemes=["http", "https"])


@transaction.atomic
def publish(
    *,
    document: Document,
    where: str,
    address: str = "",
    on: date,
    entered_on: date | None = None,
    by: User,
    at: datetime,
) -> Publication:
    """Make the latest file of an approved document public: on the portal, or elsewhere at an http(s) address.

    `entered_on` marks a day elsewhere that is written later than it was.
    Refused before approval, when it is there already, when the address is not one, or the day does not fit.
    """
    document = held(document)
    refuse_future(on, at)
    if document.state != Document.State.APPROVED or document.approved_on is None:
        raise Refused("Разместить можно после утверждения.")
    if on < document.approved_on:
        raise Refused(
            f"Документ утверждён {document.approved_on:%d.%m.%Y}: раньше этого дня разместить нельзя."
        )
    address = "" if where == Publication.Where.PORTAL else _checked_address(address)
    if document.publications.filter(where=where, address=address, taken_down_on=None).exists():
        raise SentTwice(document)
    publication = Publication.objects.create(
        document=document,
        version=document.versions.first(),
        where=where,
        address=address,
        published_on=on,
        entered_on=entered_on,
        published_by=by,
    )
    facts = {"where": where, "address": address, **day_mark(entered_on)}
    record(document, "document.published", by=by, at=at, on=on, **facts)
    return publication


@transaction.atomic
def take_down(*, publication: Publication, reason: str, on: date, by: User, at: datetime) -> None:
    """Note that a document is public no more there, and why. Refused without a reason."""
    document = held(publication.document)
    publication = Publication.objects.get(pk=publication.pk)
    refuse_future(on, at)
    reason = said(reason, "Напишите, почему документ снимается с размещения.", limit=300)
    if publication.taken_down_on is not None:
        raise SentTwice(document)
    if on < publication.published_on:
        raise Refused(
            f"Документ размещён {publication.published_on:%d.%m.%Y}: раньше этого дня его не снять."
        )
    publication.taken_down_on, publication.taken_down_reason = on, reason
    publication.save(update_fields=["taken_down_on", "taken_down_reason"])
    facts = {"where": publication.where, "address": publication.address}
    record(document, "document.taken_down", by=by, at=at, on=on, reason=reason, **facts)


def _checked_address(address: str) -> str:
    address = said(address, "Укажите адрес страницы, где размещён документ.", limit=500)
    try:
        _validate_address(address)
    except ValidationError as error:
        raise Refused("Это не адрес страницы. Он начинается с https:// или http://.") from error
    return address
