"""`./opora restore DIR`: a copy put back into an empty place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from opora.core.command import RussianCommand
from opora.core.copies import lacking_words
from opora.core.restoration import put_back
from opora.core.russian import counted


class Command(RussianCommand):
    help = "Вернуть копию в пустое место: каждый файл сверяется до и после."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", metavar="ПАПКА", help="папка одной копии, с датой в имени")

    def handle(self, *arguments: Any, **options: Any) -> None:
        manifest = put_back(Path(options["folder"]).resolve(), say=self.stdout.write)
        rows = counted(sum(manifest.rows.values()), "строка", "строки", "строк")
        files = counted(len(manifest.hashes), "файл", "файла", "файлов")
        self.stdout.write(f"Возвращено: {rows} и {files}, всё сошлось с копией от {manifest.made_at[:16]}.")
        if manifest.lacking:
            self.stdout.write(
                f"{lacking_words(manifest.lacking)}\n"
                "Всё остальное вернулось. Если эти файлы есть в другой копии, положите их в папку files папки данных"
                " под теми же именами."
            )
