"""The database is brought up to this version once and then left alone."""

import pytest
from django.core.management import call_command
from django.db import connection

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
