"""The answers of a collection as they were on a day: the latest of each, nameless ones in an order that tells nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from opora.accounts.models import User
from opora.questionnaires.models import Collection, Submission

# Two looks at nameless answers on different days must differ by so many, or the days would tell who said what.
FEWEST_BETWEEN = 5


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

    One query, two for a nameless collection.
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


def _nameless(collection: Collection, as_of: date) -> list[Answered]:
    rows = Submission.objects.filter(collection=collection)
    last = last_shown(sorted(rows.values_list("submitted_on", flat=True)), as_of)
    if last is None:
        return []
    told = rows.filter(submitted_on__lte=last).values_list("data", flat=True)
    return [Answered(one) for one in sorted(told.order_by(), key=_shuffled)]


def last_shown(days: Sequence[date], as_of: date) -> date | None:
    """Up to which day nameless answers are shown to one who looks at a day; `days` are all of them, in order.

    All are shown to one who looks at the last day or later. One who looks at an earlier day sees a part of them that
    differs by at least `FEWEST_BETWEEN` from every other part and from the whole: from two looks nobody is told.
    """
    if not days or as_of < days[0]:
        return None
    if as_of >= days[-1]:
        return days[-1]
    shown: date | None = None
    before = 0
    for day in sorted(set(days)):
        if day > as_of:
            break
        count = sum(one <= day for one in days)
        if count - before >= FEWEST_BETWEEN and len(days) - count >= FEWEST_BETWEEN:
            shown, before = day, count
    return shown


def _shuffled(data: dict[str, Any]) -> str:
    """The same order for the same answers, whenever they came."""
    return hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
