"""`./opora janitor`: what no row names and no process holds is removed; the server does the same every day."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from opora.core.command import RussianCommand
from opora.core.janitor import clear
from opora.core.russian import counted


class Command(RussianCommand):
    help = (
        "Убрать брошенное больше суток назад: файлы без записей, временное. Сервер делает это сам раз в день."
    )

    def handle(self, *arguments: Any, **options: Any) -> None:
        gone = clear(at=timezone.now())
        files = counted(gone.files + gone.halves, "файл", "файла", "файлов")
        self.stdout.write(f"Убрано из хранилища: {files}; временных папок и файлов: {gone.temporary}.")
