"""Letters: whether there is a mail server, sending within a deadline, and what the server said, in words."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from opora.core.refusal import Refused

_PRINTING = ("console.EmailBackend", "dummy.EmailBackend")
NOT_SET = "Почта на этом сервере не настроена: письма печатаются в журнал сервера и никуда не уходят."


def is_set() -> bool:
    """Whether letters go to people, and not into the log of the server."""
    return not settings.EMAIL_BACKEND.endswith(_PRINTING)


def place_words() -> str:
    """Where letters go, without secrets: «smtp.example.ru, порт 465, шифрование SSL, вход как post@example.ru»."""
    if not is_set():
        return NOT_SET
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return "Письма складываются на этом сервере."
    cipher = "шифрование SSL" if settings.EMAIL_USE_SSL else "шифрование STARTTLS"
    is_open = not settings.EMAIL_USE_SSL and not settings.EMAIL_USE_TLS
    user = settings.EMAIL_HOST_USER
    return ", ".join(
        (
            str(settings.EMAIL_HOST),
            f"порт {settings.EMAIL_PORT}",
            "без шифрования" if is_open else cipher,
            f"вход как {user}" if user else "без входа",
        )
    )


@contextmanager
def post() -> Iterator[Any]:
    """An open line to the mail server. Refused, in words, when it is silent, refuses us or refuses the letter."""
    line = get_connection()
    try:
        line.open()
        yield line
    except Refused:
        raise
    except (OSError, smtplib.SMTPException) as error:
        raise Refused(words_of(error), code="M-POST", status=502) from error
    finally:
        _hang_up(line)


def send(line: Any, *, to: str, subject: str, body: str) -> None:
    """Send one letter over an open line."""
    EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [to], connection=line).send()


def words_of(error: Exception) -> str:
    """What a mail server's answer means and what to do, one or two Russian sentences."""
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    if isinstance(error, smtplib.SMTPServerDisconnected) and isinstance(error.__context__, TimeoutError):
        # smtplib tells a silence as a broken line
        error = error.__context__
    return _refusal_words(error, where) or _line_words(error, where)


def _refusal_words(error: Exception, where: str) -> str:
    """The server answered, and the answer is no."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return (
            f"Почтовый сервер {where} не принял имя и пароль ({error.smtp_code}). Проверьте их в EMAIL_URL;"
            " многие почтовые службы требуют отдельный пароль для программ."
        )
    if isinstance(error, smtplib.SMTPSenderRefused):
        return (
            f"Почтовый сервер {where} не разрешил писать от имени {settings.DEFAULT_FROM_EMAIL}"
            f" ({error.smtp_code}). Поставьте в OPORA_MAIL_FROM адрес того ящика, под которым входите."
        )
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return f"Почтовый сервер {where} не принял адрес получателя. Проверьте, нет ли в нём опечатки."
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return (
            f"Почтовый сервер {where} не умеет того, что просит EMAIL_URL. Попробуйте smtp+ssl:// и порт 465."
        )
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return (
            f"Почтовый сервер {where} оборвал связь. Если это порт 465, нужен адрес вида smtp+ssl://…:465;"
            " если 587 — smtp+tls://…:587."
        )
    if isinstance(error, smtplib.SMTPResponseException):
        return f"Почтовый сервер {where} отказал: код {error.smtp_code}. Спросите о нём администратора почты."
    return ""


def _line_words(error: Exception, where: str) -> str:
    """There was no answer to speak of."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return (
            f"У почтового сервера {where} непригодный сертификат: он выдан другому имени, просрочен или"
            " подписан неизвестным центром. Письмо не отправлено, чтобы пароль не достался чужому."
        )
    if isinstance(error, ssl.SSLError):
        return (
            f"Почтовый сервер {where} не понял шифрования. Для порта 465 укажите smtp+ssl://, для 587 —"
            " smtp+tls://."
        )
    if isinstance(error, TimeoutError):
        return (
            f"Почтовый сервер {where} не ответил за {settings.EMAIL_TIMEOUT} с. Проверьте имя и порт и не"
            " закрыт ли выход в сеть."
        )
    if isinstance(error, socket.gaierror):
        return f"Имя почтового сервера {settings.EMAIL_HOST} не найдено. Проверьте его в EMAIL_URL."
    if isinstance(error, ConnectionRefusedError):
        return f"По адресу {where} никто не принимает почту. Проверьте порт в EMAIL_URL."
    return f"С почтовым сервером {where} не удалось связаться. Проверьте EMAIL_URL и сеть."


def _hang_up(line: Any) -> None:
    # The letter has gone or has not: a server that drops the line at «до свидания» changes nothing.
    try:
        line.close()
    except (OSError, smtplib.SMTPException):
        return
