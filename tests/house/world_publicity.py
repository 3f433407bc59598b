"""Rows of the world that are about publicity: a draft open for proposals, one of them, an address elsewhere."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from opora.accounts.models import User
from opora.documents import actions as papers
from opora.documents.actions.discussions import add_comment, open_discussion
from opora.documents.models import Document
from opora.schools.models import Municipality

AT = datetime(2022, 9, 1, 9, tzinfo=UTC)
DAY = date(2022, 9, 1)


def discussed_rows(town: Municipality, line: Any, coordinator: User) -> dict[str, dict[str, Any]]:
    """A draft of the centre with one proposal to it."""
    draft = papers.add_document(
        municipality=town,
        title=f"Рекомендации, {town.name}",
        dated_on=DAY,
        content=f"Рекомендации: {town.name}".encode(),
        file_name="рекомендации.txt",
        activity=line,
        by=coordinator,
        at=AT,
        on=DAY,
    )
    open_discussion(document=draft, until=date(2022, 12, 31), by=coordinator, at=AT)
    said = add_comment(
        document=draft, version=draft.versions.get(), words="Добавить срок", by=coordinator, at=AT
    )
    return {"discussed": {"pk": draft.pk}, "comment": {"pk": draft.pk, "comment_pk": said.pk}}


def elsewhere_row(document: Document, coordinator: User) -> dict[str, Any]:
    """An approved document that stands at an address elsewhere too."""
    publication = papers.publish(
        document=document,
        where="elsewhere",
        address="https://school.example/500plus/",
        on=DAY,
        by=coordinator,
        at=AT,
    )
    return {"pk": publication.pk}
