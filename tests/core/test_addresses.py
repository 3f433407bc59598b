"""Addresses that leave the product follow where it is served; names of things in feeds last whatever the address."""

from __future__ import annotations

import ast
from typing import Any

from opora.core.addresses import full_address, installation_name, lasting_name
from tests.house.tree import modules, named, tree_of

JUDGES = {"opora.desk.middleware", "opora.desk.kept_words"}
READERS = {"opora.core.addresses", "opora.config.settings", "opora.config.served"}


def test_a_full_address_is_that_of_the_site(settings: Any) -> None:
    settings.SITE_ADDRESS = "https://opora.example.org"
    assert full_address("/visits/7/") == "https://opora.example.org/visits/7/"


def test_the_name_of_the_installation_lasts_with_its_key_and_not_with_its_address(
    settings: Any,
) -> None:
    first = installation_name()
    settings.SITE_ADDRESS = "https://another.example.org"
    assert installation_name() == first
    settings.SECRET_KEY = "another"
    assert installation_name() != first


def test_a_lasting_name_is_an_urn() -> None:
    assert lasting_name("/open/documents/3/7") == f"urn:opora:{installation_name()}:open:documents:3:7"


def test_nobody_else_makes_addresses() -> None:
    """A brother of its own would forget the port served, or learn a stranger's name from a request."""
    wrong, seen = [], 0
    for path in modules():
        names = {node.attr for node in ast.walk(tree_of(path)) if isinstance(node, ast.Attribute)}
        is_reader = ".".join(path.with_suffix("").parts[-3:]) in READERS
        seen += is_reader and "SITE_ADDRESS" in names
        # Whether a request came from a page of ours is asked of the request alone; no address is made of it.
        asks = ".".join(path.with_suffix("").parts[-3:]) in JUDGES
        if (
            "build_absolute_uri" in names
            or ("get_host" in names and not asks)
            or ("SITE_ADDRESS" in names and not is_reader)
        ):
            wrong.append(named(path))
    assert seen == 2
    assert wrong == []
