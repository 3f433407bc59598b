"""Deeds with a person's word that a line was done: giving, confirming, withdrawing."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from opora.accounts.models import User
from opora.core.history import day_mark, record
from opora.core.refusal import Refused
from opora.documents.models import Attestation, Document
from opora.documents.rules import SentTwice, refuse_future, said
from opora.plans.models import Activity
from opora.schools.models import School


@transaction.atomic
def attest(
    *,
    activity: Activity,
    words: str,
    happened_on: date,
    school: School | None = None,
    document: Document | None = None,
    is_nothing: bool = False,
    by: User,
    at: datetime,
) -> Attestation:
    """Give one's word that a line was done (or that there is nothing to report); counts once confirmed.

    The history line is about the activity. Refused without words, for a day to come, or a foreign school.
    """
    refuse_future(happened_on, at)
    words = said(words, "Напишите, что сделано и что из этого вышло.")
    municipality_id = activity.roadmap.municipality_id
    if school is not None and school.municipality_id != municipality_id:
        raise Refused("Эта школа из другого муниципалитета.")
    if document is not None and document.municipality_id != municipality_id:
        raise Refused("Этот документ из другого муниципалитета.")
    attestation = Attestation.objects.create(
        activity=activity,
        school=school,
        document=document,
        happened_on=happened_on,
        words=words,
        is_nothing=is_nothing,
        added_by=by,
        added_at=at,
    )
    facts: dict[str, Any] = {"attestation": attestation.pk, "words": words, "happened_on": happened_on}
    record(activity, "word.given", by=by, at=at, school=school.pk if school else None, **facts)
    return attestation


@transaction.atomic
def confirm(
    *, attestation: Attestation, on: date, entered_on: date | None = None, by: User, at: datetime
) -> None:
    """Confirm a person's word: it counts since `on`; `entered_on` marks a confirmation written later than given.

    Refused when it is withdrawn or the day does not fit.
    """
    attestation = _held_word(attestation)
    refuse_future(on, at)
    if attestation.confirmed_on is not None:
        raise SentTwice(attestation)
    if on < attestation.happened_on:
        raise Refused(f"Это было {attestation.happened_on:%d.%m.%Y}: подтвердить раньше этого дня нельзя.")
    attestation.confirmed_on, attestation.confirmed_by = on, by
    attestation.confirmation_entered_on = entered_on
    attestation.save(update_fields=["confirmed_on", "confirmation_entered_on", "confirmed_by"])
    facts = {"attestation": attestation.pk, **day_mark(entered_on)}
    record(attestation.activity, "word.confirmed", by=by, at=at, on=on, **facts)


@transaction.atomic
def withdraw(*, attestation: Attestation, reason: str, on: date, by: User, at: datetime) -> None:
    """Take a word back with a reason; it does not count since `on` and stays to be seen."""
    attestation = _held_word(attestation)
    refuse_future(on, at)
    reason = said(reason, "Напишите, почему слово отзывается.", limit=300)
    if on < attestation.happened_on:
        raise Refused(f"Это было {attestation.happened_on:%d.%m.%Y}: отозвать раньше этого дня нельзя.")
    attestation.withdrawn_on, attestation.withdrawn_reason = on, reason
    attestation.save(update_fields=["withdrawn_on", "withdrawn_reason"])
    facts = {"attestation": attestation.pk, "reason": reason}
    record(attestation.activity, "word.withdrawn", by=by, at=at, on=on, **facts)


def _held_word(attestation: Attestation) -> Attestation:
    held = (
        Attestation.objects.select_for_update(of=("self",)).select_related("activity").get(pk=attestation.pk)
    )
    if held.withdrawn_on is not None:
        raise Refused("Это слово отозвано. Если дело сделано, внесите его заново.")
    return held
