"""What holds for every test: no silent skips, one browser, one engine at a time."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings

from opora.console.test import browser, proxy
from tests.quiet import wait_until_quiet

CHROMIUM = browser()
NGINX = proxy()
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_reset_sequences", "admin_client"}

# The same examples on every machine: a red run can be repeated. A busy machine's clock is not a property.
settings.register_profile(
    "house", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("deep", deadline=None, max_examples=2000)
_numbers = itertools.count()
settings.load_profile(os.environ.get("OPORA_HYPOTHESIS", "house"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Two switches of `./opora test`."""
    parser.addoption("--forbid-skips", action="store_true", help="a skipped or expected failure is a failure")
    parser.addoption(
        "--only-database", action="store_true", help="only tests that ask the database, without a browser"
    )


def pytest_configure() -> None:
    """Playwright keeps an event loop in the thread of the test, where Django would refuse the base."""
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what this run cannot or need not do; `./opora test` tells it by name."""
    out = [item for item in items if is_left_out(config, item)]
    if out:
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if item not in out]


def is_left_out(config: pytest.Config, item: pytest.Item) -> bool:
    """Whether the test needs a browser or a proxy that is not here, or no database in a run for the database."""
    fixtures = set(getattr(item, "fixturenames", ()))
    in_browser = item.get_closest_marker("browser") is not None or "chromium" in fixtures
    if config.getoption("--only-database"):
        asks = item.get_closest_marker("django_db") is not None or bool(DATABASE_FIXTURES & fixtures)
        return in_browser or not asks or item.get_closest_marker("one_engine") is not None
    behind_proxy = item.get_closest_marker("proxy") is not None
    lacks = (in_browser and CHROMIUM is None) or (behind_proxy and NGINX is None)
    return lacks and not config.getoption("--forbid-skips")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """With --forbid-skips a skip, an expected failure and an unexpected pass are failures."""
    report: Any = yield
    return forbidden(report) if item.config.getoption("--forbid-skips") else report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    """The same for a module that skips itself as a whole."""
    report: Any = yield
    return forbidden(report) if collector.config.getoption("--forbid-skips") else report


def forbidden(report: Any) -> Any:
    """The report with a skip turned into a failure."""
    if report.outcome == "skipped" or hasattr(report, "wasxfail"):
        reason = getattr(report, "wasxfail", "") or report.longrepr
        report.outcome, report.longrepr = "failed", f"Пропуск запрещён (--forbid-skips): {reason}"
        vars(report).pop("wasxfail", None)
    return report


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say by name what this machine could not prove, and what would bring it."""
    for lack in filter(None, os.environ.get("OPORA_LACKS", "").splitlines()):
        terminalreporter.write_line(f"Пропущено: {lack}")


@pytest.fixture(scope="session", autouse=True)
def _history_can_be_emptied_between_tests() -> Iterator[None]:
    """A test over several connections is followed by an emptying of all tables, which the history refuses."""
    empty: Any = TransactionTestCase._fixture_teardown

    def empty_with_history(case: Any) -> None:
        with history_unlocked():
            empty(case)

    TransactionTestCase._fixture_teardown = empty_with_history
    yield
    TransactionTestCase._fixture_teardown = empty


@pytest.fixture(autouse=True)
def _heads_of_its_own() -> Iterator[None]:
    """What a test keeps outside the base of its history says nothing about the history of the next one."""
    from django.conf import settings as ours

    place, ours.HISTORY_HEADS = ours.HISTORY_HEADS, ours.DATA / f"history-heads-{next(_numbers)}"
    yield
    ours.HISTORY_HEADS = place


@contextmanager
def history_unlocked() -> Iterator[None]:
    """Lay the triggers of the history aside and put them back."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE core_historyentry DISABLE TRIGGER USER")
            yield
            cursor.execute("ALTER TABLE core_historyentry ENABLE TRIGGER USER")
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master"
            " WHERE type = 'trigger'"
            " AND tbl_name IN ('core_historyentry', 'reports_issue', 'reports_issuepublication')"
        )
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _, statement in triggers:
            cursor.execute(statement)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One headless Chromium for the whole run."""
    from playwright.sync_api import sync_playwright

    if CHROMIUM is None:
        pytest.skip("нет Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Any, live_server: Any) -> Iterator[Any]:
    """A new page of a desk 1366×768 over a live server; an error of the page's own script fails the test."""
    context = chromium.new_context(
        base_url=live_server.url, locale="ru-RU", viewport={"width": 1366, "height": 768}
    )
    context.set_default_timeout(10_000)
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    wait_until_quiet()
    assert errors == []
