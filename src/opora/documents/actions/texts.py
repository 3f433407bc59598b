"""What search looks through is kept here: the card at once, the words inside a file as soon as a worker reads it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from opora.core.jobs import task
from opora.documents.inside import text_inside
from opora.documents.models import Document, DocumentText
from opora.documents.searching import tokens

KEPT_LETTERS = 100_000


@transaction.atomic
def index_document(*, document: Document, at: datetime) -> None:
    """Make a document found by its title and number at once, and put down the reading of its file."""
    kept = DocumentText.objects.filter(document=document).first()
    card = tokens(_card_of(document))
    # What was found before stays found until the file is read again.
    before = kept.stems.split() if kept else []
    DocumentText.objects.update_or_create(
        document=document, defaults={"stems": " ".join(dict.fromkeys([*card, *before]))}
    )
    read_later.enqueue(key=f"{document.pk}:{at.isoformat()}", at=at, document=document.pk)


def read_document(*, document: Document) -> bool:
    """Read the latest file in a child process and keep its stems and words; False when it has no text.

    Safe to repeat: the row is derived from the document and its file, and leaves no line of history.
    """
    version = document.versions.select_related("file").first()
    text = text_inside(version)
    with transaction.atomic():
        held = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
        DocumentText.objects.update_or_create(
            document=held,
            defaults={
                "version": version,
                "stems": " ".join(tokens(f"{_card_of(held)}\n{text}")),
                "words": text[:KEPT_LETTERS],
            },
        )
    return bool(text)


@task(title="Чтение документа для поиска")
def read_later(*, document: int) -> None:
    """Read a document's latest file when a worker comes to it; nothing to do when the document is gone."""
    found = Document.objects.filter(pk=document).first()
    if found is not None:
        read_document(document=found)


def _card_of(document: Document) -> str:
    return f"{document.title} {document.number}"
