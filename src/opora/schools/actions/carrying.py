"""Schools that go on into the programme of the next year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from opora.accounts.models import User
from opora.core.history import HistoryLine, record_many
from opora.programmes.models import Programme
from opora.schools.models import Participation, School


@transaction.atomic
def carry_over(
    *, schools: Iterable[School], former: Programme, programme: Programme, by: User, at: datetime
) -> int:
    """Let the schools that have not left the former programme take part in the new one; the number of those added."""
    going = Participation.objects.filter(school__in=schools, programme=former, until__isnull=True)
    there = Participation.objects.filter(programme=programme).values("school")
    rows = [
        Participation(school=part.school, programme=programme, since=programme.starts_on, kind=part.kind)
        for part in going.exclude(school__in=there).select_related("school")
    ]
    Participation.objects.bulk_create(rows, batch_size=500)
    record_many(
        [
            HistoryLine(part, "participation.opened", {"since": part.since, "kind": part.kind})
            for part in rows
        ],
        by=by,
        at=at,
    )
    return len(rows)
