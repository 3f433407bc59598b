"""A town and browsers of its people for the tests of «Мой день»."""

from __future__ import annotations

import pytest

from tests.indicators.town import Town, make_town


@pytest.fixture
def town(db: None) -> Town:
    return make_town()
