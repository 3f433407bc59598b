"""What the environment says of an installation, read and judged one variable at a time, without Django.

Each reader takes the words of its variable and returns the value, or refuses in one sentence for the operator: what is
wrong, and what to write instead. Settings ask them when they are read; `faults` asks them all without stopping.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeVar
from urllib.parse import SplitResult, unquote, urlsplit
from zoneinfo import ZoneInfo

import environ

from opora.config.kept import address_kept_in
from opora.config.mail import mail_settings
from opora.core.refusal import Refused

# All that an operator may set; the page of settings in the guide says what each means, and a test compares them.
VARIABLES: Final = (
    "OPORA_DATA",
    "OPORA_ADDRESS",
    "OPORA_PROXIES",
    "OPORA_HOSTS",
    "DATABASE_URL",
    "EMAIL_URL",
    "OPORA_MAIL_FROM",
    "OPORA_EGRESS",
    "OPORA_EMBED_ORIGINS",
    "OPORA_REQUIRE_TOTP",
    "OPORA_SECRET_KEY",
    "OPORA_HISTORY_KEY",
    "OPORA_TIME_ZONE",
    "OPORA_STANDS_ON",
    "OPORA_LOG",
)
Kept = TypeVar("Kept")
SOURCE: Final = Path(__file__).resolve().parents[3]
USUAL_ADDRESS: Final = "http://127.0.0.1:8000"
HERE: Final = ("127.0.0.1", "localhost", "[::1]")
_YES: Final = ("on", "true", "yes", "1", "да")
_NO: Final = ("off", "false", "no", "0", "нет")
_POSTGRES: Final = ("postgres", "postgresql", "psql", "pgsql")
_HOST: Final = re.compile(
    r"\*|\.?[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?\.?|\[[0-9a-f:.]+\]|[0-9a-f:]+:[0-9a-f:.]*", re.IGNORECASE
)
_ORIGIN: Final = re.compile(r"https?://[^/?#\s@]+/?", re.IGNORECASE)


def data_folder(told: str, *, is_made: bool = True) -> Path:
    """The folder of data: made if it is not there, or only judged. Refused when nothing can be kept in it."""
    place = Path(told or SOURCE / "var").expanduser().resolve()
    asks = "Укажите в OPORA_DATA папку, в которую может писать тот, кто запускает «Опору»."
    try:
        if is_made:
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
        there = _what_stands(place)
    except FileExistsError:
        raise Refused(f"OPORA_DATA: «{place}» — файл, а нужна папка.") from None
    except NotADirectoryError:
        raise Refused(f"OPORA_DATA: в пути «{place}» есть файл там, где нужна папка.") from None
    except OSError as error:
        raise Refused(f"Папку данных «{place}» не создать: {_why(error)}. {asks}") from None
    if not os.access(there, os.R_OK | os.W_OK | os.X_OK):
        raise Refused(f"В папку данных «{place}» нельзя писать. {asks}")
    return place


def told_by(told: Mapping[str, str]) -> Callable[[str], str]:
    """What is told in a variable, empty where it is not; the names are those of the operator's guide."""
    return lambda name: told.get(name, "").strip()


def kept_in(place: Path, read: Callable[[Path], Kept]) -> Kept:
    """What a reader or a keeper in the data folder gives. Refused when the system does not let it."""
    try:
        return read(place)
    except ValueError as error:
        raise Refused(
            f"В папке данных «{place}» испорчен файл: {error}. Верните его из копии папки."
        ) from None
    except OSError as error:
        name = Path(str(getattr(error, "filename", "") or place)).name
        words = f"В папке данных «{place}» не открывается «{name}»: {_why(error)}."
        raise Refused(f"{words} Запускайте «Опору» от имени того же человека, что и раньше.") from None


def address(told: str, name: str = "OPORA_ADDRESS") -> str:
    """The address that people type, without a closing slash, a Russian name as browsers send it.

    Refused when it is no address of a whole site.
    """
    shown = f"{name}: «{told}» — не адрес сайта. Нужен вид https://opora.example.ru"
    try:
        parts = urlsplit(told.strip())
        host, port = parts.hostname or "", parts.port
        host = host if ":" in host else host.encode("idna").decode("ascii")
    except ValueError:
        raise Refused(f"{shown}.") from None
    if parts.scheme not in ("http", "https") or not host or not _is_host(host):
        raise Refused(f"{shown} (с https:// или http:// впереди).")
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username is not None:
        raise Refused(f"{shown}: без папок, знаков ? и #, имени и пароля.")
    usual = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{bracketed(host)}{'' if port in (None, usual) else f':{port}'}"


def site_address(told: str, data: Path) -> str:
    """The address of OPORA_ADDRESS, else that at which the data were served last, else the usual one of this machine."""
    if told:
        return address(told)
    return kept_in(data, address_kept_in) or USUAL_ADDRESS


def host_of(site: str) -> str:
    """The host of an address, as Django compares it."""
    return bracketed(urlsplit(site).hostname or "")


def hosts(told: str, name: str = "OPORA_HOSTS") -> list[str]:
    """Other names of the server. Refused when one is no name: with a scheme, a port, a path."""
    found = _list(told)
    for one in found:
        if not _is_host(one):
            raise Refused(
                f"{name}: «{one}» — не имя сервера. Нужно имя или число без https:// и порта: 192.168.1.5."
            )
    return [bracketed(one) for one in found]


def origins(told: str, name: str = "OPORA_EMBED_ORIGINS") -> list[str]:
    """Sites that may frame the list. Refused when one is no address of a whole site."""
    found = _list(told)
    for one in found:
        if not _ORIGIN.fullmatch(one):
            raise Refused(
                f"{name}: «{one}» — не адрес сайта. Нужен вид https://imc.example.ru, несколько — через запятую."
            )
    return found


def database(told: str | None, data: Path) -> dict[str, Any]:
    """Django's settings of the base: the file in the data folder, or what DATABASE_URL names. Refused for nonsense."""
    if told is None:
        return _sqlite(data / "opora.sqlite3")
    told = told.strip()
    if not told:
        raise Refused(
            "DATABASE_URL пуста. Уберите её, чтобы работать со встроенной базой, или впишите адрес PostgreSQL: "
            "postgres://имя:пароль@127.0.0.1:5432/opora."
        )
    scheme, mark, rest = told.partition("://")
    if scheme == "sqlite" and mark:
        # The rest is the path of a file as it is: «#», «?» and «%» are letters of it.
        path = rest.removeprefix("/")
        if not path or path.startswith(":"):
            raise Refused(
                "DATABASE_URL: после sqlite:/// нужен путь к файлу базы: sqlite:////var/lib/opora/opora.sqlite3."
            )
        return _sqlite(Path(path).resolve())
    if scheme not in _POSTGRES or not mark:
        raise Refused(
            f"DATABASE_URL: «{scheme if mark else told.partition(':')[0]}» — неизвестный вид базы. "
            "Нужно postgres://имя:пароль@127.0.0.1:5432/opora."
        )
    return _postgres(told)


def mail(told: str) -> dict[str, Any]:
    """Django's settings of mail for an EMAIL_URL. Refused when the kind is unknown or the server is not named."""
    return mail_settings(told)


def flag(told: str, name: str) -> bool:
    """A switch: «on» or «off», off when nothing is said. Refused for other words: a misspelt switch is not off."""
    word = told.strip().lower()
    if word and word not in _YES + _NO:
        raise Refused(f"{name}: «{told}» — не «on» и не «off».")
    return word in _YES


def whole_number(told: str, name: str, *, usual: int, least: int = 0) -> int:
    """A whole number, the usual one when nothing is said. Refused for other words and for less than the least."""
    word = told.strip()
    if not word:
        return usual
    if not (word.isascii() and word.isdecimal() and len(word) < 10 and int(word) >= least):
        raise Refused(f"{name}: «{told}» — не целое число от {least}.")
    return int(word)


def time_zone(told: str, name: str = "OPORA_TIME_ZONE") -> str:
    """A zone of the system's list. Refused for another word."""
    word = told.strip() or "Europe/Moscow"
    try:
        ZoneInfo(word)
    except (OSError, ValueError, KeyError):
        raise Refused(
            f"{name}: «{told}» — неизвестный часовой пояс. Нужно, например, Asia/Yekaterinburg."
        ) from None
    return word


def standing_day(told: str, name: str = "OPORA_STANDS_ON") -> str:
    """The day that the switch «на дату» stands on, or nothing. Refused for what is no day."""
    word = told.strip()
    try:
        return date.fromisoformat(word).isoformat() if word else ""
    except ValueError:
        raise Refused(f"{name}: «{told}» — не дата. Нужно, например, 2022-09-15, или уберите её.") from None


def log_level(told: str, name: str = "OPORA_LOG") -> str:
    """How much goes to the log. Refused for an unknown word."""
    word = told.strip().upper() or "WARNING"
    if word not in logging.getLevelNamesMapping() or word == "NOTSET":
        raise Refused(f"{name}: «{told}» — неизвестная подробность. Бывает DEBUG, INFO, WARNING, ERROR.")
    return word


def sender(told: str, name: str = "OPORA_MAIL_FROM") -> str:
    """In whose name letters go. Refused when it is no address of mail."""
    word = told.strip() or "opora@localhost"
    if not re.fullmatch(r"[^<>@\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+", word):
        raise Refused(
            f"{name}: «{told}» — не почтовый адрес. Нужно opora@example.ru или «Опора <opora@example.ru>»."
        )
    return word


def bracketed(host: str) -> str:
    """A host as it stands in an address: a number of IPv6 in brackets."""
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def faults(told: Mapping[str, str]) -> list[str]:
    """Everything that is wrong in the variables, a sentence each, for who asks without starting anything."""
    return list(faults_by_name(told).values())


def faults_by_name(told: Mapping[str, str]) -> dict[str, str]:
    """The same by the variable that is wrong; an empty DATABASE_URL is a fault, any other empty one is not told."""
    say = told_by(told)
    data = Path(say("OPORA_DATA") or SOURCE / "var")
    tries: dict[str, Callable[[], object]] = {
        "OPORA_DATA": lambda: data_folder(say("OPORA_DATA"), is_made=False),
        "OPORA_ADDRESS": lambda: say("OPORA_ADDRESS") and address(say("OPORA_ADDRESS")),
        "OPORA_PROXIES": lambda: whole_number(say("OPORA_PROXIES"), "OPORA_PROXIES", usual=0),
        "OPORA_HOSTS": lambda: hosts(say("OPORA_HOSTS")),
        "OPORA_EMBED_ORIGINS": lambda: origins(say("OPORA_EMBED_ORIGINS")),
        "DATABASE_URL": lambda: database(told.get("DATABASE_URL"), data),
        "EMAIL_URL": lambda: mail(say("EMAIL_URL")),
        "OPORA_MAIL_FROM": lambda: sender(say("OPORA_MAIL_FROM")),
        "OPORA_EGRESS": lambda: flag(say("OPORA_EGRESS"), "OPORA_EGRESS"),
        "OPORA_REQUIRE_TOTP": lambda: flag(say("OPORA_REQUIRE_TOTP"), "OPORA_REQUIRE_TOTP"),
        "OPORA_TIME_ZONE": lambda: time_zone(say("OPORA_TIME_ZONE")),
        "OPORA_STANDS_ON": lambda: standing_day(say("OPORA_STANDS_ON")),
        "OPORA_LOG": lambda: log_level(say("OPORA_LOG")),
    }
    found = {}
    for name, attempt in tries.items():
        try:
            attempt()
        except Refused as refusal:
            found[name] = refusal.words
    return found


def _what_stands(place: Path) -> Path:
    """The folder itself or, before it is made, the nearest one above."""
    there = next(one for one in (place, *place.parents) if one.exists())
    if not there.is_dir():
        raise FileExistsError if there == place else NotADirectoryError
    return there


def _sqlite(place: Path) -> dict[str, Any]:
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(place)}


def _postgres(told: str) -> dict[str, Any]:
    words = (
        "DATABASE_URL написана с ошибкой. Нужно postgres://имя:пароль@127.0.0.1:5432/opora; "
        "знаки @ : / # ? % в пароле пишут кодом: %40 %3A %2F %23 %3F %25."
    )
    parts = _split(told, words)
    name = unquote(parts.path.removeprefix("/"))
    if parts.fragment or not name or (parts.netloc and not parts.netloc.rsplit("@", 1)[-1]):
        raise Refused(words)
    if parts.path.count("/") > 1 and not name.startswith("/"):
        raise Refused(words)
    return dict(environ.Env.db_url_config(told))


def _split(told: str, words: str) -> SplitResult:
    """The parts of an address, its port looked at too. Refused with the words given."""
    try:
        parts = urlsplit(told)
        # A cluster names several hosts, and only one number can be looked at here.
        if "," not in parts.netloc:
            _ = parts.port
    except ValueError:
        raise Refused(words) from None
    if re.search(r"\s", told):
        raise Refused(words)
    return parts


def _is_host(word: str) -> bool:
    return len(word) < 254 and _HOST.fullmatch(word) is not None


def _list(told: str) -> list[str]:
    return [one for one in (part.strip() for part in told.split(",")) if one]


def _why(error: Exception) -> str:
    """The reason of the system in Russian, for the few that people meet."""
    told = {
        13: "нет прав",
        1: "нет прав",
        30: "диск только для чтения",
        28: "нет места на диске",
        36: "имя слишком длинное",
    }
    return told.get(getattr(error, "errno", None) or 0, "система не позволила")
