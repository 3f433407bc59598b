"""`./opora move postgres://…`: all rows carried into an empty base of the other engine."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from opora.core.command import RussianCommand
from opora.core.refusal import Refused
from opora.core.restoration import said_by
from opora.core.russian import counted
from opora.core.transfer import carry

KINDS = ("postgres://", "postgresql://", "sqlite:///")


class Command(RussianCommand):
    help = (
        "Перенести все строки в пустую базу: из SQLite в PostgreSQL или обратно. Сначала остановите сервер."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "address",
            metavar="АДРЕС",
            help="postgres://имя:пароль@127.0.0.1:5432/opora или sqlite:////путь/к/файлу",
        )

    def handle(self, *arguments: Any, **options: Any) -> None:
        address = options["address"]
        if not address.startswith(KINDS) or len(address.partition("://")[2].strip("/")) == 0:
            raise Refused("Нужен адрес новой базы: postgres://имя:пароль@127.0.0.1:5432/opora")
        self.stdout.write(said_by(["history", "verify"], {}))
        self.stdout.write("Готовлю таблицы в новой базе…")
        said_by(["migrate"], {"DATABASE_URL": address})
        sums = carry(address=address, say=self.stdout.write)
        rows = counted(sum(one.rows for one in sums.values()), "строка", "строки", "строк")
        tables = counted(len(sums), "таблица", "таблицы", "таблиц")
        self.stdout.write(f"Перенесено: {rows}, {tables}; число строк и их суммы сошлись в каждой таблице.")
        self.stdout.write("В новой базе: " + said_by(["history", "verify"], {"DATABASE_URL": address}))
        self.stdout.write(
            f"Прежняя база осталась как была. Впишите в настройки и запустите сервер:\nDATABASE_URL={address}"
        )
