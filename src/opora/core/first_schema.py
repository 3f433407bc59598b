"""An empty base filled at once: the tables as the models are now, instead of the steps by which they came to be so.

Step by step Django draws all models anew before each change, which on an empty base costs more than all the rest of a
first start. What is made here is the very same (a test makes both and compares), and every step is noted as applied.
"""

from __future__ import annotations

from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.migrations import RunPython
from django.db.migrations.executor import MigrationExecutor


def is_empty() -> bool:
    """Whether the base holds no table at all."""
    return not connection.introspection.table_names()


def make_tables(executor: MigrationExecutor) -> None:
    """Make every table with its triggers in one transaction: a base broken off here is as empty as before."""
    steps = executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True)
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            if model._meta.managed and not model._meta.proxy:
                editor.create_model(model)
        # Keys between tables are due before the triggers, which stand on finished tables.
        while editor.deferred_sql:
            editor.execute(editor.deferred_sql.pop(0))
        for step, _ in steps:
            for operation in step.operations:
                # Steps of libraries mend rows of older versions, and there are none.
                if isinstance(operation, RunPython) and type(step).__module__.startswith("opora."):
                    operation.code(apps, editor)  # type: ignore[arg-type]  # -- the models of today are those of the last step
        executor.recorder.ensure_schema()
        for step, _ in steps:
            executor.recorder.record_applied(step.app_label, step.name)
    emit_post_migrate_signal(verbosity=0, interactive=False, db=DEFAULT_DB_ALIAS)
