"""`./opora backup DIR`: a copy of everything, made while people work."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from opora.core.command import RussianCommand
from opora.core.copies import keep_mark, lacking_words, make_copy
from opora.core.refusal import Refused

_WAY_OUT = (
    "Всё остальное скопировано. Положите эти файлы из прежней копии в папку files папки данных"
    " под теми же именами и повторите ./opora backup; прежние копии пока не удаляйте."
)


class Command(RussianCommand):
    help = "Сделать копию: база, файлы, ключи. Сервер останавливать не нужно."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder", metavar="ПАПКА", help="где хранить копии; внутри появится папка с датой и временем"
        )

    def handle(self, *arguments: Any, **options: Any) -> None:
        at = timezone.localtime()
        made, manifest = make_copy(into=Path(options["folder"]), at=at, say=self.stdout.write)
        keep_mark(copy=made, lacking=len(manifest.lacking), at=at)
        self.stdout.write(f"Копия готова: {made}\nПроверить, что она годится: ./opora drill")
        if os.environ.get("OPORA_SECRET_KEY"):
            self.stdout.write(
                "Ключ задан переменной OPORA_SECRET_KEY: сохраните её отдельно, в копии её нет."
            )
        if manifest.lacking:
            raise Refused(f"{lacking_words(manifest.lacking)}\n{_WAY_OUT}")
