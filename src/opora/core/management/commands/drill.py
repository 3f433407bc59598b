"""`./opora drill`: a copy made, put back into a temporary place, compared and thrown away."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from opora.core.command import RussianCommand
from opora.core.copies import lacking_words, make_copy
from opora.core.refusal import Refused
from opora.core.restoration import place_for_drill, said_by


class Command(RussianCommand):
    help = "Учебная тревога: сделать копию, вернуть её во временное место и сравнить. После себя ничего не оставляет."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder",
            metavar="ПАПКА",
            nargs="?",
            help="где разложить временное; обычно временная папка системы",
        )

    def handle(self, *arguments: Any, **options: Any) -> None:
        with tempfile.TemporaryDirectory(prefix=f"opora-{os.getpid()}-drill-", dir=options["folder"]) as told:
            folder = Path(told)
            copy, manifest = make_copy(into=folder / "copy", at=timezone.localtime(), say=self.stdout.write)
            self.stdout.write("Копия сделана. Возвращаю её во временное место…")
            with place_for_drill(folder / "data") as surroundings:
                self.stdout.write(said_by(["restore", str(copy)], surroundings))
        if manifest.lacking:
            raise Refused(
                f"{lacking_words(manifest.lacking)}\nОстальное вернулось целиком. Верните эти файлы из прежней копии."
            )
        self.stdout.write("Копии можно верить: она вернулась целиком. Временное убрано.")
