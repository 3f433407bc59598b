"""`./opora mail-test`: one letter now, and what came of it."""

from __future__ import annotations

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command

from opora.core.refusal import Refused
from tests.core.silent_post import post_that_says
from tests.house.tree import HOME


def said(address: str) -> str:
    out = StringIO()
    call_command("mail_test", address, stdout=out)
    return out.getvalue()


def test_a_letter_is_sent_now() -> None:
    assert "Отправлено: почтовый сервер принял письмо для olga@example.test" in said("olga@example.test")
    assert mail.outbox[0].subject == "Пробное письмо «Опоры»"


def test_without_a_server_it_says_what_to_do(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    with pytest.raises(Refused, match="Почта не настроена"):
        said("olga@example.test")


def test_a_misspelt_address_is_told() -> None:
    with pytest.raises(Refused, match="с опечаткой"):
        said("olga.example.test")


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ((), "не отправлено. Почтовый сервер .* не ответил за"),
        (("554 no",), "не отправлено. Почтовый сервер .* отказал"),
        (("220 hello", "250 ok", "250 ok", "550 no"), "не принял адрес получателя"),
    ],
)
def test_it_says_what_the_server_said(answers: tuple[str, ...], words: str) -> None:
    with post_that_says(*answers), pytest.raises(Refused, match=words):
        said("olga@example.test")


def test_a_misspelt_setting_is_one_sentence(tmp_path: Path) -> None:
    surroundings = {
        "PYTHONPATH": str(HOME / "src"),
        "DJANGO_SETTINGS_MODULE": "opora.config.settings",
        "OPORA_DATA": str(tmp_path),
        "EMAIL_URL": "stmp://smtp.example.ru",
    }
    run = subprocess.run(
        [sys.executable, "-m", "opora", "mail-test", "olga@example.test"],
        env={**os.environ, **surroundings},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 1
    assert run.stderr.startswith("EMAIL_URL: «stmp://» — не почта.")
    assert len(run.stderr.splitlines()) == 1
