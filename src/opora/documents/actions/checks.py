"""Deeds with a look at a publication elsewhere: what the product saw, what a person saw with own eyes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from opora.accounts.models import User
from opora.core.history import record
from opora.core.refusal import Refused
from opora.core.russian import clean
from opora.documents.models import Publication, PublicationCheck

_MOST_WORDS = 300


@transaction.atomic
def note_look(*, publication: Publication, outcome: str, words: str, at: datetime) -> PublicationCheck:
    """Keep what the product saw at the address; a line of history only when it is not what was seen before.

    Refused when the publication is taken down or stands on the portal.
    """
    publication = _held(publication)
    before = publication.checks.first()
    check = PublicationCheck.objects.create(
        publication=publication, checked_at=at, outcome=outcome, words=clean(words)[:_MOST_WORDS]
    )
    if before is None or before.outcome != outcome:
        told = f"{check.get_outcome_display()} ({publication.address})"
        record(publication.document, "document.page_checked", by=None, at=at, words=told, outcome=outcome)
    return check


@transaction.atomic
def note_seen(
    *, publication: Publication, outcome: str, words: str, by: User, at: datetime
) -> PublicationCheck:
    """Keep what a person saw at the address; for this the product need not ask anything.

    Refused when the publication is taken down or stands on the portal.
    """
    publication = _held(publication)
    check = PublicationCheck.objects.create(
        publication=publication,
        checked_at=at,
        outcome=outcome,
        words=clean(words).strip()[:_MOST_WORDS],
        checked_by=by,
    )
    told = f"{check.get_outcome_display()} ({publication.address})"
    record(publication.document, "document.page_seen", by=by, at=at, words=told, outcome=outcome)
    return check


def _held(publication: Publication) -> Publication:
    held = (
        Publication.objects.select_for_update(of=("self",)).select_related("document").get(pk=publication.pk)
    )
    if held.where != Publication.Where.ELSEWHERE:
        raise Refused("Это размещение на портале: проверять адрес не нужно.")
    if held.taken_down_on is not None:
        raise Refused("Документ снят с этого адреса: проверять его больше не нужно.")
    return held
