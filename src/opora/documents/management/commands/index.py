"""`./opora index`: read the files of all documents again, so that search finds the words inside."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from opora.core.command import RussianCommand
from opora.core.russian import counted
from opora.documents.actions import read_document
from opora.documents.models import Document


class Command(RussianCommand):
    help = "Прочитать файлы всех документов заново: после этого поиск находит слова внутри них."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--lacking", action="store_true", help="только те документы, чей файл ещё не прочитан"
        )

    def handle(self, *arguments: Any, **options: Any) -> None:
        documents = Document.objects.order_by("pk")
        if options["lacking"]:
            documents = documents.filter(text__version=None)
        numbers = list(documents.values_list("pk", flat=True))
        with_text = 0
        for pk in numbers:
            try:
                with_text += read_document(document=Document.objects.get(pk=pk))
            except FileNotFoundError:
                self.stderr.write(f"Документ {pk}: файла нет на диске.")
        told = counted(len(numbers), "документ", "документа", "документов")
        self.stdout.write(f"Просмотрено: {told}. С текстом внутри: {with_text}.")
