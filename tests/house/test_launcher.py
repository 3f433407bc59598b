"""The launcher: its list, its refusals, its environment, the Russian help of every command."""

import importlib
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.core.management import get_commands, load_command_class

from opora.console.commands import COMMANDS, INNER, Command
from opora.core.arguments import PHRASES, RussianParser, in_russian
from tests.house.tree import HOME

LIGHT = [command for command in COMMANDS if command.module]
HEAVY = [command for command in (*COMMANDS, *INNER) if not command.module]


def launch(
    *words: str, launcher: Path = HOME / "opora", folder: Path = HOME
) -> subprocess.CompletedProcess[str]:
    """Run the launcher as a person does, in a folder of their choice."""
    return subprocess.run([str(launcher), *words], cwd=folder, capture_output=True, text=True, timeout=60)


def test_it_lists_its_commands_in_russian() -> None:
    answer = launch()
    assert answer.returncode == 0
    assert all(f"  {command.name} " in answer.stdout for command in COMMANDS)
    assert launch("help").stdout == launch("--help").stdout == answer.stdout


def test_help_of_one_command_is_that_of_the_command_itself() -> None:
    asked = launch("help", "period")
    assert asked.returncode == 0
    assert asked.stdout == launch("period", "--help").stdout


def test_it_refuses_an_unknown_command_by_one_sentence() -> None:
    answer = launch("nonsense")
    assert answer.returncode == 64
    assert answer.stdout == ""
    assert answer.stderr == "Нет команды «nonsense». Список команд: ./opora help\n"


def test_it_works_through_a_link_from_a_folder_with_a_russian_name(tmp_path: Path) -> None:
    folder = tmp_path / "моя папка"
    folder.mkdir()
    link = folder / "опора"
    link.symlink_to(HOME / "opora")
    (folder / "random.py").write_text("raise SystemExit('a module of the current folder was taken')")
    answer = launch("test", "--help", launcher=link, folder=folder)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.startswith("Использование: ./opora test")


@pytest.mark.parametrize("command", HEAVY, ids=lambda command: command.name)
def test_every_management_command_helps_in_russian(command: Command) -> None:
    made: Any = load_command_class(get_commands()[command.management_name], command.management_name)
    words = made.create_parser("opora", command.name).format_help()
    assert words.startswith(f"Использование: ./opora {command.name}")
    assert_russian(words)


@pytest.mark.parametrize("command", LIGHT, ids=lambda command: command.name)
def test_every_light_command_helps_in_russian(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        importlib.import_module(command.module).run(["--help"])
    words = capsys.readouterr().out
    assert left.value.code == 0
    assert words.startswith(f"Использование: ./opora {command.name}")
    assert_russian(words)


def test_every_management_command_of_ours_is_in_the_list() -> None:
    ours = {
        name for name, room in get_commands().items() if isinstance(room, str) and room.startswith("opora.")
    }
    assert ours
    assert ours == {command.management_name for command in HEAVY}


def assert_russian(words: str) -> None:
    """No heading of argparse and no option of Django shows, and there is a Russian sentence."""
    assert not re.search(r"usage:|options:|positional arguments|show this help|optional", words)
    assert not re.search(
        r"--(settings|pythonpath|traceback|no-color|force-color|skip-checks|verbosity)", words
    )
    assert re.search(r"[А-ЯЁ][а-яё]+ [а-яё]+", words)


def test_mistakes_are_told_in_russian_and_end_with_64(capsys: pytest.CaptureFixture[str]) -> None:
    parser = RussianParser(prog="./opora probe")
    parser.add_argument("file")
    parser.add_argument("--year", type=int)
    parser.add_argument("--kind", choices=["a", "b"])
    wrong = ([], ["f", "--year"], ["f", "--year", "x"], ["f", "--kind", "c"], ["f", "g"])
    for arguments in wrong:
        with pytest.raises(SystemExit) as left:
            parser.parse_args(arguments)
        assert left.value.code == 64
        said = capsys.readouterr().err
        assert said.startswith("./opora probe: ")
        assert not re.search(r"argument|required|expected|invalid|choose", said)


def test_an_unknown_complaint_is_left_as_it_came() -> None:
    assert in_russian("something new") == "something new"
    assert len(PHRASES) > 8


def test_the_launcher_is_a_plain_shell_script_that_may_be_run() -> None:
    assert os.access(HOME / "opora", os.X_OK)
    assert (HOME / "opora").read_text(encoding="utf-8").startswith("#!/bin/sh\n")
    assert subprocess.run(["sh", "-n", str(HOME / "opora")]).returncode == 0
