"""The base carried to the other engine and back: every row compared, work goes on there, the old base stays."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.core.installation import SERVER, WRITER, Installation, empty_base

# Asks for the run on PostgreSQL: there both engines are at hand.
pytestmark = pytest.mark.django_db
PEOPLE = """
import sys, django
django.setup()
from django.test import Client
from opora.accounts.models import User
from django.conf import settings
settings.ALLOWED_HOSTS = ["*"]
password = "четыре слова одной строкой"
if sys.argv[1] == "make":
    person = User(email="anna@example.org", last_name="Пробная", first_name="Анна")
    person.set_password(password)
    person.save()
else:
    page = Client().post("/login/", {"login": "anna@example.org", "password": password})
    print(page.status_code, User.objects.get().last_login is not None)
"""


@contextmanager
def other_base(place: Path) -> Iterator[str]:
    """An empty base to move to: of PostgreSQL where it is at hand, else one more file."""
    if SERVER:
        with empty_base() as base:
            yield base
        return
    yield f"sqlite:///{place}"


def said(place: Installation, script: str, *words: str) -> str:
    """What a script beside the installation prints."""
    child = place.python(script, *words)
    out = child.communicate(timeout=60)[0]
    assert child.returncode == 0
    return out.strip()


def test_a_base_moves_there_and_back_and_people_work_on(tmp_path: Path) -> None:
    old = Installation(tmp_path / "data")
    assert old.run("migrate").returncode == 0
    said(old, PEOPLE, "make")
    assert said(old, WRITER, "30").split()[-1] == "30"
    with other_base(tmp_path / "other.sqlite3") as address:
        done = old.run("move", address)
        assert done.returncode == 0, done.stderr
        assert f"DATABASE_URL={address}" in done.stdout
        assert "core_historyentry: 30" in done.stdout
        assert "accounts_user: 1" in done.stdout
        new = Installation(old.data, address)
        assert said(new, PEOPLE, "enter").startswith("302")
        # The next numbers do not meet the old ones, and the history goes on and is guarded.
        assert said(new, WRITER, "31").split()[-1] == "61"
        assert "Журнал цел: 61" in new.run("history", "verify").stdout
        again = old.run("move", address)
        assert again.returncode == 1
        assert "не пуста" in again.stderr
        back = tmp_path / "back.sqlite3"
        returned = new.run("move", f"sqlite:///{back}")
        assert returned.returncode == 0, returned.stderr
        assert "core_historyentry: 61" in returned.stdout
    home = Installation(old.data, f"sqlite:///{back}")
    assert said(home, WRITER, "1") == "62"
    with closing(sqlite3.connect(back)) as base, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        base.execute("UPDATE core_historyentry SET person_name = 'другой'")
    # The base that was left stands as it stood.
    assert "Журнал цел: 30" in old.run("history", "verify").stdout


def test_a_move_broken_off_can_be_made_again(tmp_path: Path) -> None:
    old = Installation(tmp_path / "data")
    assert old.run("migrate").returncode == 0
    said(old, WRITER, "3")
    with other_base(tmp_path / "other.sqlite3") as address:
        # Broken off after the tables were made: the rows come in one transaction or not at all.
        assert Installation(old.data, address).run("migrate").returncode == 0
        done = old.run("move", address)
        assert done.returncode == 0, done.stderr
        assert "core_historyentry: 3" in done.stdout


def test_a_word_that_is_no_base_is_refused(tmp_path: Path) -> None:
    place = Installation(tmp_path / "data")
    assert place.run("migrate").returncode == 0
    for word in ("nonsense", "mysql://a/b", "sqlite:///"):
        answer = place.run("move", word)
        assert answer.returncode == 1
        assert "Traceback" not in answer.stderr
        assert "Нужен адрес новой базы" in answer.stderr
