"""The list of the launcher's commands: name, where it is done and what it is for."""

from __future__ import annotations

from typing import Literal, NamedTuple

Level = Literal["run", "test", "check"]


class Command(NamedTuple):
    """One command. `module` does it without Django; otherwise it is a management command.

    `management` is the name of that one where it differs from the command's own.
    """

    name: str
    group: str
    words: str
    module: str = ""
    level: Level = "run"
    management: str = ""

    @property
    def management_name(self) -> str:
        """The name of the file in `management/commands` that does it."""
        return self.management or self.name.replace("-", "_")


START, WORK, CARE, BUILD = "Начать", "Работать", "Хранить", "Для разработчиков"

COMMANDS = (
    Command("demo", START, "показать продукт на вымышленных школах: http://127.0.0.1:8000"),
    Command("init", START, "создать пустую базу и первого координатора"),
    Command("serve", START, "запустить сервер"),
    Command("read", WORK, "прочитать дорожную карту из файла", module="opora.console.read"),
    Command(
        "period", WORK, "прочитать срок: «в течение года», «до 15 апреля»", module="opora.console.period"
    ),
    Command("standings", WORK, "состояние всех мероприятий на дату"),
    Command("report", WORK, "отчёт о ходе дорожной карты: docx, pdf, xlsx"),
    Command("take-readings", WORK, "записать замеры показателей на дату (за сегодня сервер делает это сам)"),
    Command("migrate", CARE, "привести базу к новой версии продукта", management="upgrade"),
    Command("index", CARE, "прочитать файлы всех документов заново для поиска"),
    Command("mail-test", CARE, "отправить пробное письмо и сказать, что ответил почтовый сервер"),
    Command("region", CARE, "внести регион, поправить учреждение его координатора"),
    Command("person-data", CARE, "собрать всё, что хранится об одном человеке: ПОЧТА ФАЙЛ"),
    Command("doctor", CARE, "сказать, что в порядке, а что исправить", module="opora.console.doctor"),
    Command("backup", CARE, "сделать копию базы, файлов и ключей, не останавливая сервер"),
    Command("restore", CARE, "вернуть копию в пустое место"),
    Command("drill", CARE, "проверить, что из копии всё возвращается"),
    Command("move", CARE, "перенести базу из SQLite в PostgreSQL или обратно"),
    Command("janitor", CARE, "убрать файлы, на которые ничего не ссылается, и брошенное временное"),
    Command("history", CARE, "проверить, что журнал не правили: history verify"),
    Command("test", BUILD, "выполнить все проверки", module="opora.console.test", level="test"),
    Command("check", BUILD, "проверить код: стиль, типы, слои", module="opora.console.check", level="check"),
    Command("lock", BUILD, "пересчитать списки библиотек", module="opora.console.lock", level="check"),
)
# What other commands start in a process of its own; nobody calls these by hand, and the list does not show them.
INNER = (Command("checkup", CARE, "то, что видно только с базой: для doctor"),)


def command_named(name: str) -> Command | None:
    """The command with this name, or None."""
    return next((command for command in (*COMMANDS, *INNER) if command.name == name), None)


def listing() -> str:
    """All commands by groups, for a person."""
    lines = [
        "«Опора» — дорожная карта методической помощи школам.",
        "",
        "Использование: ./opora КОМАНДА [параметры]",
    ]
    for group in (START, WORK, CARE, BUILD):
        lines += ["", f"{group}:"]
        lines += [f"  {command.name:<15}{command.words}" for command in COMMANDS if command.group == group]
    return "\n".join([*lines, "", "О каждой команде: ./opora КОМАНДА --help"])


def unknown(name: str) -> str:
    """The sentence for a command that does not exist."""
    return f"Нет команды «{name}». Список команд: ./opora help"
