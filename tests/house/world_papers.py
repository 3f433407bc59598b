"""Rows of the world that are made of paper: a document whose pages can be seen."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from typing import Any

from PIL import Image

from opora.accounts.models import User
from opora.documents import actions as papers
from opora.schools.models import School

AT = datetime(2022, 9, 1, 9, tzinfo=UTC)
DAY = date(2022, 9, 1)


def paper_rows(school: School, line: Any, coordinator: User) -> dict[str, dict[str, Any]]:
    """An approved document of a school with a drawing inside."""
    kept = io.BytesIO()
    Image.new("RGB", (40, 60), (school.pk % 256, 90, 140)).save(kept, "PNG")
    document = papers.add_document(
        municipality=school.municipality,
        title=f"Снимок, {school.short_name}",
        dated_on=DAY,
        content=kept.getvalue(),
        file_name="снимок.png",
        activity=line,
        school=school,
        by=coordinator,
        at=AT,
        on=DAY,
    )
    papers.approve(document=document, on=DAY, by=coordinator, at=AT)
    return {"page of a document": {"pk": document.pk, "page": 1}}
