"""Arguments of the command line in Russian: headings, help and what is said of a mistake."""

from __future__ import annotations

import argparse
import re
import sys
from datetime import date
from typing import Any, NoReturn

WRONG_USAGE = 64

# What argparse says in English → what a person reads here.
PHRASES = (
    (r"argument (.+): expected one argument", r"параметру \1 нужно значение"),
    (r"argument (.+): expected at least one argument", r"параметру \1 нужно хотя бы одно значение"),
    (r"argument (.+): expected (\d+) arguments?", r"параметру \1 нужно значений: \2"),
    (r"argument (.+): invalid choice: (.+) \(choose from (.+)\)", r"параметр \1 не бывает \2; бывает: \3"),
    (r"argument (.+): not allowed with argument (.+)", r"параметр \1 не ставят вместе с \2"),
    (r"argument (.+): invalid int value: (.+)", r"параметр \1: \2 — не целое число"),
    (r"argument (.+): invalid \w+ value: (.+)", r"параметр \1: не удалось понять \2"),
    (r"argument (.+): ignored explicit argument (.+)", r"параметру \1 значение \2 не нужно"),
    (r"the following arguments are required: (.+)", r"не хватает параметров: \1"),
    (r"one of the arguments (.+) is required", r"нужен один из параметров: \1"),
    (r"unrecognized arguments: (.+)", r"лишние параметры: \1"),
    (r"ambiguous option: (.+) could match (.+)", r"параметр \1 можно понять по-разному: \2"),
    (r"argument (.+?): (.+)", r"параметр \1: \2"),
)


class RussianHelp(argparse.RawDescriptionHelpFormatter):
    """Help whose first word is Russian."""

    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "Использование: " if prefix is None else prefix)


class RussianParser(argparse.ArgumentParser):
    """A parser that helps and complains in Russian; wrong usage ends with exit code 64."""

    def __init__(self, **settings: Any) -> None:
        settings.setdefault("formatter_class", RussianHelp)
        wants_help = settings.pop("add_help", True)
        super().__init__(add_help=False, **settings)
        self._positionals.title = "Что указать"
        self._optionals.title = "Параметры"
        if wants_help:
            self.add_argument("-h", "--help", action="help", help="показать эту справку")

    def error(self, message: str) -> NoReturn:
        """Say in Russian what is wrong with the arguments and leave."""
        print(f"{self.prog}: {in_russian(message)}. Справка: {self.prog} --help", file=sys.stderr)
        raise SystemExit(WRONG_USAGE)


def day(text: str) -> date:
    """A day of the command line: «2022-09-15» or «15.09.2022»."""
    parts = text.split(".")
    try:
        return date.fromisoformat("-".join(reversed(parts)) if len(parts) == 3 else text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"«{text}» — не дата; укажите, например, 2022-09-15") from None


def in_russian(message: str) -> str:
    """One complaint of argparse in Russian; an unknown one is left as it came."""
    for pattern, words in PHRASES:
        if re.fullmatch(pattern, message, flags=re.DOTALL):
            return re.sub(pattern, words, message, flags=re.DOTALL)
    return message
