"""Settings from the environment: good words become values, wrong ones a sentence for the operator."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from opora.config import environment as read
from opora.config.environment import VARIABLES, faults
from opora.config.kept import keep_address, secret_key_of
from opora.core.refusal import Refused
from tests.house.tree import HOME, modules

READ_BY_TESTS = {"OPORA_TEST_DATABASE_URL"}
# How the runs of the tests speak with each other; no operator sets them.
INNER = {"OPORA_LACKS"}
WORD = re.compile(r"[\"'](OPORA_[A-Z_]+|DATABASE_URL|EMAIL_URL)[\"']")


def refused(attempt: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        attempt()
    words = caught.value.words
    assert re.search(r"[а-я]", words)
    assert not re.search(r"Error|Traceback|Errno", words)
    return words


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("https://opora.example.ru/", "https://opora.example.ru"),
        ("https://opora.example.ru:443", "https://opora.example.ru"),
        ("http://127.0.0.1:9000", "http://127.0.0.1:9000"),
        ("http://[::1]:9000", "http://[::1]:9000"),
        ("https://пример.рф", "https://xn--e1afmkfd.xn--p1ai"),
    ],
)
def test_an_address_is_that_of_a_whole_site(told: str, meant: str) -> None:
    assert read.address(told) == meant


@pytest.mark.parametrize(
    "told",
    [
        "opora.example.ru",
        "opora.example.ru:8000",
        "ftp://opora.example.ru",
        "https://",
        "https://opora.example.ru/opora",
        "https://opora.example.ru?a",
        "https://name:word@opora.example.ru",
        "https://opora example.ru",
        "https://opora.example.ru:port",
        "https://[::1",
        "чепуха",
    ],
)
def test_nonsense_is_no_address(told: str) -> None:
    assert "OPORA_ADDRESS" in refused(lambda: read.address(told))


def test_other_names_of_the_server_are_named_without_schemes() -> None:
    assert read.hosts("192.168.1.5, opora.local,::1") == ["192.168.1.5", "opora.local", "[::1]"]
    for told in ("https://opora.local", "opora.local:8000", "a/b", "два слова"):
        assert "OPORA_HOSTS" in refused(lambda told=told: read.hosts(told))


@pytest.mark.parametrize(
    "told",
    [
        "",
        "  ",
        "postgress://opora@127.0.0.1/opora",
        "postgres:/opora",
        "opora",
        "mysql://opora@127.0.0.1/opora",
        "postgres://127.0.0.1",
        "postgres://opora:wo#rd@127.0.0.1/opora",
        "postgres://opora:wo/rd@127.0.0.1/opora",
        "postgres://opora@127.0.0.1:port/opora",
        "postgres://opora@127.0.0.1/opora second",
        "sqlite://",
        "sqlite://:memory:",
    ],
)
def test_a_misspelt_base_is_told(told: str, tmp_path: Path) -> None:
    assert "DATABASE_URL" in refused(lambda: read.database(told, tmp_path))


def test_a_base_of_postgresql_is_read_with_its_options(tmp_path: Path) -> None:
    told = read.database("postgres://opora:w%23%40rd@db.example:5433/opora?sslmode=require", tmp_path)
    assert (told["HOST"], told["PORT"], told["NAME"], told["PASSWORD"]) == (
        "db.example",
        5433,
        "opora",
        "w#@rd",
    )
    assert told["OPTIONS"] == {"sslmode": "require"}


@pytest.mark.parametrize("name", ["Данные #1", "что? и 50%", "с пробелом", "a%20b"])
def test_the_base_lies_in_the_folder_whatever_its_name(name: str, tmp_path: Path) -> None:
    folder = tmp_path / name
    done = launched("migrate", OPORA_DATA=str(folder))
    assert done.returncode == 0, done.stderr
    assert {"opora.sqlite3", "secret.key"} <= {place.name for place in folder.iterdir()}
    assert [place.name for place in tmp_path.iterdir()] == [name]
    assert read.database(f"sqlite:///{folder}/opora.sqlite3", tmp_path)["NAME"] == f"{folder}/opora.sqlite3"


def test_a_misspelt_mail_server_is_told() -> None:
    for told in (
        "smpt://a",
        "smtp://",
        "smtp+ssl://name:wo/rd@smtp.example.ru:465",
        "smtp://host:port",
        "почта",
    ):
        assert "EMAIL_URL" in refused(lambda told=told: read.mail(told))
    assert read.mail("smtp+ssl://n%40x:w@smtp.example.ru:465")["EMAIL_HOST_USER"] == "n@x"
    assert read.mail("")["EMAIL_BACKEND"].endswith("console.EmailBackend")
    assert "OPORA_MAIL_FROM" in refused(lambda: read.sender("опора"))
    assert read.sender("Опора <opora@example.ru>") == "Опора <opora@example.ru>"


def test_a_misspelt_switch_is_not_taken_for_off() -> None:
    assert [read.flag(word, "X") for word in ("on", "True", "1", "да", "off", "0", "")] == [True] * 4 + [
        False
    ] * 3
    assert "OPORA_REQUIRE_TOTP" in refused(lambda: read.flag("ture", "OPORA_REQUIRE_TOTP"))


def test_numbers_days_zones_and_levels_are_judged() -> None:
    assert read.whole_number("", "X", usual=7) == 7
    assert read.whole_number("12", "X", usual=7) == 12
    for told in ("-1", "1.5", "два", "1e3"):
        refused(lambda told=told: read.whole_number(told, "X", usual=7))
    assert read.standing_day("2022-09-15") == "2022-09-15"
    assert "OPORA_STANDS_ON" in refused(lambda: read.standing_day("15.09.2022"))
    assert read.time_zone("") == "Europe/Moscow"
    for told in ("Moscow", "../../etc/passwd", "Europe/"):
        assert "OPORA_TIME_ZONE" in refused(lambda told=told: read.time_zone(told))
    assert read.log_level("info") == "INFO"
    assert "OPORA_LOG" in refused(lambda: read.log_level("loud"))
    assert "OPORA_EMBED_ORIGINS" in refused(lambda: read.origins("imc.example.ru"))


def test_a_folder_that_cannot_hold_data_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "файл" in refused(lambda: read.data_folder(str(tmp_path / "file")))
    assert "файл" in refused(lambda: read.data_folder(str(tmp_path / "file" / "below")))
    assert "не создать" in refused(lambda: read.data_folder("/proc/opora"))


def test_a_key_that_is_empty_or_no_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "secret.key").touch()
    assert "secret.key — пуст" in refused(lambda: read.kept_in(tmp_path, secret_key_of))
    (tmp_path / "secret.key").unlink()
    (tmp_path / "secret.key").mkdir()
    assert "secret.key" in refused(lambda: read.kept_in(tmp_path, secret_key_of))


def test_the_address_is_told_or_kept_or_usual(tmp_path: Path) -> None:
    assert read.site_address("", tmp_path) == "http://127.0.0.1:8000"
    keep_address(tmp_path, "http://127.0.0.1:9000")
    assert read.site_address("", tmp_path) == "http://127.0.0.1:9000"
    assert read.site_address("https://opora.example.ru", tmp_path) == "https://opora.example.ru"


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    wrong = {"OPORA_DATA": str(tmp_path), "OPORA_ADDRESS": "x", "DATABASE_URL": "", "OPORA_EGRESS": "maybe"}
    assert [words.split(":")[0].split()[0] for words in faults(wrong)] == [
        "OPORA_ADDRESS",
        "DATABASE_URL",
        "OPORA_EGRESS",
    ]
    assert faults({"OPORA_DATA": str(tmp_path)}) == []


def launched(*words: str, **surroundings: str) -> subprocess.CompletedProcess[str]:
    """One command of the product in a process of its own, with nothing of our own environment but the path."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(HOME / "src"),
        "PYTHONUTF8": "1",
        **surroundings,
    }
    return subprocess.run(
        [sys.executable, "-P", "-m", "opora", *words],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        stdin=subprocess.DEVNULL,
    )


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize(
    ("surroundings", "told"),
    [
        ({"OPORA_ADDRESS": "opora.example.ru"}, "не адрес сайта"),
        ({"DATABASE_URL": ""}, "DATABASE_URL пуста"),
        ({"DATABASE_URL": "postgress://127.0.0.1/opora"}, "неизвестный вид базы"),
        ({"DATABASE_URL": "postgres://opora@127.0.0.1:{closed}/opora"}, "не отвечает"),
        ({"OPORA_REQUIRE_TOTP": "ture"}, "не «on» и не «off»"),
        ({"OPORA_DATA": "/proc/opora"}, "не создать"),
    ],
)
def test_a_command_says_one_sentence_and_no_trace(
    surroundings: dict[str, str], told: str, tmp_path: Path
) -> None:
    port = str(closed_port())
    given = {name: value.replace("{closed}", port) for name, value in surroundings.items()}
    done = launched("migrate", **{"OPORA_DATA": str(tmp_path), **given})
    assert done.returncode == 1
    assert told in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_a_file_that_is_no_base_is_told(tmp_path: Path) -> None:
    (tmp_path / "opora.sqlite3").write_bytes(b"these are words, not a base of data" * 50)
    done = launched("migrate", OPORA_DATA=str(tmp_path))
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (1, 1)
    assert "не база" in done.stderr


def test_each_variable_that_is_read_stands_in_the_guide_and_in_the_list() -> None:
    read_somewhere = set()
    for path in modules():
        read_somewhere |= set(WORD.findall(path.read_text(encoding="utf-8")))
    table = (HOME / "docs" / "guide" / "settings.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `([A-Z_]+)` \|", table, flags=re.MULTILINE))
    assert {"OPORA_DATA", "DATABASE_URL", "OPORA_SECRET_KEY"} <= read_somewhere
    assert read_somewhere - INNER == told
    assert set(VARIABLES) == told - READ_BY_TESTS
