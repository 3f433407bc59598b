"""Where an order that is refused as loaded before lies: the link beside the refusal."""

from __future__ import annotations

from opora.core.refusal import Refused
from opora.imports.actions import OpenAlready
from opora.imports.models import ImportDraft
from opora.plans.actions import AdoptedBefore


def page_of(draft: ImportDraft) -> str:
    """The page on which a person goes on with a draft."""
    return f"/imports/{draft.pk}/difference/" if draft.amends_id else f"/imports/{draft.pk}/"


def first_of(refusal: Refused | None) -> tuple[str, str] | None:
    """The address and the words of the link to what the order is already; None for any other refusal."""
    if isinstance(refusal, OpenAlready):
        return page_of(refusal.draft), f"Продолжить проверку «{refusal.draft.file_name}»"
    if isinstance(refusal, AdoptedBefore):
        return f"/roadmaps/{refusal.roadmap.pk}/", f"Открыть карту «{refusal.roadmap.title}»"
    return None
