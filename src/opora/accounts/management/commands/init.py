"""`./opora init`: an empty base and the first coordinator, for real use."""

from __future__ import annotations

import sys
from getpass import getpass
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandParser
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from opora.accounts.actions import invite, set_password
from opora.accounts.letters import address_of_invitation
from opora.accounts.models import User
from opora.appointments.actions import Newcomer, set_up
from opora.config.served import follow_told, serve_words
from opora.core.addresses import full_address
from opora.core.command import RussianCommand
from opora.core.refusal import Refused
from opora.core.upgrade import bring_up
from opora.programmes.pack import OURS
from opora.schools.models import Municipality

# Option, what is asked, what is taken when nothing is answered (None: an answer is needed).
QUESTIONS: tuple[tuple[str, str, str | None], ...] = (
    ("region", "Регион (например, «Примерная область»)", None),
    ("municipality", "Муниципалитет (например, «г. о. Примерск»)", None),
    ("centre", "Методический центр, полностью", None),
    ("head-post", "Должность руководителя центра", "Директор"),
    ("head-name", "Руководитель центра: фамилия, имя, отчество", ""),
    ("last-name", "Фамилия координатора", None),
    ("first-name", "Имя", None),
    ("middle-name", "Отчество", ""),
    ("post", "Должность", "методист"),
    ("email", "Электронная почта для входа", None),
)


class Command(RussianCommand):
    help = "Создать пустую базу, программы, муниципалитет и первого координатора. Непустую базу не трогает."

    def add_arguments(self, parser: CommandParser) -> None:
        for name, words, _ in QUESTIONS:
            parser.add_argument(f"--{name}", metavar="ТЕКСТ", help=words)
        parser.add_argument(
            "--programme", choices=OURS, default=OURS[0], help=f"набор программы; по умолчанию {OURS[0]}"
        )
        parser.add_argument("--host", metavar="АДРЕС", help="на каком адресе будет сервер, обычно 127.0.0.1")
        parser.add_argument("--port", type=int, metavar="N", help="на каком порту будет сервер, обычно 8000")
        parser.add_argument(
            "--link", action="store_true", help="не спрашивать пароль, а напечатать ссылку для первого входа"
        )

    def handle(self, *arguments: Any, **options: Any) -> None:
        bring_up()
        follow_told(options["host"], options["port"])
        if Municipality.objects.filter(is_fictional=True).exists():
            raise Refused(
                f"В папке {settings.DATA} лежит пример (./opora demo), рабочую базу в ней не заводят. "
                "Укажите другую папку: OPORA_DATA=/путь/к/папке ./opora init — "
                "и с той же OPORA_DATA запускайте ./opora serve."
            )
        if User.objects.exists():
            raise Refused(
                "База не пуста: в ней уже есть люди. Новых координаторов заводят на странице «Люди»."
            )
        told = {
            name: self._answer(options[name.replace("-", "_")], words, usual)
            for name, words, usual in QUESTIONS
        }
        try:
            validate_email(told["email"])
        except ValidationError as error:
            raise Refused(f"Почта «{told['email']}» написана с опечаткой.") from error
        password = None if options["link"] or not sys.stdin.isatty() else self._password(told)
        self._set_up(told, options["programme"], password)

    @transaction.atomic
    def _set_up(self, told: dict[str, str], programme: str, password: str | None) -> None:
        at = timezone.now()
        names = (told["last-name"], told["first-name"], told["middle-name"])
        person = set_up(
            coordinator=Newcomer(*names, told["email"], told["post"], told["centre"]),
            region=told["region"],
            municipality=told["municipality"],
            centre=told["centre"],
            head_post=told["head-post"],
            head_name=told["head-name"],
            programme=programme,
            since=timezone.localdate(at),
            at=at,
        )
        self.stdout.write(f"База готова. Координатор: {person.full_name}, {person.email}.")
        if password is not None:
            set_password(person=person, password=password, by=person, at=at)
            self.stdout.write(f"Запустите {serve_words()} и войдите по этой почте: {full_address('/')}")
            return
        _, secret = invite(person=person, by=None, at=at)
        self.stdout.write(
            f"Запустите {serve_words()} и откройте ссылку, чтобы задать пароль (один раз, 14 дней):"
        )
        self.stdout.write(address_of_invitation(secret))

    def _answer(self, told: str | None, words: str, usual: str | None) -> str:
        if told is not None and (told.strip() or usual is not None):
            return told.strip()
        if not sys.stdin.isatty():
            if usual is None:
                raise Refused(f"Не указано: {words}. Все параметры: ./opora init --help.")
            return usual
        while True:
            answer = input(f"{words}{f' [{usual}]' if usual else ''}: ").strip()
            if answer or usual is not None:
                return answer or usual or ""

    def _password(self, told: dict[str, str]) -> str | None:
        self.stdout.write("Пароль: не короче 12 знаков. Пустой — напечатаем ссылку для первого входа.")
        somebody = User(last_name=told["last-name"], first_name=told["first-name"], email=told["email"])
        while True:
            password = getpass("Пароль: ")
            if not password:
                return None
            try:
                validate_password(password, somebody)
            except ValidationError as error:
                self.stdout.write(" ".join(error.messages))
                continue
            if getpass("Пароль ещё раз: ") == password:
                return password
            self.stdout.write("Пароли не совпали. Наберите ещё раз.")
