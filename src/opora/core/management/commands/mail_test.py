"""`./opora mail-test АДРЕС`: one letter now, and what the mail server said to it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import CommandParser
from django.core.validators import validate_email
from django.utils import timezone

from opora.core import mail
from opora.core.addresses import full_address
from opora.core.command import RussianCommand
from opora.core.refusal import Refused

_NOT_SET = (
    "Почта не настроена: письма печатаются в журнал сервера и никуда не уходят. Впишите EMAIL_URL; примеры —"
    " в справке, страница «Почта» (docs/guide/mail.md)."
)


class Command(RussianCommand):
    help = "Отправить одно пробное письмо сейчас и сказать, что ответил почтовый сервер."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", metavar="АДРЕС", help="кому отправить, например you@example.ru")

    def handle(self, *arguments: Any, **options: Any) -> None:
        to = options["address"].strip()
        try:
            validate_email(to)
        except ValidationError as error:
            raise Refused(f"Адрес «{to}» написан с опечаткой.") from error
        if not mail.is_set():
            raise Refused(_NOT_SET)
        self.stdout.write(f"Почтовый сервер: {mail.place_words()}. От кого: {settings.DEFAULT_FROM_EMAIL}.")
        self.stdout.flush()
        moment = timezone.localtime()
        body = (
            f"Это пробное письмо «Опоры» ({full_address('')}), отправлено {moment:%d.%m.%Y в %H:%M}.\n"
            "Если вы его читаете, приглашения и ссылки для нового пароля тоже дойдут.\n"
        )
        try:
            with mail.post() as line:
                mail.send(line, to=to, subject="Пробное письмо «Опоры»", body=body)
        except Refused as refusal:
            raise Refused(f"Письмо не отправлено. {refusal.words}") from refusal
        self.stdout.write(
            f"Отправлено: почтовый сервер принял письмо для {to}. Если через несколько минут его нет, посмотрите в"
            " «Спаме» и проверьте, что адрес отправителя (OPORA_MAIL_FROM) — из вашего ящика."
        )
