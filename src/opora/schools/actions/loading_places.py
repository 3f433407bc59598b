"""Writing a whole list of municipalities that a person has looked through, all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from opora.accounts.models import User
from opora.core.history import HistoryLine, record_many
from opora.core.refusal import Refused
from opora.schools.actions.places import REQUISITES
from opora.schools.models import Municipality
from opora.schools.place_plan import PlannedMunicipality


def load_municipalities(
    *, rows: Sequence[PlannedMunicipality], file_name: str = "", by: User, at: datetime
) -> int:
    """Write the new and changed municipalities of a list; the number of rows written.

    Refused when somebody entered one of them while the list was being looked through.
    """
    source = {"source": file_name} if file_name else {}
    new, old, deeds = list[Municipality](), list[Municipality](), list[HistoryLine]()
    for row in rows:
        municipality = row.municipality
        for name, value in row.values.items():
            setattr(municipality, name, value)
        if row.is_new:
            municipality.pk = None
            municipality.place = municipality.place or municipality.name[:150]
            new.append(municipality)
        else:
            old.append(municipality)
            before = {one.field: one.was for one in row.changes}
            deeds.append(HistoryLine(municipality, "municipality.changed", {"before": before, **source}))
    try:
        with transaction.atomic():
            Municipality.objects.bulk_create(new, batch_size=500)
            Municipality.objects.bulk_update(old, REQUISITES, batch_size=100)
            added = [HistoryLine(one, "municipality.added", source) for one in new]
            record_many([*added, *deeds], by=by, at=at)
    except IntegrityError as error:
        raise Refused(
            "Пока вы смотрели список, один из муниципалитетов внёс другой человек. Покажите список ещё раз.",
            code="R-CONFLICT",
            status=409,
        ) from error
    return len(rows)
