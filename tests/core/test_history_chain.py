"""The chain of deeds: the base refuses to bend it, and whatever is bent past the base is found."""

from __future__ import annotations

import random
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from opora.core.daily_work import keep_head_of_the_day
from opora.core.heads import keep_head, kept_heads
from opora.core.history import breaks, hash_of, last_head, record
from opora.core.jobs import put_down_daily, run_next
from opora.core.models import HistoryEntry, Job, StoredFile
from opora.core.refusal import Refused
from tests.conftest import history_unlocked

AT = datetime(2022, 9, 15, 9, tzinfo=UTC)
LENGTH = 12
TRIES = 1000


def make_chain(length: int = LENGTH) -> None:
    """Some deeds of nobody about one file."""
    subject = StoredFile(pk=1, sha256="0" * 64, size=1, kind="pdf", added_at=AT)
    with transaction.atomic():
        for number in range(length):
            record(subject, "probe", by=None, at=AT, words=f"дело {number}")


def rows() -> list[dict[str, Any]]:
    return list(HistoryEntry.objects.order_by("number").values())


def write(kept: list[dict[str, Any]]) -> None:
    """Put these rows in place of all."""
    HistoryEntry.objects.all().delete()
    HistoryEntry.objects.bulk_create([HistoryEntry(**row) for row in kept])


def change_a_field(kept: list[dict[str, Any]], chance: random.Random) -> None:
    row = chance.choice(kept)
    name = chance.choice(["verb", "person_name", "facts", "subject_name", "subject_id", "person_id", "at"])
    row[name] = {"subject_id": 77, "person_id": 78, "at": datetime(2021, 1, 1, tzinfo=UTC)}.get(name, "иное")


def remove_one(kept: list[dict[str, Any]], chance: random.Random) -> None:
    kept.pop(chance.randrange(len(kept)))


def remove_one_and_close_the_gap(kept: list[dict[str, Any]], chance: random.Random) -> None:
    place = chance.randrange(len(kept))
    kept.pop(place)
    for row in kept[place:]:
        row["number"] -= 1


def cut_the_tail(kept: list[dict[str, Any]], chance: random.Random) -> None:
    del kept[-chance.randint(1, len(kept)) :]


def swap_two(kept: list[dict[str, Any]], chance: random.Random) -> None:
    one, other = chance.sample(range(len(kept)), 2)
    kept[one]["number"], kept[other]["number"] = kept[other]["number"], kept[one]["number"]


def write_one_in(kept: list[dict[str, Any]], chance: random.Random) -> None:
    place = chance.randrange(len(kept))
    for row in kept[place:]:
        row["number"] += 1
    made = dict(kept[place], id=10_000, number=kept[place]["number"] - 1, facts='{"words": "вписано"}')
    made["hash"] = hash_without_key(made)
    kept.insert(place, made)


def chain_anew_without_the_key(kept: list[dict[str, Any]], chance: random.Random) -> None:
    kept[chance.randrange(len(kept))]["facts"] = '{"words": "другое"}'
    chain(kept, hash_without_key)


def chain_anew_with_the_key_of_another(kept: list[dict[str, Any]], chance: random.Random) -> None:
    kept[chance.randrange(len(kept))]["facts"] = '{"words": "другое"}'
    own = settings.HISTORY_KEY
    settings.HISTORY_KEY = f"чужой {chance.random()}"
    try:
        chain(kept, lambda row: hash_of(HistoryEntry(**row)))
    finally:
        settings.HISTORY_KEY = own


def chain_anew_with_the_very_key(kept: list[dict[str, Any]], chance: random.Random) -> None:
    """Even the holder of the key meets the heads kept outside the base."""
    kept[chance.randrange(len(kept))]["facts"] = '{"words": "другое"}'
    chain(kept, lambda row: hash_of(HistoryEntry(**row)))


def chain(kept: list[dict[str, Any]], hashed: Callable[[dict[str, Any]], str]) -> None:
    previous = "0" * 64
    for row in kept:
        row["previous_hash"] = previous
        row["hash"] = previous = hashed(row)


def hash_without_key(row: dict[str, Any]) -> str:
    """What a stranger to the key can do: the same formula with an empty one."""
    own = settings.HISTORY_KEY
    settings.HISTORY_KEY = ""
    try:
        return hash_of(HistoryEntry(**row))
    finally:
        settings.HISTORY_KEY = own


WAYS = (
    change_a_field,
    remove_one,
    remove_one_and_close_the_gap,
    cut_the_tail,
    swap_two,
    write_one_in,
    chain_anew_without_the_key,
    chain_anew_with_the_key_of_another,
    chain_anew_with_the_very_key,
)


@pytest.mark.django_db(transaction=True)
def test_a_thousand_ways_to_bend_the_history_are_all_found() -> None:
    make_chain()
    head = last_head(on=AT.date())
    assert head is not None
    keep_head(head)
    assert list(breaks()) == []
    chance, unseen = random.Random(2022), []
    with history_unlocked():
        for number in range(TRIES):
            way = WAYS[number % len(WAYS)]
            with transaction.atomic():
                kept = rows()
                way(kept, chance)
                write(kept)
                if not list(breaks()):
                    unseen.append((number, way.__name__))
                transaction.set_rollback(True)
    assert unseen == []
    assert list(breaks()) == []


BENT = {
    "update": "UPDATE core_historyentry SET verb = 'иное' WHERE number = 2",
    "delete": "DELETE FROM core_historyentry WHERE number = 2",
    "out of turn": """INSERT INTO core_historyentry (number, at, person_name, verb, subject_kind, subject_id,
        subject_name, facts, previous_hash, hash) SELECT 9, at, person_name, verb, subject_kind, subject_id,
        subject_name, facts, previous_hash, 'иной' FROM core_historyentry WHERE number = 2""",
}
REPLACED = {
    "sqlite": """INSERT OR REPLACE INTO core_historyentry SELECT id, number, at, person_id, person_name, 'иное',
        subject_kind, subject_id, subject_name, facts, previous_hash, hash FROM core_historyentry WHERE number = 2""",
    "postgresql": """INSERT INTO core_historyentry SELECT * FROM core_historyentry WHERE number = 2
        ON CONFLICT (number) DO UPDATE SET verb = 'иное'""",
}


@pytest.mark.django_db
@pytest.mark.parametrize("what", [*BENT, "replace"])
def test_the_base_itself_refuses_to_bend_a_row(what: str) -> None:
    make_chain(3)
    before = rows()
    statement = REPLACED[connection.vendor] if what == "replace" else BENT[what]
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert rows() == before


@pytest.mark.django_db
def test_a_replaced_row_is_refused_to_a_connection_that_says_nothing_of_triggers() -> None:
    if connection.vendor == "postgresql":
        # The same rows by the same way: PostgreSQL has no statement that replaces without asking the triggers.
        assert "recursive_triggers" not in str(connection.settings_dict["OPTIONS"])
        return
    make_chain(3)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers=OFF")
        try:
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute(REPLACED["sqlite"])
        finally:
            cursor.execute("PRAGMA recursive_triggers=ON")
    assert list(breaks()) == []


@pytest.mark.django_db
def test_the_day_keeps_its_head_once_outside_the_base() -> None:
    make_chain(3)
    put_down_daily(at=AT)
    while run_next(at=AT):
        pass
    keep_head_of_the_day.run(moment=AT.isoformat())
    assert Job.objects.filter(task=keep_head_of_the_day.name).count() == 1
    assert [(head.day, head.number) for heads in kept_heads().values() for head in heads] == [
        (date(2022, 9, 15), 3)
    ]
    assert stat.S_IMODE(Path(settings.HISTORY_HEADS).stat().st_mode) == 0o600


@pytest.mark.django_db
def test_the_command_names_what_was_cut(capsys: pytest.CaptureFixture[str]) -> None:
    make_chain(3)
    head = last_head(on=AT.date())
    assert head is not None
    keep_head(head._replace(number=5))
    with pytest.raises(Refused):
        call_command("history", "verify")
    assert "записи нет, а 15.09.2022 она стояла последней" in capsys.readouterr().out


def test_what_commands_make_is_for_the_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "данные"
    folder.mkdir(mode=0o755)
    (folder / "opora.sqlite3").touch(mode=0o644)
    done = subprocess.run(
        [sys.executable, "-P", "-m", "opora", "migrate"],
        env={"PYTHONPATH": "src", "OPORA_DATA": str(folder), "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    modes = {place.name: stat.S_IMODE(place.stat().st_mode) for place in folder.iterdir()}
    assert {"opora.sqlite3", "secret.key", "history.key"} <= modes.keys()
    assert {name for name, mode in modes.items() if mode & 0o077} == set()
