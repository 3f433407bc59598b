"""`./opora serve`: the server, with the work for later done beside it; brings the database up first."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from opora.core.command import RussianCommand
from opora.core.server import Place, serve
from opora.core.upgrade import bring_up


class Command(RussianCommand):
    help = "Запустить сервер. База приводится к этой версии сама; остановить — Ctrl+C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--host", metavar="АДРЕС", default="127.0.0.1", help="на каком адресе слушать, обычно 127.0.0.1"
        )
        parser.add_argument("--port", type=int, metavar="N", default=8000, help="порт, обычно 8000")
        parser.add_argument("--workers", type=int, metavar="N", default=2, help="сколько процессов, обычно 2")

    def handle(self, *arguments: Any, **options: Any) -> None:
        bring_up()
        place = Place(options["host"], options["port"], options["workers"])
        self.stdout.write(f"«Опора» открывается по адресу {place.address}\nОстановить: Ctrl+C")
        self.stdout.flush()
        serve(place)
