"""Makes the database ready for work: all tables of this version and the table of the cache."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from opora.core.upgrade import bring_up


def prepare_database() -> int:
    """Make the data folder and bring the database to this version; return how many steps that took.

    Safe to run before every start: nothing is done when everything is in place.
    """
    Path(settings.DATA).mkdir(parents=True, exist_ok=True)
    return bring_up()
