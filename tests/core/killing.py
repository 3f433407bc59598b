"""Kills a busy server again and again and counts what was lost, doubled or left half done.

By hand, as often as wanted: `.venv/bin/python -m tests.core.killing --kills 1000`, with `--postgres ADDRESS` on
PostgreSQL. Everything happens in a temporary folder on this machine and ends by itself.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import random
import signal
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

from tests.core.serving import Installation, hidden, installed

WRITERS = 4
LETTERS = "абвгдежзик"


@dataclass
class Account:
    """What the writers were told, and what is found afterwards."""

    people: set[str] = field(default_factory=set)
    papers: set[str] = field(default_factory=set)
    refusals: Counter[int] = field(default_factory=Counter)
    slowest: float = 0.0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    halves: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.doubled or self.halves or self.orphans)


def name_of(number: int) -> str:
    return "Я" + "".join(LETTERS[int(digit)] for digit in str(number))


class Writer(threading.Thread):
    """Enters people and papers; a form that got no answer is sent again until it gets one, as a person would."""

    def __init__(self, place: Installation, browser: httpx2.Client, number: int, account: Account) -> None:
        super().__init__(daemon=True)
        self._place, self._browser, self._account = place, browser, account
        self._next, self.is_over = number * 1_000_000, threading.Event()

    def run(self) -> None:
        while not self.is_over.is_set():
            self._next += 1
            if self._next % 4:
                self._enter_person()
            else:
                self._enter_paper()

    def _enter_person(self) -> None:
        name = name_of(self._next)
        told = {
            "last_name": name,
            "first_name": "Анна",
            "email": f"p{self._next}@example.test",
            "is_new": "yes",
        }
        fields = {**self._marks("/people/new/"), **told}
        self._send("/people/new/", fields)
        self._account.people.add(name)

    def _enter_paper(self) -> None:
        content = f"Приказ {self._next}".encode()
        fields = {**self._marks("/documents/upload/"), "dated_on": "2022-09-01", "then": "draft"}
        self._send("/documents/upload/", fields, {"papers": (f"Приказ {self._next}.txt", content)})
        self._account.papers.add(hashlib.sha256(content).hexdigest())

    def _marks(self, address: str) -> dict[str, str]:
        while True:
            with contextlib.suppress(httpx2.HTTPError):
                page = self._browser.get(address)
                if page.status_code == 200:
                    return {name: value for name, value in hidden(page.text).items() if name[0] in "c_"}
                self._account.refusals[page.status_code] += 1
            time.sleep(0.1)

    def _send(self, address: str, fields: dict[str, str], files: object = None) -> None:
        while True:
            with contextlib.suppress(httpx2.HTTPError):
                answer = self._browser.post(address, data=fields, files=files)
                # Not 302: such a mail or such a file is there already, so the answer that broke off was a «yes».
                if answer.status_code in (200, 302, 409, 422):
                    return
                self._account.refusals[answer.status_code] += 1
            time.sleep(0.1)


def kill(place: Installation, how: str, chance: random.Random) -> None:
    """Kill a worker, the master alone or all of them; what has to be started is started at once."""
    if how == "worker":
        number = chance.choice(place.workers())
        with contextlib.suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
        return
    place.kill_master() if how == "master" else place.kill_group()
    place.start()


def kill_often(place: Installation, kills: int, seed: int = 1) -> Account:
    """Kill the server under writing people and account for every answer."""
    chance, account = random.Random(seed), Account()
    browser = place.sign_in()
    browsers = []
    for _ in range(WRITERS):
        own = place.browser()
        own.cookies = httpx2.Cookies(dict(browser.cookies.items()))
        browsers.append(own)
    writers = [Writer(place, own, number + 1, account) for number, own in enumerate(browsers)]
    for writer in writers:
        writer.start()
    for number in range(kills):
        time.sleep(chance.uniform(0.1, 0.6))
        kill(place, ("worker", "master", "group")[number % 3], chance)
        account.slowest = max(account.slowest, place.wait())
    for writer in writers:
        writer.is_over.set()
    for writer in writers:
        writer.join(60)
        assert not writer.is_alive(), place.said()
    look(place, account)
    for one in (browser, *browsers):
        one.close()
    return account


def look(place: Installation, account: Account) -> None:
    """Compare what people were told with what stands in the base and in the folder."""
    names = Counter(
        name for (name,) in place.rows("SELECT last_name FROM accounts_user WHERE last_name LIKE 'Я%'")
    )
    account.lost += sorted(account.people - names.keys())
    account.doubled += [name for name, count in names.items() if count > 1]
    told = "SELECT subject_id FROM core_historyentry WHERE verb = 'person.added'"
    added = {number for (number,) in place.rows(told)}
    there = {number for (number,) in place.rows("SELECT id FROM accounts_user WHERE last_name LIKE 'Я%'")}
    account.halves += [f"person {number}" for number in there - added]
    versions = Counter(
        mark
        for (mark,) in place.rows(
            "SELECT f.sha256 FROM documents_version v JOIN core_storedfile f ON f.id = v.file_id"
        )
    )
    account.lost += sorted(account.papers - versions.keys())
    account.doubled += [mark for mark, count in versions.items() if count > 1]
    kept = {mark for (mark,) in place.rows("SELECT sha256 FROM core_storedfile")}
    files = {one.name for one in (place.folder / "files").rglob("*") if one.is_file()}
    account.halves += sorted(kept - files)
    account.orphans += sorted(name for name in files - kept if not name.startswith(".new-"))


def main() -> None:
    """By hand: as many kills as asked for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--kills", type=int, default=1000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--postgres", default="", help="postgres://postgres@127.0.0.1:5432")
    told = asked.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="opora-kills-") as folder,
        installed(Path(folder) / "data", f"{told.postgres}/x" if told.postgres else "") as place,
    ):
        account = kill_often(place, told.kills, told.seed)
    print(f"{told.kills} kills, {len(account.people)} people and {len(account.papers)} papers acknowledged")
    print(f"lost {len(account.lost)}, doubled {len(account.doubled)}, half {len(account.halves)},", end=" ")
    print(
        f"orphans {len(account.orphans)}; answers again within {account.slowest:.1f} s; {dict(account.refusals)}"
    )
    raise SystemExit(0 if account.is_clean else 1)


if __name__ == "__main__":
    main()
