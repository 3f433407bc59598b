"""Everything that reads drafts of orders: who sees which, and whether a file was loaded before."""

from __future__ import annotations

from django.db.models import QuerySet

from opora.appointments.queries import Access
from opora.core.models import StoredFile
from opora.imports.models import ImportDraft
from opora.plans.models import Roadmap
from opora.schools.models import Municipality


def drafts_seen_by(access: Access) -> QuerySet[ImportDraft]:
    """The drafts of the own centre, newest first, with everything a page names."""
    return ImportDraft.objects.filter(municipality__in=access.municipality_ids).select_related(
        "municipality", "programme", "amends", "file", "made_by", "changed_by", "roadmap"
    )


def open_draft_with(
    file: StoredFile, municipality: Municipality, amends: Roadmap | None
) -> ImportDraft | None:
    """The draft in which the same file waits for review."""
    return ImportDraft.objects.filter(
        file=file, municipality=municipality, amends=amends, state=ImportDraft.State.OPEN
    ).first()


def adopted_with(file: StoredFile, municipality: Municipality) -> Roadmap | None:
    """The roadmap that the same file has become in this municipality."""
    return Roadmap.objects.filter(file=file, municipality=municipality).order_by("pk").first()
