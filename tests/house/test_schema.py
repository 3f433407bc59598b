"""The schema follows the models: no migration is missing, and the checks of Django are content."""

import pytest
from django.core.checks import run_checks
from django.core.management import call_command


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_django_finds_no_fault() -> None:
    # The run itself puts a raising object where templates keep the words for a missing variable.
    assert [fault for fault in run_checks() if fault.id != "templates.E002"] == []


@pytest.mark.django_db
def test_every_room_with_tables_has_its_first_migration() -> None:
    from django.apps import apps
    from django.db.migrations.loader import MigrationLoader

    migrated = MigrationLoader(None).migrated_apps
    with_tables = {
        room.label
        for room in apps.get_app_configs()
        if room.name.startswith("opora.") and list(room.get_models())
    }
    assert len(with_tables) > 6
    assert with_tables <= migrated
