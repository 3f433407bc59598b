"""`./opora person-data`: everything kept of one person as one file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from opora.accounts.actions import note_data_given
from opora.accounts.models import User
from opora.accounts.person_file import person_file
from opora.core.command import RussianCommand
from opora.core.refusal import Refused


class Command(RussianCommand):
    help = "Собрать всё, что хранится об одном человеке, в один файл zip: страница для чтения и json."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "who", metavar="ПОЧТА_ИЛИ_НОМЕР", help="почта человека или номер из адреса его страницы"
        )
        parser.add_argument("place", type=Path, metavar="ФАЙЛ", help="куда записать: имя.zip")

    def handle(self, *arguments: Any, **options: Any) -> None:
        person, place = _person(options["who"]), options["place"]
        if not place.parent.is_dir():
            raise Refused(f"Папки «{place.parent}» нет. Создайте её или укажите другую.")
        at = timezone.now()
        try:
            place.write_bytes(person_file(person, at))
        except OSError as error:
            raise Refused(
                f"Файл «{place}» не записать: проверьте место на диске и права на папку."
            ) from error
        # The file is for the person alone, not for every account of the server.
        place.chmod(0o600)
        note_data_given(person=person, by=None, at=at)
        self.stdout.write(f"Записано: {place}. Передайте файл только самому человеку.")


def _person(who: str) -> User:
    number = int(who) if who.isascii() and who.isdecimal() and len(who) < 16 else None
    found = (
        User.objects.filter(pk=number)
        if number is not None
        else User.objects.filter(email=who.strip().lower())
    )
    person = found.first()
    if person is None:
        raise Refused(
            f"Человека «{who}» нет. Укажите почту, с которой он входит, или номер из адреса его страницы."
        )
    return person
