"""The ground of the tests of loading an order."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from opora.imports.actions import make_draft
from opora.imports.models import ImportDraft
from tests.imports.ground import NOW, Ground, draft, make_ground


@pytest.fixture
def ground(db: None) -> Ground:
    return make_ground()


@pytest.fixture
def coordinator(ground: Ground, client: Client) -> Client:
    client.force_login(ground.coordinator)
    return client


def open_draft(ground: Ground, content: dict[str, Any] | None = None, **changes: Any) -> ImportDraft:
    """A draft as it stands right after a file was read."""
    given: dict[str, Any] = {
        "municipality": ground.municipality,
        "programme": ground.programme,
        "read": content or draft(),
        "data": b"the order",
        "kind": "docx",
        "file_name": "Приказ.docx",
        "by": ground.coordinator,
        "at": NOW,
    }
    return make_draft(**(given | changes))


def address(waiting: ImportDraft, *rest: str) -> str:
    return "/".join(("/imports", str(waiting.pk), *rest, ""))
