"""The disk is full: the form is not taken and its words stay on the page; reading goes on; then all works again."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.cache import cache
from django.db import connection

from opora.accounts.models import User
from opora.core.models import HistoryEntry
from opora.desk.trouble import AWAY, FULL, trouble_of
from tests.appointments.town import make_town
from tests.visitor import Page, Visitor

POST = "методист с длинным названием должности " * 5


@contextmanager
def full_disk() -> Iterator[None]:
    """SQLite may not grow any more; PostgreSQL says what it says when its disk is full."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA page_count")
            cursor.execute(f"PRAGMA max_page_count={cursor.fetchone()[0]}")
            yield
            cursor.execute("PRAGMA max_page_count=1000000000")
            return
        cursor.execute(
            "CREATE FUNCTION no_space() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$"
        )
        cursor.execute(
            "CREATE TRIGGER no_space BEFORE INSERT ON core_historyentry EXECUTE FUNCTION no_space()"
        )
        yield
        cursor.execute("DROP TRIGGER no_space ON core_historyentry")
        cursor.execute("DROP FUNCTION no_space")


def typed_until_full(visitor: Visitor) -> tuple[Page, str]:
    """Enter people until one is refused; the page shown then and the name on it."""
    form = visitor.open("/people/new/")
    for number in range(200):
        name = "Я" + "абвгдежзик"[number % 10] + "абвгдежзиклмнопрстуф"[number // 10]
        told = {"last_name": name, "first_name": "Ольга", "post": POST, "is_new": "yes"}
        token = next(value for field, value in form.forms_to("")[0].form_values() if field.startswith("csrf"))
        answer = visitor.client.post("/people/new/", {**told, "csrfmiddlewaretoken": token}, follow=True)
        if answer.status_code != 200:
            return visitor.page_of(answer, "/people/new/", 507), name
    raise AssertionError("the disk was never full")


@pytest.mark.django_db(transaction=True)
def test_a_full_disk_keeps_the_words_and_lets_read() -> None:
    cache.clear()
    visitor = Visitor(make_town().coordinator)
    visitor.open("/people/")
    with full_disk():
        page, name = typed_until_full(visitor)
        assert "недостаточно места" in page.words
        assert "R-SPACE" in page.words
        assert POST.strip() in page.words
        assert visitor.open("/people/").status == 200
        assert not User.objects.filter(last_name=name).exists()

    visitor.send(page, "/people/new/")
    made = User.objects.get(last_name=name)
    assert HistoryEntry.objects.filter(verb="person.added", subject_id=made.pk).count() == 1


def test_a_full_disk_is_told_from_a_base_that_is_away_and_from_a_fault() -> None:
    from django.db import InterfaceError, OperationalError

    assert trouble_of(OSError(errno.ENOSPC, "no space")) is FULL
    assert trouble_of(OSError(errno.EDQUOT, "no quota")) is FULL
    assert trouble_of(OperationalError("server closed")) is AWAY
    assert trouble_of(InterfaceError("closed")) is AWAY
    assert trouble_of(OSError(errno.EACCES, "no right")) is None
    assert trouble_of(KeyError("x")) is None
