"""`./opora take-readings`: keep the state of every line on a day."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from opora.core.arguments import day
from opora.core.command import RussianCommand
from opora.core.refusal import Refused
from opora.core.russian import counted
from opora.indicators.actions import take_readings
from opora.indicators.queries import standings
from opora.plans.queries import roadmaps_asked

# So many roadmaps are counted at once: a region's thousand lines fit into memory whatever their number.
AT_ONCE = 50


class Command(RussianCommand):
    help = (
        "Записать замеры: состояние каждого пункта на дату. Замер в день один и не переписывается,\n"
        "поэтому команду можно запускать сколько угодно раз."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--roadmap", type=int, metavar="N", help="только одна дорожная карта")
        parser.add_argument("--on", type=day, metavar="ГГГГ-ММ-ДД", help="на какую дату, иначе сегодня")

    def handle(self, *arguments: Any, **options: Any) -> None:
        today = timezone.localdate()
        on = options["on"] or today
        if on > today:
            raise Refused(f"{on:%d.%m.%Y} ещё не наступило: замер записывают не раньше дня.")
        roadmaps = roadmaps_asked(options["roadmap"])
        made = lines = 0
        for first in range(0, len(roadmaps), AT_ONCE):
            chosen = roadmaps[first : first + AT_ONCE]
            states = [state for group in standings(chosen, on).values() for state in group]
            made += take_readings(states=states, on=on)
            lines += len(states)
        told = counted(lines, "пункт", "пункта", "пунктов")
        new = counted(made, "новый замер", "новых замера", "новых замеров")
        self.stdout.write(f"На {on:%d.%m.%Y}: {told}, {new}.")
