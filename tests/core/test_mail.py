"""Letters: what an EMAIL_URL means, what a mail server's answer means, and that a silent one is left in time."""

from __future__ import annotations

import smtplib
import socket
import ssl
from typing import Any

import pytest
from django.core import mail as outbox
from django.test import override_settings

from opora.config.mail import TIMEOUT, mail_settings
from opora.core import mail
from opora.core.refusal import Refused
from tests.core.silent_post import post_that_says


@pytest.mark.parametrize(
    ("address", "host", "port", "cipher"),
    [
        ("smtp://smtp.example.ru", "smtp.example.ru", 25, ""),
        ("smtps://p%40example.ru:se%23cret@smtp.example.ru:465", "smtp.example.ru", 465, "ssl"),
        ("smtps://smtp.example.ru", "smtp.example.ru", 465, "ssl"),
        ("smtp+ssl://smtp.example.ru", "smtp.example.ru", 465, "ssl"),
        ("smtp+tls://smtp.example.ru", "smtp.example.ru", 587, "tls"),
        ("smtp://smtp.example.ru:465", "smtp.example.ru", 465, "ssl"),
        ("smtp+tls://smtp.example.ru:465", "smtp.example.ru", 465, "ssl"),
        ("smtps://smtp.example.ru:587", "smtp.example.ru", 587, "tls"),
        ("smtp://smtp.example.ru:2525", "smtp.example.ru", 2525, ""),
    ],
)
def test_an_address_of_a_mail_server_is_understood(address: str, host: str, port: int, cipher: str) -> None:
    said = mail_settings(address)
    assert (said["EMAIL_HOST"], said["EMAIL_PORT"]) == (host, port)
    assert (said["EMAIL_USE_SSL"], said["EMAIL_USE_TLS"]) == (cipher == "ssl", cipher == "tls")
    assert said["EMAIL_TIMEOUT"] == TIMEOUT


def test_a_name_and_a_password_may_have_any_signs() -> None:
    said = mail_settings("smtps://p%40example.ru:se%23cret%2F@smtp.example.ru")
    assert (said["EMAIL_HOST_USER"], said["EMAIL_HOST_PASSWORD"]) == ("p@example.ru", "se#cret/")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("smtp.example.ru", "не похожа на адрес"),
        ("stmp://smtp.example.ru", "«stmp://» — не почта"),
        ("smtp://", "не указано имя"),
        ("smtp://user:pa/ss@smtp.example.ru:465", "порт написан не числом"),
        ("smtp://smtp.example.ru:почта", "порт написан не числом"),
    ],
)
def test_a_misspelt_address_is_explained(address: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        mail_settings(address)


@pytest.mark.parametrize("address", ["", "consolemail://", "dummymail://"])
def test_without_a_server_letters_are_printed_and_this_is_known(address: str, settings: Any) -> None:
    settings.EMAIL_BACKEND = mail_settings(address)["EMAIL_BACKEND"]
    assert not mail.is_set()
    assert mail.place_words() == mail.NOT_SET


def send() -> None:
    with mail.post() as line:
        mail.send(line, to="olga@example.test", subject="Проба", body="Проба")


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ((), "не ответил за 0.3 с"),
        (("220 hello",), "не ответил за 0.3 с"),
        (("554 no",), "отказал: код 554"),
        (("220 hello", "250 ok", "550 no"), "не разрешил писать от имени"),
        (("220 hello", "250 ok", "250 ok", "550 no"), "не принял адрес получателя"),
        (("220 hello", "250 ok", "250 ok", "250 ok", "554 spam"), "отказал: код 554"),
    ],
)
def test_what_the_server_says_is_told_in_words(answers: tuple[str, ...], words: str) -> None:
    with post_that_says(*answers), pytest.raises(Refused, match=words):
        send()


def test_a_wrong_password_is_told_in_words() -> None:
    answers = ("220 hello", "250-hello\r\n250 AUTH PLAIN", "535 no")
    with (
        post_that_says(*answers, user="post@example.ru"),
        pytest.raises(Refused, match="не принял имя и пароль"),
    ):
        send()


def test_where_nobody_listens_is_told_in_words() -> None:
    with post_that_says() as port:
        pass
    words = f"127.0.0.1:{port} никто не принимает почту"
    with post_that_says(), override_settings(EMAIL_PORT=port), pytest.raises(Refused, match=words):
        send()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ssl.SSLCertVerificationError("x"), "непригодный сертификат"),
        (ssl.SSLError("wrong version number"), "не понял шифрования"),
        (socket.gaierror(-2, "x"), "не найдено"),
        (OSError(113, "no route"), "не удалось связаться"),
        (smtplib.SMTPServerDisconnected("x"), "оборвал связь"),
        (smtplib.SMTPNotSupportedError("x"), "не умеет"),
    ],
)
def test_other_troubles_have_words_too(error: Exception, words: str, settings: Any) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "smtp.example.ru", 465, 12
    assert words in mail.words_of(error)


def test_a_letter_that_goes_goes() -> None:
    send()
    assert [letter.to for letter in outbox.outbox] == [["olga@example.test"]]
