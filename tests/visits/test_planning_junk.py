"""Addresses of the plan with words and numbers that name nothing: a page or «missing», never a broken server."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.visits.town import make_visited_town, plan

pytestmark = pytest.mark.django_db
PAGES = (
    "/visits/", "/visits/plan/", "/visits/plan/add/", "/visits/plan/propose/", "/visits/schedule/",
    "/visits/schedule/keep/", "/account/calendar/",
)  # fmt: skip
NAMES = ("stage", "curator", "school", "month", "state", "show", "each", "day", "page")


@pytest.mark.parametrize(
    "value", ["\x00", "-1", "²", "9" * 25, "999999999", "2022-99-99", "9999-12-31", "0001-01", "ы" * 3000]
)
def test_junk_in_an_address_breaks_nothing(value: str) -> None:
    town = make_visited_town()
    plan(town)
    client = Client()
    client.force_login(town.coordinator)
    for page in PAGES:
        for told in (dict.fromkeys(NAMES, value), *({name: value} for name in NAMES)):
            assert client.get(page, told).status_code in {200, 404}, (page, told)


@pytest.mark.parametrize("value", ["\x00", "9" * 25, "x-y", "-"])
def test_junk_in_a_form_plans_nothing(value: str) -> None:
    town = make_visited_town()
    client = Client()
    client.force_login(town.coordinator)
    for page in ("/visits/plan/add/", "/visits/plan/propose/", "/account/calendar/"):
        told = dict.fromkeys(
            ("school", "curator", "day", "starts_at", "how", "on", "row", "take", "feed", "deed"), value
        )
        assert client.post(page, told).status_code in {404, 422}, page
