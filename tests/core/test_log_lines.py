"""The log of the server: a refusal is one short line, a fault of ours keeps its page of code."""

from __future__ import annotations

import io
import logging
import logging.config
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.appointments.town import Town, browser_of, town

__all__ = ["browser_of", "town"]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the handler of the settings writes."""
    out = io.StringIO()
    lines = settings.LOGGING["handlers"]["console"]
    handler = logging.StreamHandler(out)
    for name in lines["filters"]:
        made: Any = logging.config.BaseConfigurator({}).resolve(settings.LOGGING["filters"][name]["()"])
        handler.addFilter(made())
    logging.getLogger().addHandler(handler)
    yield out
    logging.getLogger().removeHandler(handler)


def test_a_forbidden_page_is_one_line(town: Town, browser_of: Any, log: io.StringIO) -> None:
    assert browser_of(town.curator).get("/people/").status_code == 403
    assert "/people/" in log.getvalue()
    assert "Traceback" not in log.getvalue()
    assert len(log.getvalue().splitlines()) == 1


def test_a_torn_form_with_a_long_boundary_is_a_short_line(db: None, log: io.StringIO) -> None:
    boundary = "x" * 8000
    answer = Client().post("/login/", b"--", content_type=f"multipart/form-data; boundary={boundary}")
    assert answer.status_code == 400
    assert "x" * 500 not in log.getvalue()
    assert "Traceback" not in log.getvalue()


def test_a_long_address_is_cut(db: None, log: io.StringIO) -> None:
    assert Client().get(f"/{'y' * 3000}/").status_code == 404
    assert all(len(line) < 500 for line in log.getvalue().splitlines())


def test_a_fault_of_ours_keeps_its_page(log: io.StringIO) -> None:
    try:
        raise KeyError("x")
    except KeyError:
        logging.getLogger("opora.test").exception("broken")
    assert "Traceback" in log.getvalue()
