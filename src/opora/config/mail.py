"""The address of the mail server as an operator writes it, and what it means."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from opora.core.refusal import Refused

# A mail server that says nothing is waited for so long, in seconds.
TIMEOUT = 12
_BACKENDS = "django.core.mail.backends."
_LOCAL = {
    "": "console",
    "consolemail": "console",
    "dummymail": "dummy",
    "memorymail": "locmem",
    "locmemmail": "locmem",
    "filemail": "filebased",
}
_SSL, _TLS, _OPEN = "ssl", "tls", ""
# How a scheme encrypts, and the port it means when none is written.
_SCHEMES = {
    "smtp": (_OPEN, 25),
    "smtps": (_SSL, 465),
    "smtp+ssl": (_SSL, 465),
    "smtp+tls": (_TLS, 587),
    "smtp+starttls": (_TLS, 587),
}
# What a port means whatever the scheme says: the two that providers name in their instructions.
_PORTS = {465: _SSL, 587: _TLS}
_EXAMPLE = "smtp+ssl://post%40example.ru:ПАРОЛЬ@smtp.example.ru:465"


def mail_settings(address: str) -> dict[str, Any]:
    """Django's settings of mail for an EMAIL_URL; empty is printing to the log. Refused when it makes no sense."""
    address = address.strip()
    parts = urlsplit(address)
    if parts.scheme in _LOCAL:
        if not parts.scheme and address:
            raise Refused(f"EMAIL_URL не похожа на адрес почтового сервера. Пример: {_EXAMPLE}")
        settings: dict[str, Any] = {
            "EMAIL_BACKEND": f"{_BACKENDS}{_LOCAL[parts.scheme]}.EmailBackend",
            "EMAIL_TIMEOUT": TIMEOUT,
        }
        if parts.scheme == "filemail":
            settings["EMAIL_FILE_PATH"] = unquote(parts.path)
        return settings
    if parts.scheme not in _SCHEMES:
        raise Refused(f"EMAIL_URL: «{parts.scheme}://» — не почта. Пример: {_EXAMPLE}")
    cipher, port = _SCHEMES[parts.scheme]
    port = _port_of(address) or port
    cipher = _PORTS.get(port, cipher)
    if not parts.hostname:
        raise Refused(f"EMAIL_URL: не указано имя почтового сервера. Пример: {_EXAMPLE}")
    return {
        "EMAIL_BACKEND": f"{_BACKENDS}smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": cipher == _SSL,
        "EMAIL_USE_TLS": cipher == _TLS,
        "EMAIL_TIMEOUT": TIMEOUT,
    }


def _port_of(address: str) -> int | None:
    try:
        return urlsplit(address).port
    except ValueError as error:
        raise Refused(
            "EMAIL_URL: порт написан не числом, или в пароле есть знаки «@ : / # ?»: их пишут как %40 %3A %2F"
            f" %23 %3F. Пример: {_EXAMPLE}"
        ) from error
