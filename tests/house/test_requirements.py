"""The lists of libraries: pinned, hashed, without addresses, each level holding the one below."""

import re
import tomllib

import pytest

from tests.house.tree import HOME

LEVELS = ("run", "test", "check")


def pins(level: str) -> dict[str, str]:
    """The packages of a list with their versions."""
    text = (HOME / "requirements" / f"{level}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==([^\s;\\]+)", text, flags=re.MULTILINE))


@pytest.mark.parametrize("level", LEVELS)
def test_a_list_holds_pins_and_hashes_alone(level: str) -> None:
    lines = (HOME / "requirements" / f"{level}.txt").read_text(encoding="utf-8").splitlines()
    pin = re.compile(r"[a-z0-9-]+==[0-9][^\s]*( ; [^\\]+)? \\")
    digest = re.compile(r" {4}--hash=sha256:[0-9a-f]{64}( \\)?")
    assert len(pins(level)) > 30
    assert [line for line in lines if not (pin.fullmatch(line) or digest.fullmatch(line))] == []


@pytest.mark.parametrize("level", LEVELS)
def test_every_pin_has_a_hash(level: str) -> None:
    text = (HOME / "requirements" / f"{level}.txt").read_text(encoding="utf-8")
    packages = re.split(r"^(?=[a-z0-9-]+==)", text, flags=re.MULTILINE)[1:]
    assert [package.split("==")[0] for package in packages if "--hash=sha256:" not in package] == []


def test_each_level_holds_the_one_below() -> None:
    run, test, check = (pins(level).items() for level in LEVELS)
    assert run <= test <= check


def test_every_library_of_the_project_is_pinned() -> None:
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {
        "run": project["dependencies"],
        "test": project["optional-dependencies"]["test"],
        "check": project["optional-dependencies"]["check"],
    }
    for level, libraries in wanted.items():
        names = {re.split(r"[\[~=<>]", library)[0].lower() for library in libraries}
        assert names
        assert names <= pins(level).keys()
