"""Keeping a list on the server until its giver agrees; the deed itself is told by the list that is written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from opora.accounts.models import User
from opora.schools.models import ListDraft

KEPT = timedelta(days=1)


@transaction.atomic
def keep_list(
    *, subject: str, content: Mapping[str, Any], file_name: str = "", by: User, at: datetime
) -> ListDraft:
    """Keep what was read for a day. Lists of this person that are older go away."""
    ListDraft.objects.filter(made_by=by, made_at__lt=at - KEPT).delete()
    return ListDraft.objects.create(
        subject=subject, content=dict(content), file_name=file_name[:300], made_at=at, made_by=by
    )
