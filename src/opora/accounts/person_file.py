"""Everything kept of one person as one file: a zip with a page to read and the same for a machine."""

from __future__ import annotations

from datetime import datetime

from django.template.loader import render_to_string

from opora.accounts.models import User
from opora.accounts.person_data import as_json, data_of
from opora.core.archive import Entry, archive_of


def person_file(person: User, at: datetime) -> bytes:
    """The bytes of the zip (152-ФЗ, article 14: within the term of the law; made at once)."""
    told = data_of(person, at)
    page = render_to_string("accounts/person_file.html", {"told": told})
    return b"".join(
        archive_of(
            [Entry("данные.html", page.encode()), Entry("данные.json", as_json(told).encode())],
        )
    )
