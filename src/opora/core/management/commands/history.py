"""`./opora history verify`: whether the chain of deeds is whole."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from opora.core.command import RussianCommand
from opora.core.history import breaks
from opora.core.models import HistoryEntry
from opora.core.refusal import Refused
from opora.core.russian import counted

SHOWN = 20


class Command(RussianCommand):
    help = "Проверить, что журнал не правили в обход программы: каждая запись продолжает предыдущую."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "what", choices=("verify",), metavar="verify", help="что сделать: verify — проверить цепочку"
        )

    def handle(self, *arguments: Any, **options: Any) -> None:
        found = list(breaks())
        for one in found[:SHOWN]:
            self.stdout.write(f"Запись {one.number}: {one.words}")
        if found:
            raise Refused(f"Журнал не цел: мест с расхождением — {len(found)}.")
        kept = counted(HistoryEntry.objects.count(), "запись", "записи", "записей")
        self.stdout.write(f"Журнал цел: {kept}, цепочка сходится.")
