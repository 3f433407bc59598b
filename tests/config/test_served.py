"""Addresses follow the host and port served; a taken port is said before anything is made."""

from __future__ import annotations

import io
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from opora.accounts.models import User
from opora.config.kept import address_kept_in
from opora.config.served import follow, follow_told, serve_words
from opora.core.addresses import full_address
from opora.core.refusal import Refused
from opora.core.server import Place, require_free
from opora.schools.models import Municipality, Region
from tests.accounts.test_init import TOLD
from tests.config.test_environment import launched


@pytest.fixture
def folder(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder that was never served."""
    monkeypatch.delenv("OPORA_ADDRESS", raising=False)
    settings.DATA = tmp_path
    settings.SITE_ADDRESS = "http://127.0.0.1:8000"
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    return tmp_path


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield int(other.getsockname()[1])


@pytest.mark.parametrize(
    ("host", "port", "site", "words"),
    [
        ("127.0.0.1", 8000, "http://127.0.0.1:8000", "./opora serve"),
        ("127.0.0.1", 9000, "http://127.0.0.1:9000", "./opora serve --port 9000"),
        ("0.0.0.0", 9000, "http://127.0.0.1:9000", "./opora serve --port 9000"),
        ("192.168.1.5", 80, "http://192.168.1.5", "./opora serve --host 192.168.1.5 --port 80"),
        ("::1", 9000, "http://[::1]:9000", "./opora serve --host ::1 --port 9000"),
    ],
)
def test_addresses_follow_what_is_served_and_are_remembered(
    folder: Path, settings: Any, host: str, port: int, site: str, words: str
) -> None:
    follow(host, port)
    assert full_address("/visits/7/") == f"{site}/visits/7/"
    assert address_kept_in(folder) == site
    assert [site] == settings.CSRF_TRUSTED_ORIGINS
    assert site.split("://")[1].removesuffix(f":{port}") in settings.ALLOWED_HOSTS
    assert serve_words() == words
    follow_told(None, None)
    assert full_address("") == site


def test_an_address_that_is_told_stands_above_the_port(
    folder: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPORA_ADDRESS", "https://opora.example.org")
    settings.SITE_ADDRESS = "https://opora.example.org"
    follow("127.0.0.1", 9000)
    assert full_address("/") == "https://opora.example.org/"
    assert address_kept_in(folder) == ""
    assert serve_words() == "./opora serve"


def test_a_place_where_nobody_can_listen_is_told(taken: int) -> None:
    for place, told in (
        (Place("127.0.0.1", taken, 1), f"--port {taken + 1}"),
        (Place("127.0.0.1", 0, 1), "не бывает"),
        (Place("127.0.0.1", 70000, 1), "не бывает"),
        (Place("192.0.2.1", 8000, 1), "слушать не может"),
    ):
        with pytest.raises(Refused, match=re.escape(told)):
            require_free(place)


@pytest.mark.parametrize("command", ["demo", "serve"])
def test_a_taken_port_is_said_before_anything_is_made(command: str, taken: int, tmp_path: Path) -> None:
    done = launched(command, "--port", str(taken), OPORA_DATA=str(tmp_path / "data"))
    assert done.returncode == 1
    assert done.stderr.strip() == f"Порт {taken} занят другой программой. Укажите другой: --port {taken + 1}"
    assert done.stdout == ""
    assert {place.name for place in (tmp_path / "data").iterdir()} - {"server.lock"} == {
        "secret.key",
        "history.key",
    }


def test_the_folder_told_to_the_demonstration_is_the_only_one_made(taken: int, tmp_path: Path) -> None:
    told = ("--data", str(tmp_path / "told"), "--port", str(taken))
    launched("demo", *told, OPORA_DATA=str(tmp_path / "not told"))
    assert [place.name for place in tmp_path.iterdir()] == ["told"]


def initiated(**more: object) -> str:
    said = io.StringIO()
    call_command("init", stdout=said, **{**TOLD, **more})
    return said.getvalue()


@pytest.mark.django_db
def test_the_first_link_names_the_port_that_will_be_served(folder: Path) -> None:
    said = initiated(link=True, port=9000)
    assert "http://127.0.0.1:9000/invitation/" in said
    assert "Запустите ./opora serve --port 9000 и" in said
    assert address_kept_in(folder) == "http://127.0.0.1:9000"


@pytest.mark.django_db
def test_real_work_is_not_begun_in_the_folder_of_the_demonstration(folder: Path) -> None:
    Municipality.objects.create(
        region=Region.objects.create(name="Вымышленный край"), name="Вымышленный город", is_fictional=True
    )
    with pytest.raises(Refused, match=r"OPORA_DATA=/путь/к/папке \./opora init") as caught:
        initiated(link=True)
    assert "пример" in caught.value.words
    assert not User.objects.exists()


def test_a_name_that_is_not_of_the_server_gets_a_page_and_a_line_in_the_log(
    settings: Any, caplog: pytest.LogCaptureFixture, db: None
) -> None:
    settings.ALLOWED_HOSTS = ["opora.example.org"]
    answer = Client().get("/", headers={"host": "192.168.1.5"})
    assert answer.status_code == 400
    assert "OPORA_HOSTS" in answer.content.decode()
    assert "192.168.1.5" not in answer.content.decode()
    (record,) = [one for one in caplog.records if one.name == "django.security.DisallowedHost"]
    assert "192.168.1.5" in record.getMessage()
    assert record.exc_info is None


def test_what_every_site_is_asked_for_is_there(db: None, caplog: pytest.LogCaptureFixture) -> None:
    icon, robots = Client().get("/favicon.ico"), Client().get("/robots.txt")
    assert (icon.status_code, icon.headers["Content-Type"]) == (200, "image/svg+xml")
    assert b"<svg" in icon.content
    assert robots.headers["Content-Type"].startswith("text/plain")
    assert "Allow: /open/" in robots.content.decode()
    assert caplog.records == []
