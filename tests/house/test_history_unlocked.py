"""Emptying the tables between tests does not leave the history unguarded."""

import pytest
from django.db import DatabaseError, connection

from opora.core.models import HistoryEntry


def entry(number: int) -> HistoryEntry:
    """One row of history, written past the chain."""
    return HistoryEntry.objects.create(
        number=number,
        at="2022-09-15T12:00:00Z",
        person_name="",
        verb="probe",
        subject_kind="probe",
        subject_id=1,
        subject_name="",
        previous_hash="",
        hash=str(number),
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", [1, 2])
def test_history_is_empty_and_guarded_before_each_test(time: int) -> None:
    assert not HistoryEntry.objects.exists()
    entry(1)
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_historyentry")
    assert HistoryEntry.objects.count() == 1
