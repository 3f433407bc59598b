"""`./opora demo`: the product with a fictional municipality and a year of work, in one command."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from opora.config.kept import keep_day
from opora.config.served import follow
from opora.core.addresses import full_address
from opora.core.command import RussianCommand
from opora.core.examination import own_work
from opora.core.refusal import Refused
from opora.core.server import Place, require_free
from opora.core.upgrade import bring_up
from opora.demo.furnish import furnish, open_doors
from opora.demo.story import STANDS_ON
from opora.plans.models import Roadmap
from opora.questionnaires.views.facts import facts_of
from opora.schools.models import Municipality
from opora.visits.views.report_files import papers_of


class Command(RussianCommand):
    help = "Показать продукт на вымышленных школах. Повторный запуск ничего не портит."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="только подготовить данные, без сервера")
        parser.add_argument(
            "--host", metavar="АДРЕС", default="127.0.0.1", help="на каком адресе слушать, обычно 127.0.0.1"
        )
        parser.add_argument("--port", type=int, metavar="N", default=8000, help="порт, обычно 8000")
        # The launcher reads it before the settings are read (opora.__main__).
        parser.add_argument("--data", metavar="ПАПКА", help="где хранить данные примера, обычно var/")

    def handle(self, *arguments: Any, **options: Any) -> None:
        place = Place(options["host"], options["port"], 2)
        if not options["no_serve"]:
            require_free(place)
        self._prepare()
        follow(place.host, place.port)
        self._tell()
        if not options["no_serve"]:
            # The papers of the year were typeset here, and a process that has typeset must not fork servers.
            _go_on_as("serve", "--host", place.host, "--port", str(place.port))

    def _prepare(self) -> None:
        self.stdout.write("Готовлю пример: вымышленный муниципалитет, 11 школ и год работы…")
        self.stdout.flush()
        bring_up()
        if Municipality.objects.filter(is_fictional=False).exists():
            raise Refused(
                f"В папке {settings.DATA} — рабочая база, пример в неё не добавляется. Укажите другую: --data ПАПКА"
            )
        if not Roadmap.objects.exists():
            with own_work():
                furnish(papers_of, facts_of)
        keep_day(settings.DATA, STANDS_ON.isoformat())
        settings.STANDS_ON = STANDS_ON.isoformat()

    def _tell(self) -> None:
        doors = open_doors(Path(settings.DATA) / "demo-accounts.txt")
        lines = [
            "",
            f"Адрес: {full_address('/')}",
            "",
            "Учётные записи (почта — пароль):",
            *(f"  {who}: {mail} — {password}" for who, mail, password in doors),
            "",
            f"Пример стоит на {STANDS_ON:%d.%m.%Y}: дату меняет переключатель наверху страницы.",
            "С чего начать:",
            "  1. Войдите координатором: «Мой день» покажет, что ждёт и что опаздывает.",
            "  2. «Дорожная карта» → пункт 1.7: видно, каких школ не хватает и почему.",
            "  3. «Загрузка приказа»: попробуйте свой приказ в docx, pdf или xlsx.",
            "  4. «Документы» → «Положено школам»: чего не хватает для пункта 4.2 и что стоит в ИС МЭДК.",
            "  5. «Сборы и анкеты»: отчёт школы за два этапа, ответы без имён, опрос федерального координатора.",
            "  6. «Экспертиза»: итоги первого этапа и выборка второго.",
            "  7. «Отчёты»: соберите отчёт с нарастающим итогом и скачайте его в Word.",
            "  8. Войдите экспертом: документ рядом с критериями. Войдите школой № 101: форма вернулась с вопросом.",
            "  9. Портал открыт без входа: адрес выше.",
            "",
        ]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()


def _go_on_as(*arguments: str) -> None:
    """Become another command of the product, in the same process of the machine."""
    environment = {**os.environ, "OPORA_DATA": str(settings.DATA)}
    sys.stdout.flush()
    os.execve(sys.executable, [sys.executable, "-P", "-m", "opora", *arguments], environment)  # noqa: S606 -- the same program
