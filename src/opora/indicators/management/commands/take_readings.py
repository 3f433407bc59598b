"""`./opora take-readings`: keep the state of every line on a day."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from opora.core.arguments import day
from opora.core.command import RussianCommand
from opora.core.refusal import Refused
from opora.core.russian import counted
from opora.indicators.daily_readings import readings_of


class Command(RussianCommand):
    help = (
        "Записать замеры: состояние каждого пункта на дату. Сервер делает это сам раз в день.\n"
        "Замер в день один и не переписывается, поэтому команду можно запускать сколько угодно раз."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--roadmap", type=int, metavar="N", help="только одна дорожная карта")
        parser.add_argument("--on", type=day, metavar="ГГГГ-ММ-ДД", help="на какую дату, иначе сегодня")

    def handle(self, *arguments: Any, **options: Any) -> None:
        today = timezone.localdate()
        on = options["on"] or today
        if on > today:
            raise Refused(f"{on:%d.%m.%Y} ещё не наступило: замер записывают не раньше дня.")
        lines, made = readings_of(on, options["roadmap"])
        told = counted(lines, "пункт", "пункта", "пунктов")
        new = counted(made, "новый замер", "новых замера", "новых замеров")
        self.stdout.write(f"На {on:%d.%m.%Y}: {told}, {new}.")
