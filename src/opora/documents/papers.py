"""What proves lines by paper on a day: documents together with where each was up, in one query."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import F, FilteredRelation, Q

from opora.documents.models import Document
from opora.documents.queries import Proof, Publicity

Papers = tuple[dict[int, list[Proof]], dict[int, list[Publicity]]]


def papers_of(activity_ids: Sequence[int], as_of: date) -> Papers:
    """Documents of many lines and their publications that are up on a day, by line. One query.

    The same as `proofs_of` (the earliest approved first) and `publications_of` (the earliest published first).
    """
    rows = (
        Document.objects.filter(activity__in=activity_ids)
        .filter(Q(approved_on__lte=as_of) | Q(added_on__lte=as_of))
        .annotate(
            up=FilteredRelation(
                "publications",
                condition=Q(publications__published_on__lte=as_of)
                & (Q(publications__taken_down_on=None) | Q(publications__taken_down_on__gt=as_of)),
            )
        )
        .order_by(F("approved_on").asc(nulls_last=True), "pk")
        .values_list(
            "pk", "activity_id", "title", "number", "kind__code", "kind__owed_by", "school_id", "curator_id",
            "added_by_id", "dated_on", "added_on", "approved_on",
            "up__pk", "up__where", "up__address", "up__published_on",
        )
    )  # fmt: skip
    proofs: dict[int, list[Proof]] = {}
    publications: dict[int, list[Publicity]] = {}
    seen: set[int] = set()
    for pk, activity_id, title, number, kind, owed_by, school_id, curator_id, added_by_id, *rest in rows:
        dated_on, added_on, approved_on, up_pk, where, address, published_on = rest
        if pk not in seen:
            seen.add(pk)
            approved_on = approved_on if approved_on is not None and approved_on <= as_of else None
            proofs.setdefault(activity_id, []).append(
                Proof(
                    pk,
                    activity_id,
                    title,
                    number,
                    kind or "",
                    school_id,
                    curator_id,
                    added_by_id,
                    dated_on,
                    added_on,
                    approved_on,
                    approved_on is not None,
                    bool(owed_by),
                )
            )
        if up_pk is not None:
            publications.setdefault(activity_id, []).append(
                Publicity(up_pk, pk, activity_id, title, school_id, curator_id, where, address, published_on)
            )
    for group in publications.values():
        group.sort(key=lambda one: (one.published_on, one.publication_id))
    return proofs, publications
