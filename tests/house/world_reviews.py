"""Rounds of review of the world: a town's sample with a document of each school, and an examination of its expert."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from PIL import Image

from opora.accounts.models import User
from opora.documents import actions as papers
from opora.programmes.models import DocumentKind, Programme
from opora.reviews.actions import RoundTold, ask_expert, draw_sample, make_round, set_criteria
from opora.reviews.models import Round
from opora.reviews.population import preview_of
from opora.reviews.starting import OTHER
from opora.schools.models import School

AT = datetime(2022, 9, 1, 9, tzinfo=UTC)
DAY = date(2022, 9, 1)


def reviewed(
    programme: Programme, schools: dict[str, School], coordinator: User, expert: User
) -> dict[tuple[str, str], dict[str, Any]]:
    """The rows of a town: its round under the first relation, the document of each school under its own."""
    relation, town = next(iter(schools)), next(iter(schools.values())).municipality
    kind, _ = DocumentKind.objects.get_or_create(
        programme=programme, code="concept", defaults={"name": "Концепция", "position": 90}
    )
    for school in schools.values():
        _concept(school, kind, coordinator)
    told = RoundTold(title="Экспертиза концепций", kinds=(kind,), size_value=Decimal(100))
    row = make_round(place=town, programme=programme, told=told, seed="семь опор", by=coordinator, at=AT)
    set_criteria(review=row, criteria=OTHER.criteria, by=coordinator, at=AT)
    draw_sample(review=row, seen=preview_of(row, DAY).mark, on=DAY, by=coordinator, at=AT)
    rows: dict[tuple[str, str], dict[str, Any]] = {
        ("round", relation): {"pk": row.pk},
        ("protocol", relation): {"pk": row.pk, "ending": "docx"},
    }
    for near, school in schools.items():
        rows |= _asked(row, near, school, expert, coordinator, is_first=near == relation)
    return rows


def _asked(
    row: Round, near: str, school: School, expert: User, coordinator: User, *, is_first: bool
) -> dict[tuple[str, str], dict[str, Any]]:
    sampled = row.sampled.get(document__school=school)
    asked = ask_expert(sampled=sampled, expert=expert, on=DAY, by=coordinator, at=AT)
    rows: dict[tuple[str, str], dict[str, Any]] = {
        ("sampled", near): {"pk": sampled.pk},
        ("examination led", near): {"pk": asked.pk},
    }
    if is_first:
        rows["examination", near] = {"pk": asked.pk}
        rows["examined page", near] = {"pk": asked.pk, "page": 1}
    return rows


def _concept(school: School, kind: DocumentKind, coordinator: User) -> None:
    """An approved concept of a school with a drawing inside, so that its pages can be seen."""
    kept = io.BytesIO()
    Image.new("RGB", (40, 60), (school.pk % 256, 10, 140)).save(kept, "PNG")
    document = papers.add_document(
        municipality=school.municipality,
        title=f"Концепция, {school.short_name}",
        dated_on=DAY,
        content=kept.getvalue(),
        file_name="концепция.png",
        kind=kind,
        school=school,
        by=coordinator,
        at=AT,
        on=DAY,
    )
    papers.approve(document=document, on=DAY, by=coordinator, at=AT)
