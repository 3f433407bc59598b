"""A base that is made at once is the same as one that came to be step by step, on either engine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.core.installation import empty_place

TOLD = """
import json, django
django.setup()
from django.db import connection
from django.core.management import call_command
from django.conf import settings
from opora.core.upgrade import bring_up, is_behind
OURS = tuple(f"{{room}}_" for room in settings.ROOMS)
if {at_once}:
    bring_up()
else:
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
assert not is_behind()
look, told = connection.introspection, {{}}
with connection.cursor() as cursor:
    for table in look.table_names(cursor):
        # Libraries have named their indexes by other rules in steps of long ago; the names say nothing.
        columns = [(one.name, str(one.type_code), one.null_ok, str(one.default), one.collation)
            for one in look.get_table_description(cursor, table)]
        bounds = [[table.startswith(OURS) and name, sorted(map(str, one.items()))]
            for name, one in look.get_constraints(cursor, table).items()]
        told[table] = [sorted(columns, key=str), sorted(bounds, key=str)]
    cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname, tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal")
    told["triggers"] = sorted(map(list, cursor.fetchall()))
    for table in ("django_content_type", "auth_permission", "django_migrations"):
        cursor.execute(f"SELECT count(*) FROM {{table}}")
        told[f"rows of {{table}}"] = cursor.fetchone()[0]
print(json.dumps(told))
"""

# Nobody here is in a group: the two ways of Django itself give the numbers of this table another width.
UNUSED = {"auth_group_permissions"}


def schema(folder: Path, *, at_once: bool) -> dict[str, Any]:
    with empty_place(folder) as place:
        process = place.python(TOLD.format(at_once=at_once))
        said, _ = process.communicate()
        assert process.returncode == 0
        return dict(json.loads(said))


@pytest.mark.django_db
def test_a_base_made_at_once_is_the_one_made_step_by_step(tmp_path: Path) -> None:
    at_once, by_steps = schema(tmp_path / "a", at_once=True), schema(tmp_path / "b", at_once=False)
    assert len(at_once) > 80
    assert at_once.keys() == by_steps.keys()
    differing = {name for name, told in at_once.items() if told != by_steps[name]}
    assert differing <= UNUSED
