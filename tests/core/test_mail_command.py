"""`./opora mail-test`: one letter now, and what came of it."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command

from opora.core.refusal import Refused
from tests.core.silent_post import post_that_says


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
