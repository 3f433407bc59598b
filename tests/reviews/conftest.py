"""The town of these tests."""

import pytest

from tests.reviews.town import Town, make_town


@pytest.fixture
def town(db: None) -> Town:
    return make_town()
