"""`./opora serve`: the server, with the work for later done beside it; brings the database up first."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from opora.config.served import EVERYWHERE, follow
from opora.core.addresses import full_address
from opora.core.command import RussianCommand
from opora.core.server import Place, serve, take_port
from opora.core.upgrade import bring_up
from opora.schools.models import Municipality


class Command(RussianCommand):
    help = "Запустить сервер. База приводится к этой версии сама; остановить — Ctrl+C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--host", metavar="АДРЕС", default="127.0.0.1", help="на каком адресе слушать, обычно 127.0.0.1"
        )
        parser.add_argument("--port", type=int, metavar="N", default=8000, help="порт, обычно 8000")
        parser.add_argument("--workers", type=int, metavar="N", default=2, help="сколько процессов, обычно 2")

    def handle(self, *arguments: Any, **options: Any) -> None:
        place = Place(options["host"], options["port"], options["workers"])
        # Held until the last worker is gone.
        with take_port(place):
            bring_up()
            follow(place.host, place.port)
            self.stdout.write("\n".join([*_opening(place), "Остановить: Ctrl+C"]))
            self.stdout.flush()
            serve(place)


def _opening(place: Place) -> Iterator[str]:
    """Where people open the product, and what is not as usual."""
    yield f"«Опора» открывается по адресу {full_address('/')}"
    if full_address("/") != place.address:
        yield f"Сервер слушает {place.address}"
    if place.host in EVERYWHERE and not os.environ.get("OPORA_ADDRESS"):
        yield (
            "Чтобы её открывали с других машин, задайте OPORA_ADDRESS=https://имя-сервера:"
            " этот адрес встанет в письма, календари и коды на бланках."
        )
    if settings.STANDS_ON and Municipality.objects.filter(is_fictional=True).exists():
        yield (
            f"Это пример ./opora demo: школы и люди вымышлены, день на страницах — {settings.STANDS_ON}."
            " Для работы нужна другая папка: OPORA_DATA=/путь ./opora init"
        )
