"""`./opora backup DIR`: a copy of everything, made while people work."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from opora.core.command import RussianCommand
from opora.core.copies import make_copy


class Command(RussianCommand):
    help = "Сделать копию: база, файлы, ключи. Сервер останавливать не нужно."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder", metavar="ПАПКА", help="где хранить копии; внутри появится папка с датой и временем"
        )

    def handle(self, *arguments: Any, **options: Any) -> None:
        made = make_copy(into=Path(options["folder"]), at=timezone.localtime(), say=self.stdout.write)
        self.stdout.write(f"Копия готова: {made}\nПроверить, что она годится: ./opora drill")
        if os.environ.get("OPORA_SECRET_KEY"):
            self.stdout.write(
                "Ключ задан переменной OPORA_SECRET_KEY: сохраните её отдельно, в копии её нет."
            )
