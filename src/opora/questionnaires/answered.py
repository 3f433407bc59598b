"""The answers of a collection as they were on a day: the latest of each, nameless ones in an order that tells nothing."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from opora.accounts.models import User
from opora.questionnaires.models import Collection, Submission


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer; of a nameless one only what was said is known."""

    data: dict[str, Any]
    respondent_id: int | None = None
    school_id: int | None = None
    name: str = ""
    submitted_on: date | None = None
    accepted_on: date | None = None


def answered_by(collection: Collection, as_of: date) -> list[Answered]:
    """The answers known on a day, by school or person; those who had nothing to tell are not among them.

    Nameless ones are seen once the collection is closed. At most one query.
    """
    if collection.is_anonymous:
        return _nameless(collection, as_of)
    rows = (
        Submission.objects.filter(
            collection=collection, submitted_on__lte=as_of, respondent__is_nothing=False
        )
        .order_by("respondent__school__number", "respondent__school__folded_name", "respondent", "number")
        .values_list(
            "respondent_id", "respondent__school_id", "respondent__school__short_name",
            "respondent__person__last_name", "respondent__person__first_name",
            "respondent__person__middle_name", "submitted_on", "respondent__accepted_on", "data",
        )
    )  # fmt: skip
    latest = {}
    for pk, school, short_name, last, first, middle, handed, accepted, data in rows:
        name = short_name or User(last_name=last, first_name=first, middle_name=middle).short_name
        known = accepted if accepted is not None and accepted <= as_of else None
        latest[pk] = Answered(data, pk, school, name, handed, known)
    return list(latest.values())


def waits_for_closing(collection: Collection, as_of: date) -> bool:
    """Whether nameless answers are not to be looked at yet.

    While answers come in, two looks and the list of those who have answered would tell what the last one said.
    """
    is_closed = collection.closed_on is not None and collection.closed_on <= as_of
    return collection.is_anonymous and not is_closed


def _nameless(collection: Collection, as_of: date) -> list[Answered]:
    if waits_for_closing(collection, as_of):
        return []
    told = Submission.objects.filter(collection=collection).values_list("data", flat=True)
    return [Answered(one) for one in sorted(told.order_by(), key=_shuffled)]


def _shuffled(data: dict[str, Any]) -> str:
    """The same order for the same answers, whenever they came."""
    return hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
