"""The dispatcher of the launcher: `./opora КОМАНДА …` becomes one module or one management command."""

from __future__ import annotations

import importlib
import os
import sys

from opora.console.commands import Command, command_named, listing, unknown
from opora.core.arguments import RussianParser
from opora.core.refusal import Refused


def main(arguments: list[str]) -> int:
    """Run one command and return its exit code; 64 when there is no such command, 1 for a refusal."""
    is_listing = not arguments or arguments[0] in ("help", "-h", "--help")
    command = None if is_listing else command_named(arguments[0])
    if command is None and not is_listing:
        print(unknown(arguments[0]), file=sys.stderr)
        return 64
    try:
        if command is None:
            print(listing(), flush=True)
            return 0
        return run(command, arguments[1:])
    except Refused as refusal:
        print(refusal.words, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader of our output left (`| head`); there is nobody to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141


def run(command: Command, arguments: list[str]) -> int:
    """Hand the arguments to whoever does the command."""
    if command.module:
        return int(importlib.import_module(command.module).run(arguments))
    return run_management(command, arguments)


def run_management(command: Command, arguments: list[str]) -> int:
    """Run a management command; the light commands never pay for the import of Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opora.config.settings")
    # The base, the files and all that a command writes are for the owner alone.
    os.umask(0o077)
    if command.name == "demo":
        take_folder(arguments)
    import django
    from django.core.management import get_commands, load_command_class

    django.setup()
    room = get_commands()[command.management_name]
    assert isinstance(room, str)
    load_command_class(room, command.management_name).run_from_argv(["opora", command.name, *arguments])
    return 0


def take_folder(arguments: list[str]) -> None:
    """Let `--data` name the folder before the settings are read, so that no other folder is made or looked at."""
    parser = RussianParser(prog="./opora demo", add_help=False, allow_abbrev=False)
    parser.add_argument("--data", default="")
    told, _ = parser.parse_known_args(arguments)
    if told.data:
        os.environ["OPORA_DATA"] = told.data


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
