"""Why the database does not answer, in one sentence for the operator: what happened and what to do."""

from __future__ import annotations

import re
from typing import Any, Final

from django.db import Error, connection

# What PostgreSQL (in English or Russian) and SQLite say → what it means; the first that fits is told.
_CAUSES: Final = (
    (
        r"password authentication failed|no password supplied|прошёл проверку подлинности|не указан пароль",
        "PostgreSQL {where} не принял имя или пароль. Проверьте их в DATABASE_URL.",
    ),
    (
        r"role \S+ does not exist|роль \S+ не существует",
        "В PostgreSQL {where} нет пользователя, названного в DATABASE_URL.",
    ),
    (
        r"database \S+ does not exist|база данных \S+ не существует",
        "В PostgreSQL {where} нет базы «{name}». Создайте её: createdb {name}",
    ),
    (
        r"could not translate host|Name or service not known|failed to resolve host|name resolution",
        "Сервера PostgreSQL {where} не найти по имени. Проверьте DATABASE_URL.",
    ),
    (
        r"no pg_hba.conf entry|pg_hba",
        "PostgreSQL {where} не пускает с этой машины: разрешите её в pg_hba.conf.",
    ),
    (
        r"starting up|shutting down|recovery mode",
        "PostgreSQL {where} ещё запускается или останавливается. Повторите через минуту.",
    ),
    (
        r"too many (clients|connections)",
        "У PostgreSQL {where} кончились соединения: увеличьте max_connections.",
    ),
    (
        r"connection refused|timeout|timed out|server closed|is the server running|no route|unreachable|connection failed",
        "PostgreSQL {where} не отвечает. Проверьте, запущен ли он и верен ли адрес в DATABASE_URL.",
    ),
    (
        r"unable to open database file",
        "Файл базы {name} не открывается: нет папки или права. Проверьте OPORA_DATA и то, от чьего имени идёт запуск.",
    ),
    (
        r"readonly database",
        "В базу {name} нельзя писать: её файл принадлежит другому или диск только для чтения.",
    ),
    (
        r"malformed|not a database|encrypted",
        "Файл {name} — не база «Опоры» или повреждён. Восстановите папку данных из копии.",
    ),
    (r"disk is full|No space left", "На диске с базой кончилось место. Освободите его и повторите."),
    (r"database is locked", "Базу {name} занял другой запуск «Опоры». Дождитесь его конца и повторите."),
)


def outage_of(error: Error, told: dict[str, Any] | None = None) -> str:
    """The sentence for an error of the connection; empty when it is an error of another kind.

    `told` are the settings of the base; those of this process where none are given.
    """
    found = told or connection.settings_dict
    where = f"на {found['HOST'] or 'этой машине'}{':' + str(found['PORT']) if found['PORT'] else ''}"
    said = str(error)
    for pattern, words in _CAUSES:
        if re.search(pattern, said, flags=re.IGNORECASE):
            return words.format(where=where, name=found["NAME"])
    return ""
