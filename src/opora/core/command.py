"""The ground of every management command: Russian help, no Django options, a refusal as one sentence."""

from __future__ import annotations

import argparse
import sys
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser
from django.db import Error, connections

from opora.core.arguments import WRONG_USAGE, RussianHelp, in_russian
from opora.core.outages import outage_of
from opora.core.refusal import Refused
from opora.core.upgrade import is_behind

REFUSED = 1
_BEHIND = (
    "База не готова: её ещё нет или она от прежней версии. "
    "Новую создаёт ./opora init, прежнюю обновляет ./opora migrate."
)


class RussianCommandParser(CommandParser):
    """Django's parser of a command line, in Russian; called from code it raises as Django's does."""

    def __init__(self, **settings: Any) -> None:
        settings.setdefault("formatter_class", RussianHelp)
        wants_help = settings.pop("add_help", True)
        super().__init__(add_help=False, **settings)
        self._positionals.title = "Что указать"
        self._optionals.title = "Параметры"
        if wants_help:
            self.add_argument("-h", "--help", action="help", help="показать эту справку")

    def error(self, message: str) -> NoReturn:
        """Say in Russian what is wrong with the arguments and leave with exit code 64."""
        if not self.called_from_command_line:
            super().error(in_russian(message))
        print(f"{self.prog}: {in_russian(message)}. Справка: {self.prog} --help", file=sys.stderr)
        raise SystemExit(WRONG_USAGE)


class RussianCommand(BaseCommand):
    """A command of the launcher. `handle` raises Refused to say no: one sentence on stderr, exit code 1."""

    # Checking the whole project costs more than most commands; `./opora check` and the tests do it.
    requires_system_checks: list[str] = []

    def create_parser(self, prog_name: str, subcommand: str, **settings: Any) -> CommandParser:
        """The parser of this command; Django's options stay understood, since `call_command` sends them."""
        parser = RussianCommandParser(
            prog=f"./opora {subcommand}",
            description=self.help or None,
            called_from_command_line=getattr(self, "_called_from_command_line", None),
            **settings,
        )
        hidden = argparse.SUPPRESS
        parser.add_argument("--verbosity", default=1, type=int, help=hidden)
        for name in ("--settings", "--pythonpath"):
            parser.add_argument(name, help=hidden)
        for name in ("--traceback", "--no-color", "--force-color", "--skip-checks"):
            parser.add_argument(name, action="store_true", help=hidden)
        self.add_arguments(parser)
        return parser

    def run_from_argv(self, argv: list[str]) -> None:
        """Run from the launcher; a refusal ends the process with its sentence and exit code 1."""
        try:
            try:
                super().run_from_argv(argv)
            except Error as error:
                words = _why_not_done(error)
                if not words:
                    raise
                raise Refused(words) from error
        except Refused as refusal:
            connections.close_all()
            mark = f"{refusal.code}: " if refusal.code else ""
            print(f"{mark}{refusal.words}", file=sys.stderr)
            raise SystemExit(REFUSED) from None


def _why_not_done(error: Error) -> str:
    """What the operator can do about an error of the base: it is away or behind; empty for a fault of ours."""
    try:
        return outage_of(error) or (_BEHIND if is_behind() else "")
    except Error as again:
        return outage_of(again)
