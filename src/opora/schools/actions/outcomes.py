"""Writing a table of results that a person has looked through, all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from opora.accounts.models import User
from opora.core.history import HistoryLine, record_many
from opora.core.refusal import Refused
from opora.core.russian import counted
from opora.schools.models import Outcome, School
from opora.schools.outcome_plan import PlannedOutcome

_FIELDS = ("pupils", "low_share", "good_share")


def load_outcomes(*, rows: Sequence[PlannedOutcome], file_name: str = "", by: User, at: datetime) -> int:
    """Write the new and changed shares; one line of history a school. The number of shares written."""
    new, old = list[Outcome](), list[Outcome]()
    touched = dict[int, tuple[School, int]]()
    for one in rows:
        row = one.row or Outcome(school=one.school)
        for name, value in one.values.items():
            setattr(row, name, value)
        (new if one.is_new else old).append(row)
        school, count = touched.get(one.school.pk, (one.school, 0))
        touched[one.school.pk] = (school, count + 1)
    source = {"source": file_name} if file_name else {}
    try:
        with transaction.atomic():
            Outcome.objects.bulk_create(new, batch_size=500)
            Outcome.objects.bulk_update(old, _FIELDS, batch_size=200)
            record_many(
                [
                    HistoryLine(
                        school,
                        "outcomes.loaded",
                        {"words": counted(count, "доля", "доли", "долей"), **source},
                    )
                    for school, count in touched.values()
                ],
                by=by,
                at=at,
            )
    except IntegrityError as error:
        raise Refused(
            "Пока вы смотрели таблицу, эти результаты внёс другой человек. Покажите её ещё раз.",
            code="R-CONFLICT",
            status=409,
        ) from error
    return len(rows)
