"""The history of deeds: append-only, each entry chained to the one before it by a keyed hash (HMAC-SHA-256).

The key lies in the data folder, not in the base: whoever holds the base alone cannot write the chain anew. What was the
last entry on a day is kept outside the base too (`core.heads`), so that a tail cut off is seen.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol

from django.conf import settings
from django.db import connection, models, transaction

from opora.core.heads import Head, kept_heads
from opora.core.models import HistoryEntry
from opora.core.presses import claim

# One number for the whole installation: writers of the chain take turns under it on PostgreSQL.
CHAIN_LOCK = 500_2022
FIRST_HASH = "0" * 64
# What a page shows instead of the name of a person whose data were erased (decision 10).
ERASED_NAME = "Данные удалены"
_ERASED = "person.erased"


class Person(Protocol):
    """Whoever did the deed: a row with a number and a name."""

    pk: Any

    def __str__(self) -> str: ...


class HistoryLine(NamedTuple):
    """One of many lines of history that are written at once."""

    subject: models.Model
    verb: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the chain does not hold."""

    number: int
    words: str


def record(
    subject: models.Model, verb: str, *, by: Person | None, at: datetime, **facts: Any
) -> HistoryEntry:
    """Add one line of history inside the current transaction. `by` is None for the product itself."""
    return record_many([HistoryLine(subject, verb, facts)], by=by, at=at)[0]


def record_many(deeds: Iterable[HistoryLine], *, by: Person | None, at: datetime) -> list[HistoryEntry]:
    """Add a line of history for each deed, in order, in a handful of queries.

    PressedTwice when the form that asks for the deed has been answered already.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("history is written in the same transaction as the deed")
    claim()
    _take_turn()
    last = HistoryEntry.objects.order_by("-number").values_list("number", "hash").first()
    number, previous = (last[0] + 1, last[1]) if last else (1, FIRST_HASH)
    entries = []
    for subject, verb, facts in deeds:
        entry = HistoryEntry(
            number=number,
            at=at,
            person_id=by.pk if by is not None else None,
            person_name=str(by) if by is not None else "Опора",
            verb=verb,
            subject_kind=subject._meta.label_lower,
            subject_id=subject.pk,
            subject_name=str(subject)[:500],
            facts=json.dumps(dict(facts), ensure_ascii=False, sort_keys=True, default=_plain),
            previous_hash=previous,
        )
        entry.hash = hash_of(entry)
        entries.append(entry)
        number, previous = number + 1, entry.hash
    return HistoryEntry.objects.bulk_create(entries, batch_size=500)


def day_mark(entered_on: date | None) -> dict[str, date]:
    """The fact that a deed is written later than it was done, for `record`; nothing for a deed of its own day."""
    return {} if entered_on is None else {"entered_on": entered_on}


def hash_of(entry: HistoryEntry) -> str:
    """HMAC-SHA-256 under the key of the installation over everything the entry says and the hash of the one before."""
    said = [
        entry.number,
        entry.at.timestamp().hex(),
        entry.person_id,
        entry.person_name,
        entry.verb,
        entry.subject_kind,
        entry.subject_id,
        entry.subject_name,
        entry.facts,
        entry.previous_hash,
    ]
    key = str(settings.HISTORY_KEY).encode()
    return hmac.new(key, json.dumps(said, ensure_ascii=False).encode(), hashlib.sha256).hexdigest()


def breaks() -> Iterator[Break]:
    """Every place where the chain does not hold or is not what was kept outside the base; nothing when it is whole."""
    expected, previous = 1, FIRST_HASH
    heads = kept_heads()
    for entry in HistoryEntry.objects.order_by("number").iterator(chunk_size=2000):
        if entry.number != expected:
            yield Break(entry.number, f"нет записей с {expected} по {entry.number - 1}")
        elif entry.previous_hash != previous:
            yield Break(entry.number, "не продолжает предыдущую запись")
        if entry.hash != hash_of(entry):
            yield Break(entry.number, "содержание изменено")
        for head in heads.pop(entry.number, ()):
            if head.hash != entry.hash:
                yield Break(entry.number, f"не та запись, что стояла последней {head.day:%d.%m.%Y}")
        expected, previous = entry.number + 1, entry.hash
    for number in sorted(heads):
        yield Break(number, f"записи нет, а {heads[number][0].day:%d.%m.%Y} она стояла последней")


def last_head(*, on: date) -> Head | None:
    """The entry that stands last now, as it is kept outside the base under the day; None while there is none."""
    last = HistoryEntry.objects.order_by("-number").values_list("number", "hash").first()
    return Head(on, *last) if last else None


def history_of(subject: models.Model, *, limit: int = 50) -> list[HistoryEntry]:
    """The latest entries about one row, newest first."""
    entries = HistoryEntry.objects.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk)
    return nameless(entries.order_by("-number"), limit=limit)


def nameless(entries: models.QuerySet[HistoryEntry], *, limit: int) -> list[HistoryEntry]:
    """Entries to be shown: people whose data were erased since have no name in them. The same single query.

    The rows themselves are never changed: the chain holds what was said at the time, for whoever may ask by law.
    """
    erased = HistoryEntry.objects.filter(verb=_ERASED, subject_kind="accounts.user")
    found = entries.annotate(
        is_by_erased=models.Exists(erased.filter(subject_id=models.OuterRef("person_id"))),
        is_about_erased=models.Exists(
            erased.filter(
                subject_id=models.OuterRef("subject_id"), subject_kind=models.OuterRef("subject_kind")
            )
        ),
    )[:limit]
    shown: list[HistoryEntry] = []
    for entry in found:
        if entry.is_by_erased:
            entry.person_name = ERASED_NAME
        if entry.is_about_erased:
            entry.subject_name, entry.facts = ERASED_NAME, "{}"
        shown.append(entry)
    return shown


def _take_turn() -> None:
    # On SQLite the transaction is IMMEDIATE: it already holds the only write lock.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)
