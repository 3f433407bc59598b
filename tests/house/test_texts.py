"""What stands in the tree: no address of a machine or a registry, nothing put off, pages that exist."""

import re
import tomllib

import pytest

from tests.house.tree import HOME, PACKAGE, named, texts

# Written in two halves, or the test would find itself.
PLACES = [f"/{folder}/" + r"[a-z]" for folder in ("wo" + "rk", "ro" + "ot", "ho" + "me/[a-z]+", "Us" + "ers")]
REGISTRIES = [
    name.replace("-", ".")
    for name in ("pypi-" + "org", "pythonhosted-" + "org", "npmjs-" + "org", "npmjs-" + "com")
]
PUT_OFF = [f"{word}" + r"\b" for word in ("TO" + "DO", "FIX" + "ME", "XX" + "X")]


@pytest.mark.parametrize(
    "pattern", [*PLACES, *map(re.escape, REGISTRIES), *(r"\b" + word for word in PUT_OFF)]
)
def test_no_text_holds(pattern: str) -> None:
    seen, found = 0, []
    for path in texts():
        seen += 1
        if re.search(pattern, path.read_text(encoding="utf-8", errors="replace")):
            found.append(named(path))
    assert seen > 150
    assert found == []


def test_every_silence_has_a_reason() -> None:
    bare = re.compile(r"#\s*(noqa(: [A-Z0-9, ]+)?|type: ignore(\[[\w, -]+\])?|pragma: no cover)\s*$")
    assert bare.search("x = 1  # no" + "qa: E501")
    assert not bare.search("x = 1  # no" + "qa: E501 -- an address cannot be cut")
    found = [
        f"{named(path)}:{number}"
        for path in texts()
        if path.suffix == ".py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if bare.search(line)
    ]
    assert found == []


def test_no_test_is_skipped_by_itself() -> None:
    skip = re.compile(r"pytest\.mark\.(skip|xfail|skipif)|pytest\.(xfail|importorskip)\(")
    found = [
        named(path)
        for path in texts()
        if "tests" in path.parts
        and path.suffix == ".py"
        and path.name != "test_texts.py"
        and skip.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_links_between_documents_lead_somewhere() -> None:
    pages = [*(HOME / "docs").rglob("*.md"), HOME / "README.md", HOME / "README.ru.md"]
    links, broken = 0, []
    for page in pages:
        for target in re.findall(r"\]\((?!https?:|#|/)([^)#\s]+)", page.read_text(encoding="utf-8")):
            links += 1
            if not (page.parent / target).exists():
                broken.append(f"{named(page)} → {target}")
    assert links > 5
    assert broken == []


def test_every_decision_is_numbered_once() -> None:
    numbers = [path.name[:4] for path in sorted((HOME / "docs" / "decisions").glob("*.md"))]
    assert numbers
    assert len(numbers) == len(set(numbers))
    assert all(re.fullmatch(r"\d{4}", number) for number in numbers)


def test_the_version_is_told_once_and_has_its_entry() -> None:
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f"## {project['version']}" in (HOME / "CHANGELOG.md").read_text(encoding="utf-8")
    assert (PACKAGE / "__init__.py").exists()
