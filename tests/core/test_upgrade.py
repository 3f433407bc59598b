"""The database is brought up to this version once and then left alone."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection

from opora.core.command import RussianCommand
from opora.core.upgrade import bring_up


@pytest.mark.django_db
def test_a_base_of_this_version_has_no_steps_left() -> None:
    assert bring_up() == 0


@pytest.mark.django_db(transaction=True)
def test_a_base_of_an_older_version_is_brought_up() -> None:
    call_command("migrate", "reports", "zero", verbosity=0)
    before = set(connection.introspection.table_names())
    assert bring_up() >= 1
    added = set(connection.introspection.table_names()) - before
    assert added
    assert {name.split("_")[0] for name in added} == {"reports"}


class _Reader(RussianCommand):
    """A command that reads what no table holds."""

    def handle(self, *arguments: Any, **options: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT number FROM reports_of_nobody")


@pytest.mark.django_db(transaction=True)
def test_a_command_on_a_base_that_is_behind_says_what_to_run(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("migrate", "reports", "zero", verbosity=0)
    with pytest.raises(SystemExit) as ended:
        _Reader().run_from_argv(["opora", "reader"])
    said = capsys.readouterr().err
    bring_up()
    assert ended.value.code == 1
    assert "./opora init" in said
    assert "./opora migrate" in said


@pytest.mark.django_db(transaction=True)
def test_a_fault_of_ours_on_a_base_of_this_version_is_not_called_an_old_base() -> None:
    with pytest.raises(DatabaseError):
        _Reader().run_from_argv(["opora", "reader"])
