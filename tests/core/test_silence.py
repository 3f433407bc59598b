"""The database is silent, locked or cut off: a page within seconds, the words on it, recovery by itself."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import httpx2
import lxml.html
import pytest

from tests.core.serving import Installation, hidden, installed

POSTGRES = os.environ.get("OPORA_TEST_DATABASE_URL", "")
pytestmark = pytest.mark.django_db
# A browser of these tests gives up after twenty seconds: a page that waits for the base never comes.
PATIENCE = 20.0
NEWCOMER = {"last_name": "Берёзкина", "first_name": "Ольга Ильинична", "is_new": "yes"}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installed(tmp_path_factory.mktemp("silence") / "data", POSTGRES, relay=True) as made:
        yield made


@contextmanager
def silent(place: Installation) -> Iterator[None]:
    """PostgreSQL accepts everything and answers nothing; SQLite is held by another writer."""
    if place.relay is not None:
        place.relay.freeze()
        yield
        place.relay.thaw()
        return
    with closing(sqlite3.connect(place.folder / "opora.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def form_of(browser: httpx2.Client, **more: str) -> dict[str, str]:
    marks = hidden(browser.get("/people/new/").text)
    return {**{name: value for name, value in marks.items() if name[0] in "c_"}, **NEWCOMER, **more}


def form_on(page: httpx2.Response) -> tuple[str, dict[str, Any]]:
    """The one form of a page that shows what was typed."""
    form = next(one for one in lxml.html.fromstring(page.content).forms if one.method == "POST")
    return form.action, dict(form.form_values())


def people(place: Installation, name: str) -> int:
    return int(place.rows(f"SELECT count(*) FROM accounts_user WHERE last_name = '{name}'")[0][0])


def until_it_works(browser: httpx2.Client, address: str) -> bool:
    until = time.monotonic() + PATIENCE
    while browser.get(address).status_code != 200 and time.monotonic() < until:
        time.sleep(0.2)
    return time.monotonic() < until


def test_a_silent_base_is_not_waited_for_and_the_words_stay(place: Installation) -> None:
    with closing(place.sign_in()) as browser:
        fields = form_of(browser)
        with silent(place):
            page = browser.post("/people/new/", data=fields)
            assert (page.status_code, page.headers["Retry-After"]) == (503, "5")
            assert "База данных не отвечает" in page.text
            assert "Ольга Ильинична" in page.text

        assert until_it_works(browser, "/today/")
        address, told = form_on(page)
        assert browser.post(address, data=told).status_code == 302
        assert people(place, "Берёзкина") == 1


def test_a_page_of_somebody_signed_in_says_that_the_base_is_away(place: Installation) -> None:
    with closing(place.sign_in()) as browser:
        with away(place):
            page = browser.get("/today/")
            assert (page.status_code, page.headers["Retry-After"]) == (503, "5")
            assert "База данных не отвечает" in page.text
        assert until_it_works(browser, "/today/")


@contextmanager
def away(place: Installation) -> Iterator[None]:
    """PostgreSQL is silent; the file of SQLite cannot be opened."""
    if place.relay is not None:
        with silent(place):
            yield
        return
    there, aside = place.folder / "opora.sqlite3", place.folder / "aside.sqlite3"
    there.rename(aside)
    there.mkdir()
    yield
    there.rmdir()
    aside.rename(there)


def test_connections_that_were_cut_are_made_anew(place: Installation) -> None:
    if place.relay is None:
        place.kill_group()
        place.start()
        place.wait()
    else:
        place.relay.cut()
    with place.browser() as browser:
        assert until_it_works(browser, "/login/")
