"""Brings the database up to this version of the product; broken off, it goes on where it stopped."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from opora.core.first_schema import is_empty, make_tables


def is_behind() -> bool:
    """Whether the database lacks steps of the schema: it was never made, or belongs to an older version."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def bring_up() -> int:
    """Apply the steps of the schema that are not applied yet and return how many there were."""
    executor = MigrationExecutor(connection)
    steps = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if is_empty():
        make_tables(executor)
    else:
        call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    return steps
